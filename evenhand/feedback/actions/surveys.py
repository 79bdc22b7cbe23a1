"""Opening and closing a survey of staff, and taking an answer that is nobody's."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.feedback import pack, surveys
from evenhand.feedback.models import Survey, SurveyAnswer, SurveyInvitation
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.work.actions import Place
from evenhand.work.opening import open_once

KIND: Final = "survey-gap"
MOST: Final = 5_000
"""Invitations that one page can show: more come as a second survey."""


@action("survey.opened")
def open_survey(*, by: User, at: datetime, title: str, invited: int) -> Change:
    """Open a survey and return its invitations' tokens, which are nowhere kept: hand them out.

    Raises Problem for no title, or a number of people that cannot be.
    """
    if not title.strip():
        raise Problem("The survey has no title.", "Give it one, such as Inclusion, autumn 2026.")
    if not 0 < invited <= MOST:
        raise Problem(f"A survey invites 1 to {MOST:,} people.", "Say how many there are.")
    made = Survey.objects.create(
        ref=new_reference(), title=title.strip(), opened_on=timezone.localdate(at),
        invited=invited, opened_by=by,
    )  # fmt: skip
    tokens = [secrets.token_urlsafe(24) for _ in range(invited)]
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=made, digest=digest)
        for digest in sorted(map(surveys.digest_of, tokens))
    )
    return Change(made, {"invited": (None, invited)}, result=(made, tokens))


def take_answer(token: str, *, groups: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Take one answer. It leaves no history: the moment of it would tell who gave it.

    Raises Problem for an invitation that was used, or a survey that is closed.
    """
    with transaction.atomic():
        invitation = (
            SurveyInvitation.objects.select_for_update()
            .select_related("survey")
            .filter(digest=surveys.digest_of(token), is_used=False, survey__closed_on=None)
            .first()
        )
        if invitation is None:
            raise Problem("This link was used, or the survey is closed.", "Nothing was recorded.")
        SurveyInvitation.objects.filter(pk=invitation.pk).update(is_used=True)
        SurveyAnswer.objects.create(
            survey=invitation.survey,
            groups={key: value for key, value in groups.items() if value},
            said={key: value for key, value in said.items() if value},
        )


@action("survey.closed")
def close_survey(survey: Survey, *, by: User, at: datetime) -> Change:
    """Close a survey: its results can be seen, and each gap over the pack's limit opens an action.

    Raises Problem where it is closed already.
    """
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    if held.closed_on is not None:
        raise Problem("The survey is closed already.", "See its results.")
    today = timezone.localdate(at)
    held.closed_on = today
    held.save(update_fields=["closed_on"])
    _open_actions(held, by=by, at=at, today=today)
    return Change(held, {"closed_on": (None, today)})


def _open_actions(survey: Survey, *, by: User, at: datetime, today: date) -> None:
    limit, smallest = pack.value_on("survey-gap", today), pack.smallest_survey(today)
    labels = {each.id: each.label for each in surveys.statements()}
    answers = list(survey.answers.values_list("groups", "said"))
    for result in surveys.results(answers, smallest=smallest):
        for statement, share in result.shares.items():
            if share.gap is not None and share.gap > limit:
                open_once(
                    by=by, at=at, kind=KIND, place=Place("feedback:survey", [survey.ref]),
                    what=f"Staff survey: {result.group.label} ({result.grouping.label.lower()}) "
                    f"agree less that “{labels[statement]}”",
                    about=f"survey:{survey.ref}:{result.group.id}:{statement}",
                )  # fmt: skip
