"""What a recording comes to: its answers, read beside the facts of its event and its child."""

from __future__ import annotations

from datetime import date

from evenhand.recording import sets
from evenhand.recording.answering import Answers, as_case
from evenhand.recording.models import Recording
from evenhand.rules.form_results import Result, read
from evenhand.rules.question_sets import QuestionSet


def result_of(recording: Recording, asked: QuestionSet, given: Answers, today: date) -> Result:
    """Return what a recording comes to, beside the facts of its event and its child."""
    facts = sets.facts_read(asked, recording.about_id, recording.child_id)
    rows = [as_case(asked, one) for one in given.rows]
    return read(asked, as_case(asked, given.form), facts, today, rows)
