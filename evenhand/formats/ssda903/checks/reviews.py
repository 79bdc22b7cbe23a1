"""Checks of Reviews: whether the child was looked after then, and could take part so."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import CHILD, EPISODES, OWN, REVIEWS, Returns
from evenhand.formats.ssda903.checks.shape import Rule, birthday, blank, cell, condition, one_of

_OPEN: Final = date(9999, 12, 31)


def lay(returns: Returns) -> Frame:
    """Reviews, each with the child's care at that day and how often the day comes."""
    frame = in_care(returns, returns.own(REVIEWS), "REVIEW")
    return frame.with_columns(
        pl.len().over([*OWN, "REVIEW"]).alias("SAME_DAY"),
        pl.col("REVIEW_CODE").n_unique().over([*OWN, "REVIEW"]).alias("CODES"),
    )


def in_care(returns: Returns, frame: Frame, day: str) -> Frame:
    """Rows with what any return of the batch says of the child's care at their day.

    CARE_FROM is the first day of the child's earliest episode, AT_LS the legal status of the
    episode then, CARE_UNTIL the last day of any episode begun by then (null while one is open or
    where none had begun).
    """
    spans = returns[EPISODES].filter(pl.col("DECOM").is_not_null()).sort(CHILD, "DECOM")
    first = spans.group_by(CHILD).agg(pl.col("DECOM").min().alias("CARE_FROM"))
    until = pl.col("DEC").fill_null(_OPEN).cum_max().over(CHILD)
    spans = spans.select(
        CHILD, pl.col("DECOM").alias(day), until.alias("CARE_UNTIL"), pl.col("LS").alias("AT_LS")
    )
    ordered = frame.with_columns(pl.col(day).alias("_day")).sort(day, nulls_last=True)
    found = ordered.filter(pl.col(day).is_not_null()).join_asof(
        spans.sort(day), on=day, by=CHILD, check_sortedness=False
    )
    return found.drop("_day").join(first, on=CHILD, how="left", maintain_order="left")


@condition("903-167")
def _no_code(_: Rule) -> pl.Expr:
    return blank("REVIEW_CODE")


@condition("903-440")
def _four_or_over(rule: Rule) -> pl.Expr:
    return (cell("REVIEW_CODE") == "PN0") & (cell("REVIEW") >= birthday(rule.number))


@condition("903-441")
def _under_four(rule: Rule) -> pl.Expr:
    takes_part = cell("REVIEW_CODE").is_not_null() & (cell("REVIEW_CODE") != "PN0")
    return takes_part & (cell("REVIEW") < birthday(rule.number))


@condition("903-399")
def _of_a_break(rule: Rule) -> pl.Expr:
    return one_of("AT_LS", rule.listed) & (cell("REVIEW") <= cell("CARE_UNTIL"))


@condition("903-X20")
def _before_care(_: Rule) -> pl.Expr:
    return cell("REVIEW") < cell("CARE_FROM")


@condition("903-X21")
def _after_care(_: Rule) -> pl.Expr:
    return cell("REVIEW") > cell("CARE_UNTIL")


@condition("903-X22")
def _before_birth(_: Rule) -> pl.Expr:
    return cell("REVIEW") < cell("BORN")


@condition("903-X23")
def _outside_the_year(_: Rule) -> pl.Expr:
    return (cell("REVIEW") < cell("FROM")) | (cell("REVIEW") > cell("TO"))


@condition("903-X24")
def _two_of_a_day(_: Rule) -> pl.Expr:
    return (cell("SAME_DAY") > 1) & (cell("CODES") > 1)


@condition("903-X25")
def _no_episodes(_: Rule) -> pl.Expr:
    return blank("CARE_FROM")
