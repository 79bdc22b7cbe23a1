"""Referrals and the cases they opened: their order, how they closed, and what stands in them."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.cin.checks.joined import (
    OF_CHILD,
    Finds,
    Return,
    col,
    is_no,
    is_yes,
    outside_year,
    within_another,
)
from evenhand.formats.format import Frame

AFTER_ASSESSMENT: Final = ("RC8", "RC9")
DIED: Final = "RC2"
_goes_on: Final = col("CINclosureDate").is_null() & is_no("ReferralNFA")


def cases(condition: pl.Expr) -> Finds:
    """A rule about one case."""
    return lambda r, _bound: r.cases.filter(condition)


def before_birth(r: Return, bound: int) -> Frame:
    """8606."""
    born = pl.coalesce("PersonBirthDate", "ExpectedPersonBirthDate")
    return r.cases.filter(col("CINreferralDate") < born.dt.offset_by(f"-{bound}w"))


def _until() -> pl.Expr:
    """When a case ended; one that is open goes on beyond the year's end."""
    beyond = pl.when(_goes_on).then(col("ends").dt.offset_by("1d"))
    return pl.coalesce(col("CINclosureDate"), beyond)


_closed: Final = col("CINclosureDate").is_not_null()
_after: Final = col("ReasonForClosure").is_in(AFTER_ASSESSMENT)
_more: Final = pl.sum_horizontal("enquiries", "conferences", "protection_plans", "need_plans") > 0
_old: Final = col("CINreferralDate") < col("CINreferralDate").max().over(OF_CHILD)

RULES: Final[dict[str, Finds]] = {
    "8555Q": cases(col("CINreferralDate") > col("PersonDeathDate")),
    "8568": cases(col("ReferralNFA").is_null()),
    "8600": cases(col("CINreferralDate") > col("ends")),
    "8606": before_birth,
    "8610": cases(is_no("ReferralNFA") & col("PrimaryNeedCode").is_null()),
    "8620": cases(outside_year("CINclosureDate")),
    "8630": cases(col("CINclosureDate") < col("CINreferralDate")),
    "8585Q": cases((col("ReasonForClosure") == DIED) & col("PersonDeathDate").is_null()),
    "8805": cases(_closed & col("ReasonForClosure").is_null()),
    "8810": cases(~_closed & col("ReasonForClosure").is_not_null()),
    "8815": cases(_goes_on & (_goes_on.sum().over(OF_CHILD) > 1)),
    "8816": cases(_goes_on & _old),
    "8820": cases(within_another("CINreferralDate", _until(), OF_CHILD)),
    "8866": cases(col("ReferralSource").is_null()),
    "2990": cases(_after & _more),
    "2991Q": cases((col("enquiries") > 0) & (col("assessments") == 0)),
    "8825Q": cases(_after & (col("assessments") == 0)),
    "8831": cases(
        is_yes("ReferralNFA") & (pl.sum_horizontal("assessments", "enquiries", "conferences") > 0)
    ),
    "8832": cases(is_yes("ReferralNFA") & (col("protection_plans") > 0)),
    "4000": cases(is_yes("ReferralNFA") & (col("need_plans") > 0)),
    "8867": cases(_closed & (col("open_assessments") > 0)),
    "8868": cases(_closed & (col("unsettled_enquiries") > 0)),
    "8565": cases(col("latest") > col("CINclosureDate")),
}
