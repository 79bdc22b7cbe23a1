"""The tables of a return joined, so that a rule can be put in one expression over columns.

Every frame keeps ``file`` and ``line``, and gains: ``begins`` and ``ends`` (the census year), the
child's dates, and for what stands in a case the dates of the case. A row that comes twice is
looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

import polars as pl

from evenhand.formats.cin.groups import CENSUS, CHILD, tables
from evenhand.formats.format import Frame
from evenhand.formats.frames import schema_of

YES: Final = ("1", "true")
NO: Final = ("0", "false")
OF_CHILD: Final = (CENSUS, CHILD)
OF_ROW: Final = (CENSUS, "key")
OF_CASE: Final = (CENSUS, "parent_key")
col = pl.col


Finds = Callable[["Return", int], Frame]
"""A rule: the rows it finds, with at least ``file``, ``line`` and the rule's column. The second
argument is the rule's bound."""


def is_no(column: str) -> pl.Expr:
    """Whether a yes or no says no; null where nothing is said."""
    return col(column).is_in(NO)


def is_yes(column: str) -> pl.Expr:
    """Whether a yes or no says yes; null where nothing is said."""
    return col(column).is_in(YES)


def outside_year(column: str) -> pl.Expr:
    """Whether a day is not in the census year."""
    return (col(column) < col("begins")) | (col(column) > col("ends"))


def is_weekend(column: str) -> pl.Expr:
    """Whether a day is a Saturday or Sunday."""
    return col(column).dt.weekday() >= 6


def within_another(start: str, end: pl.Expr, of: tuple[str, ...]) -> pl.Expr:
    """Whether a row begins before another of its group, begun no later, has ended.

    ``end`` is the last day of a row, null where it does not count as going on. A row that begins
    on the day on which another ends is not within it.
    """
    before = end.cum_max().shift(1)
    latest = before.forward_fill().over(of, order_by=[start, "line"])
    return col(start) < latest


class Return:
    """The frames of one or several census files; a table that none has is empty."""

    def __init__(self, frames: Mapping[str, Frame]) -> None:
        self._frames = frames

    def plain(self, table: str) -> Frame:
        """A table as it was read, but for rows that come twice."""
        return self.as_read(table).unique(OF_ROW, keep="first", maintain_order=True)

    def as_read(self, table: str) -> Frame:
        """A table as it was read; one whose return does not say its year has the census ""."""
        found = self._frames.get(table)
        if found is None:
            return pl.DataFrame(schema=schema_of(tables()[table]))
        return found.with_columns(col(CENSUS).fill_null(""))

    @cached_property
    def children(self) -> Frame:
        """Children, with the census year of their file."""
        ends = col(CENSUS).str.to_date("%Y-%m-%d", strict=False)
        begins = ends.dt.offset_by("-1y").dt.offset_by("1d")
        return self.plain("cin_children").with_columns(ends=ends, begins=begins)

    @cached_property
    def _dates(self) -> Frame:
        names = ("PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate", "begins", "ends")
        return self.children.select(*OF_CHILD, *names).unique(OF_CHILD, keep="first")

    @cached_property
    def disabilities(self) -> Frame:
        """Disabilities."""
        return self.plain("cin_disabilities")

    @cached_property
    def cases(self) -> Frame:
        """Referrals and the cases they opened, with what stands in each counted."""
        found = self.plain("cin_referrals").join(self._dates, on=OF_CHILD, how="left")
        for counts in (
            self._counted_assessments,
            self._counted_enquiries,
            self._counted("cin_conferences", "conferences", "DateOfInitialCPC"),
            self._counted("cin_protection_plans", "protection_plans", "CPPendDate"),
            self._counted("cin_need_plans", "need_plans", "CINPlanStartDate", "CINPlanEndDate"),
        ):
            named = counts.rename({"parent_key": "key"})
            found = found.join(named, on=OF_ROW, how="left")
        counted = [name for name, kind in found.schema.items() if kind == pl.UInt32]
        latest = pl.max_horizontal(col("^latest_.*$"))
        return found.with_columns(col(counted).fill_null(0), latest=latest)

    def _counted(self, table: str, name: str, *days: str) -> Frame:
        return self.plain(table).group_by(OF_CASE).agg(pl.len().alias(name), _latest(name, days))

    @cached_property
    def _counted_assessments(self) -> Frame:
        days = ("AssessmentActualStartDate", "AssessmentAuthorisationDate")
        return (
            self.plain("cin_assessments")
            .group_by(OF_CASE)
            .agg(
                pl.len().alias("assessments"),
                col("AssessmentAuthorisationDate").is_null().sum().alias("open_assessments"),
                _latest("assessments", days),
            )
        )

    @cached_property
    def _counted_enquiries(self) -> Frame:
        undecided = col("held").is_null() == ~is_yes("ICPCnotRequired").fill_null(value=False)
        return self._enquiries.group_by(OF_CASE).agg(
            pl.len().alias("enquiries"),
            undecided.sum().alias("unsettled_enquiries"),
            _latest("enquiries", ("S47ActualStartDate",)),
        )

    @cached_property
    def _enquiries(self) -> Frame:
        held = (
            self.conferences_as_read.filter(col("section_47_key").is_not_null())
            .group_by(CENSUS, key="section_47_key")
            .agg(held=col("DateOfInitialCPC").min())
        )
        return self.plain("cin_section_47s").join(held, on=OF_ROW, how="left")

    @cached_property
    def conferences_as_read(self) -> Frame:
        """Conferences, each as often as it was given: in a case's details and in an enquiry."""
        return self.as_read("cin_conferences")

    def _in_case(self, frame: Frame) -> Frame:
        """What stands in a case, with the case's dates and the child's."""
        names = ("CINreferralDate", "CINclosureDate", "ReasonForClosure")
        cases = self.plain("cin_referrals").select(CENSUS, col("key").alias("parent_key"), *names)
        joined = frame.join(cases, on=OF_CASE, how="left", maintain_order="left")
        return joined.join(self._dates, on=OF_CHILD, how="left", maintain_order="left")

    @cached_property
    def factors(self) -> Frame:
        """Factors, with the census year."""
        found = self.plain("cin_factors")
        return found.join(self._dates, on=OF_CHILD, how="left", maintain_order="left")

    @cached_property
    def assessments(self) -> Frame:
        """Assessments, with the factors found."""
        codes = (
            self.factors.filter(col("AssessmentFactors").is_not_null())
            .group_by(CENSUS, key="parent_key")
            .agg(factors=col("AssessmentFactors"))
        )
        found = self._in_case(self.plain("cin_assessments")).join(codes, on=OF_ROW, how="left")
        return found.with_columns(found_factors=col("factors").list.len().fill_null(0))

    @cached_property
    def enquiries(self) -> Frame:
        """Section 47 enquiries, with the day of the conference that was ``held``, if any."""
        not_needed = is_yes("ICPCnotRequired").fill_null(value=False)
        return self._in_case(self._enquiries).with_columns(
            goes_on=col("held").is_null() & ~not_needed
        )

    @cached_property
    def conferences(self) -> Frame:
        """Initial conferences, as often as they were given."""
        return self._in_case(self.conferences_as_read)

    @cached_property
    def protection_plans(self) -> Frame:
        """Child protection plans, with the days of the conferences of their case."""
        days = self.conferences_as_read.group_by(OF_CASE).agg(held=col("DateOfInitialCPC"))
        found = self._in_case(self.plain("cin_protection_plans"))
        return found.join(days, on=OF_CASE, how="left", maintain_order="left")

    @cached_property
    def need_plans(self) -> Frame:
        """Child in need plans."""
        return self._in_case(self.plain("cin_need_plans"))

    @cached_property
    def reviews(self) -> Frame:
        """Reviews of child protection plans, with the days of their plan."""
        plans = self.plain("cin_protection_plans").select(
            CENSUS, col("key").alias("parent_key"), "CPPstartDate", "CPPendDate"
        )
        found = self.plain("cin_reviews")
        return found.join(plans, on=OF_CASE, how="left", maintain_order="left")

    @cached_property
    def both_plans(self) -> Frame:
        """Each child in need plan with each child protection plan of the same child."""
        plans = self.plain("cin_protection_plans").select(
            *OF_CHILD, "CPPstartDate", "CPPendDate", col("parent_key").alias("case_of_protection")
        )
        return self.need_plans.join(plans, on=OF_CHILD, how="inner")


def _latest(name: str, days: tuple[str, ...]) -> pl.Expr:
    return pl.max_horizontal(col(day).max() for day in days).alias(f"latest_{name}")
