"""Series of short breaks: an agreement recorded once (V4), or each stay on its own (V3)."""

from __future__ import annotations

from evenhand.synth import care
from evenhand.synth.allocation import allocate
from evenhand.synth.figures import bands, share, shares
from evenhand.synth.world import Child, Spell, World


def give(world: World, spell: Spell, child: Child, starts: int, ends: int) -> None:
    """Give a child short breaks from a day to a day."""
    if starts > world.today:
        return
    allocate(world, spell, world.staff.team("reviewing"), [child], starts, ends)
    if spell.chance.happens(share("short_breaks.series_recorded")):
        _stays(world, spell, child, starts, ends)
    else:
        _period(world, spell, child, (starts, ends), "V4")


def _stays(world: World, spell: Spell, child: Child, starts: int, ends: int) -> None:
    day = starts
    while day < min(ends, world.today + 1):
        back = day + spell.chance.size(bands("short_breaks.nights"))
        if day >= world.history_from:
            _period(world, spell, child, (day, back), "V3")
        day += spell.chance.size(bands("short_breaks.stays_every"))


def _period(world: World, spell: Spell, child: Child, days: tuple[int, int], status: str) -> None:
    starts, ends = days
    period = care.Period(world.ids.next("cla"), starts, ends, "E8")
    period.statuses = [(starts, status)]
    period.placements = [(starts, spell.chance.pick(shares("short_breaks.placements")))]
    care.write(world, spell, child, period)
