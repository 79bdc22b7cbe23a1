"""Many audits with what their tools were answered, as the engine of forms stores it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from evenhand.accounts.models import Role, Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.models import Audit, Copy, Report, Slot
from evenhand.audits.queries.conduct import sections_of
from evenhand.people.models import Child
from evenhand.recording.models import Answer, Recording
from evenhand.recording.sets import edition_of
from evenhand.rules.london import LONDON
from tests import factories as make

EDITION = date(2005, 4, 1)
Rows = Iterable[Mapping[str, Any]]


def graded(
    by: User, done_on: date, *, type_: str = "team-manager", team: Team | None = None,
    child: Child | None = None, grade: str = "good", slot: Slot | None = None,
    rows: Rows = (), is_random: bool = True, lacking: str = "", **answers: Any,
) -> Audit:  # fmt: skip
    """An audit that is done, every section graded alike unless ``answers`` say otherwise.

    ``lacking`` names a section that nobody graded.
    """
    tool = pack.type_called(type_).tool
    asked = edition_of(tool, EDITION)
    assert asked is not None
    at = datetime.combine(done_on, time(12), LONDON)
    written = Recording.objects.create(
        ref=new_reference(), form=tool, edition=EDITION, subject="audit", child=child, team=team,
        on=done_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    every = {one.grade: grade for one in sections_of(asked) if one.id != lacking} | answers
    made = [_answer(written, question, value, 0) for question, value in every.items()]
    for number, row in enumerate(rows, start=1):
        made += [
            _answer(written, question, one, number)
            for question, value in row.items()
            for one in (value if isinstance(value, list | tuple) else (value,))
        ]
    Answer.objects.bulk_create(made)
    return Audit.objects.create(
        ref=new_reference(), type=type_, tool=tool, edition=EDITION, child=child, team=team,
        worker=child.worker if child else None, subject="child", is_random=is_random, auditor=by,
        given_by=by, given_at=at, due_on=done_on, state=Audit.State.DONE, recording=written,
        grade=grade, done_on=done_on, done_at=at, slot=slot,
    )  # fmt: skip


def _answer(written: Recording, question: str, value: Any, row: int) -> Answer:
    made = Answer(recording=written, ref=new_reference(), row=row, question=question)
    asked = edition_of(written.form, written.edition)
    kind = asked.question(question).kind if asked else "text"  # type: ignore[union-attr]
    column = {"yes_no": "yes", "number": "number", "words": "words", "date": "day"}
    setattr(made, column.get(kind, "code"), value)
    return made


def reported(reader: User) -> None:
    """A report that somebody was given, and once a draft that anybody could be given."""
    draft = Report.objects.filter(published_at=None).first() or _report(reader)
    if not draft.recommendations.exists():
        draft.recommendations.create(ref=new_reference(), words="Ring back.", owner=reader)
        make.user(Role.TEAM_MANAGER)
    published = _report(reader, published_at=make.NOW, published_by=reader)
    Copy.objects.create(
        ref=new_reference(), report=published, part="team-managers", to=reader, sent_at=make.NOW
    )


def _report(by: User, **fields: Any) -> Report:
    written = [{"id": "learnt", "heading": "What we learnt", "words": "", "quotations": []}]
    return Report.objects.create(
        ref=new_reference(), kind="half-year", title="Six-monthly report of audits",
        since=date(2026, 1, 1), until=date(2026, 6, 30), sections=written, drawn_by=by,
        drawn_at=make.NOW, **fields,
    )  # fmt: skip
