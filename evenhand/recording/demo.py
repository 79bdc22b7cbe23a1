"""The demonstration's records: a fortnight at the social worker's desk.

Some promises are kept, some late, some wait; some records lack something. Days and moments are
written as so many days ago, and at what time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.design.wording import LONDON
from evenhand.facts.adopted import policy
from evenhand.facts.registry import SUBJECTS
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.problems import Problem
from evenhand.recording import actions
from evenhand.recording.answering import Answers
from evenhand.recording.models import Recording


class Ago(NamedTuple):
    """So many days ago, at a time of day; a day alone where no hour is said."""

    days: int
    hour: int | None = None
    minute: int = 0


class Sample(NamedTuple):
    """One form filled in; ``rows`` where it asks the same of several."""

    form: str
    answers: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]] = ()


ALONE = (
    Sample("phone-message", {"received_at": Ago(13, 10, 5), "caller": "A grandmother",
                             "wanted": "To know when the meeting is.", "answered": Ago(12)}),
    Sample("phone-message", {"received_at": Ago(6, 15, 40), "caller": "The school",
                             "wanted": "A place at breakfast club.", "answered": Ago(1)}),
    Sample("phone-message", {"received_at": Ago(5, 9, 20), "caller": "A father",
                             "wanted": "He cannot come on Friday."}),
    Sample("letter", {"received": Ago(40), "sender": "A solicitor", "about_what": "Family time",
                      "holding_reply": Ago(35)}),
    Sample("letter", {"received": Ago(12), "sender": "A health visitor",
                      "about_what": "A two-year check", "answered_in_full": Ago(4)}),
    Sample("caller", {"arrived_at": Ago(8, 10, 5), "caller": "A mother", "came_for": "service",
                      "promised_at": Ago(8, 10, 30), "seen_at": Ago(8, 10, 25)}),
    Sample("caller", {"arrived_at": Ago(7, 14, 0), "caller": "An aunt",
                      "came_for": "information"}),
    Sample("appointment", {"planned_at": Ago(10, 10, 0), "with_whom": "A mother",
                           "where": "office", "became": "held", "began_at": Ago(10, 10, 12),
                           "told_late": "text", "told_late_at": Ago(10, 9, 50)}),
    Sample("appointment", {"planned_at": Ago(9, 13, 0), "with_whom": "A father", "where": "home",
                           "became": "failed", "failed": Ago(9), "card": "left"}),
)  # fmt: skip
ABOUT = (
    Sample("referrer-acknowledged", {"acknowledged": Ago(2), "how": "phone"}),
    Sample("visit", {"answered": True, "next_how": "visit"}),
    Sample("visit", {"answered": False, "card": "left", "next_how": "phone"}),
    Sample("child-at-conference", {"asked_on": Ago(9), "wishes": False}),
    Sample("assessment-copies", {}, ({"recipient": "The mother", "given_on": Ago(5),
                                      "format": "paper"}, {"recipient": "The father"})),
    Sample("assessment-check", {"signed": Ago(20), "analysis": True, "conclusion": True,
                                "ethnicity": "considered", "language": "considered"}),
    Sample("case-summary", {"written": Ago(15), "signed": True, "concerns": "Missed school.",
                            "strengths": "A close and patient grandmother."}),
    Sample("significant-event", {"happened": Ago(30), "event": "Moved in with the grandmother",
                                 "significant": True, "why": "Home is settled now."}),
    Sample("contact-card", {"sent": Ago(14), "holds": ["worker", "manager"], "format": "text",
                            "to_whom": "The mother"}),
)  # fmt: skip


def create(*, at: datetime) -> None:
    """Make them as the social worker; nothing where any is there. A form that the adopted packs
    have not is passed over, and so is one about an event that no child here has."""
    by = User.objects.filter(grants__role=Role.SOCIAL_WORKER).first()
    if by is None or by.worker_id is None or Recording.objects.exists():
        return
    for sample in ALONE:
        _make(sample, by, at, None, None)
    children = list(Child.objects.filter(worker=by.worker_id, is_open=True).order_by("pk"))
    for place, sample in enumerate(ABOUT):
        _about_one(sample, children[place:] + children[:place], by, at)


def _about_one(sample: Sample, children: Sequence[Child], by: User, at: datetime) -> None:
    """Fill a form in about the first child, or the first child's newest event, that has none."""
    editions = policy().question_sets.get(sample.form, ())
    for child in children if editions else ():
        subject = editions[-1].subject
        if subject == "child":
            _make(sample, by, at, child, None)
            return
        about = _newest(child, subject, sample.form)
        if about is not None and _make(sample, by, at, child, about):
            return


def _newest(child: Child, subject: str, form: str) -> int | None:
    found = SUBJECTS[subject]
    taken = Recording.objects.filter(form=form, subject=subject).values("about_id")
    rows = found.model._default_manager.filter(found.where).filter(of_child(child))
    free = rows.exclude(pk__in=taken).order_by("-pk").values_list("pk", flat=True)
    newest: int | None = free.first()
    return newest


def _make(sample: Sample, by: User, at: datetime, child: Child | None, about: int | None) -> bool:
    """Record a sample; say whether it could be: a day before a child's birth cannot."""
    asked = policy().question_set(sample.form, timezone.localdate(at))
    if asked is None:
        return False
    given = Answers(_told(sample.answers, at), [_told(row, at) for row in sample.rows])
    try:
        actions.record(asked, given, by=by, at=at, child=child, about_id=about)
    except Problem:
        return False
    return True


def _told(answers: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    return {name: _when(value, at) if isinstance(value, Ago) else value
            for name, value in answers.items()}  # fmt: skip


def _when(ago: Ago, at: datetime) -> Any:
    day = timezone.localdate(at) - timedelta(days=ago.days)
    if ago.hour is None:
        return day
    return datetime.combine(day, time(ago.hour, ago.minute), LONDON)
