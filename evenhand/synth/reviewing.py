"""When a review or a conference that is due is in fact held."""

from __future__ import annotations

from evenhand.synth.chance import Chance
from evenhand.synth.figures import bands
from evenhand.synth.world import World


def held_on(world: World, chance: Chance, due: int, late: bool, section: str) -> int:
    """Return a working day: after the due day where the review is late, else on it or before.

    ``section`` of the figures says by how many days reviews come early and late. None that is due
    from today on has been held early, so that there is always something to come.
    """
    if late:
        return world.days.on_or_after(due + chance.size(bands(f"{section}.review_late_by")))
    if due >= world.today:
        return world.days.on_or_after(max(due, world.today + 1))
    return world.days.add(due - chance.size(bands(f"{section}.review_early_by")), 0)
