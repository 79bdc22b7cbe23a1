"""What this room's pages lay out."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import percent
from evenhand.equality.grounds import characteristics, grounds
from evenhand.equality.models import Concern
from evenhand.equality.queries import Aim, CharacteristicRow, Report

DIRECT = {True: "Yes", False: "No", None: "Not clear"}


def _label_of_ground(key: str) -> str:
    return next((each.label for each in grounds() if each.id == key), key)


def _label_of_characteristic(key: str) -> str:
    return next((each.label for each in characteristics() if each.id == key), "None of the nine")


def concerns_table(concerns: Iterable[Concern], *, is_narrowed: bool = False) -> Table:
    """Return concerns, the newest first; ``is_narrowed``: only some of them were asked for."""
    return Table(
        "Concerns",
        ["Raised on", "Ground", "Team", "Recorded by"],
        [
            [
                Cell(each.received_on, url=reverse("equality:concern", args=[each.ref])),
                _label_of_ground(each.ground),
                each.team,
                each.recorded_by.name,
            ]
            for each in concerns
        ],
        empty="No concern is like this." if is_narrowed else "No concern has been recorded.",
        caption_hidden=True,
    )


def concern_rows(concern: Concern) -> list[SummaryRow]:
    """Return one concern, line by line."""
    return [
        SummaryRow("Ground in our policy", _label_of_ground(concern.ground)),
        SummaryRow("Counts under, in the Act", _label_of_characteristic(concern.characteristic)),
        SummaryRow("What happened", concern.what_happened),
        SummaryRow("Directly to the person", DIRECT[concern.direct]),
        SummaryRow("Raised on", concern.received_on),
        SummaryRow("Team", concern.team),
        SummaryRow("Recorded by", concern.recorded_by.name, source=""),
        *_named_rows(concern),
    ]


def _named_rows(concern: Concern) -> list[SummaryRow]:
    named = ", ".join(str(worker) for worker in concern.subjects.all())
    if not named:
        return []
    owner = str(concern.owner) if concern.owner else "The director"
    return [SummaryRow("Who is named, and never sees this", named), SummaryRow("Goes to", owner)]


def grounds_table(report: Report) -> Table:
    """Return how many concerns were raised on each ground of the policy."""
    return Table(
        "By ground in our policy",
        ["Ground", Column("Concerns", numeric=True)],
        [[row.ground.label, Cell(row.concerns, numeric=True)] for row in report.grounds],
    )


def characteristics_table(report: Report) -> Table:
    """Return how many concerns count under each protected characteristic."""
    return Table(
        "By characteristic in the Equality Act",
        ["Characteristic", Column("Concerns", numeric=True)],
        [
            [row.characteristic.label, Cell(row.concerns, numeric=True)]
            for row in report.characteristics
        ],
    )


def duty_table(aim: Aim) -> Table:
    """Return one aim of the duty, a row for each characteristic that it covers."""
    return Table(
        f"Aim {aim.number}: {aim.words}",
        ["Characteristic", "Section of the Act", Column("Concerns", numeric=True),
         Column("Known of children", numeric=True)],
        [
            [
                row.characteristic.label, row.characteristic.section,
                Cell(row.concerns, numeric=True), Cell(_known(row), numeric=True),
            ]
            for row in aim.rows
        ],
        id=f"aim-{aim.number}",
    )  # fmt: skip


def _known(row: CharacteristicRow) -> str:
    if row.known is None:
        return "Not asked of every child"
    return percent(row.known.known, row.known.counted)
