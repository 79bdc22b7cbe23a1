"""Small censuses of made-up children, written element by element."""

from __future__ import annotations

from collections.abc import Iterable

YEAR_END = "2026-03-31"

Nested = str | Iterable[str]


def element(name: str, /, *inner: Nested, **leaves: str | None) -> str:
    """An element with leaves (None: left out) and whatever stands in it."""
    given = "".join(f"<{k}>{v}</{k}>" for k, v in leaves.items() if v is not None)
    nested = "".join(one if isinstance(one, str) else "".join(one) for one in inner)
    return f"\n<{name}>{given}{nested}</{name}>"


def child(
    *cases: Nested, disabilities: Iterable[str] = ("NONE",), ethnicity: str | None = "WBRI",
    **identifiers: str | None,
) -> str:  # fmt: skip
    """A child; identifiers given replace the usual ones, and None leaves one out."""
    usual = {"LAchildID": "C1", "UPNunknown": "UN1", "PersonBirthDate": "2022-05-04", "Sex": "F"}
    codes = [element("Disability").replace("></", f">{one}</") for one in disabilities]
    groups = element("Disabilities", codes) if codes else ""
    return element(
        "Child",
        element("ChildIdentifiers", **{**usual, **identifiers}),
        element("ChildCharacteristics", groups, Ethnicity=ethnicity),
        *cases,
    )


def case(*inner: Nested, **leaves: str | None) -> str:
    """The details of a case, open since May 2025 and assessed unless said otherwise."""
    usual = {
        "CINreferralDate": "2025-05-06",
        "ReferralSource": "1A",
        "PrimaryNeedCode": "N1",
        "ReferralNFA": "0",
    }
    return element("CINdetails", *inner, **{**usual, **leaves})


def assessment(*factors: str, **leaves: str | None) -> str:
    """An assessment, authorised in June 2025 unless said otherwise."""
    usual = {
        "AssessmentActualStartDate": "2025-05-07",
        "AssessmentAuthorisationDate": "2025-06-12",
    }
    found = [f"<AssessmentFactors>{one}</AssessmentFactors>" for one in factors]
    return element(
        "Assessments", element("FactorsIdentifiedAtAssessment", found), **{**usual, **leaves}
    )


def enquiry(**leaves: str | None) -> str:
    """A section 47 enquiry of June 2025 that led to a conference ten days later."""
    usual = {
        "S47ActualStartDate": "2025-06-16",
        "InitialCPCtarget": "2025-07-07",
        "DateOfInitialCPC": "2025-06-26",
        "ICPCnotRequired": "0",
    }
    return element("Section47", **{**usual, **leaves})


def protection_plan(*reviews: str, **leaves: str | None) -> str:
    """A child protection plan from the usual conference on."""
    usual = {
        "CPPstartDate": "2025-06-26",
        "InitialCategoryOfAbuse": "NEG",
        "LatestCategoryOfAbuse": "NEG",
        "NumberOfPreviousCPP": "0",
    }
    held = [f"<CPPreviewDate>{one}</CPPreviewDate>" for one in reviews]
    return element("ChildProtectionPlans", element("Reviews", held), **{**usual, **leaves})


def need_plan(start: str | None = "2025-05-20", end: str | None = "2025-06-25") -> str:
    """A child in need plan."""
    return element("CINPlanDates", CINPlanStartDate=start, CINPlanEndDate=end)


def header(year: str | None = "2026", day: str | None = YEAR_END, collection: str = "CIN") -> str:
    """The header of a return."""
    details = element("CollectionDetails", Collection=collection, Year=year, ReferenceDate=day)
    return element("Header", details, element("Source", SourceLevel="L", LEA="999"))


def census(*children: str, head: str | None = None) -> str:
    """A whole census of these children."""
    return element("Message", header() if head is None else head, element("Children", children))


def whole_family() -> str:
    """A child with one of everything, and nothing amiss."""
    return child(
        case(
            assessment("1A", "4B"),
            need_plan(),
            enquiry(),
            protection_plan("2025-09-22", "2026-03-16"),
        )
    )
