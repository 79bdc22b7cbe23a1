"""Checks of Episodes from one year's return to the next."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import EPISODES, OWN, Returns
from evenhand.formats.ssda903.checks.shape import Rule, blank, cell, condition

_COMPARED: Final = ["RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "URN"]


def lay(returns: Returns, frame: Frame) -> Frame:
    """Laid-out episodes with the child's last episode of the year before (L_), the same episode
    as it was told then (S_), and whether the child is in the return that follows (GOES_ON)."""
    ends = frame.filter(~pl.col("N_IS"))
    last = returns.of_last_year(ends).select(
        *OWN, *(pl.col(name).alias(f"L_{name}") for name in ["DECOM", "DEC", "REC", *_COMPARED])
    )
    same = returns.of_last_year(frame).unique([*OWN, "DECOM"], keep="first")
    same = same.select(*OWN, "DECOM", pl.col("DEC").alias("S_DEC"), pl.col("REC").alias("S_REC"))
    next_year = returns.of_next_year(returns[EPISODES]).select(OWN).unique()
    next_year = next_year.with_columns(pl.lit(value=True).alias("GOES_ON"))
    for other, keys in ((last, OWN), (same, [*OWN, "DECOM"]), (next_year, OWN)):
        frame = frame.join(other, on=keys, how="left", maintain_order="left")
    return frame


def _first() -> pl.Expr:
    return ~cell("P_IS")


def _was_open() -> pl.Expr:
    return blank("L_DEC") & cell("L_DECOM").is_not_null()


@condition("903-502")
def _other_start(_: Rule) -> pl.Expr:
    return _first() & _was_open() & (cell("DECOM") != cell("L_DECOM"))


@condition("903-503A", "903-503B", "903-503C", "903-503D", "903-503E", "903-503F")
def _told_otherwise(rule: Rule) -> pl.Expr:
    same = _first() & _was_open() & (cell("DECOM") == cell("L_DECOM"))
    return same & cell(rule.column).ne_missing(cell(f"L_{rule.column}"))


@condition("903-562")
def _not_told_before(_: Rule) -> pl.Expr:
    earlier = cell("BEFORE").is_not_null() & (cell("DECOM") < cell("FROM"))
    return _first() & earlier & cell("L_DECOM").is_not_null() & ~_was_open()


@condition("903-NOE")
def _unknown_before(_: Rule) -> pl.Expr:
    earlier = cell("BEFORE").is_not_null() & (cell("DECOM") < cell("FROM"))
    return _first() & earlier & blank("L_DECOM")


@condition("903-X02")
def _gone(_: Rule) -> pl.Expr:
    last = ~cell("N_IS") & blank("DEC") & cell("AFTER").is_not_null()
    return last & cell("GOES_ON").is_null()


@condition("903-X03")
def _other_end(_: Rule) -> pl.Expr:
    return cell("S_DEC").is_not_null() & cell("DEC").ne_missing(cell("S_DEC"))


@condition("903-X06")
def _other_reason(_: Rule) -> pl.Expr:
    same_day = cell("DEC") == cell("S_DEC")
    return same_day & (cell("REC") != cell("S_REC"))
