"""``make docs``: who may open which page, in words, from the table that a test walks.

The table is tests/access/table.csv: a line for each route, a column for each role. A test opens
every route as every role, with records of one's own and of others, and compares.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parent.parent / "tests" / "access" / "table.csv"
DEFAULT = Path("docs") / "reference" / "access.md"
NOT_ROLES = ("route", "address", "what", "about", "get", "post")
WORDS = {"yes": "yes", "all": "every one", "own": "their own", "no": "no"}
HEAD = """# Who may open which page

<!-- Written by `make docs` from tests/access/table.csv. Do not edit here. -->

A test opens every page as every role, with records within and outside that role's reach, and
compares what it met with this table.

- *yes*: the page is open to the role. Lists and counts on it hold only what is within their reach.
- *their own*: open for records within the role's reach. Any other is not found (404), exactly as
  one that does not exist.
- *every one*: open for every record of the authority.
- *no*: not open to the role (403).

Who is not signed in meets the sign-in page everywhere. Opening a page about one child is written
to the log of views before the page is sent; where that log cannot be written, the page is not
shown. A page *takes answers* where it can change something.

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


def lines() -> Iterator[Line]:
    """Yield the lines of the table in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            roles = {name: cell for name, cell in row.items() if name not in NOT_ROLES}
            told = [row[name] for name in NOT_ROLES[:4]]
            yield Line(*told, int(row["get"]), int(row["post"]), roles)


def page() -> str:
    """Return the page of docs/reference."""
    held = list(lines())
    names = [name.replace("_", " ").capitalize() for name in held[0].roles]
    head = ["Page", "Address", "Takes answers", *names]
    rows = [head, ["---"] * len(head), *map(_cells, held)]
    return HEAD + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cells(line: Line) -> list[str]:
    answers = "yes" if line.post == 302 else "no"
    allowed = [WORDS[cell] for cell in line.roles.values()]
    return [line.what, f"`/{line.address}`", answers, *allowed]


def main(words: list[str]) -> int:
    """Write the page to the file named, or to its place."""
    out = Path(words[0]) if words else DEFAULT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
