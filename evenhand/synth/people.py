"""Children as people: names, birth, identity, and the rows that say who they are."""

from __future__ import annotations

from evenhand.synth.chance import Chance
from evenhand.synth.days import TEXT, birthday
from evenhand.synth.figures import bands, figure, share, shares, whole
from evenhand.synth.planted import Planted, group_of
from evenhand.synth.world import FAR, Child, World

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CASE_HOLDERS = ("CW", "PA", "EH")
SCHOOL_AGE = 5


def make_child(chance: Chance, family: str, surname: str, born: int) -> Child:
    """Return a child not yet known to anyone; ethnicity is set by the family."""
    sex = chance.pick(shares("sex.shares"))
    own_name = surname if chance.happens(0.92) else chance.one_of(figure("office:surnames"))
    forename = chance.one_of(figure("office:forenames"))
    disabled = chance.happens(share("disability.recorded"))
    child = Child("", family, forename, own_name, born, sex, "")
    child.disabilities = disabilities(chance) if disabled else ()
    child.adult_on = birthday(born, whole("care.until_age"))
    return child


def disabilities(chance: Chance) -> tuple[str, ...]:
    """One to three kinds of disability."""
    kinds = shares("disability.shares")
    found = [chance.pick(kinds) for _ in range(chance.between(1, 3))]
    return tuple(dict.fromkeys(found))


def write_person(world: World, planted: Planted, child: Child) -> None:
    """Write who the child is, once their journey is known. Their ``id`` must be set."""
    chance = world.chance(f"person {child.id}")
    team, open_now = current_team(world, child)
    unborn = child.born > world.today
    ethnicity = _recorded_ethnicity(world, planted, chance, child, team)
    planted.count(child, group_of(ethnicity))
    if open_now and not unborn:
        planted.counts["ethnicity", team, ethnicity in {"", "NOBT"}] += 1
    _person_row(world, chance, child, ethnicity, unborn)
    child.add("family", world.ids.next("family"), child.family, child.id)
    _disability_rows(world, chance, child, unborn)
    _immigration_rows(world, chance, child)
    _address_rows(world, chance, child)
    _involvement_rows(world, child)


def current_team(world: World, child: Child) -> tuple[str, bool]:
    """The team of the child's latest case holder, and whether the child is open to it today."""
    holders = [a for a in child.allocations if a.role in CASE_HOLDERS and a.starts <= world.today]
    if not holders:
        return "", False
    latest = max(holders, key=lambda a: (a.ends > world.today, a.starts))
    return latest.worker.team, latest.ends > world.today


def _recorded_ethnicity(
    world: World, planted: Planted, chance: Chance, child: Child, team: str
) -> str:
    missing = world.even.falls(("ethnicity", team), planted.ethnicity_missing(team))
    blank = chance.happens(0.3)
    if missing or child.born > world.today:
        return "" if blank else "NOBT"
    return "REFU" if chance.happens(share("identity.ethnicity_declined")) else child.ethnicity


def _person_row(world: World, chance: Chance, child: Child, ethnicity: str, unborn: bool) -> None:
    at_school = child.age(world.today) >= SCHOOL_AGE
    known = at_school and not child.unaccompanied and chance.happens(share("identity.upn_known"))
    upn = _upn(chance) if known else ""
    unknown = "" if known else ("UN1" if not at_school else "UN4" if child.unaccompanied else "UN2")
    needs = child.disabilities or chance.happens(share("identity.care_plan_for_send"))
    child.add(
        "person",
        f"L{child.id}",
        child.id,
        upn,
        "" if unborn else child.forename,
        child.surname,
        "U" if unborn else child.sex,
        _gender(chance, child),
        ethnicity,
        "" if unborn else TEXT[child.born],
        "",
        unknown,
        ("Y" if needs else "N") if at_school else "",
        TEXT[child.born] if unborn else "",
        "",
        "Y" if child.is_mother else "N",
        child.country,
    )


def _gender(chance: Chance, child: Child) -> str:
    if not chance.happens(share("identity.gender_answered")) or child.sex == "U":
        return ""
    if chance.happens(0.04):
        return "09"
    return "01" if child.sex == "M" else "02"


def _upn(chance: Chance) -> str:
    digits = "999" + "".join(str(chance.between(0, 9)) for _ in range(9))
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return UPN_LETTERS[check % len(UPN_LETTERS)] + digits


def _disability_rows(world: World, chance: Chance, child: Child, unborn: bool) -> None:
    none = () if unborn or not chance.happens(share("disability.none_recorded")) else ("NONE",)
    for code in (() if unborn else child.disabilities) or none:
        child.add("disability", world.ids.next("disability"), child.id, code)


def _immigration_rows(world: World, chance: Chance, child: Child) -> None:
    if not child.unaccompanied:
        return
    came = min((a.starts for a in child.allocations), default=world.today)
    decided = came + chance.size(bands("immigration.decided_after"))
    ends = world.past(decided) if chance.happens(share("immigration.decided")) else None
    _immigration(world, child, figure("immigration.asylum"), came, ends)
    if ends:
        _immigration(world, child, figure("immigration.refugee"), ends, None)


def _immigration(world: World, child: Child, words: str, starts: int, ends: int | None) -> None:
    key = world.ids.next("immigration_status")
    child.add("immigration_status", key, child.id, TEXT[starts], TEXT[ends], words)


def _address_rows(world: World, chance: Chance, child: Child) -> None:
    since = max(child.born, world.history_from - 900)
    moved = chance.between(since, world.today) if since < world.today else FAR
    if chance.happens(0.25) and moved < world.today:
        _address(world, chance, child, since, moved)
        since = moved
    _address(world, chance, child, min(since, world.today), None)


def _address(world: World, chance: Chance, child: Child, starts: int, ends: int | None) -> None:
    house, street = chance.between(1, 140), chance.one_of(figure("office:streets"))
    postcode = made_up_postcode(chance, "office:postcodes")
    place = f'{{"HOUSE":"{house}","STREET":"{street}","TOWN":"{figure("office:town")}"}}'
    key = world.ids.next("address")
    child.add("address", key, child.id, "HOME", TEXT[starts], TEXT[ends], postcode, place)


def made_up_postcode(chance: Chance, path: str) -> str:
    """A postcode, without its space, of an area that no post office serves."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{chance.between(0, 9)}{chance.one_of(letters)}{chance.one_of(letters)}"
    return f"{chance.one_of(figure(path))}{inward}"


def _involvement_rows(world: World, child: Child) -> None:
    for spell in child.allocations:
        if spell.starts > world.today or spell.ends < world.history_from:
            continue
        ends = world.past(spell.ends)
        spell.worker.open_cases += ends is None
        child.add(
            "involvements",
            world.ids.next("involvements"),
            spell.worker.id,
            spell.role,
            spell.worker.team,
            child.id,
            TEXT[spell.starts],
            TEXT[ends],
            spell.reason if ends else "",
            spell.referral,
        )
