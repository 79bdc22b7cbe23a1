"""Section 47 enquiries, initial conferences, protection plans and their reviews."""

from __future__ import annotations

from evenhand.synth import visits
from evenhand.synth.allocation import last_worker
from evenhand.synth.days import TEXT, add_months
from evenhand.synth.figures import bands, share, shares, whole
from evenhand.synth.planted import Planted
from evenhand.synth.referral import flag
from evenhand.synth.reviewing import held_on
from evenhand.synth.world import FAR, Child, Sight, Spell, World

KEPT, OVERRUN = bands("conference.kept"), bands("conference.overrun")
LIMIT = whole("conference.limit")
CATEGORIES = shares("protection_plan.categories")


class Conference:
    """An initial conference: its day, its meeting, and each child's conference and plan."""

    def __init__(self, held: int, meeting: str, plan_made: bool) -> None:
        self.held, self.meeting, self.plan_made = held, meeting, plan_made
        self.ids: dict[str, str] = {}
        self.plans: dict[str, str] = {}


def enquire(world: World, planted: Planted, spell: Spell) -> Conference | None:
    """Carry out a section 47 enquiry; return the conference it led to, if it led to one."""
    chance, days = spell.chance, world.days
    started = days.on_or_after(spell.opened + chance.size(bands("section_47.starts_after")))
    ended = days.add(started, chance.size(bands("section_47.lasts")))
    needed = chance.happens(share("section_47.conference"))
    rate = planted.conference_late(spell.group)
    key = ("conference", spell.group)
    late = needed and world.even.falls(key, rate, len(spell.children))
    taken = chance.size(OVERRUN if late else KEPT)
    held = days.add(started, taken)
    if started > world.today:
        return None
    ended = min(ended, held) if needed else ended
    enquiries = {
        child.id: _section_47(world, spell, child, started, ended, needed)
        for child in spell.children
    }
    if not needed:
        return None
    plan_made = chance.happens(share("conference.plan_made"))
    conference = Conference(held, world.ids.next("meetings"), plan_made)
    target = days.add(started, LIMIT)
    for child in spell.children if ended <= world.today else []:
        _initial_conference(world, spell, conference, child, enquiries[child.id], target)
        if target < world.today:
            child.sights.append(Sight("conference", spell.group, late))
    return conference


def _section_47(
    world: World, spell: Spell, child: Child, started: int, ended: int, needed: bool
) -> str:
    key, done = world.ids.next("s47_enquiry"), ended <= world.today
    child.add(
        "s47_enquiry",
        key,
        spell.referrals[child.id],
        child.id,
        TEXT[started],
        TEXT[world.past(ended)],
        ("N" if needed else "Y") if done else "",
        flag("CP_CONFERENCE_FLAG" if needed else "NFA_CONTINUE_SINGLE_FLAG") if done else "",
        spell.team.id,
        last_worker(child, spell.chance, spell.team),
    )
    return key


def _initial_conference(
    world: World, spell: Spell, conference: Conference, child: Child, enquiry: str, target: int
) -> None:
    key, held = world.ids.next("initial_cp_conference"), world.past(conference.held)
    agreed = conference.plan_made and held is not None and held < child.adult_on
    plan = world.ids.next("cp_plans") if agreed else ""
    conference.ids[child.id], conference.plans[child.id] = key, plan
    transferred = spell.chance.happens(share("conference.transferred_in"))
    child.add(
        "initial_cp_conference",
        key,
        conference.meeting,
        enquiry,
        child.id,
        plan,
        spell.referrals[child.id],
        "Y" if transferred else "N",
        TEXT[target],
        TEXT[held],
        ("Y" if agreed else "N") if held else "",
        flag("CP_FLAG" if agreed else "PROV_OF_SERVICES_FLAG") if held else "",
        spell.team.id,
        last_worker(child, spell.chance, spell.team),
    )


def plan(world: World, spell: Spell, conference: Conference) -> int:
    """Carry a protection plan through its reviews and visits; return the day it ended."""
    chance, started = spell.chance, conference.held
    if started > world.today:
        return FAR
    initial = chance.pick(CATEGORIES)
    changes = chance.happens(share("protection_plan.category_changes"))
    latest = chance.pick(CATEGORIES) if changes else initial
    ends = _reviews(world, spell, conference, started + chance.size(bands("protection_plan.lasts")))
    planned = [(child, key) for child in spell.children if (key := conference.plans[child.id])]
    for child, key in planned:
        child.add(
            "cp_plans",
            key,
            spell.referrals[child.id],
            conference.ids[child.id],
            child.id,
            TEXT[started],
            TEXT[world.past(min(ends, child.adult_on))],
            "N",
            initial,
            latest,
        )
    visits.protection_visits(world, chance, planned, started, ends)
    return ends


def _reviews(world: World, spell: Spell, conference: Conference, wanted_end: int) -> int:
    due = add_months(conference.held, whole("protection_plan.first_review_months"))
    while True:
        late = world.even.falls("conference review", share("protection_plan.review_late"))
        held = held_on(world, spell.chance, due, late, "protection_plan")
        continues = held < wanted_end
        _review(world, spell, conference, due, held, continues)
        if not continues or held > world.today:
            return held if not continues else max(wanted_end, held)
        due = add_months(held, whole("protection_plan.later_review_months"))


def _review(
    world: World, spell: Spell, conference: Conference, due: int, held: int, continues: bool
) -> None:
    if held < world.history_from:
        return
    chance, past = spell.chance, held <= world.today
    meeting = world.ids.next("meetings")
    quorate = "Y" if chance.happens(share("protection_plan.quorate")) else "N"
    for child in (child for child in spell.children if held < child.adult_on):
        child.add(
            "cp_reviews",
            world.ids.next("cp_reviews"),
            child.id,
            conference.plans[child.id],
            TEXT[due],
            TEXT[world.past(held)],
            meeting,
            ("Y" if continues else "N") if past else "",
            quorate if past else "",
            participation(spell, child, held) if past else "",
        )


def participation(spell: Spell, child: Child, day: int) -> str:
    """How the child took part in a review, as the looked-after return codes it."""
    if child.age(day) < 4:
        return "PN0"
    return spell.chance.pick(shares("participation.shares"))
