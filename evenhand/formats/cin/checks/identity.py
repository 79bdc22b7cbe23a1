"""Who the child is: identifiers, birth and death, sex, ethnicity, disability."""

from __future__ import annotations

from typing import Final

import polars as pl

from evenhand.formats.cin.checks.joined import (
    OF_CHILD,
    Finds,
    Return,
    col,
    is_no,
    outside_year,
)
from evenhand.formats.cin.groups import CENSUS
from evenhand.formats.format import Frame

LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN, in the order in which they stand for 0 to 22."""

LENGTH: Final = 13
_UPN: Final = rf"^[{LETTERS}]\d{{11}}[\d{LETTERS}]$"
UNBORN: Final = (("Sex", "U"), ("GenderCurrent", "0"))


def first_of_return(frame: Frame) -> Frame:
    """The first row of each return: where a matter of the whole is told."""
    return frame.sort("file", "line").unique(CENSUS, keep="first", maintain_order=True)


def reference_date(r: Return, _bound: int) -> Frame:
    """100."""
    day = col("ReferenceDate")
    is_last = (day.dt.month() == 3) & (day.dt.day() == 31)
    return first_of_return(r.children).filter(~is_last.fill_null(value=False))


def year_of_header(r: Return, _bound: int) -> Frame:
    """X01."""
    said = col("Year").cast(pl.Int32, strict=False)
    return first_of_return(r.children).filter(said != col("ends").dt.year())


def _check_letter() -> pl.Expr:
    figures = [
        col("UPN").str.slice(place, 1).cast(pl.Int32, strict=False) * (place + 1)
        for place in range(1, LENGTH)
    ]
    total = pl.sum_horizontal(figures, ignore_nulls=False) % len(LETTERS)
    return total.replace_strict(range(len(LETTERS)), list(LETTERS), return_dtype=pl.String)


def check_letter(r: Return, _bound: int) -> Frame:
    """1510."""
    whole = col("UPN").str.contains(r"^.\d{12}$")
    return r.children.filter(whole & (col("UPN").str.slice(0, 1) != _check_letter()))


def shared_upn(r: Return, _bound: int) -> Frame:
    """1520."""
    children = col("key").n_unique().over(CENSUS, "UPN")
    return r.children.filter(col("UPN").is_not_null() & (children > 1))


def upn_figures(r: Return, _bound: int) -> Frame:
    """1540."""
    wrong = ~col("UPN").str.slice(4, 8).str.contains(r"^\d{8}$")
    return r.children.filter((col("UPN").str.len_chars() == LENGTH) & wrong)


def upn_end(r: Return, _bound: int) -> Frame:
    """1550."""
    wrong = ~col("UPN").str.slice(12, 1).str.contains(rf"^[\d{LETTERS}]$")
    return r.children.filter((col("UPN").str.len_chars() == LENGTH) & wrong)


def expected_window(r: Return, bound: int) -> Frame:
    """8530Q."""
    expected, year = col("ExpectedPersonBirthDate"), col("ends").dt.year()
    early = expected < pl.date(year, bound, 1)
    return r.children.filter(early | (expected > pl.date(year, 12, 31)))


def without_case(r: Return, _bound: int) -> Frame:
    """8590."""
    return r.children.join(r.plain("cin_referrals"), on=OF_CHILD, how="anti")


def unborn_with_sex(r: Return, _bound: int) -> Frame:
    """8750."""
    unborn = col("ExpectedPersonBirthDate").is_not_null() & col("PersonBirthDate").is_null()
    given = pl.any_horizontal(col(name) != none for name, none in UNBORN)
    return r.children.filter(unborn & given)


def no_upn_nor_reason(r: Return, bound: int) -> Frame:
    """8770Q."""
    nothing = col("UPN").is_null() & col("UPNunknown").is_null()
    return r.children.filter(nothing & (_birthday(bound) < col("ends")))


def _birthday(years: int) -> pl.Expr:
    return col("PersonBirthDate").dt.offset_by(f"{years}y")


def reason_of_no_action(r: Return, _bound: int) -> Frame:
    """8772."""
    further = r.plain("cin_referrals").filter(is_no("ReferralNFA"))
    said = r.children.filter(col("UPNunknown") == "UN7")
    return said.join(further, on=OF_CHILD, how="semi")


def over_age(r: Return, bound: int) -> Frame:
    """8775Q: at the latest closure, or the year's end where a case is open."""
    last = r.plain("cin_referrals").group_by(OF_CHILD).agg(
        closed=col("CINclosureDate").max(), open=col("CINclosureDate").is_null().any()
    )  # fmt: skip
    joined = r.children.join(last, on=OF_CHILD, how="left", maintain_order="left")
    until = pl.when(col("open")).then(col("ends")).otherwise(col("closed"))
    return joined.filter(_birthday(bound + 1) <= until)


def no_disability_said(r: Return, _bound: int) -> Frame:
    """8540: of children who are born and whose referral went further."""
    further = r.plain("cin_referrals").filter(is_no("ReferralNFA"))
    born = r.children.filter(col("PersonBirthDate").is_not_null())
    silent = born.join(r.disabilities, on=OF_CHILD, how="anti")
    return silent.join(further, on=OF_CHILD, how="semi")


def none_and_some(r: Return, _bound: int) -> Frame:
    """8790."""
    others = (col("Disability") != "NONE").any().over(OF_CHILD)
    return r.disabilities.filter((col("Disability") == "NONE") & others)


def many_without_sex(r: Return, bound: int) -> Frame:
    """2886Q."""
    known = col("Sex").is_in(["M", "F"]) | col("GenderCurrent").is_in(["1", "2"])
    born = r.children.filter(col("PersonBirthDate").is_not_null())
    unknown = ~known.fill_null(value=False)
    share = unknown.mean().over(CENSUS) * 100
    return first_of_return(born.filter(share > bound))


def few_kinds(r: Return, bound: int) -> Frame:
    """2887Q."""
    kinds = col("Disability").n_unique().over(CENSUS)
    return first_of_return(r.disabilities.filter(kinds < bound))


def one_each(r: Return, _bound: int) -> Frame:
    """2888Q."""
    count = pl.len().over(OF_CHILD)
    return first_of_return(r.disabilities.filter(count.max().over(CENSUS) == 1))


RULES: Final[dict[str, Finds]] = {
    "100": reference_date,
    "X01": year_of_header,
    "1510": check_letter,
    "1520": shared_upn,
    "1540": upn_figures,
    "1550": upn_end,
    "X03": lambda r, bound: r.children.filter(col("UPN").str.len_chars() != bound),
    "1560Q": lambda r, _: r.children.filter(~col("FormerUPN").str.contains(_UPN)),
    "1570": lambda r, bound: r.children.filter(col("LAchildID").str.len_chars() > bound),
    "1580": lambda r, _: r.children.filter(col("LAchildID").str.contains(r"[^0-9A-Za-z]")),
    "4180": lambda r, _: r.children.filter(col("Sex").is_null() & col("GenderCurrent").is_null()),
    "4220": lambda r, _: r.children.filter(col("Ethnicity").is_null()),
    "8520": lambda r, _: r.children.filter(col("PersonBirthDate") > col("ends")),
    "8525Q": lambda r, _: r.children.filter(
        col("PersonBirthDate").is_null() == col("ExpectedPersonBirthDate").is_null()
    ),
    "8530Q": expected_window,
    "8535Q": lambda r, _: r.children.filter(col("PersonDeathDate") < col("PersonBirthDate")),
    "8545Q": lambda r, _: r.children.filter(outside_year("PersonDeathDate")),
    "8590": without_case,
    "8750": unborn_with_sex,
    "8770Q": no_upn_nor_reason,
    "8772": reason_of_no_action,
    "8775Q": over_age,
    "8540": no_disability_said,
    "8790": none_and_some,
    "2886Q": many_without_sex,
    "2887Q": few_kinds,
    "2888Q": one_each,
}
