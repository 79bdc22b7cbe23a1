"""Periods of care: placements, legal statuses, episodes, reviews, visits and time missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from evenhand.synth.allocation import allocate
from evenhand.synth.chance import Chance
from evenhand.synth.days import TEXT, add_months, birthday
from evenhand.synth.figures import bands, share, shares, whole
from evenhand.synth.people import made_up_postcode
from evenhand.synth.planted import Planted
from evenhand.synth.protection import participation
from evenhand.synth.reviewing import held_on
from evenhand.synth.visits import Rhythm, seen_cells
from evenhand.synth.world import Child, Spell, World

VISITS = Rhythm.of("care.visits")
OWN_HOME, ADOPTION = "P1", "A6"
COUNTED_FROM = whole("care_leavers.counted_from_age")
NEEDS_IN_CARE = {"N9": "N1", "N0": "N1"}


@dataclass(slots=True)
class Period:
    """One period of being looked after. ``statuses`` and ``placements`` are in order, by day."""

    id: str
    entered: int
    left: int
    why_left: str = ""
    statuses: list[tuple[int, str]] = field(default_factory=list)
    placements: list[tuple[int, str]] = field(default_factory=list)
    placement_ids: list[str] = field(default_factory=list)


def enter(
    world: World, planted: Planted, spell: Spell, child: Child, entered: int, stays: int, route: str
) -> int:
    """Look after a child from a day, for at most so many days; return the day it ended."""
    left = min(world.days.on_or_after(entered + stays), child.adult_on)
    period = Period(world.ids.next("cla"), entered, left)
    _statuses(spell.chance, child, period, route)
    _placements(spell.chance, child, period)
    _ending(spell.chance, child, period)
    if entered > world.today:
        return period.left
    write(world, spell, child, period)
    team = world.staff.team("care", spell.care_area)
    allocate(world, spell, team, [child], entered, period.left)
    allocate(world, spell, world.staff.team("reviewing"), [child], entered, period.left)
    _reviews(world, planted, spell, child, period, team.id)
    _visits(world, spell.chance, child, period)
    _missing(world, spell.chance, child, period)
    child.in_care_to = period.left
    counted_from = max(entered, birthday(child.born, COUNTED_FROM))
    child.days_counted += max(0, min(period.left, world.today) - counted_from)
    return period.left


def _statuses(chance: Chance, child: Child, period: Period, route: str) -> None:
    day = period.entered
    urgent = {"police protection": "L1", "emergency order": "L2"}.get(route)
    if urgent:
        period.statuses.append((day, urgent))
        day += chance.size(bands("care.urgent_days"))
    if urgent and not chance.happens(share("care.ordered_after_urgent")):
        route = "voluntary"
    if route == "voluntary":
        period.statuses.append((day, "V2"))
        day += chance.size(bands("care.voluntary_before_order"))
    agreed = child.unaccompanied or not chance.happens(share("care.ordered_after_voluntary"))
    if route != "voluntary" or not agreed:
        _orders(chance, child, period, day)
    period.statuses = [held for held in period.statuses if held[0] < period.left]


def _orders(chance: Chance, child: Child, period: Period, day: int) -> None:
    """An interim care order, then a full one or, for a few young children, one for placement."""
    period.statuses.append((day, "C1"))
    final = day + chance.size(bands("care.interim_to_full"))
    young = child.age(final) < whole("care.adopted_under")
    adopted = young and chance.happens(share("care.placement_order"))
    period.statuses.append((final, "E1" if adopted else "C2"))
    if adopted and final < period.left:
        period.left = final + chance.size(bands("care.adoption_by_days"))


def _placements(chance: Chance, child: Child, period: Period) -> None:
    day = period.entered
    while day < period.left:
        older = child.age(day) >= 16
        kind = chance.pick(shares("care.placements_from_sixteen" if older else "care.placements"))
        ordered = any(status[0] in "CE" and since <= day for since, status in period.statuses)
        period.placements.append((day, kind if kind != OWN_HOME or ordered else "U6"))
        day += chance.size(bands("care.move_every"))
    if period.statuses[-1][1] == "E1":
        placed = max(period.left - 120, period.statuses[-1][0] + 1)
        period.placements = [held for held in period.placements if held[0] < placed]
        period.placements.append((placed, ADOPTION))


def _ending(chance: Chance, child: Child, period: Period) -> None:
    if period.statuses[-1][1] == "E1":
        period.why_left, child.gone = "E12", True
    elif period.left >= child.adult_on:
        period.left, period.why_left = child.adult_on, chance.pick(shares("care.ends_at_eighteen"))
    else:
        period.why_left = chance.pick(shares("care.ends"))


def write(world: World, spell: Spell, child: Child, period: Period) -> None:
    """Write the placements, legal statuses and episodes of a period up to today."""
    changes = [day for day, _ in period.placements[1:]] + [period.left]
    for (day, kind), until in zip(period.placements, changes, strict=True):
        period.placement_ids.append(world.ids.next("cla_placement"))
        if day <= world.today:
            _placement(world, spell.chance, child, period, (day, kind, until))
    changes = [day for day, _ in period.statuses[1:]] + [period.left]
    for (day, status), until in zip(period.statuses, changes, strict=True):
        if day <= world.today:
            key = world.ids.next("legal_status")
            ends = world.past(until)
            child.add("legal_status", key, child.id, status, TEXT[day], TEXT[ends])
    _episodes(world, spell, child, period)


def _placement(
    world: World, chance: Chance, child: Child, period: Period, stay: tuple[int, str, int]
) -> None:
    day, kind, until = stay
    near = chance.happens(0.76)
    distance = chance.between(0, 19) if near else chance.between(20, 140)
    fostered = kind[0] in "UA"
    provider = "PR0" if kind == OWN_HOME else "PR1" if chance.happens(0.5) else "PR4"
    moves_on = until < period.left and until <= world.today
    child.add(
        "cla_placement",
        period.placement_ids[-1],
        period.id,
        child.id,
        TEXT[day],
        kind,
        "XXXXXXX" if fostered or kind == OWN_HOME else f"SC9{chance.between(0, 99999):05d}",
        f"{distance}.{chance.between(0, 9)}",
        provider,
        made_up_postcode(chance, "office:postcodes" if near else "office:postcodes_elsewhere"),
        TEXT[world.past(until)],
        chance.pick(shares("care.change_reasons")) if moves_on else "",
    )


def _episodes(world: World, spell: Spell, child: Child, period: Period) -> None:
    moved = {day: place for place, (day, _) in enumerate(period.placements)}
    ordered = {day for day, _ in period.statuses}
    starts = sorted(day for day in {*moved, *ordered} if day <= world.today)
    seen = period.left <= world.today
    last_contact = min(period.left, world.today) - spell.chance.size(
        bands("care.officer_contact_before")
    )
    need = NEEDS_IN_CARE.get(spell.need, spell.need)
    place = 0
    for number, day in enumerate(starts):
        place = moved.get(day, place)
        last = number == len(starts) - 1
        until = period.left if last else starts[number + 1]
        ends = world.past(until)
        child.add(
            "cla_episodes",
            world.ids.next("cla_episodes"),
            child.id,
            period.placement_ids[place],
            TEXT[day],
            _why_new(number, day in moved, day in ordered),
            need,
            TEXT[ends],
            "" if not ends else period.why_left if last and seen else "X1",
            period.id,
            spell.referrals.get(child.id, ""),
            TEXT[last_contact] if last_contact > period.entered else "",
            TEXT[period.entered],
        )


def _why_new(number: int, moved: bool, ordered: bool) -> str:
    if number == 0:
        return "S"
    return "B" if moved and ordered else "P" if moved else "L"


def _reviews(
    world: World, planted: Planted, spell: Spell, child: Child, period: Period, team: str
) -> None:
    chance, days = spell.chance, world.days
    due = days.add(period.entered, whole("care.first_review_working_days"))
    months = whole("care.second_review_months")
    rows = child.rows
    while due < period.left + 60:
        late = world.even.falls(("care review", team), share("care.review_late"))
        held = max(held_on(world, chance, due, late, "care"), days.add(period.entered, 1))
        if held >= period.left:
            return
        key, is_held = world.ids.next("cla_reviews"), held <= world.today
        row = (key, period.id, child.id, TEXT[due])
        if planted.entered_late(team, held) and rows is child.rows:
            rows.append(("cla_reviews", (*row, "", "N", "")))
            rows = child.late_rows
        if held >= world.history_from:
            took_part = participation(spell, child, held) if is_held else ""
            cancelled = is_held and chance.happens(share("care.review_cancelled"))
            if cancelled:
                rows.append(("cla_reviews", _cancelled(world, period, row, held)))
            rows.append(("cla_reviews", (*row, TEXT[world.past(held)], "N", took_part)))
        if not is_held:
            return
        due, months = add_months(held, months), whole("care.later_review_months")


def _cancelled(world: World, period: Period, row: tuple[str, ...], held: int) -> tuple[str, ...]:
    """A meeting called off some days before the one that was held."""
    day = max(period.entered, held - 7)
    return (world.ids.next("cla_reviews"), *row[1:], TEXT[day], "Y", "")


def _visits(world: World, chance: Chance, child: Child, period: Period) -> None:
    first = world.days.on_or_after(period.entered + chance.between(1, 5))
    later = VISITS.days(world, chance, first, period.left)
    now = [first] if world.history_from <= first <= min(world.today, period.left - 1) else []
    for day in (*now, *later):
        seen, alone, _ = seen_cells(chance, child, day)
        key = world.ids.next("cla_visits")
        child.add("cla_visits", key, period.id, child.id, TEXT[day], seen, alone)


def _missing(world: World, chance: Chance, child: Child, period: Period) -> None:
    starts = max(
        period.entered, birthday(child.born, whole("missing.from_age")), world.history_from
    )
    ends = min(period.left, world.today)
    years = (ends - starts) / 365
    if years <= 0 or not chance.happens(min(0.9, years * share("missing.of_care_years"))):
        return
    for _ in range(chance.size(bands("missing.episodes"))):
        went = chance.between(starts, ends)
        back = went + chance.size(bands("missing.nights"))
        offered = chance.pick(shares("missing.offered"))
        accepted = chance.pick(shares("missing.accepted"))
        child.add(
            "missing",
            world.ids.next("missing"),
            child.id,
            TEXT[went],
            chance.pick(shares("missing.kinds")),
            TEXT[world.past(back)],
            offered,
            accepted if offered == "Y" else "NA",
        )
