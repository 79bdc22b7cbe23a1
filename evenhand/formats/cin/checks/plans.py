"""Child protection plans, their reviews, and child in need plans."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.cin.checks.identity import first_of_return
from evenhand.formats.cin.checks.joined import (
    OF_CHILD,
    OF_ROW,
    Finds,
    Return,
    col,
    outside_year,
    within_another,
)
from evenhand.formats.cin.groups import CENSUS
from evenhand.formats.format import Frame

_beyond: Final = col("ends").dt.offset_by("1d")
_start, _end = col("CPPstartDate"), col("CPPendDate")
_begun, _over = col("CINPlanStartDate"), col("CINPlanEndDate")


def protection(condition: pl.Expr) -> Finds:
    """A rule about one child protection plan."""
    return lambda r, _bound: r.protection_plans.filter(condition)


def reviews(condition: pl.Expr) -> Finds:
    """A rule about one review."""
    return lambda r, _bound: r.reviews.filter(condition)


def need(condition: pl.Expr) -> Finds:
    """A rule about one child in need plan."""
    return lambda r, _bound: r.need_plans.filter(condition)


def both(condition: pl.Expr) -> Finds:
    """A rule about a child in need plan beside a child protection plan of the same child."""
    return lambda r, _bound: r.both_plans.filter(condition).unique(
        ["file", "line"], maintain_order=True
    )


def more_plans_than_conferences(r: Return, _bound: int) -> Frame:
    """2883: told at the first plan of the file."""
    held = r.conferences.filter(~outside_year("DateOfInitialCPC")).group_by(CENSUS).len("held_all")
    begun = r.protection_plans.filter(~outside_year("CPPstartDate"))
    joined = begun.join(held, on=CENSUS, how="left", maintain_order="left")
    return first_of_return(joined.filter(pl.len().over(CENSUS) > col("held_all").fill_null(0)))


def within_need_plan(r: Return, _bound: int) -> Frame:
    """4003: but for a review on the day on which its plan ends."""
    plans = r.plain("cin_need_plans").select(*OF_CHILD, "CINPlanStartDate", "CINPlanEndDate")
    day = col("CPPreviewDate")
    last = day == col("CPPendDate")
    within = (day >= _begun) & (_over.is_null() | (day < _over))
    found = r.reviews.join(plans, on=OF_CHILD, how="inner")
    return found.filter(within & ~last.fill_null(value=False)).unique(
        OF_ROW, keep="first", maintain_order=True
    )


_open: Final = _end.is_null()
_unended: Final = _over.is_null()
_same_case: Final = col("parent_key") == col("case_of_protection")

RULES: Final[dict[str, Finds]] = {
    "1105": protection(_start < col("CINreferralDate")),
    "2883": more_plans_than_conferences,
    "2885": protection(~outside_year("CPPstartDate") & ~col("held").list.contains(_start)),
    "8720": protection(_start > col("ends")),
    "8730": protection(col("NumberOfPreviousCPP").is_null()),
    "8840": protection(_end == _start),
    "8905": protection(col("InitialCategoryOfAbuse").is_null()),
    "8910": protection(col("LatestCategoryOfAbuse").is_null()),
    "8915": protection(_start > col("PersonDeathDate")),
    "8920": protection(_end > col("PersonDeathDate")),
    "8925": protection(_end < _start),
    "8930": protection(outside_year("CPPendDate")),
    "8935": protection(_open & (_open.sum().over(OF_CHILD) > 1)),
    "8940": protection(within_another("CPPstartDate", _end.fill_null(_beyond), OF_CHILD)),
    "8841": reviews(col("CPPreviewDate") <= _start),
    "X04": reviews(col("CPPreviewDate") > _end),
    "4003": within_need_plan,
    "4001": both(_unended & _open & _same_case),
    "4004": need(_unended & (_unended.sum().over(OF_CHILD) > 1)),
    "4008": need(_begun > col("PersonDeathDate")),
    "4009Q": need(_over > col("PersonDeathDate")),
    "4010": need(_begun > col("ends")),
    "4011": need(_over < _begun),
    "4012Q": need(_over == _begun),
    "4013": need(outside_year("CINPlanEndDate")),
    "4014": need(within_another("CINPlanStartDate", _over.fill_null(_beyond), OF_CHILD)),
    "4015": need(_begun < col("CINreferralDate")),
    "4016": both((_begun >= _start) & (_begun < _end.fill_null(_beyond))),
    "4017": both((_start >= _begun) & (_start < _over.fill_null(_beyond))),
}
