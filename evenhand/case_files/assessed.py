"""Lines on assessments: done or reviewed in the set time, and their needs in the care plan."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from evenhand.case_files import pack
from evenhand.case_files.file import File
from evenhand.case_files.found import Found, State
from evenhand.casework.models import Assessment
from evenhand.design.wording import day
from evenhand.facts import reading
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.people.queries.reach import of_child
from evenhand.recording.models import Recording
from evenhand.rules import Recurrence
from evenhand.rules.arithmetic import add_months
from evenhand.rules.trees import one_name

HELD = "referral.assessments_authorised"
REVIEWED = "referral.assessments_reviewed"


def assessed(file: File) -> Found | None:
    """Whether the assessment is in progress, or was finished or reviewed within the set months."""
    referral, months = file.newest("referral"), _months(file.today)
    if referral is None or months is None:
        return None
    url = reverse("pages:child", args=[file.child.ref]) + "#promises"
    begun = file.newest("assessment")
    if begun is not None and begun.authorised_on is None:
        return Found(State.MET, (f"In progress since {day(begun.started_on)}",), url)
    last = max(_days(file, referral.pk), default=None)
    if last is None:
        return Found(State.NOT_KNOWN, ("No assessment or review of one is in our data",), url)
    holds_to = add_months(last, months)
    said = f"Last done or reviewed on {day(last)}: holds until {day(holds_to)}"
    if holds_to >= file.today:
        return Found(State.MET, (said,), url)
    known = horizons([HELD])[HELD]
    told = known is not None and known.covers(holds_to, holds_to)
    return Found(State.NOT_MET if told else State.NOT_KNOWN, (said,), url)


def _days(file: File, referral: int) -> list[date]:
    case = reading.case("referral", referral, [HELD, REVIEWED])
    own = [one for name in (HELD, REVIEWED) for one in case.get(name) or () if one]  # type: ignore[union-attr]
    rows = Assessment.objects.filter(of_child(file.child), withdrawn=False)
    others = rows.exclude(authorised_on=None).values_list("authorised_on", flat=True)
    return [one for one in (*own, *others) if isinstance(one, date) and one <= file.today]


def _months(today: date) -> int | None:
    """The months for which an assessment holds, by the standard that the packs name."""
    standard = policy().standards.get(pack.named("assessed", "standard"))
    if not isinstance(standard, Recurrence):
        return None
    entry = standard.stages[-1].entry_on(today)
    return entry.value.value if entry else None


def needs(file: File) -> Found | None:
    """Whether each need that an assessment found is on the list of those carried into the plan.

    Nothing to say where no need was found, or nobody has looked at the care plan yet.
    """
    checks = file.records_on([pack.named("needs")])
    lists = file.records_on([pack.named("needs", "carried")])
    if not checks or not lists:
        return None
    carried = {one_name(need) for need in _needs(lists[0])}
    lost = [need for need in _needs(checks[0]) if one_name(need) not in carried]
    url = reverse("recording:one", args=[lists[0].ref])
    who = _answer(lists[0], "approved_by") or "nobody named"
    on = day(lists[0].on)
    said = tuple(f"Need not carried over: {need}, {who}, {on}" for need in lost)
    return Found(State.NOT_MET, said, url) if said else None


def _needs(record: Recording) -> list[str]:
    asked = pack.named("needs", "question")
    return [one.code for one in record.answers.all() if one.question == asked and one.code]


def _answer(record: Recording, question: str) -> str:
    return next((one.code for one in record.answers.all() if one.question == question), "")
