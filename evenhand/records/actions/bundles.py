"""A bundle: put together, gone through piece by piece, and released by another person."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.records import files
from evenhand.records.contents import Numbered, as_kept, with_words_apart
from evenhand.records.gathering import gathered
from evenhand.records.letter import letter_for
from evenhand.records.models import Bundle, Mark, RecordsRequest
from evenhand.records.pack import others
from evenhand.records.queries import expanded, obstacles, released_sections

CHOSEN = "chosen"


class Judged(NamedTuple):
    """What somebody decided of one mark. ``why`` may be empty where it is as proposed."""

    number: int
    leave_out: bool
    why: str = ""


@action("records.gathered")
def prepare(request: RecordsRequest, *, by: User, at: datetime) -> Change:
    """Gather everything held of the child for a request, and mark what may tell of others.

    One that was gathered before and not released is emptied. Raises Problem for a request that was
    answered, or whose bundle was released.
    """
    if request.answered_on is not None or request.bundles.exclude(released_at=None).exists():
        raise Problem("What was given stays as it left.", "Record a new request if they ask again.")
    for older in request.bundles.all():
        older.marks.all().delete()
        older.contents = "[]"
        older.save(update_fields=["contents"])
    kept, found = as_kept(gathered(request, by, at))
    bundle = Bundle(
        ref=new_reference(), request=request, contents=kept, prepared_by=by, prepared_at=at
    )
    bundle.save()
    _make_marks(bundle, found, {})
    marks = {"marks": (None, len(found)), "bundle": (None, bundle.ref)}
    return Change(request, marks, child_id=_child(request), result=bundle)


def _make_marks(bundle: Bundle, found: Iterable[Numbered], old: Mapping[int, Mark]) -> None:
    """Make the marks; each that was part of an older one keeps what was decided of that."""
    kinds = others()
    for one in found:
        before, kind = old.get(one.old), kinds.get(one.kind)
        Mark(
            ref=new_reference(), bundle=bundle, number=one.number, kind=one.kind, words=one.words,
            where=one.where, places=one.places, proposed=kind.leave_out if kind else True,
            leave_out=before.leave_out if before else None,
            why=before.why if before else "",
            decided_by=before.decided_by if before else None,
            decided_at=before.decided_at if before else None,
        ).save()  # fmt: skip


@action("records.marks_judged")
def judge(bundle: Bundle, judged: Iterable[Judged], *, by: User, at: datetime) -> Change:
    """Decide marks: leave out, or keep. What is not as proposed needs a reason; all or none."""
    _refuse_released(bundle)
    marks, counts = {mark.number: mark for mark in bundle.marks.all()}, {True: 0, False: 0}
    kinds = others()
    for one in judged:
        mark = marks[one.number]
        why = one.why.strip()
        if one.leave_out != mark.proposed and not why:
            verb = "left out" if one.leave_out else "kept"
            raise Problem(
                f"Mark {one.number} is {verb} against the proposal, without a reason.",
                "Say why beside it.",
            )
        mark.leave_out, mark.decided_by, mark.decided_at = one.leave_out, by, at
        mark.why = why or (kinds[mark.kind].why if mark.kind in kinds else "")
        mark.save()
        counts[one.leave_out] += 1
    said = {"left_out": (None, counts[True]), "kept": (None, counts[False])}
    return Change(bundle.request, said, child_id=_child(bundle.request), result=bundle)


@action("records.words_marked")
def choose_words(bundle: Bundle, *, words: str, why: str, by: User, at: datetime) -> Change:
    """Mark words to be left out wherever they stand, in small letters or capitals.

    Raises Problem where they stand nowhere.
    """
    _refuse_released(bundle)
    wanted = " ".join(words.split())
    marks = {mark.number: mark for mark in bundle.marks.all()}
    sections = with_words_apart(expanded(bundle, marks), wanted, CHOSEN)
    kept, found = as_kept(sections)
    chosen = [one for one in found if one.kind == CHOSEN and not one.old]
    if not chosen:
        raise Problem("These words stand nowhere in it.", "Copy them as they are written there.")
    bundle.marks.all().delete()
    bundle.contents = kept
    bundle.save(update_fields=["contents"])
    _make_marks(bundle, found, marks)
    numbers = [one.number for one in chosen]
    bundle.marks.filter(number__in=numbers).update(
        leave_out=True, why=why, decided_by=by, decided_at=at
    )
    places = {"places": (None, sum(one.places for one in chosen))}
    return Change(bundle.request, places, child_id=_child(bundle.request), result=bundle)


@action("records.released")
def release(bundle: Bundle, *, by: User, at: datetime, despite: str = "") -> Change:
    """Freeze what is to be given, and make its files, once another person has approved it.

    ``despite``: why it is given although the child, who understands, does not want it. Raises
    Problem while anything stands in the way.
    """
    _refuse_released(bundle)
    for obstacle in obstacles(bundle, by, despite=despite):
        raise obstacle
    request, sections = bundle.request, released_sections(bundle)
    letter = letter_for(request, bundle, on=timezone.localdate(at))
    pdf = files.pdf_of(request, letter, sections, made_at=at)
    archive = files.archive_of(request, letter, sections, made_at=at)
    bundle.letter, bundle.released_by, bundle.released_at = letter, by, at
    bundle.pdf, bundle.archive = (base64.b64encode(one).decode() for one in (pdf, archive))
    bundle.digest = hashlib.sha256(pdf + archive).hexdigest()
    bundle.save()
    said = {"digest": (None, bundle.digest), "bundle": (None, bundle.ref)}
    return Change(request, said, child_id=_child(request), reason=despite.strip(), result=bundle)


def _refuse_released(bundle: Bundle) -> None:
    if bundle.released_at is not None:
        raise Problem("What was given stays as it left.", "Record a new request if they ask again.")


def _child(request: RecordsRequest) -> int:
    return request.child.merged_into_id or request.child_id
