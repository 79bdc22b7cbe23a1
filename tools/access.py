"""``make docs``: who may open which page, in words, from the table that a test walks.

The table is tests/access/table.csv: a line for each route, a column for each role. A test opens
every route as every role, with records of one's own and of others, and compares.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parent.parent / "tests" / "access" / "table.csv"
ACTS = TABLE.with_name("actions.csv")
NO_SUCH_METHOD = 405
DEFAULT = Path("docs") / "reference" / "access.md"
NOT_ROLES = ("route", "address", "what", "about", "get", "post")
WORDS = {"yes": "may open", "all": "every one", "own": "only their own", "no": "never"}
ROOMS = {
    "accounts": "Signing in and users",
    "audits": "Audits of practice",
    "workforce": "Supervision",
    "casework": "What is recorded by hand",
    "eligibility": "Who gets which help",
    "equality": "Fairness",
    "feedback": "What children, families and others tell us",
    "monitoring": "What monitoring is used for",
    "pages": "First pages, the child's page and the policy",
    "people": "Children and who they are",
    "publications": "Reports",
    "records": "Requests to see one's records",
    "retention": "How long records are kept",
    "transitions": "Transitions",
    "leaving_care": "Leaving care",
    "promises": "My work",
    "work": "Tasks",
}
HEAD = """# Who may open which page, and who may do what

<!-- Written by `make docs` from tests/access/table.csv and actions.csv. Do not edit here. -->

A test opens every page as every role, with records within and outside that role's reach, sends
every form, and compares what it met with these tables.

- *may open*: the page is open to the role. Lists and counts on it hold only what is within their
  reach.
- *only their own*: open for records within the role's reach. Any other is not found (404), exactly
  as one that does not exist.
- *every one*: open for every record of the authority.
- *never*: not open to the role (403).

Who is not signed in meets the sign-in page everywhere but on the pages that sign in. Opening a
page about one child is written to the log of views before the page is sent; where that log cannot
be written, the page is not shown. A page *takes answers* where it can change something. Nothing
but opening a page and sending its form is taken: every other method is refused (405).
"""
ACTIONS = """
## What changes records

Every action of the program is here: a test fails on one that is missing, and on a page that does
another than it says. Who may send the page may do it. Each leaves an entry in the history.
"""


class Line(NamedTuple):
    """One route: its address, what it is about, what it answers, and how far each role gets."""

    route: str
    address: str
    what: str
    about: str
    get: int
    post: int
    roles: dict[str, str]


class Act(NamedTuple):
    """One action: its event, what it does, and the routes or commands that call it."""

    event: str
    what: str
    through: tuple[str, ...]


def lines() -> Iterator[Line]:
    """Yield the lines of the table in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            roles = {name: cell for name, cell in row.items() if name not in NOT_ROLES}
            told = [row[name] for name in NOT_ROLES[:4]]
            yield Line(*told, int(row["get"]), int(row["post"]), roles)


def actions() -> Iterator[Act]:
    """Yield the lines of the table of actions in its order."""
    with ACTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Act(row["event"], row["what"], tuple(row["through"].split("; ")))


def page() -> str:
    """Return the page of docs/reference: pages by room, then actions."""
    held = list(lines())
    rooms = dict.fromkeys(_room(line.route) for line in held)
    parts = [_of_room(room, [line for line in held if _room(line.route) == room]) for room in rooms]
    called = {line.route: line.what for line in held}
    rows = [[act.what, _calls(act, called), f"`{act.event}`"] for act in actions()]
    acts = _table(["Action", "Called through", "In the history"], rows)
    return "\n".join([HEAD, *parts, ACTIONS + acts])


def _room(route: str) -> str:
    return route.split(":", maxsplit=1)[0]


def _of_room(room: str, held: list[Line]) -> str:
    names = [name.replace("_", " ").capitalize() for name in held[0].roles]
    table = _table(["Page", "Address", "Takes answers", *names], map(_cells, held))
    return f"## {ROOMS.get(room, room.capitalize())}\n\n{table}"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, ["---"] * len(head), *rows])


def _cells(line: Line) -> list[str]:
    answers = "no" if line.post == NO_SUCH_METHOD else "yes"
    allowed = [WORDS[cell] for cell in line.roles.values()]
    return [line.what, f"`/{line.address}`", answers, *allowed]


def _calls(act: Act, called: dict[str, str]) -> str:
    return "; ".join(_in_words(through, called) for through in act.through)


def _in_words(through: str, called: dict[str, str]) -> str:
    kind, _, rest = through.partition(" ")
    if kind == "command":
        return f"the command `{rest}`"
    return called[rest] if kind == "step" else called.get(through, through)


def main(words: list[str]) -> int:
    """Write the page to the file named, or to its place."""
    out = Path(words[0]) if words else DEFAULT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
