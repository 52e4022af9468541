"""The same slices in another process, with another hash seed, time zone and language.

``python -m trafficctl_sdk.conformance.elsewhere`` reads a question from its input and writes the
digest of each answer.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.conformance.subject import Answer, Subject
from trafficctl_sdk.slices import TrafficSlice

_LIMIT: Final = 300
"""Seconds for all slices; nothing is measured by it."""
_ELSEWHERE: Final[Mapping[str, str]] = {
    "PYTHONHASHSEED": "20261",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


class ElsewhereError(Exception):
    """The other process failed; the text is the end of what it said."""


def answers_elsewhere(
    driver: str, settings: Mapping[str, str], slices: Sequence[TrafficSlice]
) -> list[str]:
    """Give the digest of what a driver answers in another process, slice by slice.

    :raises ElsewhereError: it gave no answers.
    """
    question = {
        "driver": driver,
        "settings": dict(settings),
        "slices": [to_json(it) for it in slices],
    }
    paths = os.pathsep.join(it for it in sys.path if it)
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(  # noqa: S603 - this interpreter with this module
        [sys.executable, "-m", __name__],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**kept, **_ELSEWHERE, "PYTHONPATH": paths},
        cwd="/",
        timeout=_LIMIT,
    )
    if done.returncode != 0:
        raise ElsewhereError(done.stderr.strip().splitlines()[-1] if done.stderr else "no answer")
    digests = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(digests, list)  # noqa: S101 - written by main below
    return digests


def digest_of(answer: Answer) -> str:
    """Give a digest that is equal for equal answers."""
    return hashlib.sha256(answer.data).hexdigest()


def main() -> None:
    """Answer one question."""
    question = json.loads(sys.stdin.buffer.read())
    subject = Subject(question["driver"], question["settings"])
    slices = [from_json(TrafficSlice, it) for it in question["slices"]]
    sys.stdout.write(f"\n{json.dumps([digest_of(subject.render(it)) for it in slices])}\n")


if __name__ == "__main__":
    main()
