"""README.md has its sections, and its example is what the driver does."""

import re
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
README: Final = (HERE.parent / "README.md").read_text()


def test_sections_are_there_in_order() -> None:
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == [
        "Name",
        "Description",
        "Configuration",
        "Capabilities",
        "Examples",
        "Limits",
    ]


def test_the_example_is_a_case_with_its_rendering() -> None:
    given, rendered = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert given == (HERE / "cases" / "destination-calling.slice.yaml").read_text()
    assert rendered == (HERE / "cases" / "destination-calling.yaml").read_text()


def test_removed_kinds_are_explained() -> None:
    (sentence,) = re.findall(r"`ServiceRole` and `ServiceRoleBinding`.*?\n\n", README, re.DOTALL)
    assert "1.6" in sentence
    assert "AuthorizationPolicy" in sentence
