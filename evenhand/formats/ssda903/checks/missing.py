"""Checks of Missing: when children were missing from care or away without authorisation."""

from __future__ import annotations

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import (
    CHILD,
    EPISODES,
    MISSING,
    OWN,
    Returns,
    beside,
)
from evenhand.formats.ssda903.checks.reviews import in_care
from evenhand.formats.ssda903.checks.shape import Rule, blank, cell, condition
from evenhand.formats.ssda903.modules import RETURN


def lay(returns: Returns) -> Frame:
    """Missing, in order, with the episode of it before, the child's care, and last year's end."""
    frame = in_care(returns, returns.own(MISSING), "MIS_START")
    frame = frame.sort(RETURN, CHILD, "MIS_START", "MIS_END", nulls_last=True)
    frame = beside(frame, ["MIS_START", "MIS_END"], 1, "P_")
    frame = beside(frame, ["MIS_START"], -1, "N_")
    next_year = returns.of_next_year(returns[MISSING])
    told = next_year.select(*OWN, "MIS_START").unique().with_columns(pl.lit(1).alias("TOLD_AGAIN"))
    frame = frame.join(told, on=[*OWN, "MIS_START"], how="left", maintain_order="left")
    return frame.join(_ends(returns), on=OWN, how="left", maintain_order="left")


def _ends(returns: Returns) -> Frame:
    """When and why each child ceased to be looked after in a return, if they did."""
    ordered = returns[EPISODES].sort(RETURN, CHILD, "DECOM", "DEC", nulls_last=True)
    last = ordered.group_by(OWN, maintain_order=True).last()
    last = last.filter(pl.col("DEC").is_not_null() & (pl.col("REC") != "X1"))
    return last.select(*OWN, pl.col("DEC").alias("CEASED"), pl.col("REC").alias("CEASED_BY"))


@condition("903-1006")
def _no_kind(_: Rule) -> pl.Expr:
    return blank("MISSING")


@condition("903-567")
def _ends_before(_: Rule) -> pl.Expr:
    return cell("MIS_END") < cell("MIS_START")


@condition("903-570")
def _after_the_year(_: Rule) -> pl.Expr:
    return cell("MIS_START") > cell("TO")


@condition("903-571")
def _ends_outside(_: Rule) -> pl.Expr:
    return (cell("MIS_END") < cell("FROM")) | (cell("MIS_END") > cell("TO"))


@condition("903-574")
def _overlaps(_: Rule) -> pl.Expr:
    return cell("P_IS") & (blank("P_MIS_END") | (cell("MIS_START") < cell("P_MIS_END")))


@condition("903-576")
def _not_told_again(_: Rule) -> pl.Expr:
    return blank("MIS_END") & cell("AFTER").is_not_null() & blank("TOLD_AGAIN")


@condition("903-577")
def _still_missing(_: Rule) -> pl.Expr:
    return blank("MIS_END") & (cell("MIS_START") <= cell("CEASED"))


@condition("903-578")
def _after_care(_: Rule) -> pl.Expr:
    return cell("MIS_START") > cell("CARE_UNTIL")


@condition("903-580")
def _missing_at_the_end(rule: Rule) -> pl.Expr:
    at_the_end = blank("MIS_END") | (cell("MIS_END") == cell("CEASED"))
    return at_the_end & (cell("MIS_START") <= cell("CEASED")) & (cell("CEASED_BY") != rule.limit)


@condition("903-581")
def _before_care(_: Rule) -> pl.Expr:
    return cell("MIS_START") < cell("CARE_FROM")


@condition("903-586")
def _before_birth(_: Rule) -> pl.Expr:
    return cell("MIS_START") < cell("BORN")
