"""Letting figures by group out: one person proposes, another lets them out or sends them back."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.analytics.profiles import Profile
from evenhand.equality.models import Release
from evenhand.equality.releasing.checking import checked, faults_of
from evenhand.equality.releasing.figures import Figures
from evenhand.equality.releasing.kept import as_values
from evenhand.history.actions import Change, action
from evenhand.problems import Problem

State = Release.State


@action("figures.proposed")
def propose_figures(
    *,
    by: User,
    at: datetime,
    ref: str,
    figures: Figures,
    profile: Profile,
    for_whom: str,
    why: str,
    as_at: date,
) -> Change:
    """Propose that one table of figures by group be let out, hidden as the profile says.

    ``figures`` hold the true counts; none of those hidden is kept. Raises Problem where an earlier
    release would give a hidden number away whatever were hidden, or nothing is left to show.
    """
    draft, table = checked(figures, profile, ref=ref)
    told = figures.leaving(draft, profile)
    made = Release.objects.create(
        ref=ref, state=State.PROPOSED, kind=figures.kind,
        measure=figures.measure, dimension=figures.by, title=told.title,
        figures=told.rows, notes=told.notes, told=as_values(table), profile=profile.id,
        for_whom=for_whom, why=why, as_at=as_at, proposed_by=by, proposed_at=at,
    )  # fmt: skip
    return Change(made, {"title": (None, told.title), "for_whom": (None, for_whom)}, reason=why)


@action("figures.released")
def release_figures(release: Release, *, by: User, at: datetime) -> Change:
    """Let figures out that another person proposed; they leave as they were proposed.

    They are weighed again with all that was released since. Raises Problem for one's own proposal,
    for what does not wait, and where they would now give a hidden number away.
    """
    held = _held(release, State.PROPOSED)
    if held.proposed_by_id == by.pk:
        raise Problem("You proposed these figures.", "Somebody else lets them out.")
    faults = faults_of(held)
    if faults:
        raise Problem(faults[0], "Send them back, so that they are proposed anew.")
    held.state, held.released_by, held.released_at = State.RELEASED, by, at
    held.save(update_fields=["state", "released_by", "released_at"])
    return Change(held, {"state": (State.PROPOSED, State.RELEASED)})


@action("figures.sent_back")
def send_back(release: Release, *, by: User, at: datetime, reason: str) -> Change:
    """Send proposed figures back with a reason: they do not leave. The proposer may do so too."""
    return _end(_held(release, State.PROPOSED), State.SENT_BACK, by=by, at=at, reason=reason)


@action("figures.withdrawn")
def withdraw(release: Release, *, by: User, at: datetime, reason: str) -> Change:
    """Withdraw released figures with a reason. It unpublishes nothing: what was read is known."""
    return _end(_held(release, State.RELEASED), State.WITHDRAWN, by=by, at=at, reason=reason)


def _held(release: Release, state: str) -> Release:
    """Return the release as it stands now, the whole register held: two at once are one by one."""
    list(Release.objects.select_for_update().order_by("pk").values_list("pk"))
    found = Release.objects.get(pk=release.pk)
    if found.state != state:
        raise Problem(f"These figures are {found.state} by now.", "Look at them again.")
    return found


def _end(held: Release, state: str, *, by: User, at: datetime, reason: str) -> Change:
    was, because = held.state, reason.strip()
    if not because:
        raise Problem("No reason is given.", "Say in a sentence why.")
    held.state, held.ended_by, held.ended_at, held.ended_because = state, by, at, because
    held.save(update_fields=["state", "ended_by", "ended_at", "ended_because"])
    return Change(held, {"state": (was, state)}, reason=because)
