"""Assessments and their factors, section 47 enquiries, initial conferences."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.cin.checks.cases import AFTER_ASSESSMENT
from evenhand.formats.cin.checks.joined import (
    OF_CASE,
    Finds,
    Return,
    col,
    is_weekend,
    outside_year,
    within_another,
)
from evenhand.formats.format import Frame

_start, _authorised = col("AssessmentActualStartDate"), col("AssessmentAuthorisationDate")
_referred: Final = col("CINreferralDate")
_beyond: Final = col("ends").dt.offset_by("1d")


def assessments(condition: pl.Expr) -> Finds:
    """A rule about one assessment."""
    return lambda r, _bound: r.assessments.filter(condition)


def enquiries(condition: pl.Expr) -> Finds:
    """A rule about one section 47 enquiry."""
    return lambda r, _bound: r.enquiries.filter(condition)


def conferences(condition: pl.Expr) -> Finds:
    """A rule about one initial conference."""
    return lambda r, _bound: r.conferences.filter(condition)


def factors(condition: pl.Expr) -> Finds:
    """A rule about one factor."""
    return lambda r, _bound: r.factors.filter(condition)


def none_and_some(r: Return, bound: int) -> Frame:
    """8869."""
    none = col("AssessmentFactors") == str(bound)
    return r.factors.filter(none & (~none).any().over(OF_CASE))


def only_none(r: Return, _bound: int) -> Frame:
    """8873Q."""
    alone = pl.len().over(OF_CASE) == 1
    none = (col("found_factors") == 1) & (col("factors").list.first() == "21")
    other = ~col("ReasonForClosure").is_in(AFTER_ASSESSMENT)
    return r.assessments.filter(alone & _authorised.is_not_null() & none & other)


_open: Final = _authorised.is_null()
_s47: Final = col("S47ActualStartDate")
_details: Final = col("section_47_key").is_null()

RULES: Final[dict[str, Finds]] = {
    "1103": assessments(_start < _referred),
    "8608": assessments(_authorised < _start),
    "8614": assessments(_open & (col("found_factors") > 0)),
    "8696": assessments(outside_year("AssessmentAuthorisationDate")),
    "8736": assessments(_open & outside_year("AssessmentActualStartDate")),
    "8863Q": assessments(
        within_another("AssessmentActualStartDate", _authorised.fill_null(_beyond), OF_CASE)
    ),
    "8896": assessments(_open & (_open.sum().over(OF_CASE) > 1)),
    "8897Q": assessments(~_open & (col("found_factors") == 0)),
    "8873Q": only_none,
    "8869": none_and_some,
    "8945Q": factors(col("AssessmentFactors") == "18A"),
    "8950Q": factors(col("AssessmentFactors") == "19A"),
    "2889": enquiries(_s47 < _referred),
    "8615": enquiries(_s47 > col("held")),
    "8740": enquiries(col("goes_on") & outside_year("S47ActualStartDate")),
    "8839": enquiries(col("goes_on") & (col("goes_on").sum().over(OF_CASE) > 1)),
    "8870Q": enquiries(is_weekend("InitialCPCtarget")),
    "8890": enquiries(
        within_another(
            "S47ActualStartDate",
            pl.coalesce(col("held"), pl.when(col("goes_on")).then(_beyond)),
            OF_CASE,
        )
    ),
    "1104": conferences(col("DateOfInitialCPC") < _referred),
    "2884": conferences(_details & (~_details).any().over(OF_CASE)),
    "8715": conferences(outside_year("DateOfInitialCPC")),
    "8875": conferences(is_weekend("DateOfInitialCPC")),
}
