"""What people wrote down of a young person that decides a standing and stands in no extract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from evenhand.leaving_care.pack import Law
from evenhand.recording.models import Answer
from evenhand.rules.leaving_care import Beside, Course, Home, Stretch

DETAINED, HOME = "hospital-or-detention", "return-home"
ELSEWHERE, COURSE = "fostered-or-accommodated", "education-or-training"
FORMS = (DETAINED, HOME, ELSEWHERE, COURSE)
"""The forms of the packs (forms/leaving-care.yaml) whose answers this room reads."""
Answers = Mapping[str, Any]


def told_of(owners: Mapping[int, int], law: Law) -> dict[int, Beside]:
    """Return what is told of each child, by the child kept; ``owners`` may name merged ones."""
    answers: dict[tuple[int, str, int], dict[str, Any]] = defaultdict(dict)
    rows = Answer.objects.filter(
        recording__form__in=FORMS, recording__child__in=list(owners),
        recording__entered_in_error=False,
    )  # fmt: skip
    named = ("recording_id", "recording__form", "recording__child_id", "question")
    for pk, form, child, question, day, yes, code in rows.values_list(*named, "day", "yes", "code"):
        answers[owners[child], form, pk][question] = day or yes or code or None
    found: dict[int, Beside] = {}
    for (child, form, _), given in sorted(answers.items(), key=lambda one: one[0]):
        found[child] = _with(found.get(child, Beside()), form, given, law)
    return found


def with_homes(beside: Beside, ended: Iterable[date]) -> Beside:
    """Return what is told with the returns home that the case system shows; each day once."""
    homes = {day: Home(day) for day in ended} | {home.on: home for home in beside.homes}
    return replace(beside, homes=tuple(homes.values()))


def _with(beside: Beside, form: str, given: Answers, law: Law) -> Beside:
    began = given.get("began") or given.get("home_on")
    if not isinstance(began, date):
        return beside
    if form == DETAINED:
        stretch = Stretch(began, given.get("ended"))
        return replace(beside, detained=(*beside.detained, stretch))
    if form == HOME:
        return replace(beside, homes=(*beside.homes, Home(began, given.get("broke_down"))))
    if form == ELSEWHERE:
        months = law.values.months_accommodated if given.get("kind") in law.for_months else 0
        stretch = Stretch(began, given.get("ended"), months)
        return replace(beside, elsewhere=(*beside.elsewhere, stretch))
    course = Course(began, given.get("ends"), bool(given.get("agreed")), bool(given.get("is_one")))
    return replace(beside, courses=(*beside.courses, course))
