"""The quarter's figures, as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import percent
from evenhand.feedback import pack
from evenhand.feedback.hiding import HIDDEN, Shown, shown
from evenhand.feedback.pack import Choice
from evenhand.feedback.queries import Confidence

Pairs = Mapping[str, Sequence[int]]
NOT_SAID = "Not said"


def cell(count: int | None) -> Cell:
    """Return a count, or that it is hidden."""
    return Cell(HIDDEN if count is None else count, numeric=True)


def received_table(
    caption: str, first: str, found: Pairs, offered: Iterable[Choice], *, exact: bool, below: int
) -> Table:
    """Return feedback answered and awaiting, a row for each choice of the pack that has any."""
    table = shown(found, exact=exact, below=below, columns=2)
    rows = [
        [label, *(cell(count) for count in table.of(key))]
        for key, label in (*((each.id, each.label) for each in offered), ("", NOT_SAID))
        if key in found
    ]
    headings = [first, *(Column(w, numeric=True) for w in ("Answered", "Awaiting", "Received"))]
    return Table(caption, headings, rows, empty="Nothing came in this quarter.")


def barriers_table(found: Mapping[str, Mapping[str, int]], *, exact: bool, below: int) -> Table:
    """Return how often each barrier was told of each service."""
    codes = pack.codes()
    counts = {key: [of.get(code.id, 0) for code in codes] for key, of in found.items()}
    table = shown(counts, exact=exact, below=below, columns=len(codes))
    rows = [
        [label, *(cell(count) for count in table.of(key))]
        for key, label in (*((s.id, s.label) for s in pack.choices("services")), ("", NOT_SAID))
        if key in found
    ]
    headings = ["Service", *(Column(code.words, numeric=True) for code in codes)]
    return Table(
        "Barriers by service", [*headings, Column("All", numeric=True)], rows,
        empty="Nobody told us of a barrier in this quarter.",
    )  # fmt: skip


def grounds_table(
    now: Mapping[str, int], before: Mapping[str, int], *, exact: bool, below: int
) -> Table:
    """Return how many children's notes are of each ground, beside the quarter before."""
    tables = [_one_way(found, exact=exact, below=below) for found in (now, before)]
    rows = [
        [each.label, *(cell(table.of(each.id)[0]) for table in tables)]
        for each in pack.grounds()
        if each.id in now or each.id in before
    ]
    headings = ["Ground", Column("This quarter", numeric=True),
                Column("The quarter before", numeric=True)]  # fmt: skip
    empty = "No discrimination was noted in this quarter or the one before."
    return Table("Discrimination that children met", headings, rows, empty=empty)


def _one_way(found: Mapping[str, int], *, exact: bool, below: int) -> Shown:
    return shown({key: [count] for key, count in found.items()}, exact=exact, below=below)


def confidence_table(
    caption: str, first: str, pair: Sequence[Mapping[str, Confidence]],
    labels: Iterable[tuple[str, str]], *, exact: bool, below: int,
) -> Table:  # fmt: skip
    """Return the share who are confident, of a quarter and of the one before."""
    tables = [_trust(found, exact=exact, below=below) for found in pair]
    rows = [
        [label, *(trust_cell(table, key) for table in tables)]
        for key, label in labels
        if any(key in found for found in pair)
    ]
    headings = [first, Column("This quarter", numeric=True),
                Column("The quarter before", numeric=True)]  # fmt: skip
    return Table(caption, headings, rows, empty="Nobody answered in these quarters.")


def _trust(found: Mapping[str, Confidence], *, exact: bool, below: int) -> Shown:
    counts = {key: [one.confident, one.answered - one.confident] for key, one in found.items()}
    return shown(counts, exact=exact, below=below, columns=2)


def trust_cell(table: Shown, key: str) -> Cell:
    """Return ``75%`` with ``15 of 20`` beneath, or that it is hidden."""
    confident, _, answered = table.of(key)
    if confident is None or answered is None:
        return Cell(HIDDEN, numeric=True)
    if not answered:
        return Cell("nobody answered", numeric=True)
    return Cell(percent(confident, answered), note=f"{confident} of {answered}", numeric=True)
