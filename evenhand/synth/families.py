"""Families: how many children, what ages, and the kind of story that brings them to notice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from evenhand.synth import journey
from evenhand.synth.chance import Chance
from evenhand.synth.figures import Shares, bands, figure, share, shares, whole
from evenhand.synth.people import disabilities, make_child
from evenhand.synth.planted import Planted, group_of
from evenhand.synth.world import Child, World

YEAR = 365
KINDS = shares("families.kinds")
AGES = {"unaccompanied": "unaccompanied.ages", "short breaks": "short_breaks.ages"}
RECENT = share("families.more_of_late")
SHORT_BREAKS = "short breaks"
SURE = figure("families.sure_of_short_breaks")


@dataclass(slots=True)
class Family:
    """One family: its children, oldest first, and where it stands."""

    number: int
    kind: str
    chance: Chance
    ethnicity: str
    area: str
    care_area: str
    children: list[Child]
    begins: int

    @property
    def group(self) -> str:
        """The Department's ethnic group of the family."""
        return group_of(self.ethnicity)


def make_family(world: World, number: int) -> Family:
    """Return the family of this number; the same for a seed whatever the size of the extract."""
    chance = world.chance(f"family {number}")
    kind = chance.pick(KINDS)
    is_sure = number in SURE["numbers"]
    kind = SHORT_BREAKS if is_sure else kind
    ethnicity = _ethnicity(chance, kind)
    area = chance.pick(shares("office:areas"))
    care_area = "one" if chance.happens(0.5) else "two"
    begins = _begins(world, chance, kind, is_sure=is_sure)
    family = Family(number, kind, chance, ethnicity, area, care_area, [], begins)
    family.children = _children(world, family)
    for child in family.children:
        child.ethnicity = ethnicity
    return family


def _ethnicity(chance: Chance, kind: str) -> str:
    if kind == "unaccompanied":
        return chance.pick(shares("ethnicity_of_unaccompanied.shares"))
    group = chance.pick(shares("ethnicity.group_shares"))
    return chance.pick(_codes_of(group))


@cache
def _codes_of(group: str) -> Shares:
    weights = figure("ethnicity.shares")
    return Shares({code: weight for code, weight in weights.items() if group_of(code) == group})


def _begins(world: World, chance: Chance, kind: str, *, is_sure: bool) -> int:
    if is_sure:
        return world.days.on_or_after(world.today - chance.between(*SURE["began"]))
    back = whole("families.years_of_history") + whole("families.years_before_history")
    if kind == "long care":
        back = whole("families.years_of_long_care")
    far = chance.roll()
    recent = far * (1 - RECENT + RECENT * far)
    return world.days.on_or_after(world.today - int(recent * back * YEAR) - 1)


def _children(world: World, family: Family) -> list[Child]:
    chance = family.chance
    key = f"F{family.number:06d}"
    surname = chance.one_of(figure("office:surnames"))
    if family.kind == "young parent":
        return _parent_and_baby(world, family, key, surname)
    many = int(chance.pick(shares("families.children")))
    if family.kind in {"unaccompanied", "short breaks"}:
        many = 1
    born = family.begins - _age(family)
    children = [make_child(chance, key, surname, born)]
    for _ in range(many - 1):
        gap = chance.size(bands("families.gap_between_siblings"))
        born = born + gap if chance.happens(0.5) else children[0].born - gap
        children.append(make_child(chance, key, surname, born))
        children.sort(key=lambda child: child.born)
        born = children[-1].born
    _particulars(family, children)
    return children


def _age(family: Family) -> int:
    """Return how many days old the child was when the family came to notice."""
    if family.number in SURE["numbers"]:
        return family.chance.between(*SURE["ages"])
    return family.chance.size(bands(AGES.get(family.kind, "age_at_referral.days")))


def _particulars(family: Family, children: list[Child]) -> None:
    chance, first = family.chance, children[0]
    if family.kind == "unaccompanied":
        first.unaccompanied, first.disabilities = True, ()
        first.sex = "M" if chance.happens(0.9) else "F"
        first.country = chance.pick(shares("unaccompanied.countries"))
    if family.kind == "short breaks":
        first.disabilities = first.disabilities or disabilities(chance)


def _parent_and_baby(world: World, family: Family, key: str, surname: str) -> list[Child]:
    """A young mother in our care, and the baby she has or expects."""
    chance = family.chance
    baby_born = world.today - chance.between(-110, 700)
    family.begins = world.days.on_or_after(baby_born - chance.between(500, 1800))
    mother_born = baby_born - chance.between(16 * YEAR, 19 * YEAR)
    mother = make_child(chance, key, surname, mother_born)
    mother.sex, mother.is_mother = "F", True
    return [mother, make_child(chance, key, surname, baby_born)]


def live(world: World, planted: Planted, family: Family) -> None:
    """Carry a family's story from its beginning to today, leaving rows on its children."""
    story = journey.Story(world, planted, family.chance, f"F{family.number:06d}", family.group)
    story.area, story.care_area, story.children = family.area, family.care_area, family.children
    story.tell(family.kind, family.begins)
