"""Correction: somebody says that a record is wrong, a person decides, both versions stay."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.casework import actions as casework
from evenhand.history.actions import Change, Happening, action
from evenhand.people import actions as people
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Child, IdentityStatement
from evenhand.problems import Problem
from evenhand.retention.disputing import Disputable, reference_by_hand, value_of
from evenhand.retention.models import Correction
from evenhand.retention.native import STATEMENT

Standing = Correction.Standing


@action("correction.asked")
def ask_correction(
    child: Child,
    *,
    by: User,
    at: datetime,
    about: Disputable,
    what_is_wrong: str,
    what_is_right: str,
    asked_by: str,
    received_on: date,
) -> Change:
    """Record that somebody says a record of a child is wrong. It is shown beside it meanwhile.

    Raises Problem for a day to come, without words, and where the same is asked already.
    """
    refuse_to_come(received_on, at, "Give the day on which they said so.")
    if not (what_is_wrong.strip() and what_is_right.strip() and asked_by.strip()):
        raise Problem("Some words are missing.", "Say who asked, what is wrong and what is right.")
    same = Correction.objects.filter(
        target=about.target, target_id=about.target_id, field=about.field,
        standing__in=(Standing.ASKED, Standing.AT_SOURCE),
    )  # fmt: skip
    if same.exists():
        raise Problem("This is said to be wrong already.", "See it among the corrections.")
    made = Correction.objects.create(
        ref=new_reference(), child=child, target=about.target, target_id=about.target_id,
        field=about.field, held=value_of(about.target, about.target_id, about.field) or "",
        what_is_wrong=what_is_wrong.strip(), what_is_right=what_is_right.strip(),
        asked_by=asked_by.strip(), received_on=received_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    return Change(made, {"standing": (None, Standing.ASKED)}, child_id=child.pk)


@action("correction.decided")
def decide_correction(
    correction: Correction, *, by: User, at: datetime, is_right: bool, reason: str
) -> Change:
    """Put the record right, ask the source to, or refuse with reasons.

    What Evenhand alone holds is marked as entered in error, and stays; the right words are then
    recorded beside it. What came from a source waits for its next file. Raises Problem without a
    reason, and where it was decided before.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say why; the person is told it.")
    held = Correction.objects.select_for_update().get(pk=correction.pk)
    if held.standing != Standing.ASKED:
        raise Problem("This was decided before.", "Go back to the list.")
    held.standing = _settle(held, by, at, reason) if is_right else Standing.REFUSED
    held.reason, held.decided_by, held.decided_at = reason.strip(), by, at
    held.closed_at = None if held.standing == Standing.AT_SOURCE else at
    held.save()
    changes = {"standing": (Standing.ASKED, held.standing)}
    return Change(held, changes, child_id=held.child_id, reason=reason.strip())


def _settle(correction: Correction, by: User, at: datetime, reason: str) -> Correction.Standing:
    by_hand = reference_by_hand(correction.target, correction.target_id)
    if by_hand is not None:
        casework.enter_in_error(by_hand, by=by, at=at, reason=reason)
        return Standing.CORRECTED
    if correction.target == STATEMENT:
        said = IdentityStatement.objects.filter(pk=correction.target_id).first()
        if said is not None and said.said_by != IdentityStatement.SaidBy.IMPORT:
            people.enter_in_error(said, by=by, at=at, reason=reason)
            return Standing.CORRECTED
    return Standing.AT_SOURCE


@action("correction.told")
def tell(correction: Correction, *, by: User, at: datetime, told_on: date) -> Change:
    """Keep the day on which the person was told what was decided.

    Raises Problem before it is decided, and for a day to come.
    """
    if correction.standing == Standing.ASKED:
        raise Problem("Nothing was decided yet.", "Decide first, then tell the person.")
    refuse_to_come(told_on, at, "Give the day on which they were told.")
    correction.told_on = told_on
    correction.save(update_fields=["told_on"])
    return Change(correction, {"told_on": (None, told_on)}, child_id=correction.child_id)


@action("correction.closed")
def close_correction(correction: Correction, *, by: User | None, at: datetime) -> Change:
    """Close what a source has put right since: it no longer says what was said to be wrong."""
    correction.standing, correction.closed_at = Standing.CORRECTED, at
    correction.save(update_fields=["standing", "closed_at"])
    changes = {"standing": (Standing.AT_SOURCE, Standing.CORRECTED)}
    return Change(correction, changes, child_id=correction.child_id)


def after_import(happening: Happening) -> None:
    """Close every correction that waits for a source and whose record says another thing now."""
    for one in Correction.objects.filter(standing=Standing.AT_SOURCE).order_by("pk"):
        if (value_of(one.target, one.target_id, one.field) or "") != one.held:
            close_correction(one, by=happening.by, at=happening.at)
