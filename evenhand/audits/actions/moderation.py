"""Giving files to a second auditor, agreeing on a grade, and sessions of calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.actions.giving import TASK
from evenhand.audits.models import Audit, CalibratedAudit, Calibration
from evenhand.audits.queries.fitting import could_audit, unfit_as_second
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.rules.periods import Span
from evenhand.rules.sampling import draw
from evenhand.versions import take_on
from evenhand.work.actions import Place, open_task

PER_CENT = 100


class Given(NamedTuple):
    """What became of a draw: the second audits given, and the audits that nobody else may do."""

    twins: list[Audit]
    left: list[Audit]


def draw_twice(span: Span, *, by: User, at: datetime) -> Given:
    """Draw by chance, of the audits done in a span, as many as the packs' share asks to be done
    twice, and give each to somebody else, drawn by chance too of those who may.

    Only audits whose file was drawn by chance, and whole ones of that share: of any there is at
    least one. What was given twice before counts. Raises Problem where there are none, or enough.
    """
    _refuse_unless_managing(by)
    rows = Audit.objects.filter(
        state=Audit.State.DONE, twin_of=None, is_random=True,
        done_on__gte=span.since, done_on__lte=span.until,
    ).select_related("child", "team", "worker", "auditor")  # fmt: skip
    found = {audit.ref: audit for audit in rows}
    twice = set(rows.filter(twins__state__in=("open", "done")).values_list("ref", flat=True))
    wanted = wanted_of(len(found), timezone.localdate(at)) - len(twice)
    _refuse_nothing(len(found), wanted, span)
    seed = f"{span.since}/{span.until}/{new_reference()}"
    drawn = draw([ref for ref in found if ref not in twice], wanted, seed)
    told = f"Drawn by chance: {len(drawn)} of {len(found) - len(twice)}, seed {seed}"
    with transaction.atomic():
        return _give_all([found[one.key] for one in drawn], seed, told, by=by, at=at)


def wanted_of(number: int, on: date) -> int:
    """Return how many of so many audits are to be done twice by a day's packs."""
    return ceil(number * pack.limit("audited-twice", on) / PER_CENT)


@action("audit.given_twice")
def give_twice(audit: Audit, auditor: User, *, by: User, at: datetime, why: str) -> Change:
    """Give the file of an audit that is done to a second auditor, who does not see the first.

    Raises Problem for an audit that is not done or is a second one, that was given twice before,
    and for an auditor who may not do it (``unfit_as_second``).
    """
    _refuse_unless_managing(by)
    _refuse_twin(audit)
    hindered = unfit_as_second(audit, auditor)
    if hindered:
        raise Problem(f"{auditor.name} cannot audit this: {hindered}", "Name somebody else.")
    today = timezone.localdate(at)
    made = Audit.objects.create(
        ref=new_reference(), slot=audit.slot, file=audit.file, type=audit.type, tool=audit.tool,
        edition=audit.edition, child=audit.child, team=audit.team, worker=audit.worker,
        subject=audit.subject, about_id=audit.about_id, is_random=audit.is_random,
        auditor=auditor, twin_of=audit, given_at=at, given_by=by,
        due_on=today + timedelta(days=pack.limit("second-audit-in", today)),
    )  # fmt: skip
    _ask(made, at)
    told = {"auditor": (None, auditor.username), "twin_of": (None, audit.ref)}
    return Change(made, told, child_id=audit.child_id, reason=why)


@action("audit.moderated")
def moderate(audit: Audit, grade: str, *, by: User, at: datetime, version: int, why: str) -> Change:
    """Agree on another grade of an audit: the auditor's own stays beside it.

    Raises Problem for an audit that is not done, a second one, an unknown grade, no reason, and
    for who audited the file themselves, the first time or the second; Superseded.
    """
    _refuse_moderation(audit, grade, by, why)
    was = audit.moderated
    take_on(
        audit, version, moderated=grade, moderated_why=why.strip(), moderated_by=by,
        moderated_at=at,
    )  # fmt: skip
    told = {"moderated": (was or audit.grade, grade)}
    return Change(audit, told, child_id=audit.child_id)


@action("audits.calibrated")
def record_session(
    held_on: date, people: Sequence[User], audits: Iterable[Audit], *, by: User, at: datetime,
    learnt: str,
) -> Change:  # fmt: skip
    """Write down a session: who was there, which audits they looked at, and what was learnt.

    Raises Problem for a day to come, nobody there, and no words.
    """
    _refuse_unless_managing(by)
    if held_on > timezone.localdate(at):
        raise Problem(f"{held_on:%d/%m/%Y} is still to come.", "Write it down when it was held.")
    if not people:
        raise Problem("Nobody was named.", "Name who was there.")
    if not learnt.strip():
        raise Problem("Nothing was written.", "Write what was learnt.")
    made = Calibration.objects.create(
        ref=new_reference(), held_on=held_on, learnt=learnt.strip(), recorded_by=by, recorded_at=at
    )
    made.people.set(people)
    looked_at = list(dict.fromkeys(audits))
    CalibratedAudit.objects.bulk_create(
        CalibratedAudit(session=made, audit=audit) for audit in looked_at
    )
    told = {"held_on": (None, held_on), "people": (0, len(people)), "audits": (0, len(looked_at))}
    return Change(made, told)


def _give_all(drawn: Sequence[Audit], seed: str, told: str, *, by: User, at: datetime) -> Given:
    today, twins, left = timezone.localdate(at), [], []
    for audit in drawn:
        auditor = next(_who_may(audit, seed, today), None)
        if auditor is None:
            left.append(audit)
        else:
            twins.append(give_twice(audit, auditor, by=by, at=at, why=told))
    return Given(twins, left)


def _who_may(audit: Audit, seed: str, today: date) -> Iterator[User]:
    """Yield who may do an audit a second time, in an order drawn by chance."""
    people = {user.username: user for user in could_audit(audit.type, None, today, second=True)}
    for one in draw(people, len(people), f"{seed}/{audit.ref}"):
        if not unfit_as_second(audit, people[one.key]):
            yield people[one.key]


def _ask(made: Audit, at: datetime) -> None:
    """Ask the second auditor, in the words in which the first was asked."""
    what = f"Do an audit: {pack.type_called(made.type).title}"
    open_task(
        by=None, at=at, kind=TASK, what=what, owner=made.auditor, about=f"audit:{made.ref}",
        place=Place("audits:audit", (made.ref,)), due_on=made.due_on,
    )  # fmt: skip


def _refuse_unless_managing(by: User) -> None:
    if not may(by, "audits.manage"):
        raise Problem("Moderation is quality assurance's.", "Ask quality assurance to.")


def _refuse_nothing(number: int, wanted: int, span: Span) -> None:
    days = f"{span.since:%d/%m/%Y} to {span.until:%d/%m/%Y}"
    if not number:
        raise Problem(
            f"No audit of a file that was drawn by chance was done from {days}.",
            "Choose other days.",
        )
    if wanted < 1:
        raise Problem(
            f"Enough of the {number} audits from {days} are given twice already.",
            "Choose other days.",
        )


def _refuse_twin(audit: Audit) -> None:
    if audit.state != Audit.State.DONE:
        raise Problem("The first audit is not done yet.", "Give it twice once it is done.")
    if audit.twin_of_id is not None:
        raise Problem("This is itself a second audit.", "Give the first one.")
    if audit.twins.exclude(state=Audit.State.NOT_NEEDED).exists():
        raise Problem("This file was given to a second auditor already.", "Choose another.")


def _refuse_moderation(audit: Audit, grade: str, by: User, why: str) -> None:
    if not may(by, "audits.report"):
        raise Problem("You may not moderate audits.", "Ask quality assurance to.")
    if audit.state != Audit.State.DONE or audit.twin_of_id is not None:
        raise Problem("This is not a first audit that is done.", "Open the one that counts.")
    auditors = {audit.auditor_id, *audit.twins.values_list("auditor", flat=True)}
    if by.pk in auditors:
        raise Problem("You audited this file yourself.", "Somebody else has to moderate its grade.")
    if grade not in {one.id for one in pack.scale()}:
        raise Problem(f'"{grade}" is no grade of the scale.', "Choose one of the list.")
    if not why.strip():
        raise Problem("No reason was given.", "Say why this grade was agreed.")
