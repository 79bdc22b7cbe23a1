"""Visits at intervals: mostly in time, now and then late, never on a day off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.synth.chance import Chance
from evenhand.synth.days import TEXT
from evenhand.synth.figures import Bands, bands, share, whole
from evenhand.synth.world import Child, World

SEEN, ALONE, BEDROOM = share("seen.seen"), share("seen.alone"), share("seen.bedroom")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a kind of visit falls, and how it slips."""

    every: int
    late: float
    early_by: Bands
    late_by: Bands

    @classmethod
    def of(cls, path: str) -> Rhythm:
        """Read a rhythm from the figures."""
        return cls(
            whole(f"{path}.every"),
            share(f"{path}.late"),
            bands(f"{path}.early_by"),
            bands(f"{path}.late_by"),
        )

    def days(self, world: World, chance: Chance, starts: int, ends: int) -> Iterator[int]:
        """Days of visits after ``starts`` and before ``ends``, today included, and no later."""
        last, day = min(ends - 1, world.today), starts
        while True:
            slip = (
                chance.size(self.late_by)
                if chance.happens(self.late)
                else -chance.size(self.early_by)
            )
            day = world.days.on_or_after(day + self.every + slip)
            if day > last:
                return
            if day >= world.history_from:
                yield day


def seen_cells(chance: Chance, child: Child, day: int) -> tuple[str, str, str]:
    """Whether the child was seen, seen alone, and whether the bedroom was seen."""
    if not chance.happens(SEEN) or child.born > day:
        return "N", "N", "N"
    alone = child.age(day) >= 3 and chance.happens(ALONE)
    return "Y", "Y" if alone else "N", "Y" if chance.happens(BEDROOM) else "N"


def need_visits(
    world: World, chance: Chance, children: list[tuple[Child, str]], starts: int, ends: int
) -> None:
    """Write visits to children in need, each with its plan; the whole family on the same day."""
    for day in NEED.days(world, chance, starts, ends):
        for child, plan in (each for each in children if day < each[0].adult_on):
            key, seen = world.ids.next("cin_visits"), seen_cells(chance, child, day)
            child.add("cin_visits", key, child.id, TEXT[day], *seen, plan)


def protection_visits(
    world: World, chance: Chance, children: list[tuple[Child, str]], starts: int, ends: int
) -> None:
    """Write visits to children on a protection plan."""
    for day in PROTECTION.days(world, chance, starts, ends):
        for child, plan in (each for each in children if day < each[0].adult_on):
            seen = seen_cells(chance, child, day)
            child.add("cp_visits", world.ids.next("cp_visits"), child.id, plan, TEXT[day], *seen)


NEED = Rhythm.of("need_plan.visits")
PROTECTION = Rhythm.of("protection_plan.visits")
