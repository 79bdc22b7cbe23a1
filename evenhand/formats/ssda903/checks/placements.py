"""Checks of Episodes: whether placement, legal status, age and ending go together."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.episodes import ADOPTED, BREAKS, STARTS, TEMPORARY
from evenhand.formats.ssda903.checks.returns import OWN
from evenhand.formats.ssda903.checks.shape import (
    Rule,
    birthday,
    blank,
    cell,
    condition,
    days,
    one_of,
)
from evenhand.formats.ssda903.modules import Code, code_lists

_NO_PROVIDER: Final = [*TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14"]


def lay(frame: Frame) -> Frame:
    """Laid-out episodes with how many stays of a carer's holiday (T3) the child has."""
    return frame.with_columns(one_of("PLACE", ["T3"]).sum().over(OWN).alias("HOLIDAYS"))


@condition("903-371", "903-372", "903-373", "903-374")
def _young_for_place(rule: Rule) -> pl.Expr:
    age, *places = rule.listed
    return one_of("PLACE", places) & (cell("DECOM") < birthday(int(age)))


@condition("903-375", "903-376", "903-379")
def _away_too_long(rule: Rule) -> pl.Expr:
    place, most = rule.listed
    lasted = pl.coalesce(cell("LENGTH"), days("DECOM", "TO"))
    return (cell("PLACE") == place) & (lasted > int(most))


@condition("903-377")
def _too_many_holidays(rule: Rule) -> pl.Expr:
    return (cell("HOLIDAYS") > rule.number) & (cell("PLACE") == "T3")


@condition("903-378")
def _with_parents(_: Rule) -> pl.Expr:
    return (cell("PLACE") == "P1") & (cell("LS") == "V2")


@condition("903-380")
def _starts_away(_: Rule) -> pl.Expr:
    return (cell("RNE") == STARTS) & one_of("PLACE", TEMPORARY)


@condition("903-381")
def _ends_away(_: Rule) -> pl.Expr:
    return (cell("REC") != "X1") & one_of("PLACE", TEMPORARY)


@condition("903-382")
def _break_away(_: Rule) -> pl.Expr:
    return one_of("LS", BREAKS) & one_of("PLACE", TEMPORARY)


@condition("903-383")
def _does_not_return(_: Rule) -> pl.Expr:
    came_from = cell("P_IS") & cell("N_IS") & ~one_of("P_PLACE", TEMPORARY)
    return one_of("PLACE", TEMPORARY) & came_from & (cell("N_PLACE") != cell("P_PLACE"))


@condition("903-384")
def _long_break(rule: Rule) -> pl.Expr:
    return one_of("LS", BREAKS) & one_of("PLACE", rule.listed)


@condition("903-386", "903-407")
def _too_old_at_end(rule: Rule) -> pl.Expr:
    age, *reasons = rule.listed
    return one_of("REC", reasons) & (cell("DEC") >= birthday(int(age)))


@condition("903-387", "903-389", "903-460")
def _too_young_at_end(rule: Rule) -> pl.Expr:
    age, *reasons = rule.listed
    return one_of("REC", reasons) & (cell("DEC") < birthday(int(age)))


@condition("903-390")
def _adopted_from(rule: Rule) -> pl.Expr:
    return one_of("REC", ADOPTED) & ~one_of("PLACE", rule.listed)


@condition("903-408")
def _no_order(rule: Rule) -> pl.Expr:
    return one_of("PLACE", rule.listed) & (cell("LS") != "E1")


@condition("903-217")
def _start_with_carer(rule: Rule) -> pl.Expr:
    return one_of("PLACE", rule.listed) & ~one_of("RNE", ["S", "T", "U"])


@condition("903-516")
def _not_with_carer(rule: Rule) -> pl.Expr:
    return one_of("REC", rule.listed) & ~cell("PLACE").str.starts_with("U").fill_null(value=False)


@condition("903-526")
def _no_provider(_: Rule) -> pl.Expr:
    return blank("PLACE_PROVIDER") & cell("PLACE").is_not_null() & ~one_of("PLACE", _NO_PROVIDER)


@condition("903-213")
def _provider_not_wanted(_: Rule) -> pl.Expr:
    return cell("PLACE_PROVIDER").is_not_null() & one_of("PLACE", _NO_PROVIDER)


@condition("903-527", "903-528", "903-529", "903-530", "903-531")
def _provider_of_place(rule: Rule) -> pl.Expr:
    provider, *places = rule.listed
    return (cell("PLACE_PROVIDER") == provider) & one_of("PLACE", places)


@condition("903-550")
def _parents_provide(_: Rule) -> pl.Expr:
    return (cell("PLACE_PROVIDER") == "PR0") & (cell("PLACE") != "P1")


@condition("903-392B")
def _no_postcode(_: Rule) -> pl.Expr:
    return blank("HOME_POST") & blank("PL_POST") & ~one_of("LS", BREAKS)


@condition("903-392C")
def _postcode(_: Rule) -> pl.Expr:
    shape = r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$"
    return ~cell("HOME_POST").str.contains(shape) | ~cell("PL_POST").str.contains(shape)


@condition("903-392D")
def _same_postcode(_: Rule) -> pl.Expr:
    return (cell("HOME_POST") == cell("PL_POST")) & (cell("PLACE") != "P1")


@condition("903-X10")
def _place_not_in_use(_: Rule) -> pl.Expr:
    return _not_in_use("placement_type", "PLACE", "DECOM")


@condition("903-X11")
def _end_not_in_use(_: Rule) -> pl.Expr:
    return _not_in_use("reason_episode_ceased", "REC", "DEC")


def _not_in_use(name: str, column: str, day: str) -> pl.Expr:
    bounded = [one for one in code_lists()[name].values() if one.since or one.until]
    return pl.any_horizontal([_outside(one, column, day) for one in bounded])


def _outside(one: Code, column: str, day: str) -> pl.Expr:
    early = pl.col(day) < pl.lit(one.since or "0001-01-01").str.to_date()
    late = pl.col(day) > pl.lit(one.until or "9999-12-31").str.to_date()
    return (pl.col(column) == one.code) & (early | late)
