"""Feedback in lists and line by line."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.feedback import pack
from evenhand.feedback.models import Feedback


def how_far(feedback: Feedback) -> str:
    """Return what came of feedback so far, in words."""
    if feedback.entered_in_error:
        return "Entered in error"
    if feedback.answered_on is not None:
        return "Answered"
    if feedback.action_on is not None:
        return "Acted on, not answered yet"
    return "Considered, not answered yet" if feedback.considered_on else "Awaiting a response"


def feedback_table(
    found: Iterable[Feedback], caption: str = "Feedback", empty: str = "No feedback is recorded."
) -> Table:
    """Return feedback with where each is and how far it is. It says no name."""
    rows = [
        [
            Cell(each.received_on, url=reverse("feedback:item", args=[each.ref])),
            pack.label_of("respondents", each.respondent),
            pack.label_of("services", each.service) or "Not said",
            pack.label_of("themes", each.theme) or "Not said",
            how_far(each),
        ]
        for each in found
    ]
    headings = ["Received", "Who said it", "Service", "What about", "How far"]
    return Table(caption, headings, rows, empty=empty, caption_hidden=caption == "Feedback")


def feedback_rows(each: Feedback) -> list[SummaryRow]:
    """Return one piece of feedback, line by line."""
    answer = next((one.label for one in pack.answers() if one.id == each.confidence), "")
    taken_back = [SummaryRow("Entered in error", "Yes: it no longer counts")]
    return [
        *(taken_back if each.entered_in_error else []),
        SummaryRow("Who said it", pack.label_of("respondents", each.respondent)),
        SummaryRow("In their words", each.words or None),
        SummaryRow(pack.question(), answer or "Not asked"),
        SummaryRow("Service", pack.label_of("services", each.service) or "Not said"),
        SummaryRow("What about", pack.label_of("themes", each.theme) or "Not said"),
        SummaryRow("Received", each.received_on),
        SummaryRow("Considered", each.considered_on),
        SummaryRow("What was done", each.action_words or None),
        SummaryRow("Acted on", each.action_on),
        SummaryRow("Answered", each.answered_on),
        SummaryRow("How they were told", pack.label_of("ways-told", each.told_how) or None),
        SummaryRow("Written down by", each.recorded_by.name),
    ]
