"""Checks of the other modules: asylum, leaving care, workers, and whose rows they are."""

from __future__ import annotations

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import (
    CHILD,
    EPISODES,
    HEADER,
    LEAVERS,
    OWN,
    UASC,
    WORKERS,
    Returns,
    beside,
)
from evenhand.formats.ssda903.checks.shape import Rule, birthday, blank, cell, condition, one_of
from evenhand.formats.ssda903.modules import RETURN


def lay_asylum(returns: Returns) -> Frame:
    """UASC with what the years before and after say of the same children."""
    frame = returns.own(UASC)
    last = (
        returns.of_last_year(returns[UASC])
        .unique(OWN)
        .select(*OWN, pl.col("DUC").alias("LAST_DUC"), pl.lit(value=True).alias("LAST_UASC"))
    )
    known = returns.of_last_year(returns[HEADER]).select(OWN).unique()
    known = known.with_columns(pl.lit(value=True).alias("LAST_HEADER"))
    after = returns.of_next_year(returns[UASC]).select(OWN).unique()
    after = after.with_columns(pl.lit(value=True).alias("AGAIN"))
    stays = returns.of_next_year(returns[HEADER]).select(OWN).unique()
    stays = stays.with_columns(pl.lit(value=True).alias("STAYS"))
    for other in (last, known, after, stays):
        frame = frame.join(other, on=OWN, how="left", maintain_order="left")
    return frame


def lay_leavers(returns: Returns) -> Frame:
    """OC3 with how the child's last episode in any return ended."""
    ordered = returns[EPISODES].sort(CHILD, "DECOM", "DEC", nulls_last=True)
    last = ordered.group_by(CHILD, maintain_order=True).last()
    last = last.select(CHILD, pl.col("DEC").alias("LEFT"), pl.col("REC").alias("LEFT_BY"))
    return returns.own(LEAVERS).join(last, on=CHILD, how="left", maintain_order="left")


def lay_workers(returns: Returns) -> Frame:
    """SWEpisodes in order, each with the one before and whether one follows."""
    frame = returns.own(WORKERS).sort(RETURN, CHILD, "SW_DECOM", "SW_DEC", nulls_last=True)
    frame = beside(frame, ["SW_DECOM", "SW_DEC"], 1, "P_")
    return beside(frame, ["SW_DECOM"], -1, "N_")


_MODULES = ("903-INT03", "903-INT04", "903-INT06", "903-INT08", "903-INT09", "903-X41")
_BIRTHS = ("903-INT13", "903-INT15", "903-INT17", "903-INT18", "903-X51")
_ONCE = ("903-INT34", "903-INT36")


@condition(*_MODULES)
def _not_in_header(_: Rule) -> pl.Expr:
    return ~cell("IN_HEADER")


@condition(*_BIRTHS)
def _another_birth(_: Rule) -> pl.Expr:
    return cell("DOB") != cell("BORN")


@condition("903-INT21")
def _another_sex(_: Rule) -> pl.Expr:
    return cell("SEX") != cell("HSEX")


@condition(*_ONCE)
def _twice(_: Rule) -> pl.Expr:
    return cell("TIMES") > 1


@condition("903-304")
def _after_majority(rule: Rule) -> pl.Expr:
    return cell("DUC") > birthday(rule.number, "DOB")


@condition("903-X30")
def _ceased_before_birth(_: Rule) -> pl.Expr:
    return cell("DUC") < cell("DOB")


@condition("903-205A")
def _no_longer(_: Rule) -> pl.Expr:
    gone = cell("STAYS") & cell("AGAIN").is_null()
    return gone & (blank("DUC") | (cell("DUC") > cell("TO")))


@condition("903-205B")
def _again(_: Rule) -> pl.Expr:
    return cell("LAST_UASC") & (cell("LAST_DUC") < cell("FROM"))


@condition("903-205D")
def _newly(_: Rule) -> pl.Expr:
    return cell("LAST_HEADER") & cell("LAST_UASC").is_null()


@condition("903-131", "903-132", "903-133")
def _is_blank(rule: Rule) -> pl.Expr:
    return blank(rule.column)


@condition("903-391")
def _not_of_age(rule: Rule) -> pl.Expr:
    youngest, oldest = map(int, rule.listed)
    too_young = birthday(youngest, "DOB") > cell("TO")
    return too_young | (birthday(oldest + 1, "DOB") <= cell("FROM"))


@condition("903-344")
def _needs_nothing(rule: Rule) -> pl.Expr:
    told = (cell("ACTIV") != "0") | (cell("ACCOM") != "0")
    return one_of("IN_TOUCH", rule.listed) & told


@condition("903-345")
def _in_touch(_: Rule) -> pl.Expr:
    none = (cell("ACTIV") == "0") | (cell("ACCOM") == "0")
    return (cell("IN_TOUCH") == "YES") & none


@condition("903-347", "903-3001")
def _young_for_home(rule: Rule) -> pl.Expr:
    age, *homes = rule.listed
    return one_of("ACCOM", homes) & (birthday(int(age), "DOB") > cell("TO"))


@condition("903-1000", "903-1011")
def _left_by(rule: Rule) -> pl.Expr:
    return cell("LEFT_BY") == rule.limit


@condition("903-SW02")
def _registration(_: Rule) -> pl.Expr:
    return ~cell("SW_ID").str.contains("^(SW|XX)")


@condition("903-SW06")
def _outside_window(_: Rule) -> pl.Expr:
    return cell("SW_DECOM") > cell("TO")


@condition("903-SW07")
def _ends_outside(_: Rule) -> pl.Expr:
    return (cell("SW_DEC") < cell("FROM")) | (cell("SW_DEC") > cell("TO"))


@condition("903-SW09")
def _one_day(_: Rule) -> pl.Expr:
    return cell("SW_DEC") == cell("SW_DECOM")


@condition("903-SW10")
def _overlaps(_: Rule) -> pl.Expr:
    return cell("SW_DECOM") < cell("P_SW_DEC")


@condition("903-SW11")
def _ends_early(_: Rule) -> pl.Expr:
    return (cell("SW_DEC") < cell("TO")) & ~cell("N_IS")


@condition("903-SW108")
def _not_ended(_: Rule) -> pl.Expr:
    return blank("SW_DEC") & cell("N_IS")


@condition("903-SW13")
def _no_reason(_: Rule) -> pl.Expr:
    return blank("SW_REASON")


@condition("903-X40")
def _ends_before(_: Rule) -> pl.Expr:
    return cell("SW_DEC") < cell("SW_DECOM")
