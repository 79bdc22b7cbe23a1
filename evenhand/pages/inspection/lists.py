"""Annex A's lists from what Evenhand holds: which records stand on each, and in which columns.

Names of lists and columns, and how many months each looks back, are those of formats.annex_a. What
no model of ours holds is left out here, and is said to be so on the page and in the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, F, Model, OuterRef, Q, Value, When

from evenhand.casework import models as casework
from evenhand.formats.annex_a.tables import months, name_of
from evenhand.pages.inspection.newest import is_any, newest, number, since
from evenhand.rules.arithmetic import add_months

OPEN = Q(ended_on=None)
SHORT_BREAKS = Q(status__in=("V3", "V4"))
"""Series of short breaks, which the Department does not count as being looked after."""
PERIOD_OF_NEED = ~Q(no_further_action=True) & ~Q(received_on=None)

Columns = Mapping[str, Any]


class List(NamedTuple):
    """One list: whose records stand on it, which of them, and what each column is.

    ``within`` and ``columns`` take the first day that the list looks back to, and today.
    """

    number: int
    model: type[Model]
    within: Callable[[date, date], Q]
    columns: Callable[[date, date], Columns]
    order: str

    def first_day(self, today: date) -> date:
        """Return the first day that the list looks back to; today for one of the present."""
        return add_months(today, -months()[name_of(self.number)])


def year_before(today: date) -> date:
    """Return the day from which the columns "in the last 12 months" count."""
    return add_months(today, -12)


def _year(field: str, today: date) -> Q:
    return Q(**{f"{field}__gt": year_before(today), f"{field}__lte": today})


def _contacts(_first: date, _today: date) -> Columns:
    return {"Date of Contact": F("received_on"), "Contact Source": F("source_code")}


def _early_help(_first: date, _today: date) -> Columns:
    return {
        "Assessment start date": F("started_on"), "Assessment completion date": F("ended_on"),
        "Organisation completing assessment": F("organisation"),
    }  # fmt: skip


def _referrals(_first: date, today: date) -> Columns:
    in_year = _year("received_on", today)
    return {
        "Date of referral": F("received_on"), "Referral Source": F("source_code"),
        "Referral NFA?": F("no_further_action"),
        "Number of Referrals in Last 12 Months": number(
            casework.Referral, "child", in_year, of="child"
        ),
    }  # fmt: skip


def _assessments(_first: date, _today: date) -> Columns:
    return {
        "Continuous Assessment Start Date": F("started_on"),
        "Child Seen During Continuous Assessment": F("child_seen"),
        "Continuous Assessment Date of Authorisation": F("authorised_on"),
        "Was the child assessed as requiring LA children's social care support?": _opposite(
            "no_further_action"
        ),
    }


def _enquiries(_first: date, today: date) -> Columns:
    conference = casework.InitialConference
    return {
        "Strategy discussion initiating Section 47 Enquiry Start Date": F("started_on"),
        "Was an Initial Child Protection Conference deemed unnecessary?": _opposite(
            "conference_needed"
        ),
        "Date of Initial Child Protection Conference": newest(
            conference, "section_47", "held_on", by="held_on"
        ),
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": newest(
            conference, "section_47", "plan_made", by="held_on"
        ),
        "Number of Section 47 Enquiries in the last 12 months": number(
            casework.Section47, "child", _year("started_on", today), of="child"
        ),
        "Number of ICPCs in the last 12 months": number(
            conference, "child", _year("held_on", today), of="child"
        ),
    }


def _need(_first: date, _today: date) -> Columns:
    return {
        "CIN Start Date": F("received_on"), "Primary Need Code": F("primary_need"),
        "Date Child Was Last Seen": newest(
            casework.Visit, "child", "held_on", by="held_on", of="child"
        ),
        "CIN Closure Date": F("closed_on"), "Reason for Closure": F("close_reason"),
        "Case Status": _status(),
    }  # fmt: skip


def _plans(_first: date, _today: date) -> Columns:
    by_day = {"via": "plan", "by": "held_on"}
    before = Q(started_on__lt=OuterRef("started_on"))
    return {
        "Child Protection Plan Start Date": F("started_on"),
        "Initial Category of Abuse": F("initial_category"),
        "Latest Category of Abuse": F("latest_category"),
        "Date of the Last Statutory Visit": newest(casework.Visit, field="held_on", **by_day),
        "Was the Child Seen Alone?": newest(casework.Visit, field="seen_alone", **by_day),
        "Date of latest review conference": newest(
            casework.ReviewConference, field="held_on", **by_day
        ),
        "Child Protection Plan End Date": F("ended_on"),
        "Number of Previous Child Protection Plans": number(
            casework.ProtectionPlan, "child", before, of="child"
        ),
    }  # fmt: skip


def _care(_first: date, today: date) -> Columns:
    legal, placed = {"via": "care_period", "by": "started_on"}, casework.Placement
    missing = Q(kind__icontains="missing")
    earlier = Q(started_on__lt=OuterRef("started_on"), ended_on__gt=year_before(today))
    return {
        "Date Started to be Looked After": F("started_on"),
        "Child's Category of Need": newest(
            casework.CareEpisode, field="primary_need", where=~Q(primary_need=""), **legal
        ),
        "Is this a second or subsequent period of being a Looked After Child within the last 12 "
        "months (Y/N)": is_any(casework.CarePeriod, "child", earlier, of="child"),
        "Start date of current legal status": newest(
            casework.LegalStatus, field="started_on", **legal
        ),
        "Child's Legal Status": newest(casework.LegalStatus, field="status", **legal),
        "Date of Latest Statutory Review": newest(
            casework.LookedAfterReview, "care_period", "held_on", by="held_on"
        ),
        "Date of Last Social Work Visit": newest(
            casework.Visit, "care_period", "held_on", by="held_on"
        ),
        "Date of Last IRO Visit / Contact to the Child": newest(
            casework.ReviewingOfficerContact, "care_period", "contacted_on", by="contacted_on"
        ),
        "Number of Placements in the Last 12 months": number(
            placed, "child", OPEN | since(year_before(today), "ended_on"), of="child"
        ),
        "Date Ceased to be Looked After": F("ended_on"),
        "Reason Ceased to be Looked After": F("end_reason"),
        "Start Date of Most Recent Placement": newest(placed, field="started_on", **legal),
        "Placement Type": newest(placed, field="kind", **legal),
        "Placement Provider": newest(placed, field="provider", **legal),
        "Placement postcode": newest(placed, field="postcode", **legal),
        "URN of Placement": newest(placed, field="urn", **legal),
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 "
        "months": number(
            casework.MissingEpisode, "child", missing & _year("started_on", today), of="child"
        ),
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 "
        "months": number(
            casework.MissingEpisode, "child", ~missing & _year("started_on", today), of="child"
        ),
        "Was the child offered a Return Interview after their last missing episode (Y/N)?": newest(
            casework.MissingEpisode, "child", "interview_offered", by="started_on", of="child",
            where=missing,
        ),
        "Did the child accept a Return Interview after their last missing episode (Y/N)?": newest(
            casework.MissingEpisode, "child", "interview_accepted", by="started_on", of="child",
            where=missing,
        ),
    }  # fmt: skip


def _leavers(_first: date, _today: date) -> Columns:
    return {
        "Allocated Personal Advisor": F("adviser"), "Eligibility Category": F("eligibility"),
        "Latest Pathway Plan Review Date": newest(
            casework.PathwayPlanReview, "care_leaver", "reviewed_on", by="reviewed_on"
        ),
        "LA in Touch": F("in_touch"),
        "Latest Date of Contact": newest(
            casework.AdviserContact, "care_leaver", "contacted_on", by="contacted_on"
        ),
        "Type of Accommodation": F("accommodation"),
        "Suitability of Accommodation": F("accommodation_suitable"),
        "Activity Status": F("activity"),
    }  # fmt: skip


def _opposite(field: str) -> Case:
    told = ((True, False), (False, True))
    return Case(*(When(**{field: is_}, then=Value(not_)) for is_, not_ in told), default=None)


def _status() -> Case:
    """Return a child's case status: what stands highest of what is open."""
    assessed = Q(authorised_on=None) & ~Q(started_on=None)
    return Case(
        When(closed_on__isnull=False, then=Value("e")),
        When(is_any(casework.CarePeriod, "child", OPEN, of="child"), then=Value("a")),
        When(is_any(casework.ProtectionPlan, "child", OPEN, of="child"), then=Value("b")),
        When(is_any(casework.NeedPlan, "child", OPEN, of="child"), then=Value("c")),
        When(is_any(casework.Assessment, "child", assessed, of="child"), then=Value("d")),
        default=None,
    )


def _running(first: date, _today: date) -> Q:
    return ~Q(started_on=None) & (OPEN | since(first, "ended_on"))


def _looked_after(first: date, today: date) -> Q:
    breaks = is_any(casework.LegalStatus, "care_period", SHORT_BREAKS)
    return _running(first, today) & ~Q(breaks)


LISTS: Mapping[int, List] = {
    one.number: one
    for one in (
        List(1, casework.Contact, lambda first, _: since(first, "received_on"), _contacts,
             "received_on"),
        List(2, casework.EarlyHelpEpisode, lambda first, _: since(first, "started_on"),
             _early_help, "started_on"),
        List(3, casework.Referral, lambda first, _: since(first, "received_on"), _referrals,
             "received_on"),
        List(4, casework.Assessment,
             lambda first, _: ~Q(started_on=None) & since(first, "started_on", "authorised_on"),
             _assessments, "started_on"),
        List(5, casework.Section47, lambda first, _: since(first, "started_on"), _enquiries,
             "started_on"),
        List(6, casework.Referral,
             lambda first, _: PERIOD_OF_NEED & (Q(closed_on=None) | since(first, "closed_on")),
             _need, "received_on"),
        List(7, casework.ProtectionPlan, _running, _plans, "started_on"),
        List(8, casework.CarePeriod, _looked_after, _care, "started_on"),
        List(9, casework.CareLeaver, lambda *_: Q(), _leavers, "pk"),
    )
}  # fmt: skip
NOT_HELD = (10, 11)
"""Adoption and adopters: no list of which Evenhand holds anything."""
