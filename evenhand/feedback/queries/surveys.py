"""Results of a survey of staff, from answers that are nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from evenhand.feedback import surveys
from evenhand.feedback.models import Survey, SurveyInvitation
from evenhand.feedback.surveys import Result, Share


def survey_of(token: str) -> Survey | None:
    """Return the open survey that an unused invitation lets in to; None for any other."""
    found = SurveyInvitation.objects.select_related("survey")
    held = found.filter(
        digest=surveys.digest_of(token), is_used=False, survey__closed_on=None
    ).first()
    return held.survey if held else None


def results_of(
    survey: Survey, smallest: int
) -> tuple[Mapping[str, Share], list[list[Result]], int]:
    """Return the results of a closed survey: of all (nothing where too few answered), of each
    group of each grouping, and how many answered."""
    answers = list(survey.answers.values_list("groups", "said"))
    found = surveys.results(answers, smallest=smallest)
    by_grouping = [list(each) for _, each in groupby(found, key=lambda one: one.grouping)]
    enough = len(answers) >= smallest
    return (surveys.whole(answers) if enough else {}), by_grouping, len(answers)
