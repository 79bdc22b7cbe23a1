"""Weighing what is to leave with all that left before, and saying what would give a child away."""

from __future__ import annotations

from evenhand.analytics.linked import Unsound
from evenhand.analytics.profiles import Profile
from evenhand.design.wording import day
from evenhand.equality.models import Release
from evenhand.equality.releasing.figures import Figures
from evenhand.equality.releasing.kept import everything_released, table_of
from evenhand.equality.releasing.linking import Table
from evenhand.equality.releasing.profiles import profile_called
from evenhand.equality.releasing.protecting import (
    Draft,
    Exposed,
    GivesAway,
    exposures,
    protect,
    settled,
)
from evenhand.problems import Problem

CANNOT_WEIGH = Problem(
    "These figures cannot be weighed with what was released before, so that they do not leave.",
    "Tell whoever looks after Evenhand.",
)


NOTHING_LEFT = Problem(
    "Every number of these figures would have to be hidden.",
    "Choose groups that are larger, or wait until there are more to count.",
)


def checked(figures: Figures, profile: Profile, *, ref: str) -> tuple[Draft, Table]:
    """Return the draft of figures with all hidden that must be, and what it would tell.

    Raises Problem, naming the release that is to blame, where nothing would be left to show.
    """
    earlier = everything_released()
    draft = figures.draft(profile, ref=ref)
    try:
        found = protect(draft, earlier, profile)
        table = settled(found.as_told(profile), earlier, profile)
    except GivesAway as fault:
        raise _refused(fault.ref) from None
    except Unsound:
        raise CANNOT_WEIGH from None
    if not found.shown:
        raise NOTHING_LEFT
    return found, table


def _refused(ref: str) -> Problem:
    one = Release.objects.filter(ref=ref).first()
    if one is None:
        return NOTHING_LEFT
    when = day(one.released_at)
    return Problem(
        f"A hidden number could be worked out from these figures together with “{one.title}” "
        f"({one.ref}), released on {when} for {one.for_whom}.",
        "Release by the same groups as then, or wait for the next period.",
    )


def faults_of(release: Release) -> list[str]:
    """Return what a proposal would give away as things stand, in sentences; none if nothing."""
    if not release.told:
        return ["It was not kept what these figures tell, so that they cannot be weighed."]
    profile = profile_called(release.profile, release.as_at)
    try:
        found = exposures(table_of(release), everything_released(), profile)
    except Unsound:
        return [str(CANNOT_WEIGH)]
    return [_fault(release, each) for each in dict.fromkeys(one._replace(part="") for one in found)]


def _fault(release: Release, found: Exposed) -> str:
    whose = "of these figures" if found.ref == release.ref else f"of release {found.ref}"
    if found.rest:
        return f"What changed since release {found.rest} could be worked out {whose}."
    return f"A hidden number {whose} could be worked out: {found.group}."
