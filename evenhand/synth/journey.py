"""A family's story: one referral after another, and what each leads to."""

from __future__ import annotations

from evenhand.synth import care, leaving, protection, referral, short_breaks, visits
from evenhand.synth.allocation import allocate
from evenhand.synth.chance import Chance
from evenhand.synth.days import TEXT
from evenhand.synth.figures import bands, share, shares
from evenhand.synth.planted import Planted
from evenhand.synth.staff import Team
from evenhand.synth.world import FAR, Child, Spell, World

NEEDS = shares("primary_need.shares")
ROUTES = shares("care.order_route")
LONG_ROUTES = shares("care.order_route_of_long_care")
EXPECTED_WITHIN = 130
"""Days before birth from which an unborn child may be referred."""


class Story:
    """One family from first contact to today."""

    def __init__(
        self, world: World, planted: Planted, chance: Chance, family: str, group: str
    ) -> None:
        self.world, self.planted, self.chance = world, planted, chance
        self.family, self.group = family, group
        self.area, self.care_area = "", ""
        self.children: list[Child] = []

    def tell(self, kind: str, begins: int) -> None:
        """Tell the story of this kind of family."""
        if kind == "early help":
            self._early_help_only(begins)
        elif kind == "young parent":
            self._young_parent(begins)
        else:
            self._referrals(kind, begins)
        for child in self.children:
            if child.in_care_to:
                team = self.world.staff.team("leaving care")
                spell = self._spell(child.born, [child], "", "", team)
                spell.referrals[child.id] = child.referral
                leaving.follow(self.world, spell, child)

    def _early_help_only(self, begins: int) -> None:
        children = [child for child in self.children if _is_young(child, begins)]
        for child in children:
            child.id = self.world.ids.next("person")
        source = self.chance.pick(referral.SOURCES)
        referral.contact(self.world, children, begins, source, "ADVICE_FLAG")
        referral.early_help(self.world, self.chance, children, begins + 7)

    def _young_parent(self, begins: int) -> None:
        mother, baby = self.children
        self.children = [mother]
        self._one_referral("long care", begins)
        self.children = [baby]
        self._referrals("ordinary", self.world.days.on_or_after(baby.born - 100))
        self.children = [mother, baby]
        if mother.rows and baby.rows:
            born = baby.born if baby.born <= self.world.today else None
            key = self.world.ids.next("mother")
            baby.add("mother", key, mother.id, baby.id, TEXT[born])

    def _referrals(self, kind: str, opened: int) -> None:
        world, chance = self.world, self.chance
        while opened <= world.today:
            ended = self._one_referral(kind, opened)
            if ended is None or ended > world.today:
                return
            self._contact_besides(ended)
            if not chance.happens(share("referrals.again")):
                return
            kind = "ordinary" if kind != "short breaks" else kind
            opened = world.days.on_or_after(ended + chance.size(bands("referrals.again_after")))

    def _contact_besides(self, after: int) -> None:
        if self.chance.happens(share("referrals.contacts_besides")):
            day = self.chance.between(after, after + 400)
            source = self.chance.pick(referral.SOURCES)
            known = [child for child in self.children if child.id and _is_young(child, day)]
            referral.contact(self.world, known, day, source, "NFA_FLAG")

    def _one_referral(self, kind: str, opened: int) -> int | None:
        children = [child for child in self.children if _can_be_referred(child, opened)]
        if not children:
            return None
        marks = [(c, len(c.rows), len(c.allocations), len(c.sights)) for c in children]
        spell = self._open(kind, opened, children)
        if self.chance.happens(share("referrals.no_further_action")) and kind == "ordinary":
            self._no_further_action(spell)
        else:
            referral.assess(self.world, self.planted, spell)
            self._after_assessment(kind, spell)
        referral.write_referrals(self.world, spell)
        for child, rows, allocations, sights in marks:
            if spell.ends[child.id] < self.world.history_from:
                del child.rows[rows:], child.allocations[allocations:], child.sights[sights:]
            else:
                child.referral = spell.referrals[child.id]
        return max(spell.ends.values())

    def _spell(
        self, opened: int, children: list[Child], source: str, need: str, team: Team
    ) -> Spell:
        return Spell(
            self.chance,
            self.family,
            self.group,
            opened,
            children,
            team,
            source,
            need,
            self.area,
            self.care_area,
        )

    def _open(self, kind: str, opened: int, children: list[Child]) -> Spell:
        chance, world = self.chance, self.world
        source = chance.pick(referral.SOURCES)
        need = {"short breaks": "N2", "unaccompanied": "N8"}.get(kind) or chance.pick(NEEDS)
        spell = self._spell(opened, children, source, need, self._team(kind, opened, children))
        for child in children:
            child.id = child.id or world.ids.next("person")
            spell.referrals[child.id] = world.ids.next("cin_episodes")
        came = opened - chance.between(0, 1)
        referral.contact(world, children, came, source, "NEW_REFERRAL_FLAG")
        return spell

    def _team(self, kind: str, opened: int, children: list[Child]) -> Team:
        staff = self.world.staff
        if kind == "short breaks":
            return staff.team("disabled children")
        if kind == "ordinary" and self.planted.takes_small_team(opened, len(children)):
            return staff.team("outreach")
        return staff.team("assessment", self.area)

    def _no_further_action(self, spell: Spell) -> None:
        spell.no_further_action = True
        spell.team = self.world.staff.team("front door")
        closed = self.world.days.add(spell.opened, self.chance.between(1, 4))
        allocate(self.world, spell, spell.team, spell.children, spell.opened, closed)
        self._close(spell, spell.children, closed, "RC7")

    def _after_assessment(self, kind: str, spell: Spell) -> None:
        world, chance = self.world, self.chance
        if kind in {"long care", "unaccompanied"}:
            self._care(spell, kind, spell.opened, spell.children)
        elif kind == "short breaks":
            child = spell.children[0]
            ends = min(spell.authorised + chance.between(700, 2600), child.adult_on)
            self._need_plan(spell, spell.authorised, ends, world.staff.team("disabled children"))
            short_breaks.give(world, spell, child, spell.authorised + 30, ends)
            self._finish(spell, ends)
        else:
            self._ordinary(spell)

    def _ordinary(self, spell: Spell) -> None:
        world, chance = self.world, self.chance
        enquires = chance.happens(share("section_47.of_assessed"))
        conference = protection.enquire(world, self.planted, spell) if enquires else None
        if conference and conference.plan_made:
            self._protect(spell, conference)
        elif not conference and chance.happens(share("referrals.not_in_need")):
            self._not_in_need(spell)
        else:
            starts = max(spell.authorised, conference.held if conference else 0)
            ends = world.days.on_or_after(starts + chance.size(bands("need_plan.lasts")))
            self._need_plan(spell, starts, ends, self._safeguarding())
            self._then(spell, chance.pick(shares("need_plan.then")), ends)

    def _not_in_need(self, spell: Spell) -> None:
        spell.outcome = "NFA_FLAG"
        closed = self.world.days.on_or_after(spell.authorised + self.chance.between(0, 4))
        helped = self.chance.happens(share("referrals.to_early_help_when_not_in_need"))
        self._close(spell, spell.children, closed, "RC9" if helped else "RC8")
        if helped:
            referral.early_help(self.world, self.chance, spell.children, closed + 7)

    def _protect(self, spell: Spell, conference: protection.Conference) -> None:
        ends = protection.plan(self.world, spell, conference)
        starts = min(spell.authorised, conference.held)
        allocate(self.world, spell, self._safeguarding(), spell.children, starts, ends)
        self._then(spell, self.chance.pick(shares("protection_plan.then")), ends)

    def _then(self, spell: Spell, what: str, day: int) -> None:
        """Close the case, step it down to a plan of need, or go on to care."""
        if what == "care" and day <= self.world.today:
            self._care(spell, "ordinary", day, spell.children)
        elif what == "step down" and day <= self.world.today:
            ends = self.world.days.on_or_after(day + self.chance.between(60, 180))
            self._need_plan(spell, day, ends, self._safeguarding())
            self._finish(spell, ends)
        else:
            self._finish(spell, day)

    def _finish(self, spell: Spell, day: int) -> None:
        closed = day if day == FAR else self.world.days.on_or_after(day + 3)
        self._close(spell, spell.children, closed, self.chance.pick(shares("closure.shares")))

    def _need_plan(self, spell: Spell, starts: int, ends: int, team: Team) -> None:
        world = self.world
        allocate(world, spell, team, spell.children, starts, ends + 3)
        if starts > world.today:
            return
        planned = []
        for child in (child for child in spell.children if starts < child.adult_on):
            key = world.ids.next("cin_plans")
            planned.append((child, key))
            worker = next(
                (a.worker.id for a in reversed(child.allocations) if a.worker.team == team.id), ""
            )
            child.add(
                "cin_plans",
                key,
                spell.referrals[child.id],
                child.id,
                TEXT[starts],
                TEXT[world.past(min(ends, child.adult_on))],
                team.id,
                worker,
            )
        until = min(ends, self.planted.visits_stop + 1)
        visits.need_visits(world, spell.chance, planned, starts, until)

    def _care(self, spell: Spell, kind: str, day: int, children: list[Child]) -> None:
        chance, first = self.chance, True
        for child in children:
            if day >= child.adult_on or child.born > day:
                stays = None
            elif first or chance.happens(share("care.entering_with_sibling")):
                stays = FAR // 2 if kind != "ordinary" else chance.size(bands("care.lasts"))
            else:
                stays = None
            if stays is None:
                self._close(spell, [child], max(day, spell.authorised) + 30, "RC7")
                continue
            first = False
            route = self._route(kind)
            stays = min(stays, child.adult_on - day + 1)
            left = care.enter(self.world, self.planted, spell, child, day, stays, route)
            reason = "RC1" if child.gone else "RC7"
            self._close(spell, [child], max(left, spell.authorised), reason)

    def _route(self, kind: str) -> str:
        if kind == "unaccompanied":
            return "voluntary"
        return self.chance.pick(LONG_ROUTES if kind == "long care" else ROUTES)

    def _safeguarding(self) -> Team:
        return self.world.staff.team("safeguarding", self.area)

    def _close(self, spell: Spell, children: list[Child], day: int, reason: str) -> None:
        for child in children:
            spell.ends[child.id] = min(day, max(child.adult_on, spell.authorised))
            spell.reasons[child.id] = reason


def _is_young(child: Child, day: int) -> bool:
    return child.born <= day < child.adult_on


def _can_be_referred(child: Child, day: int) -> bool:
    expected = child.born - EXPECTED_WITHIN <= day
    return expected and not child.gone and child.in_care_to < day < child.adult_on
