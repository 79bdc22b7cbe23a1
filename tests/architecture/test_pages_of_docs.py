"""What the pages for people tell them to type is true, and every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.commands import COMMANDS, GROUPS

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])
CODE = re.compile(r"^```.*?\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
REMARK = re.compile(r"\s{2,}|\s#")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
BARE = {command.name for command, _ in COMMANDS} | {
    " ".join(words)
    for group, _, inner in GROUPS
    for words in [(group,), *((group, command.name) for command, _ in inner)]
}
OVERVIEW = {"", "--help", "--version"}


def commands(page: Path, program: str) -> list[str]:
    """Return what follows ``program`` in each command of the page's code."""
    found = []
    for block, inline in CODE.findall(page.read_text(encoding="utf-8")):
        for line in (block or inline).splitlines():
            words = REMARK.split(line.strip().removeprefix("$ "))[0]
            if words.startswith(f"{program} ") or words == program:
                found.append(words.removeprefix(program).strip())
    return found


def name(page: Path) -> str:
    """Return the page's address in the project."""
    return str(page.relative_to(CHECKOUT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_make_target_exists(page: Path) -> None:
    """Those of the Makefile and no other."""
    targets = set(TARGET.findall((CHECKOUT / "Makefile").read_text(encoding="utf-8")))
    told = {words.split()[0] for words in commands(page, "make") if words}
    assert told <= targets


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_command_is_one_that_evenhand_takes(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With arguments that it takes, where any are given."""
    for words in set(commands(page, "evenhand")) - OVERVIEW - BARE:
        try:
            cli.parser().parse_args(shlex.split(words))
        except SystemExit as stopped:
            if stopped.code:
                pytest.fail(f"evenhand {words}\n{capsys.readouterr().err}")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_link_leads_somewhere(page: Path) -> None:
    """Within the project; other places are not asked."""
    links = [one for one in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in one]
    missing = [one for one in links if not (page.parent / one).exists()]
    assert not missing


PROOF = re.compile(r"`((?:\w+/)*test_\w+\.py)?(?:::(test_\w+))?`")


def test_each_proof_that_security_names_is_a_test() -> None:
    """Each of the file that was named last."""
    named, missing = "", []
    for file, function in PROOF.findall((CHECKOUT / "docs" / "security.md").read_text("utf-8")):
        named = file or named
        path = CHECKOUT / "tests" / named
        if not path.is_file() or (function and f"def {function}(" not in path.read_text("utf-8")):
            missing.append(f"{named}::{function}")
    assert named
    assert not missing


def test_each_way_of_doing_something_is_found_from_the_index() -> None:
    """A page that no link of docs/README.md leads to would be found by nobody."""
    index = CHECKOUT / "docs" / "README.md"
    led = {(index.parent / one).resolve() for one in LINK.findall(index.read_text("utf-8"))}
    assert set(index.parent.glob("how-to/*.md")) <= led
