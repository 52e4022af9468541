"""Whether the driver answers, and whether the server can use the answer."""

from trafficctl_sdk.admission.output import InvalidOutputError, check_rendering
from trafficctl_sdk.codec import leaves
from trafficctl_sdk.conformance.checks.telling import place
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.guard import watched
from trafficctl_sdk.conformance.subject import RENDER, VALIDATE, Answer, Raised, Rendered, Turned
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.slices import TrafficSlice


def renders(trial: Trial) -> None:
    """Check that every slice of a declared scope kind is rendered, or refused with violations."""
    _needs_rendering(trial)
    for it in trial.stock:
        check_answer(it, trial.subject.answer(it))


def check_answer(it: TrafficSlice, answer: Answer) -> None:
    """Check that an answer is one that the server can use.

    :raises BrokenError: it is none.
    """
    match answer:
        case Raised(text=text):
            raise BrokenError(f"{RENDER} {text}", place(it))
        case Turned(violations=violations):
            if not violations or not all(isinstance(one, Violation) for one in violations):
                raise BrokenError("Refused is raised without violations", place(it))
        case Rendered(rendering=rendering):
            try:
                check_rendering(rendering, [one.intent for one in it.origins])
            except InvalidOutputError as error:
                raise BrokenError(f"the server refuses the answer: {error}", place(it)) from None


def scopes(trial: Trial) -> None:
    """Check that for each declared scope kind something is rendered, or noticed, somewhere."""
    _needs_rendering(trial)
    missing = set(trial.scope_kinds)
    looked_at = {it.scope.kind for it in trial.stock}
    for it in trial.stock:
        answer = trial.subject.answer(it)
        if isinstance(answer, Rendered) and (
            answer.rendering.manifests or answer.rendering.records or answer.rendering.notices
        ):
            missing.discard(it.scope.kind)
    idle = sorted(missing & looked_at)
    if idle:
        raise BrokenError(
            f"scope_kinds names {', '.join(idle)}, and nothing is rendered for any slice of it",
            f"trafficctl_driver_info of {trial.driver}",
        )
    unasked = sorted(missing - looked_at)
    if unasked:
        raise UndeclaredError(
            f"no declared field leads to a slice of {', '.join(unasked)}; add your own slices"
        )


def validates(trial: Trial) -> None:
    """Check that violations of an intent are well formed, and name what stands in it."""
    if VALIDATE not in trial.subject.hooks:
        raise UndeclaredError(f"it has no hook {VALIDATE}")
    for path in sorted(trial.probes.by_leaf):
        for probe in trial.probes.by_leaf[path]:
            where = f"an {probe.kind} intent that says {probe.leaf}"
            try:
                violations = trial.violations(probe.intent)
            except Exception as error:
                raise BrokenError(
                    f"{VALIDATE} failed: {type(error).__name__}: {error}", where
                ) from error
            said = {leaf.path for leaf in leaves(probe.intent)}
            for it in violations:
                if not isinstance(it, Violation):
                    raise BrokenError(f"{VALIDATE} answered a {type(it).__name__}", where)
                if it.field and not any(_is_part(_plain(it.field), _plain(one)) for one in said):
                    raise BrokenError(
                        f"{VALIDATE} names {it.field!r}, which the intent does not say", where
                    )


def validates_purely(trial: Trial) -> None:
    """Check that validation looks at the intent alone, and says the same of it twice."""
    if VALIDATE not in trial.subject.hooks:
        raise UndeclaredError(f"it has no hook {VALIDATE}")
    first = [probes[0] for _, probes in sorted(trial.probes.by_leaf.items())]
    with watched() as deeds:
        again = [trial.subject.violations(it.intent) for it in first]
    for deed in sorted(deeds):
        raise BrokenError(f"{VALIDATE} calls {deed.what}; it is given all it needs", deed.where)
    for probe, violations in zip(first, again, strict=True):
        if tuple(violations) != trial.violations(probe.intent):
            raise BrokenError(
                f"{VALIDATE} says something else when it is asked again",
                f"an {probe.kind} intent that says {probe.leaf}",
            )


def _plain(path: str) -> str:
    """Give a path without indexes: a driver may name a list as a whole."""
    text = ""
    for part in path.split("["):
        text += part.partition("]")[2] if "]" in part else part
    return text


def _is_part(field: str, said: str) -> bool:
    return said == field or said.startswith(f"{field}.") or field.startswith(f"{said}.")


def _needs_rendering(trial: Trial) -> None:
    if RENDER not in trial.subject.hooks:
        raise UndeclaredError(f"it has no hook {RENDER}")
    if not trial.stock:
        raise UndeclaredError("no declared field leads to a slice of its scope kinds")
