"""Who may audit a file: by their role, and not their own work, family or team."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.queries.users import in_force
from evenhand.accounts.roles import roles
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, SampledFile, Slot, Told
from evenhand.audits.queries.barring import barring_of
from evenhand.people.models import Child

FIRST = "They did the first audit of this file."
READ = "They got a copy of the first audit."
TOLD = "They were told what the first audit found."


def unfit(
    auditor: User,
    type_: str,
    slot: Slot | None,
    *,
    child: Child | None,
    worker: Worker | None,
    team: Team | None,
    second: bool = False,
) -> str:
    """Return why somebody may not audit a file, as a sentence; empty where they may.

    ``second``: as the second auditor of a file that was audited before.
    """
    if not auditor.is_active:
        return "They have left, and do not sign in any more."
    needed = roles_for(type_, slot, second=second)
    if not scope_of(auditor).roles & set(needed):
        named = ", ".join(roles().roles[one].title.lower() for one in needed)
        return f"They hold none of the roles that may do it ({named})."
    line = pack.lines().get(slot.line) if slot else None
    barring = barring_of(auditor, own_team=bool(line and line.is_own_team))
    workers = [worker.pk] if worker else []
    why = barring.why(child.pk if child else None, workers, team.pk if team else None)
    return f"{why}." if why else ""


def roles_for(type_: str, slot: Slot | None, *, second: bool = False) -> tuple[str, ...]:
    """Return the roles that may do an audit: those of its line, else of its type; or a second."""
    if second:
        return pack.second_auditors(type_)
    line = pack.lines().get(slot.line) if slot else None
    return line.auditors if line else pack.type_called(type_).auditors


def could_audit(type_: str, slot: Slot | None, today: date, *, second: bool = False) -> list[User]:
    """Return who holds a role that may do an audit today, by name."""
    needed = roles_for(type_, slot, second=second)
    held = [in_force(today, role=role).values("user") for role in needed]
    found: dict[int, User] = {}
    for grants in held:
        for user in User.objects.filter(pk__in=grants, is_active=True).select_related("worker"):
            found[user.pk] = user
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def fit_for_file(file: SampledFile, today: date) -> list[User]:
    """Return who may audit a file of a list."""
    child = file.child.merged_into or file.child if file.child else None
    worker = file.worker or (child.worker if child else None)
    team, slot = file.team or (child.team if child else None), file.sample.slot
    return [
        user
        for user in could_audit(file.sample.type, slot, today)
        if not unfit(user, file.sample.type, slot, child=child, worker=worker, team=team)
    ]


def fit_for(audit: Audit, today: date) -> list[User]:
    """Return who else may do an audit that was given to somebody."""
    second = audit.twin_of_id is not None
    slot = None if second else audit.slot
    people = could_audit(audit.type, slot, today, second=second)
    return [one for one in people if one.pk != audit.auditor_id and not unfit_for(audit, one)]


def unfit_for(audit: Audit, auditor: User) -> str:
    """Return why somebody may not do an audit that is given already, the first or the second."""
    if audit.twin_of is not None:
        return unfit_as_second(audit.twin_of, auditor)
    of: Any = {"child": audit.child, "worker": audit.worker, "team": audit.team}
    return unfit(auditor, audit.type, audit.slot, **of)


def unfit_as_second(first: Audit, auditor: User) -> str:
    """Return why somebody may not audit the file of an audit again, blind; empty where they may.

    As of the first, by the roles of second auditors; never who did the first, was sent it or told
    of what it found, and never of their own team, whatever the line allows.
    """
    if auditor.pk == first.auditor_id:
        return FIRST
    if first.copies.filter(to=auditor).exists():
        return READ
    if Told.objects.filter(finding__audit=first, to=auditor).exists():
        return TOLD
    of: Any = {"child": first.child, "worker": first.worker, "team": first.team}
    return unfit(auditor, first.type, None, **of, second=True)
