"""Requests to attend a transition review: those a viewer may read, and what each awaits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.casework.models import Referral
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of
from evenhand.people.queries.reach import readable
from evenhand.recording import sets
from evenhand.recording.answering import Answers, as_case, day_of, given_of
from evenhand.recording.models import Recording
from evenhand.rules.form_results import Result, read
from evenhand.rules.question_sets import QuestionSet
from evenhand.sources.models import SourceReference
from evenhand.transitions.protocol import DISABILITY, teams_of

FORM: Final = "transition-request"
REFERRALS: Final = "child.referrals"
AWAITED: Final = "referral-awaited"
CLOSED, DECIDED, NEEDED = "closed", "decided_on", "referral_needed"


class Awaited(NamedTuple):
    """A referral that a request led to: its day, and the case system's own number for it."""

    on: date
    number: str


class Request(NamedTuple):
    """One request as the list shows it. ``is_seen``: the viewer may open the child's record."""

    recording: Recording
    asked: QuestionSet
    given: Answers
    result: Result
    is_seen: bool
    referral: Awaited | None


def decides(viewer: User) -> bool:
    """Whether requests come to the viewer: somebody with the disability team within reach."""
    persons = scope_of(viewer).persons
    return not persons.teams.isdisjoint(teams_of(DISABILITY))


def requests_for(viewer: User, *, closed: bool = False) -> QuerySet[Recording]:
    """Return the requests that the viewer may read or has to decide, the review next to come first.

    Whoever decides them finds those of children out of their reach, too; never of a closed record.
    """
    rows = Recording.objects.filter(form=FORM, entered_in_error=False)
    answered = Q(answers__question=CLOSED, answers__day__isnull=False)
    shut = rows.filter(answered).order_by().values("pk")
    rows = rows.filter(pk__in=shut) if closed else rows.exclude(pk__in=shut)
    if decides(viewer):
        rows = rows.exclude(child__in=closing_of(viewer).closed)
    else:
        rows = readable(viewer, rows)
    found = rows.select_related("child", "team", "worker", "recorded_by")
    return found.prefetch_related("answers", "missing").order_by("on", "pk")


def as_shown(viewer: User, rows: Iterable[Recording], today: date) -> list[Request]:
    """Return requests with where each stands, as of today. Four queries, however many there are."""
    found = list(rows)
    children = [one.child_id for one in found if one.child_id is not None]
    seen = set(
        Child.objects.visible_to(viewer).filter(pk__in=children).values_list("pk", flat=True)
    )
    referred = _referred(children)
    shown = [
        _shown(one, one.child_id in seen, referred.get(one.child_id or 0, ()), today)
        for one in found
    ]
    return [one for one in shown if one is not None]


def _shown(
    recording: Recording, is_seen: bool, referred: Iterable[Awaited], today: date
) -> Request | None:
    asked = sets.edition_of(recording.form, recording.edition)
    if asked is None:
        return None
    given = given_of(asked, sorted(recording.answers.all(), key=lambda one: (one.row, one.pk)))
    facts = {REFERRALS: tuple(one.on for one in referred)}
    result = read(asked, as_case(asked, given.form), facts, today)
    return Request(recording, asked, given, result, is_seen, _led_to(given, referred))


def _led_to(given: Answers, referred: Iterable[Awaited]) -> Awaited | None:
    """Return the first referral since the decision, where one was asked for."""
    decided = day_of(given.form.get(DECIDED))
    if decided is None or not given.form.get(NEEDED):
        return None
    return min((one for one in referred if one.on >= decided), default=None)


def _referred(children: Iterable[int]) -> Mapping[int, list[Awaited]]:
    """Return each child's referrals: those of records merged into theirs, too."""
    wanted = list(children)
    whose = Q(child__in=wanted) | Q(child__merged_into__in=wanted)
    rows = Referral.objects.filter(whose, withdrawn=False, received_on__isnull=False)
    told = list(rows.values_list("pk", "child_id", "child__merged_into_id", "received_on"))
    numbers = _numbers(pk for pk, *_ in told)
    found: dict[int, list[Awaited]] = {}
    for pk, child, kept, on in told:
        if on is not None:
            found.setdefault(kept or child, []).append(Awaited(on, numbers.get(pk, "")))
    return found


def _numbers(referrals: Iterable[int]) -> Mapping[int, str]:
    """Return what the case system calls each referral."""
    held = SourceReference.objects.filter(
        target=Referral._meta.label_lower, target_id__in=list(referrals), withdrawn_in_id=None
    )
    return dict(held.order_by("-pk").values_list("target_id", "key"))
