"""What is said to be wrong."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.design.cells import child_cell
from evenhand.design.components import SummaryRow, Table
from evenhand.retention import wording
from evenhand.retention.models import Correction
from evenhand.sources.models import SourceReference


def corrections_table(corrections: Iterable[Correction]) -> Table:
    """What is said to be wrong, and how it stands."""
    return Table(
        "What is said to be wrong",
        ["Name", "Record", "What is wrong", "Said on", "How it stands", "Told on"],
        [
            [
                child_cell(one.child, "retention:correction", ref=one.ref),
                wording.record_of(one.target),
                one.what_is_wrong,
                one.received_on,
                wording.STANDINGS[one.standing],
                one.told_on,
            ]
            for one in corrections
        ],
        empty="Nobody has said that a record is wrong.",
    )


def correction_rows(correction: Correction) -> list[SummaryRow]:
    """One of them, with both versions."""
    decided_by = correction.decided_by
    return [
        SummaryRow("Record", wording.record_of(correction.target)),
        SummaryRow("Field", wording.field_of(correction.field)),
        SummaryRow("What is wrong", correction.what_is_wrong),
        SummaryRow("What is right", correction.what_is_right),
        SummaryRow("Who says so", correction.asked_by),
        SummaryRow("Said on", correction.received_on),
        SummaryRow("How it stands", wording.STANDINGS[correction.standing]),
        SummaryRow("Decided by", decided_by.name if decided_by else None),
        SummaryRow("Decided", correction.decided_at),
        SummaryRow("Why", correction.reason or None),
        SummaryRow("Told on", correction.told_on),
    ]


def at_source_table(corrections: Iterable[Correction]) -> Table:
    """What is to be put right in a source, by its own numbers."""
    return Table(
        "To be put right in the case system",
        ["Number there", "Record", "Field", "Decided"],
        [
            [
                _numbers(one),
                wording.record_of(one.target),
                wording.field_of(one.field),
                one.decided_at,
            ]
            for one in corrections
        ],
        empty="Nothing is to be put right in the case system.",
    )


def _numbers(correction: Correction) -> str:
    """The sources' own keys of the record, else of its child."""
    of_record = SourceReference.objects.filter(
        target=correction.target, target_id=correction.target_id
    )
    of_child = SourceReference.objects.filter(target="people.child", target_id=correction.child_id)
    rows = (of_record if of_record.exists() else of_child).select_related("source")
    return "; ".join(f"{one.key} in {one.source.name}" for one in rows) or "Not known"
