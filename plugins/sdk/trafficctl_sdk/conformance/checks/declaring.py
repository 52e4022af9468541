"""What the driver says of itself."""

from trafficctl_sdk.admission.hooks import check_signature
from trafficctl_sdk.admission.info import check_info
from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.subject import CONFIGURE
from trafficctl_sdk.conformance.trial import Trial


def hooks(trial: Trial) -> None:
    """Check that the entry point names a module or an instance whose hooks are those of the SDK."""
    try:
        for name, function in trial.subject.hooks.items():
            check_signature(name, function)
    except NotAdmittedError as error:
        raise BrokenError(str(error), f"hooks of {trial.driver}") from error


def information(trial: Trial) -> None:
    """Check that name, hook version, scope kinds and capabilities are well formed."""
    subject = trial.subject
    try:
        check_info(subject.name or subject.info.name, subject.info)
    except NotAdmittedError as error:
        raise BrokenError(str(error), f"trafficctl_driver_info of {trial.driver}") from error


def facts(trial: Trial) -> None:
    """Check that facts are well named, published by a hook, and not consumed by who makes them."""
    info = trial.subject.info
    if not info.facts_consumed and not info.facts_produced:
        raise UndeclaredError("it declares no facts")
    where = f"trafficctl_driver_info of {trial.driver}"
    for kind in (*info.facts_consumed, *info.facts_produced):
        if not kind or kind.strip(".") != kind or " " in kind:
            raise BrokenError(f"{kind!r} is no kind of fact; write it as mesh.version", where)
    both = sorted({*info.facts_consumed} & {*info.facts_produced})
    if both:
        raise BrokenError(
            f"{', '.join(both)} is produced and consumed: it would wait for itself", where
        )
    if info.facts_produced and "trafficctl_observe" not in trial.subject.hooks:
        raise BrokenError("facts_produced needs the hook trafficctl_observe", where)


def settings(trial: Trial) -> None:
    """Check that the settings of the run are taken."""
    subject = trial.subject
    if CONFIGURE not in subject.hooks:
        if trial.settings:
            raise BrokenError(
                f"settings are given, and {CONFIGURE} is not there to take them",
                f"hooks of {trial.driver}",
            )
        raise UndeclaredError(f"it has no hook {CONFIGURE}")
    for it in subject.refusals:
        raise BrokenError(
            f"the settings of this run are refused: {it.field}: {it.description}", CONFIGURE
        )
