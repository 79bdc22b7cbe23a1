"""Closing a record and opening it again; one's own family; access for a while, and its review."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.access_rules import (
    lending_reasons,
    lent_for,
    restriction_reasons,
    review_day,
)
from evenhand.people.models import Adult, Child, OwnFamily, Restriction, TemporaryAccess
from evenhand.people.models.access import RestrictionName
from evenhand.people.models.closing import closing_of
from evenhand.problems import Problem


@action("child.restricted")
def restrict(  # noqa: PLR0913 (what a restriction is made of)
    child: Child,
    *,
    by: User,
    at: datetime,
    reason: str,
    because: str = "",
    let_in: Collection[User | Team] = (),
    shut_out: Collection[User] = (),
    ends_on: date | None = None,
    review_on: date | None = None,
) -> Change:
    """Close a child's record to all but those let in, or only to those shut out.

    A name lets nobody in whose role does not reach the child. Whoever closes the record stays
    inside. Raises Problem for a record that is closed already, a reason that the packs have not,
    and where nobody is named, or one is named both ways, or oneself is shut out.
    """
    today = timezone.localdate(at)
    _refuse(child, by, reason, let_in, shut_out)
    if ends_on is not None and ends_on < today:
        raise Problem("The last day is past.", "Give a day to come, or none.")
    made = Restriction.objects.create(
        ref=new_reference(), child=child, reason=reason, because=because, starts_on=today,
        ends_on=ends_on, review_on=review_on or review_day(today), restricted_by=by,
    )  # fmt: skip
    RestrictionName.objects.bulk_create(_names(made, let_in, shut_out))
    told = {
        "reason": (None, reason),
        "let_in": (None, [str(one) for one in let_in]),
        "shut_out": (None, [str(one) for one in shut_out]),
    }
    return Change(made, told, child_id=child.pk, reason=because)


def _refuse(
    child: Child,
    by: User,
    reason: str,
    let_in: Collection[User | Team],
    shut_out: Collection[User],
) -> None:
    if reason not in restriction_reasons():
        raise Problem(f'No pack has a reason called "{reason}".', "Choose one of the list.")
    if not let_in and not shut_out:
        raise Problem("Nobody is named.", "Say who may open it, or who may not.")
    if set(shut_out) & {one for one in let_in if isinstance(one, User)}:
        raise Problem("Somebody is both let in and shut out.", "Name each person once.")
    if by in shut_out:
        raise Problem("You would shut yourself out.", "If this is your family, say so instead.")
    if Restriction.objects.filter(child=child, lifted_on=None).exists():
        raise Problem("This record is restricted already.", "Lift that restriction first.")


def _names(
    made: Restriction, let_in: Collection[User | Team], shut_out: Collection[User]
) -> list[RestrictionName]:
    let = [
        RestrictionName(restriction=made, user=one)
        if isinstance(one, User)
        else RestrictionName(restriction=made, team=one)
        for one in let_in
    ]
    return [*let, *(RestrictionName(restriction=made, user=u, is_shut_out=True) for u in shut_out)]


@action("child.restriction_lifted")
def lift(restriction: Restriction, *, by: User, at: datetime, reason: str) -> Change:
    """Open a record again to all whose role reaches it. Raises Problem without a reason."""
    if restriction.lifted_on is not None:
        raise Problem("This restriction was lifted already.", "Go back to the child's page.")
    if not reason.strip():
        raise Problem("No reason was given.", "Say why the record may be open again.")
    restriction.lifted_on, restriction.lifted_by = timezone.localdate(at), by
    restriction.lifted_because = reason.strip()
    restriction.save(update_fields=["lifted_on", "lifted_by", "lifted_because"])
    changed = {"lifted_on": (None, restriction.lifted_on)}
    return Change(restriction, changed, child_id=restriction.child_id, reason=reason.strip())


@action("own_family.declared")
def declare_own_family(
    person: Child | Adult, *, by: User, at: datetime, of: User, child_id: int | None = None
) -> Change:
    """Close a child's record, or those of all whom an adult cares for, to a user of the family.

    ``child_id`` is the child from whose page an adult was named. Declaring it again changes
    nothing.
    """
    whom = {"child": person} if isinstance(person, Child) else {"adult": person}
    made, _ = OwnFamily.objects.get_or_create(
        user=of, ended_at=None, **whom, defaults={"declared_by": by, "declared_at": at}
    )
    about = person.pk if isinstance(person, Child) else child_id
    return Change(made, {"user": (None, of.pk)}, child_id=about)


@action("own_family.ended")
def end_own_family(
    declared: OwnFamily, *, by: User, at: datetime, reason: str, child_id: int | None = None
) -> Change:
    """Say that a record was not of the user's family, or is so no more; nobody does of their own.

    ``child_id`` is the child from whose page an adult's was ended.
    """
    if declared.user_id == by.pk:
        raise Problem("You cannot open your own family's record.", "Ask your manager to.")
    declared.ended_at = at
    declared.save(update_fields=["ended_at"])
    about = declared.child_id or child_id
    return Change(declared, {"ended_at": (None, at)}, child_id=about, reason=reason)


@action("temporary_access.given")
def lend(child: Child, *, by: User, at: datetime, reason: str, because: str) -> Change:
    """Open a child's record to the asker until the packs' hours are over, and say so to its own.

    Raises Problem for a reason that the packs have not, without words, or where the record is
    closed to the asker (whom no page must tell so: ``queries.access.found_to_lend`` finds none).
    """
    if reason not in lending_reasons():
        raise Problem(f'No pack has a reason called "{reason}".', "Choose one of the list.")
    if not because.strip():
        raise Problem("No reason was given in words.", "Say what you need the record for.")
    if child.pk in closing_of(by).closed:
        raise Problem("No record can be opened with these details.", "Check them.")
    made = TemporaryAccess.objects.create(
        ref=new_reference(), child=child, user=by, reason=reason, because=because.strip(),
        starts_at=at, ends_at=at + lent_for(timezone.localdate(at)),
    )  # fmt: skip
    return Change(made, {"ends_at": (None, made.ends_at)}, child_id=child.pk, reason=because)


@action("temporary_access.not_found")
def note_not_found(*, by: User, at: datetime, reason: str) -> Change:
    """Write that somebody asked for a record that could not be opened; not for which."""
    return Change(by, reason=lending_reasons().get(reason, ""))


@action("temporary_access.reviewed")
def review_lending(
    lent: TemporaryAccess, *, by: User, at: datetime, verdict: str, because: str
) -> Change:
    """Say whether it was right to open the record. Raises Problem for one's own, or a second time.

    Whoever finds it not appropriate says why.
    """
    if lent.user_id == by.pk:
        raise Problem("Nobody reviews their own access.", "Ask another manager.")
    if lent.verdict:
        raise Problem("This was reviewed already.", "Go back to the list.")
    if verdict not in TemporaryAccess.Verdict.values:
        raise Problem(f'"{verdict}" is no verdict.', "Say whether it was appropriate or not.")
    if verdict == TemporaryAccess.Verdict.NOT_APPROPRIATE and not because.strip():
        raise Problem("No reason was given.", "Say why it was not appropriate.")
    lent.verdict, lent.verdict_because = verdict, because.strip()
    lent.reviewed_by, lent.reviewed_at = by, at
    lent.save(update_fields=["verdict", "verdict_because", "reviewed_by", "reviewed_at"])
    changed = {"verdict": (None, verdict)}
    return Change(lent, changed, child_id=lent.child_id, reason=because.strip())
