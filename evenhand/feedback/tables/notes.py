"""Discrimination that a child met, line by line, for those who may read it."""

from __future__ import annotations

from evenhand.design.components import SummaryRow
from evenhand.feedback import pack
from evenhand.feedback.fastening import record_at, words_of
from evenhand.feedback.models import DiscriminationMet


def note_rows(note: DiscriminationMet) -> list[SummaryRow]:
    """Return one note."""
    grounds = {each.id: each.label for each in pack.grounds()}
    forms = {each.id: each.label for each in pack.forms()}
    taken_back = [SummaryRow("Entered in error", "Yes: it no longer counts")]
    return [
        *(taken_back if note.entered_in_error else []),
        SummaryRow("What it was about", grounds.get(note.ground, note.ground)),
        SummaryRow("Form", forms.get(note.form, note.form) or "Not said"),
        SummaryRow("What happened", note.happened or None),
        SummaryRow("What it did to the child", note.impact or None),
        SummaryRow("What we did", note.response or "Not written down yet"),
        SummaryRow("Where it was told", words_of(record_at(note.target, note.target_id))),
        SummaryRow("Told on", note.noted_on),
        SummaryRow("Written down by", note.recorded_by.name),
    ]
