"""Runs checks over one driver and keeps what was found."""

from collections.abc import Iterable, Iterator, Mapping

from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.conformance.checks.catalogue import BEFORE_FIELDS, CHECKS, FIELDS
from trafficctl_sdk.conformance.checks.honouring import honoured
from trafficctl_sdk.conformance.findings import BrokenError, Finding, State, UndeclaredError
from trafficctl_sdk.conformance.trial import CONNECTIVITY, Trial

_BY_ID = {it.id: it for it in CHECKS}


class Kit:
    """All checks over one driver; each is run once, at the first time that it is asked for."""

    def __init__(self, trial: Trial, known: Mapping[str, str]) -> None:
        """Take a driver.

        :param known: id of a check → why it is known to fail.
        """
        self.trial = trial
        self._known = known
        self._found: dict[str, Finding] = {}

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all checks: the fixed ones, then one for each declared field."""
        fixed = tuple(_BY_ID)
        if self._look("info.declaration").state is not State.PASSED:
            return fixed
        fields = tuple(f"{FIELDS}{it}" for it in self.trial.fields)
        silent = tuple(f"{FIELDS}{it}" for it in CONNECTIVITY if it not in self.trial.kinds)
        return (*fixed, *fields, *silent, *(it for it in self._known if it not in fixed + fields))

    def find(self, check: str) -> Finding:
        """Give what became of a check; what is known to fail must fail."""
        found = self._look(check)
        reason = self._known.get(check)
        if reason is None:
            return found
        if found.state is State.FAILED:
            return Finding(check=check, state=State.KNOWN, text=reason)
        text = f"it is listed as known to fail ({reason}), and does not; take it off the list"
        return Finding(check=check, state=State.FAILED, text=f"{text}\nknown[{check!r}]")

    def _look(self, check: str) -> Finding:
        if check not in self._found:
            self._found[check] = self._outcome(check)
        return self._found[check]

    def _outcome(self, check: str) -> Finding:
        try:
            return Finding(check=check, state=State.PASSED, text=self._run(check))
        except UndeclaredError as nothing:
            return Finding(check=check, state=State.SKIPPED, text=str(nothing))
        except BrokenError as broken:
            return Finding(check=check, state=State.FAILED, text=str(broken))
        except NotAdmittedError as refused:
            text = f"{refused}\n{self.trial.driver}"
            return Finding(check=check, state=State.FAILED, text=text)

    def _run(self, check: str) -> str:
        known = _BY_ID.get(check)
        for before in _all_before(known.after if known is not None else BEFORE_FIELDS):
            if self._look(before).state is State.FAILED:
                raise UndeclaredError(f"not looked at, as {before} failed")
        if known is not None:
            return known.look(self.trial) or ""
        path = check.removeprefix(FIELDS)
        if path in CONNECTIVITY:
            raise UndeclaredError(f"no field of {path} intents is declared; the server refuses all")
        if path not in self.trial.fields:
            raise UndeclaredError("there is no such check for this driver")
        return honoured(self.trial, path)


def _all_before(checks: Iterable[str]) -> Iterator[str]:
    for check in checks:
        yield from _all_before(_BY_ID[check].after)
        yield check
