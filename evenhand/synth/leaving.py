"""Young people who leave care: their standing, their adviser and what was last heard of them."""

from __future__ import annotations

from evenhand.synth.allocation import allocate, last_worker
from evenhand.synth.days import TEXT, birthday
from evenhand.synth.figures import bands, shares, whole
from evenhand.synth.world import Child, Spell, World

COUNTED_DAYS = whole("care_leavers.counted_days")
FROM_AGE, UNTIL_AGE = whole("care_leavers.from_age"), whole("care_leavers.until_age")
SUPPORTING = "Personal Adviser (supporting)"
"""The adviser's role until the young person is 18: the social worker still has the case."""
ADULT = whole("care.until_age")


def follow(world: World, spell: Spell, child: Child) -> None:
    """Write the care leaver's row of a young person who was in care at 16 or after."""
    since, until = birthday(child.born, FROM_AGE), birthday(child.born, UNTIL_AGE)
    left = child.in_care_to
    if left <= since or since > world.today or until <= world.today or child.gone:
        return
    chance, team = spell.chance, world.staff.team("leaving care")
    starts = max(since + chance.between(0, 120), left - 700)
    spell.role = SUPPORTING
    allocate(world, spell, team, [child], starts, child.adult_on)
    spell.role = ""
    allocate(world, spell, team, [child], max(starts, child.adult_on), until)
    in_touch = chance.pick(shares("care_leavers.in_touch"))
    heard = in_touch == "YES"
    contact = world.today - chance.size(bands("care_leavers.contact_before"))
    pathway = world.today - chance.size(bands("care_leavers.pathway_before"))
    adviser = last_worker(child, chance, team)
    child.add(
        "care_leavers",
        world.ids.next("care_leavers"),
        child.id,
        _eligibility(world, child),
        in_touch,
        TEXT[max(contact, starts)] if starts <= world.today else "",
        chance.pick(shares("care_leavers.accommodation")) if heard else "0",
        chance.pick(shares("care_leavers.suitable")) if heard else "",
        chance.pick(shares("care_leavers.activity")) if heard else "0",
        TEXT[pathway] if pathway > starts else "",
        adviser,
        team.id,
        adviser,
    )


def _eligibility(world: World, child: Child) -> str:
    if child.days_counted < COUNTED_DAYS:
        return "Qualifying"
    if child.in_care_to > world.today:
        return "Eligible"
    return "Former relevant" if child.age(world.today) >= ADULT else "Relevant"
