"""``trafficctl-conformance``: the same checks from a shell."""

import argparse
import json
import sys
from pathlib import Path

from trafficctl_sdk.conformance.findings import State
from trafficctl_sdk.conformance.kit import Kit
from trafficctl_sdk.conformance.report import as_json, as_lines
from trafficctl_sdk.conformance.trial import Trial


def main(arguments: list[str] | None = None) -> int:
    """Look at one driver.

    :returns: 0: it conforms; 1: it does not; 2: the command was not understood.
    """
    options = _parser().parse_args(arguments)
    trial = Trial(
        driver=options.driver,
        settings=dict(options.setting),
        mesh_version=options.mesh_version,
        examples=options.examples,
    )
    kit = Kit(trial, dict(options.known))
    report = as_json(trial, [kit.find(it) for it in kit.ids()])
    if options.report is not None:
        options.report.write_text(json.dumps(report, indent=2) + "\n")
    for line in as_lines(report):
        sys.stdout.write(f"{line}\n")
    return int(report["summary"][State.FAILED] > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trafficctl-conformance",
        description="Check that a trafficctl driver holds to what every driver must.",
    )
    parser.add_argument(
        "--driver",
        required=True,
        metavar="NAME",
        help="an installed driver's name, or module[:attribute]",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the findings as JSON")
    parser.add_argument(
        "--mesh-version", default="", metavar="VERSION", help="of the technology in the clusters"
    )
    parser.add_argument(
        "--examples",
        type=int,
        default=25,
        metavar="NUMBER",
        help="mixes of fields to try, for each kind of intent and way out (25)",
    )
    parser.add_argument(
        "--setting",
        type=_pair,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="repeatable",
    )
    parser.add_argument(
        "--known",
        type=_pair,
        action="append",
        default=[],
        metavar="CHECK=REASON",
        help="a check that is known to fail, and must; repeatable",
    )
    return parser


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
