"""Contacts, referrals, assessments and early help: how a family comes to be known."""

from __future__ import annotations

from evenhand.synth.allocation import allocate, last_worker
from evenhand.synth.chance import Chance
from evenhand.synth.days import TEXT
from evenhand.synth.figures import bands, share, shares, whole, words
from evenhand.synth.planted import Planted
from evenhand.synth.world import Child, Sight, Spell, World

SOURCES = shares("referral_source.shares")
SOURCE_WORDS = words("referral_source.words")
KEPT, OVERRUN = bands("assessment.kept"), bands("assessment.overrun")
LIMIT = whole("assessment.limit")
FACTORS = shares("assessment.factors")


def flag(name: str) -> str:
    """An outcome as extracts hold it: an object with the flag that is set."""
    return f'{{"{name}":"Y"}}'


def contact(world: World, children: list[Child], day: int, source: str, outcome: str) -> None:
    """Write that somebody got in touch about these children."""
    if not world.history_from <= day <= world.today:
        return
    for child in children:
        child.add(
            "contacts",
            world.ids.next("contacts"),
            child.id,
            TEXT[day],
            source,
            SOURCE_WORDS[source],
            flag(outcome),
        )


def assess(world: World, planted: Planted, spell: Spell) -> None:
    """Assess the children of a referral: one assessment each, authorised on the same day."""
    chance, team = spell.chance, spell.team
    rate = planted.assessment_late(team.id, spell.opened)
    group = "" if team.id == planted.small_team else spell.group
    late = world.even.falls(("assessment", team.id, group), rate, len(spell.children))
    due = world.days.add(spell.opened, LIMIT)
    taken = chance.size(OVERRUN if late else KEPT)
    spell.authorised = max(spell.opened, world.days.add(spell.opened, taken))
    started = min(world.days.on_or_after(spell.opened + chance.between(0, 3)), spell.authorised)
    allocate(world, spell, team, spell.children, spell.opened, spell.authorised + 1)
    if started > world.today:
        return
    for child in spell.children:
        _assessment(world, spell, child, started)
        if spell.opened >= planted.since and due < world.today:
            child.sights.append(Sight("assessment", team.id, late))


def _assessment(world: World, spell: Spell, child: Child, started: int) -> None:
    chance, key = spell.chance, world.ids.next("cin_assessments")
    authorised = world.past(spell.authorised)
    ended_here = spell.outcome == "NFA_FLAG"
    seen = "Y" if chance.happens(share("assessment.child_seen")) else "N"
    child.add(
        "cin_assessments",
        key,
        child.id,
        spell.referrals[child.id],
        TEXT[started],
        seen if authorised else "",
        TEXT[authorised],
        flag(spell.outcome) if authorised else "",
        ("Y" if ended_here else "N") if authorised else "",
        spell.team.id,
        last_worker(child, chance, spell.team),
    )
    if authorised:
        found = [chance.pick(FACTORS) for _ in range(chance.between(1, 4))]
        codes = ",".join(f'"{code}"' for code in dict.fromkeys(found))
        child.add("assessment_factors", world.ids.next("assessment_factors"), key, f"[{codes}]")


def early_help(world: World, chance: Chance, children: list[Child], starts: int) -> int:
    """Write a period of early help and return its last day."""
    ends = world.days.on_or_after(starts + chance.size(bands("early_help.lasts")))
    reason = chance.pick(shares("early_help.reasons"))
    why = chance.pick(shares("early_help.end_reasons"))
    organisation = chance.pick(shares("early_help.organisations"))
    team = world.staff.team("early help")
    spell = Spell(chance, "", "", starts, children, team, "", "", "", "")
    allocate(world, spell, team, children, starts, ends)
    if starts > world.today or ends < world.history_from:
        return ends
    for child in children:
        child.add(
            "early_help_episodes",
            world.ids.next("early_help_episodes"),
            child.id,
            TEXT[starts],
            TEXT[world.past(ends)],
            reason,
            why if ends <= world.today else "",
            organisation,
            last_worker(child, chance, team),
        )
    return ends


def write_referrals(world: World, spell: Spell) -> None:
    """Write the referral of each child, now that it is known when and why it closed."""
    outcome = "NFA_FLAG" if spell.no_further_action else "SINGLE_ASSESSMENT_FLAG"
    for child in spell.children:
        closed = world.past(spell.ends[child.id])
        child.add(
            "cin_episodes",
            spell.referrals[child.id],
            child.id,
            TEXT[spell.opened],
            spell.need,
            spell.source,
            SOURCE_WORDS[spell.source],
            flag(outcome),
            "Y" if spell.no_further_action else "N",
            spell.reasons[child.id] if closed else "",
            TEXT[closed],
            spell.team.id,
            last_worker(child, spell.chance, spell.team),
        )
