"""Checks of Header: who the children are, within a return and from one year to the next."""

from __future__ import annotations

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.ssda903.checks.returns import EPISODES, HEADER, LEAVERS, OWN, Returns
from evenhand.formats.ssda903.checks.shape import Rule, birthday, blank, cell, condition, one_of

_COMPARED = ("SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a Unique Pupil Number, in the order of its check: the sum of its figures, each
times its place, modulo 23 (Department for Education, Unique Pupil Numbers guide)."""


def lay(returns: Returns) -> Frame:
    """Header with what other modules and last year's return say of the same children."""
    frame = returns.own(HEADER)
    looked_after = returns[EPISODES].select(OWN).unique()
    left_care = returns[LEAVERS].select(OWN).unique()
    frame = _marked(_marked(frame, looked_after, "HAS_EPISODES"), left_care, "IN_OC3")
    kinds = pl.struct("SEX", "DOB").n_unique().over(OWN)
    frame = frame.with_columns(kinds.alias("KINDS"))
    last = returns.of_last_year(returns[HEADER].unique(OWN, keep="first")).select(
        *OWN, *(pl.col(name).alias(f"LAST_{name}") for name in _COMPARED)
    )
    return frame.join(last, on=OWN, how="left", maintain_order="left")


def _marked(frame: Frame, having: Frame, name: str) -> Frame:
    marks = having.with_columns(pl.lit(value=True).alias(name))
    joined = frame.join(marks, on=OWN, how="left", maintain_order="left")
    return joined.with_columns(pl.col(name).fill_null(value=False))


@condition("903-101", "903-102", "903-103", "903-442")
def _is_blank(rule: Rule) -> pl.Expr:
    return blank(rule.column)


@condition("903-168")
def _upn(rule: Rule) -> pl.Expr:
    upn = cell("UPN").str.to_uppercase()
    shape = upn.str.contains(r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$")
    return ~one_of("UPN", rule.listed) & ~(shape & (_check_letter(upn) == upn.str.slice(0, 1)))


def _check_letter(upn: pl.Expr) -> pl.Expr:
    figures = [upn.str.slice(n, 1).cast(pl.Int32, strict=False) * (n + 1) for n in range(1, 12)]
    letters = {letter: place for place, letter in enumerate(_CHECK_LETTERS)}
    last = upn.str.slice(12, 1)
    figure = last.cast(pl.Int32, strict=False)
    as_letter = last.replace_strict(letters, default=None, return_dtype=pl.Int32)
    total = pl.sum_horizontal(figures) + pl.coalesce(figure, as_letter) * 13
    places = dict(enumerate(_CHECK_LETTERS))
    return (total % 23).replace_strict(places, default=None, return_dtype=pl.String)


@condition("903-174")
def _father(_: Rule) -> pl.Expr:
    return cell("MC_DOB").is_not_null() & (cell("SEX") == "M")


@condition("903-301")
def _born_after(_: Rule) -> pl.Expr:
    return cell("DOB") > cell("TO")


@condition("903-351")
def _too_old(rule: Rule) -> pl.Expr:
    return birthday(rule.number, "DOB") < cell("FROM")


@condition("903-611")
def _no_birth_of_child(_: Rule) -> pl.Expr:
    return (cell("MOTHER") == "1") & blank("MC_DOB")


@condition("903-612")
def _no_mother(_: Rule) -> pl.Expr:
    return cell("MC_DOB").is_not_null() & (cell("MOTHER").fill_null("0") == "0")


@condition("903-620")
def _young_mother(rule: Rule) -> pl.Expr:
    return (cell("MOTHER") == "1") & (birthday(rule.number, "DOB") > cell("TO"))


@condition("903-621")
def _younger_than_child(_: Rule) -> pl.Expr:
    return cell("MC_DOB") <= cell("DOB")


@condition("903-625")
def _child_still_to_come(_: Rule) -> pl.Expr:
    return cell("MC_DOB") > cell("TO")


@condition("903-INT32")
def _twice(_: Rule) -> pl.Expr:
    return (cell("TIMES") > 1) & (cell("KINDS") == 1)


@condition("903-X01")
def _two_children(_: Rule) -> pl.Expr:
    return cell("KINDS") > 1


@condition("903-EPI")
def _without_episodes(_: Rule) -> pl.Expr:
    return ~cell("HAS_EPISODES") & ~cell("IN_OC3")


@condition("903-202", "903-203", "903-204", "903-207", "903-208", "903-624")
def _other_than_last_year(rule: Rule) -> pl.Expr:
    return cell(rule.column) != cell(f"LAST_{rule.column}")


@condition("903-626")
def _mother_before(_: Rule) -> pl.Expr:
    was_none = cell("LAST_MOTHER") == "0"
    return (cell("MOTHER") == "1") & was_none & (cell("MC_DOB") < cell("FROM"))
