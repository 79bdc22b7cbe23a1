"""The register of inspectors' judgements, and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.monitoring.judgements import scale
from evenhand.monitoring.models import Judgement
from evenhand.work.models import Task

MISSING = "Action missing"


def register_table(judgements: Iterable[Judgement], actions: Mapping[str, Sequence[Task]]) -> Table:
    """Return the judgements: the word given, what it is called now, and what is done about each."""
    columns = ["Area", "Judged", "Called now", "On", "Source", "Improvement actions"]
    rows = [
        [
            Cell(scale().area(one.area).label, url=reverse("monitoring:judgement", args=[one.ref])),
            scale().given(one.given).capitalize(), scale().today(one.given).capitalize(),
            one.judged_on, one.source, acted_on(actions.get(one.ref, ())),
        ]
        for one in judgements
    ]  # fmt: skip
    return Table("What inspectors judged", columns, rows, empty="No judgement is recorded yet.")


def judgement_rows(judgement: Judgement, actions: Sequence[Task]) -> list[SummaryRow]:
    """Return one judgement, a line for each thing known of it."""
    return [
        SummaryRow("Judged", scale().given(judgement.given).capitalize()),
        SummaryRow("Called now", scale().today(judgement.given).capitalize(),
                   source=scale().whose_reading),
        SummaryRow("On", judgement.judged_on),
        SummaryRow("Source", judgement.source),
        SummaryRow("Improvement actions", acted_on(actions)),
        SummaryRow("Recorded by", judgement.recorded_by.name),
    ]  # fmt: skip


def acted_on(actions: Sequence[Task]) -> str:
    """Return how many actions answer a judgement, or that one is missing."""
    count = len(actions)
    return f"{count} {'action' if count == 1 else 'actions'}" if count else MISSING
