"""Each line of a checklist, read from a child's file: promises, what was checked, what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import reverse

from evenhand.case_files import own
from evenhand.case_files.file import File
from evenhand.case_files.found import Found, Read, State, tally, together
from evenhand.case_files.pack import Answer, Line, Wanted, checklist
from evenhand.design.wording import day, percent
from evenhand.facts import reading
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.registry import is_bound
from evenhand.recording.models import Missing, Recording
from evenhand.recording.queries import words_of
from evenhand.recording.tables import in_words
from evenhand.rules import State as Outcome
from evenhand.rules.arithmetic import add_months
from evenhand.rules.question_sets import QuestionSet
from evenhand.standards.queries import Promise

JUDGED = (Outcome.KEPT, Outcome.KEPT_LATE, Outcome.LATE)
MET_UNCHECKED = {"not-known": State.NOT_KNOWN, "not-met": State.NOT_MET}


def lines_of(file: File, id_: str) -> list[Read]:
    """Return the lines of a checklist that apply to the child, each with how it stands."""
    found = checklist(id_)
    read = ((line, _line(file, line)) for line in (found.lines if found else ()))
    return [Read(line, one) for line, one in read if one is not None]


def _line(file: File, line: Line) -> Found | None:
    parts = [*_standards(file, line), *_forms(file, line)]
    if line.fields:
        parts.append(_fields(file, line))
    if line.answer:
        parts.append(_answer(file, line.answer, line.item))
    if line.checklist:
        parts.append(_checklist(file, line.checklist))
    if line.works_out:
        parts.append(own.READERS[line.works_out](file))
    return together(parts)


def _standards(file: File, line: Line) -> Iterator[Found]:
    for id_ in line.standards:
        promises = file.promises.get(id_, [])
        judged = [one for one in promises if one.state in JUDGED]
        waiting = [one for one in promises if one.state is Outcome.OPEN]
        if judged:
            yield _judged(file, judged[0])
        elif waiting:
            yield Found(State.MET, (f"Not due before {day(waiting[0].row.due_on)}",), _due(file))
        elif promises and promises[0].state in (Outcome.NOT_KNOWN, Outcome.NOT_RECORDED):
            yield Found(State.NOT_KNOWN, ("No source that we hold says so",), _due(file))


def _judged(file: File, one: Promise) -> Found:
    due, done = day(one.row.due_on), one.row.done_on
    said = f"Done on {day(done)}, due {due}" if done else f"Was due {due}, not done"
    state = State.MET if one.state is Outcome.KEPT else State.NOT_MET
    return Found(state, (f"{one.standard.title}: {said[:1].lower()}{said[1:]}",), _due(file))


def _due(file: File) -> str:
    return reverse("pages:child", args=[file.child.ref]) + "#promises"


def _forms(file: File, line: Line) -> Iterator[Found]:
    for id_ in line.forms:
        asked = policy().question_set(id_, file.today)
        event = file.newest(asked.subject) if asked else None
        if asked is None or event is None:
            continue
        record = file.record_about(id_, event.pk)
        if record is None:
            yield _unchecked(file, line, asked, event)
        else:
            yield _checked(record, line)


def _unchecked(file: File, line: Line, asked: QuestionSet, event: object) -> Found:
    words = words_of(asked.subject, event)
    said = f"Nobody has written this down yet: {words[:1].lower()}{words[1:]}"
    url = file.to_write(asked.id, event.pk)  # type: ignore[attr-defined]
    return Found(MET_UNCHECKED[line.unchecked], (said,), url)


def _checked(record: Recording, line: Line) -> Found:
    lacks = [one for one in record.missing.all() if _is_of(one, line.lacks)]
    url = reverse("recording:one", args=[record.ref])
    if lacks:
        return Found(State.NOT_MET, tuple(map(in_words, lacks)), url)
    by = f"{record.recorded_by.name} wrote down on {day(record.recorded_at)} that it is there"
    return Found(State.MET, (by,), url)


def _is_of(missing: Missing, lacks: tuple[str, ...]) -> bool:
    """Whether what is missing is one of these; of rows, whichever."""
    return re.sub(r"-\d+$", "", missing.key) in lacks


def _fields(file: File, line: Line) -> Found | None:
    event = file.newest(line.subject)
    if event is None:
        return None
    names = [one.fact for one in line.fields if is_bound(one.fact)]
    case, known = reading.case(line.subject, event.pk, names), horizons(names)
    lacks = [one for one in line.fields if case.get(one.fact) in (None, "", ())]
    told = [one for one in lacks if known.get(one.fact) is not None]
    url = reverse("pages:child", args=[file.child.ref]) + "#chronology"
    if told:
        return Found(
            State.NOT_MET, tuple(_lacking(event, one, case.get(line.on)) for one in told), url
        )
    if lacks:
        return Found(State.NOT_KNOWN, ("No source that we hold brings all of it",), url)
    return Found(State.MET, (f"Everything is there: {words_of(line.subject, event).lower()}",), url)


def _lacking(event: object, wanted: Wanted, on: object) -> str:
    worker = getattr(event, "worker", None) or event.child.worker  # type: ignore[attr-defined]
    words = f"{wanted.missing[:1].upper()}{wanted.missing[1:]}"
    when = day(on) if on else "day not recorded"  # type: ignore[arg-type]
    return f"{words}: {worker or 'nobody named'}, {when}"


def _answer(file: File, wanted: Answer, item: str) -> Found | None:
    asked = policy().question_set(wanted.form, file.today)
    event = file.newest(asked.subject) if asked else None
    if asked is None or event is None:
        return None
    record = file.record_about(asked.id, event.pk)
    if record is None:
        return _unchecked(file, Line("", item, ""), asked, event)
    url = reverse("recording:one", args=[record.ref])
    given = [one for one in record.answers.all() if one.question == wanted.question]
    on = next((one.day for one in given if one.day), None)
    said = next((one.code for one in given if one.code), "")
    if on is None:
        return Found(State.MET, (said,), url) if said else Found(State.NOT_MET, ("Missing",), url)
    if wanted.months and add_months(on, wanted.months) < file.today:
        words = f"Last on {day(on)}: more than {wanted.months} months ago"
        return Found(State.NOT_MET, (words,), url)
    return Found(State.MET, (day(on),), url)


def _checklist(file: File, id_: str) -> Found | None:
    lines = lines_of(file, id_)
    if not lines:
        return None
    counted = tally(lines)
    unmet = [one.line.item for one in lines if one.found.state is State.NOT_MET]
    share = f"{percent(counted.met, counted.told)} ({counted.met} of {counted.told})"
    evidence = [share if counted.told else "Nothing can be told yet"]
    evidence += [f"Not met: {', '.join(unmet)}"] if unmet else []
    evidence += [f"{counted.unknown} cannot be told yet"] if counted.unknown else []
    whole = counted.told and not counted.unknown
    state = State.NOT_MET if unmet else State.MET if whole else State.NOT_KNOWN
    return Found(state, tuple(evidence), f"#{id_}")
