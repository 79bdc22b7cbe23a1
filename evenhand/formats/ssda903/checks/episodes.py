"""Checks of Episodes within one return: their days, how one follows another, what they say."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import CHILD, EPISODES, OWN, WORKERS, Returns, beside
from evenhand.formats.ssda903.checks.shape import (
    Rule,
    birthday,
    blank,
    cell,
    condition,
    days,
    one_of,
)
from evenhand.formats.ssda903.modules import RETURN

CONTINUES: Final = "X1"
STARTS: Final = "S"
TEMPORARY: Final = ["T0", "T1", "T2", "T3", "T4"]
BREAKS: Final = ["V3", "V4"]
ADOPTED: Final = ["E11", "E12"]
_NEIGHBOUR: Final = ["DECOM", "DEC", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "URN"]


def lay(returns: Returns) -> Frame:
    """Episodes in their order, each with the one before (P_) and the one after (N_) it."""
    frame = returns.own(EPISODES).sort(RETURN, CHILD, "DECOM", "DEC", nulls_last=True)
    frame = beside(frame, [*_NEIGHBOUR, "PL_POST"], 1, "P_")
    frame = beside(frame, [*_NEIGHBOUR, "PL_POST"], -1, "N_")
    over_days = days("DECOM", "DEC")
    return frame.with_columns(
        over_days.alias("LENGTH"),
        pl.when(one_of("LS", ["V3"])).then(over_days).sum().over(OWN).alias("BREAK_DAYS"),
        one_of("LS", ["V3"]).any().over(OWN).alias("HAS_V3"),
        one_of("LS", ["V4"]).any().over(OWN).alias("HAS_V4"),
        _category_at_start().alias("START_CIN"),
        _has_worker(returns).alias("HAS_WORKER"),
    )


def _category_at_start() -> pl.Expr:
    started = pl.when(pl.col("RNE") == STARTS).then(pl.col("CIN"))
    return started.forward_fill().over(OWN)


def _has_worker(returns: Returns) -> pl.Expr:
    having = returns[WORKERS].select(pl.concat_str([RETURN, CHILD], separator="|")).to_series()
    key = pl.concat_str([RETURN, CHILD], separator="|")
    return key.is_in(having.unique().implode()) if len(having) else pl.lit(value=False)


@condition("903-143", "903-144", "903-145", "903-146")
def _is_blank(rule: Rule) -> pl.Expr:
    return blank(rule.column)


@condition("903-142")
def _still_open(_: Rule) -> pl.Expr:
    return blank("DEC") & cell("N_IS")


@condition("903-148")
def _half_ended(_: Rule) -> pl.Expr:
    return blank("DEC") != blank("REC")


@condition("903-302")
def _before_birth(_: Rule) -> pl.Expr:
    return cell("DECOM") < cell("BORN")


@condition("903-352")
def _started_too_old(rule: Rule) -> pl.Expr:
    return (cell("RNE") == STARTS) & (birthday(rule.number) <= cell("DECOM"))


@condition("903-353")
def _too_long_ago(rule: Rule) -> pl.Expr:
    return cell("DECOM") < rule.day


@condition("903-354", "903-385")
def _after_the_year(rule: Rule) -> pl.Expr:
    return cell(rule.column) > cell("TO")


@condition("903-X04")
def _before_the_year(_: Rule) -> pl.Expr:
    return cell("DEC") < cell("FROM")


@condition("903-355")
def _one_day(_: Rule) -> pl.Expr:
    return cell("DEC") == cell("DECOM")


@condition("903-356")
def _ends_before(_: Rule) -> pl.Expr:
    return cell("DEC") < cell("DECOM")


@condition("903-357")
def _no_start(_: Rule) -> pl.Expr:
    in_year = cell("DECOM") >= cell("FROM")
    return ~cell("P_IS") & in_year & (cell("RNE") != STARTS)


@condition("903-501")
def _overlaps(_: Rule) -> pl.Expr:
    return (cell("DECOM") < cell("P_DEC")) & (cell("DECOM") != cell("P_DECOM"))


@condition("903-X05")
def _same_start(_: Rule) -> pl.Expr:
    return cell("DECOM") == cell("P_DECOM")


@condition("903-388")
def _no_continuation(_: Rule) -> pl.Expr:
    follows = cell("N_DECOM") == cell("DEC")
    return (cell("REC") == CONTINUES) & cell("DEC").is_not_null() & ~follows.fill_null(value=False)


@condition("903-431")
def _started_again(_: Rule) -> pl.Expr:
    return (cell("RNE") == STARTS) & (cell("DECOM") == cell("P_DEC"))


@condition("903-432")
def _not_started_again(_: Rule) -> pl.Expr:
    return cell("P_REC").is_not_null() & (cell("P_REC") != CONTINUES) & (cell("RNE") != STARTS)


@condition("903-433")
def _gap(_: Rule) -> pl.Expr:
    continues = (cell("RNE") != STARTS) & (cell("P_REC") == CONTINUES)
    return continues & (cell("DECOM") > cell("P_DEC"))


def _changed(name: str) -> pl.Expr:
    return cell(name).ne_missing(cell(f"P_{name}"))


_MOVED: Final = pl.any_horizontal(
    cell(name).ne_missing(cell(f"P_{name}"))
    for name in ("PLACE", "PLACE_PROVIDER", "PL_POST", "URN")
)


@condition("903-434")
def _only_status(_: Rule) -> pl.Expr:
    return (cell("RNE") == "L") & cell("P_IS") & (~_changed("LS") | _MOVED)


@condition("903-435")
def _only_placement(rule: Rule) -> pl.Expr:
    return one_of("RNE", rule.listed) & cell("P_IS") & (_changed("LS") | ~_MOVED)


@condition("903-436")
def _both(rule: Rule) -> pl.Expr:
    return one_of("RNE", rule.listed) & cell("P_IS") & (~_changed("LS") | ~_MOVED)


@condition("903-437")
def _after_the_end(rule: Rule) -> pl.Expr:
    return one_of("REC", rule.listed) & cell("N_IS")


@condition("903-199")
def _after_adoption(rule: Rule) -> pl.Expr:
    return one_of("P_REC", rule.listed)


@condition("903-504")
def _other_category(_: Rule) -> pl.Expr:
    return cell("CIN") != cell("START_CIN")


@condition("903-358")
def _young_for_status(rule: Rule) -> pl.Expr:
    return one_of("LS", ["J1", "J2", "J3"]) & (cell("DECOM") < birthday(rule.number))


@condition("903-359")
def _grown_up(rule: Rule) -> pl.Expr:
    until = pl.coalesce("DEC", "TO")
    allowed = (cell("LS") == "V2") & (cell("PLACE") == "K2")
    return (until > birthday(rule.number)) & ~allowed.fill_null(value=False)


@condition("903-361", "903-362", "903-363", "903-365")
def _status_too_long(rule: Rule) -> pl.Expr:
    code, most = rule.listed
    lasted = pl.coalesce(cell("LENGTH"), days("DECOM", "TO"))
    return (cell("LS") == code) & (lasted > int(most))


@condition("903-366")
def _moved_in_break(_: Rule) -> pl.Expr:
    return (cell("LS") == "V3") & (cell("RNE") != STARTS)


@condition("903-367")
def _breaks_too_long(rule: Rule) -> pl.Expr:
    return (cell("BREAK_DAYS") > rule.number) & (cell("LS") == "V3") & ~cell("N_IS")


@condition("903-426")
def _both_breaks(_: Rule) -> pl.Expr:
    return cell("HAS_V3") & cell("HAS_V4") & one_of("LS", BREAKS)


@condition("903-445", "903-446")
def _status_of_another_time(rule: Rule) -> pl.Expr:
    code, day = rule.listed
    edge = pl.lit(day).str.to_date()
    wrong = cell("DECOM") >= edge if code == "D1" else cell("DECOM") < edge
    return (cell("LS") == code) & wrong


@condition("903-451")
def _still_freed(rule: Rule) -> pl.Expr:
    return (cell("LS") == rule.limit) & blank("DEC")


@condition("903-SW01")
def _nobody_works(_: Rule) -> pl.Expr:
    at_the_end = blank("DEC") & (cell("DECOM") <= cell("TO"))
    return at_the_end & ~cell("HAS_WORKER") & ~one_of("LS", BREAKS)
