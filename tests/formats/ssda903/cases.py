"""For each check a child whose rows it finds, and one whose rows it just does not.

A child has one row of Header, one episode that began in the year and is open, and one worker.
A case says what is otherwise: under a module's name the cells of each of its rows that differ,
under ``last_`` and the module's name those of the return of the year before.
"""

from __future__ import annotations

from typing import Any

Rows = list[dict[str, Any]]
Case = dict[str, Rows]

HEADER = {"SEX": "F", "DOB": "2012-05-10", "ETHNIC": "WBRI", "UPN": "A123456789012"}
EPISODE = {
    "DECOM": "2024-05-01",
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "U6",
    "PLACE_PROVIDER": "PR1",
    "HOME_POST": "PO30 1UD",
    "PL_POST": "PO31 7QA",
    "URN": "SC123456",
}
BORN = {"DOB": HEADER["DOB"]}
USUAL: dict[str, dict[str, Any]] = {
    "header": HEADER,
    "episodes": EPISODE,
    "reviews": {**BORN, "REVIEW": "2024-05-20", "REVIEW_CODE": "PN1"},
    "uasc": {**BORN, "SEX": "F", "DUC": "2030-05-10"},
    "oc3": {"DOB": "2006-05-10", "IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "B1"},
    "missing": {**BORN, "MISSING": "M", "MIS_START": "2024-07-01", "MIS_END": "2024-07-03"},
    "swepisodes": {**BORN, "SW_ID": "SW1", "SW_DECOM": "2024-05-01", "SW_REASON": "FCONTA"},
}
"""What each module's row holds where a case says nothing else: nothing that a check finds."""


def header(**cells: Any) -> Case:
    return {"header": [cells]}


def born(day: str, **cells: Any) -> Case:
    """A child born on a day, with one episode."""
    return {"header": [{"DOB": day}], "episodes": [cells]}


def one(**cells: Any) -> Case:
    return {"episodes": [cells]}


def two(first: dict[str, Any], second: dict[str, Any]) -> Case:
    """An episode that ends, and another that goes on the same day."""
    usual = {"DEC": "2024-08-01", "REC": "X1"}
    follows = {"DECOM": "2024-08-01", "RNE": "P", "PLACE": "U4"}
    return {"episodes": [{**usual, **first}, {**follows, **second}]}


def ended(reason: str, **cells: Any) -> dict[str, Any]:
    return {"DEC": "2024-09-01", "REC": reason, **cells}


def review(**cells: Any) -> Case:
    return {"reviews": [cells]}


def missing(*rows: dict[str, Any]) -> Case:
    return {"missing": list(rows)}


def leaver(**cells: Any) -> Case:
    return {"oc3": [cells], "header": [{"DOB": "2006-05-10"}]}


def workers(*rows: dict[str, Any]) -> Case:
    return {"swepisodes": list(rows)}


def years(last: Rows, this: Rows, module: str = "episodes") -> Case:
    """Rows of one module in two years' returns; Header is in both."""
    return {"last_header": [{}], "header": [{}], f"last_{module}": last, module: this}


OPEN = {"DECOM": "2023-05-01", "RNE": "S"}
"""An episode that was open at the end of last year, and is told again."""

WITHIN = {"DEC": "2024-08-01", "REC": "X1"}
AWAY = {"DECOM": "2024-08-01", "PLACE": "T1", "RNE": "P", "DEC": "2024-08-09", "REC": "X1"}
BACK = {"DECOM": "2024-08-09", "RNE": "P"}
"""A placement, a stay in hospital, and the placement after it."""

CASES: dict[str, tuple[Case, Case]] = {
    # Header
    "101": (header(SEX=None), header(SEX="U")),
    "102": (header(DOB=None), header()),
    "103": (header(ETHNIC=None), header(ETHNIC="NOBT")),
    "442": (header(UPN=None), header(UPN="UN1")),
    "168": (header(UPN="B123456789012"), header(UPN="UN5")),
    "174": (header(MC_DOB="2024-06-01", SEX="M"), header(MC_DOB="2024-06-01", MOTHER="1")),
    "301": (header(DOB="2025-04-01"), header(DOB="2025-03-31")),
    "351": (header(DOB="1999-03-31"), header(DOB="1999-04-01")),
    "611": (header(MOTHER="1"), header(MOTHER="1", MC_DOB="2024-06-01")),
    "612": (header(MOTHER="0", MC_DOB="2024-06-01"), header(MOTHER="1", MC_DOB="2024-06-01")),
    "620": (
        header(MOTHER="1", MC_DOB="2025-01-01", DOB="2014-04-01"),
        header(MOTHER="1", MC_DOB="2025-01-01", DOB="2014-03-31"),
    ),
    "621": (
        header(MOTHER="1", MC_DOB="2012-05-10"),
        header(MOTHER="1", MC_DOB="2012-05-11"),
    ),
    "625": (header(MOTHER="1", MC_DOB="2025-04-01"), header(MOTHER="1", MC_DOB="2025-03-31")),
    "626": (
        years([{"MOTHER": "0"}], [{"MOTHER": "1", "MC_DOB": "2024-03-31"}], "header"),
        years([{"MOTHER": "0"}], [{"MOTHER": "1", "MC_DOB": "2024-04-01"}], "header"),
    ),
    "INT32": ({"header": [{}, {"UPN": None}]}, {"header": [{}]}),
    "X01": ({"header": [{}, {"SEX": "M"}]}, {"header": [{}, {"UPN": None}]}),
    "EPI": ({"header": [{}], "episodes": []}, {"header": [{}], "episodes": [], "oc3": [{}]}),
    "202": (
        years([{"SEX": "F"}], [{"SEX": "M"}], "header"),
        years([{"SEX": None}], [{"SEX": "M"}], "header"),
    ),
    "203": (
        years([{"DOB": "2012-05-10"}], [{"DOB": "2012-05-11"}], "header"),
        years([{"DOB": "2012-05-10"}], [{"DOB": "2012-05-10"}], "header"),
    ),
    "204": (
        years([{"ETHNIC": "WBRI"}], [{"ETHNIC": "MWBC"}], "header"),
        years([{"ETHNIC": None}], [{"ETHNIC": "MWBC"}], "header"),
    ),
    "207": (
        years([{"MOTHER": "1"}], [{"MOTHER": "0"}], "header"),
        years([{"MOTHER": "1"}], [{"MOTHER": None}], "header"),
    ),
    "208": (
        years([{"UPN": "UN4"}], [{"UPN": "A123456789012"}], "header"),
        years([{"UPN": None}], [{"UPN": "A123456789012"}], "header"),
    ),
    "624": (
        years([{"MC_DOB": "2023-06-01"}], [{"MC_DOB": "2023-06-02"}], "header"),
        years([{"MC_DOB": "2023-06-01"}], [{"MC_DOB": "2023-06-01"}], "header"),
    ),
    # Episodes
    "143": (one(RNE=None), one()),
    "144": (one(LS=None), one()),
    "145": (one(CIN=None), one()),
    "146": (one(PLACE=None), one()),
    "142": (two({"DEC": None, "REC": None}, {}), two({}, {})),
    "148": (one(DEC="2024-09-01"), one(DEC="2024-09-01", REC="E4A")),
    "302": (born("2024-05-02"), born("2024-05-01")),
    "352": (born("2006-05-01"), born("2006-05-02")),
    "353": (one(DECOM="1991-10-13"), one(DECOM="1991-10-14")),
    "354": (one(DECOM="2025-04-01"), one(DECOM="2025-03-31")),
    "385": (one(**ended("E4A", DEC="2025-04-01")), one(**ended("E4A", DEC="2025-03-31"))),
    "X04": (
        one(**ended("E4A", DECOM="2023-05-01", DEC="2024-03-31")),
        one(**ended("E4A", DECOM="2023-05-01", DEC="2024-04-01")),
    ),
    "355": (one(**ended("E4A", DEC="2024-05-01")), one(**ended("E4A", DEC="2024-05-02"))),
    "356": (one(**ended("E4A", DEC="2024-04-30")), one(**ended("E4A", DEC="2024-05-01"))),
    "357": (one(DECOM="2024-04-01", RNE="P"), one(DECOM="2024-03-31", RNE="P")),
    "501": (two({}, {"DECOM": "2024-07-31"}), two({}, {})),
    "X05": (two({}, {"DECOM": "2024-05-01"}), two({}, {"DECOM": "2024-05-02"})),
    "388": (two({}, {"DECOM": "2024-08-02"}), two({}, {})),
    "431": (
        two({"REC": "E4A"}, {"RNE": "S"}),
        two({"REC": "E4A"}, {"DECOM": "2024-08-02", "RNE": "S"}),
    ),
    "432": (two({"REC": "E4A"}, {}), two({"REC": "E4A"}, {"RNE": "S"})),
    "433": (two({}, {"DECOM": "2024-08-02"}), two({}, {})),
    "434": (
        two({}, {"RNE": "L", "PLACE": "U6"}),
        two({}, {"RNE": "L", "PLACE": "U6", "LS": "E1"}),
    ),
    "435": (two({}, {"RNE": "P", "PLACE": "U6"}), two({}, {"RNE": "P", "PLACE": "U4"})),
    "436": (two({}, {"RNE": "B"}), two({}, {"RNE": "B", "LS": "E1"})),
    "437": (two({"REC": "E2"}, {"RNE": "S"}), one(**ended("E2"))),
    "199": (two({"REC": "E11"}, {"RNE": "S"}), two({"REC": "E4A"}, {"RNE": "S"})),
    "504": (two({}, {"CIN": "N2"}), two({"REC": "E4A"}, {"RNE": "S", "CIN": "N2"})),
    "358": (born("2014-05-02", LS="J1"), born("2014-05-01", LS="J1")),
    "359": (born("2007-03-30"), born("2007-03-30", LS="V2", PLACE="K2")),
    "361": (
        one(**ended("X1", LS="L1", DEC="2024-05-05")),
        one(**ended("X1", LS="L1", DEC="2024-05-04")),
    ),
    "362": (
        one(**ended("X1", LS="L2", DEC="2024-05-23")),
        one(**ended("X1", LS="L2", DEC="2024-05-22")),
    ),
    "363": (
        one(**ended("X1", LS="L3", DEC="2024-05-09")),
        one(**ended("X1", LS="L3", DEC="2024-05-08")),
    ),
    "365": (
        one(**ended("E4A", LS="V3", DEC="2024-05-19")),
        one(**ended("E4A", LS="V3", DEC="2024-05-18")),
    ),
    "366": (one(LS="V3", RNE="P"), one(LS="V3")),
    "367": (
        one(**ended("E4A", LS="V3", DEC="2024-07-16")),
        one(**ended("E4A", LS="V3", DEC="2024-07-15")),
    ),
    "426": (
        two({"LS": "V3", "REC": "E4A"}, {"LS": "V4", "RNE": "S"}),
        two({"LS": "V3", "REC": "E4A"}, {"LS": "V3", "RNE": "S"}),
    ),
    "445": (
        one(LS="D1", DECOM="2005-12-30"),
        one(LS="D1", DECOM="2005-12-29"),
    ),
    "446": (one(LS="E1", DECOM="2005-12-29"), one(LS="E1", DECOM="2005-12-30")),
    "451": (one(LS="D1"), one(**ended("E11", LS="D1"))),
    "SW01": ({"swepisodes": []}, {"swepisodes": [{}]}),
    # Placements
    "371": (born("2008-05-02", PLACE="K3"), born("2008-05-01", PLACE="K3")),
    "372": (born("2014-05-02", PLACE="R5"), born("2014-05-01", PLACE="R5")),
    "373": (born("2020-05-02", PLACE="S1"), born("2020-05-01", PLACE="S1")),
    "374": (born("2010-05-02", PLACE="P3"), born("2010-05-01", PLACE="P3")),
    "375": (
        one(**ended("X1", PLACE="T1", DEC="2024-06-13")),
        one(**ended("X1", PLACE="T1", DEC="2024-06-12")),
    ),
    "376": (
        one(**ended("X1", PLACE="T3", DEC="2024-05-23")),
        one(**ended("X1", PLACE="T3", DEC="2024-05-22")),
    ),
    "379": (
        one(**ended("X1", PLACE="T4", DEC="2024-05-09")),
        one(**ended("X1", PLACE="T4", DEC="2024-05-08")),
    ),
    "377": (
        {"episodes": [{"PLACE": "T3", "DECOM": f"2024-0{n}-01"} for n in (5, 6, 7)]},
        {"episodes": [{"PLACE": "T3", "DECOM": f"2024-0{n}-01"} for n in (5, 6)]},
    ),
    "378": (one(PLACE="P1", LS="V2"), one(PLACE="P1", LS="C2")),
    "380": (one(PLACE="T1"), one(PLACE="T1", RNE="P")),
    "381": (one(**ended("E4A", PLACE="T1")), one(**ended("X1", PLACE="T1"))),
    "382": (one(PLACE="T1", LS="V4"), one(PLACE="T1", LS="V2")),
    "383": (
        {"episodes": [WITHIN, AWAY, {**BACK, "PLACE": "U4"}]},
        {"episodes": [WITHIN, AWAY, BACK]},
    ),
    "384": (one(PLACE="U4", LS="V4"), one(PLACE="U6", LS="V4")),
    "386": (
        {"header": [{"DOB": "2006-09-01"}], "episodes": [ended("E11")]},
        {"header": [{"DOB": "2006-09-02"}], "episodes": [ended("E11")]},
    ),
    "407": (
        {"header": [{"DOB": "2006-09-01"}], "episodes": [ended("E46")]},
        {"header": [{"DOB": "2006-09-02"}], "episodes": [ended("E46")]},
    ),
    "387": (
        {"header": [{"DOB": "2010-09-02"}], "episodes": [ended("E5")]},
        {"header": [{"DOB": "2010-09-01"}], "episodes": [ended("E5")]},
    ),
    "389": (
        {"header": [{"DOB": "2008-09-02"}], "episodes": [ended("E7")]},
        {"header": [{"DOB": "2008-09-01"}], "episodes": [ended("E7")]},
    ),
    "460": (
        {"header": [{"DOB": "2006-09-02"}], "episodes": [ended("E17")]},
        {"header": [{"DOB": "2006-09-01"}], "episodes": [ended("E17")]},
    ),
    "390": (one(**ended("E11")), one(**ended("E11", PLACE="A6"))),
    "408": (one(PLACE="A6"), one(PLACE="A6", LS="E1")),
    "217": (one(PLACE="A5", RNE="P"), one(PLACE="A5", RNE="T")),
    "516": (one(**ended("E45", PLACE="K2")), one(**ended("E45", PLACE="U6"))),
    "526": (one(PLACE_PROVIDER=None), one(PLACE_PROVIDER=None, PLACE="T0")),
    "213": (one(PLACE="T0"), one(PLACE="T0", PLACE_PROVIDER=None)),
    "527": (one(PLACE="P1"), one(PLACE="K2")),
    "528": (one(PLACE="R5", PLACE_PROVIDER="PR2"), one(PLACE="K2", PLACE_PROVIDER="PR2")),
    "529": (one(PLACE="K2", PLACE_PROVIDER="PR3"), one(PLACE="R5", PLACE_PROVIDER="PR3")),
    "530": (one(PLACE="P1", PLACE_PROVIDER="PR4"), one(PLACE="R5", PLACE_PROVIDER="PR4")),
    "531": (one(PLACE="P1", PLACE_PROVIDER="PR5"), one(PLACE="R5", PLACE_PROVIDER="PR5")),
    "550": (one(PLACE="U6", PLACE_PROVIDER="PR0"), one(PLACE="P1", PLACE_PROVIDER="PR0")),
    "392B": (one(HOME_POST=None, PL_POST=None), one(HOME_POST=None)),
    "392C": (one(PL_POST="nope"), one(PL_POST="PO31 9QA")),
    "392D": (one(PL_POST="PO30 1UD"), one(PL_POST="PO30 1UD", PLACE="P1")),
    "X10": (one(PLACE="P2", DECOM="2023-10-28"), one(PLACE="P2", DECOM="2023-10-27")),
    "X11": (
        one(**ended("E43", DECOM="2017-05-01", DEC="2018-04-01")),
        one(**ended("E43", DECOM="2017-05-01", DEC="2018-03-31")),
    ),
    # From one year to the next
    "502": (years([OPEN], [{**OPEN, "DECOM": "2023-05-02"}]), years([OPEN], [OPEN])),
    "503A": (years([OPEN], [{**OPEN, "RNE": "P"}]), years([OPEN], [OPEN])),
    "503B": (years([OPEN], [{**OPEN, "LS": "E1"}]), years([OPEN], [OPEN])),
    "503C": (years([OPEN], [{**OPEN, "CIN": "N2"}]), years([OPEN], [OPEN])),
    "503D": (years([OPEN], [{**OPEN, "PLACE": "U4"}]), years([OPEN], [OPEN])),
    "503E": (years([OPEN], [{**OPEN, "PLACE_PROVIDER": "PR4"}]), years([OPEN], [OPEN])),
    "503F": (years([OPEN], [{**OPEN, "URN": "SC9"}]), years([OPEN], [OPEN])),
    "562": (
        years([{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}], [{"DECOM": "2024-03-31"}]),
        years([{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}], [{"DECOM": "2024-04-01"}]),
    ),
    "NOE": (
        years([], [{"DECOM": "2024-03-31"}]),
        years([], [{"DECOM": "2024-04-01"}]),
    ),
    "X02": (years([OPEN], []), years([OPEN], [OPEN])),
    "X03": (
        years(
            [{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}],
            [{**OPEN, "DEC": "2024-04-05", "REC": "E4A"}],
        ),
        years([OPEN], [{**OPEN, "DEC": "2024-04-05", "REC": "E4A"}]),
    ),
    "X06": (
        years(
            [{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}],
            [{**OPEN, "DEC": "2024-01-05", "REC": "E4B"}],
        ),
        years(
            [{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}],
            [{**OPEN, "DEC": "2024-01-05", "REC": "E4A"}],
        ),
    ),
    # Reviews
    "167": (review(REVIEW_CODE=None), review(REVIEW_CODE="PN7")),
    "440": (
        {"header": [{"DOB": "2020-05-20"}], **review(REVIEW_CODE="PN0")},
        {"header": [{"DOB": "2020-05-21"}], **review(REVIEW_CODE="PN0")},
    ),
    "441": (
        {"header": [{"DOB": "2020-05-21"}], **review()},
        {"header": [{"DOB": "2020-05-20"}], **review()},
    ),
    "399": ({**one(LS="V4"), **review()}, {**one(LS="V2"), **review()}),
    "X20": (review(REVIEW="2024-04-30"), review(REVIEW="2024-05-01")),
    "X21": (
        {**one(**ended("E4A")), **review(REVIEW="2024-09-02")},
        {**one(**ended("E4A")), **review(REVIEW="2024-09-01")},
    ),
    "X22": (
        {"header": [{"DOB": "2024-05-21"}], **review()},
        {"header": [{"DOB": "2024-05-20"}], **review()},
    ),
    "X23": (review(REVIEW="2025-04-01"), review(REVIEW="2025-03-31")),
    "X24": (
        {"reviews": [{}, {"REVIEW_CODE": "PN2"}]},
        {"reviews": [{}, {"REVIEW_CODE": "PN2", "REVIEW": "2024-05-21"}]},
    ),
    "X25": ({"episodes": [], **review()}, review()),
    # Missing
    "1006": (missing({"MISSING": None}), missing({"MISSING": "A"})),
    "567": (missing({"MIS_END": "2024-06-30"}), missing({"MIS_END": "2024-07-01"})),
    "570": (
        missing({"MIS_START": "2025-04-01", "MIS_END": None}),
        missing({"MIS_START": "2025-03-31", "MIS_END": None}),
    ),
    "571": (missing({"MIS_END": "2025-04-01"}), missing({"MIS_END": "2025-03-31"})),
    "574": (
        missing({}, {"MIS_START": "2024-07-02", "MIS_END": "2024-07-09"}),
        missing({}, {"MIS_START": "2024-07-03", "MIS_END": "2024-07-09"}),
    ),
    "576": (
        years([{"MIS_START": "2024-03-01", "MIS_END": None}], [], "missing"),
        years(
            [{"MIS_START": "2024-03-01", "MIS_END": None}],
            [{"MIS_START": "2024-03-01", "MIS_END": "2024-04-02"}],
            "missing",
        ),
    ),
    "577": (
        {**one(**ended("E4A")), **missing({"MIS_END": None})},
        {**one(**ended("X1")), **missing({"MIS_END": None})},
    ),
    "578": (
        {**one(**ended("E4A", DEC="2024-06-30")), **missing({})},
        {**one(**ended("E4A", DEC="2024-07-01")), **missing({})},
    ),
    "580": (
        {**one(**ended("E4A", DEC="2024-07-03")), **missing({})},
        {**one(**ended("E8", DEC="2024-07-03")), **missing({})},
    ),
    "581": (missing({"MIS_START": "2024-04-30"}), missing({"MIS_START": "2024-05-01"})),
    "586": (
        {"header": [{"DOB": "2024-07-02"}], **missing({})},
        {"header": [{"DOB": "2024-07-01"}], **missing({})},
    ),
    # Seeking asylum
    "304": ({"uasc": [{"DUC": "2030-05-11"}]}, {"uasc": [{"DUC": "2030-05-10"}]}),
    "X30": ({"uasc": [{"DUC": "2012-05-09"}]}, {"uasc": [{"DUC": "2012-05-10"}]}),
    "205A": (
        years([{"DUC": "2024-04-01"}], [], "uasc"),
        years([{"DUC": "2024-03-31"}], [], "uasc"),
    ),
    "205B": (
        years([{"DUC": "2024-03-31"}], [{}], "uasc"),
        years([{"DUC": "2024-04-01"}], [{}], "uasc"),
    ),
    "205D": (years([], [{}], "uasc"), years([{}], [{}], "uasc")),
    "INT21": ({"uasc": [{"SEX": "M"}]}, {"uasc": [{"SEX": "F"}]}),
    # Leaving care
    "131": (leaver(IN_TOUCH=None), leaver()),
    "132": (leaver(ACTIV=None), leaver()),
    "133": (leaver(ACCOM=None), leaver()),
    "391": (leaver(DOB="2008-04-01"), leaver(DOB="2008-03-31")),
    "344": (leaver(IN_TOUCH="RHOM"), leaver(IN_TOUCH="RHOM", ACTIV="0", ACCOM="0")),
    "345": (leaver(ACTIV="0"), leaver(IN_TOUCH="NO", ACTIV="0", ACCOM="0")),
    "347": (leaver(ACCOM="T1", DOB="2007-04-01"), leaver(ACCOM="T1", DOB="2007-03-31")),
    "3001": (leaver(ACCOM="Z1", DOB="2007-04-01"), leaver(ACCOM="Z1", DOB="2007-03-31")),
    "1000": (
        {**leaver(), "episodes": [ended("E2")]},
        {**leaver(), "episodes": [ended("E5")]},
    ),
    "1011": (
        {**leaver(), "episodes": [ended("E3")]},
        {**leaver(), "episodes": [ended("E5")]},
    ),
    # Workers
    "SW02": (workers({"SW_ID": "AB1"}), workers({"SW_ID": "XX1"})),
    "SW06": (workers({"SW_DECOM": "2025-04-01"}), workers({"SW_DECOM": "2025-03-31"})),
    "SW07": (workers({"SW_DEC": "2025-04-01"}), workers({"SW_DEC": "2025-03-31"})),
    "SW09": (workers({"SW_DEC": "2024-05-01"}), workers({"SW_DEC": "2024-05-02"})),
    "SW10": (
        workers({"SW_DEC": "2024-06-02"}, {"SW_DECOM": "2024-06-01"}),
        workers({"SW_DEC": "2024-06-01"}, {"SW_DECOM": "2024-06-01"}),
    ),
    "SW11": (workers({"SW_DEC": "2025-03-30"}), workers({"SW_DEC": "2025-03-31"})),
    "SW108": (
        workers({}, {"SW_DECOM": "2024-06-01"}),
        workers({"SW_DEC": "2024-06-01"}, {"SW_DECOM": "2024-06-01"}),
    ),
    "SW13": (workers({"SW_REASON": None}), workers({})),
    "X40": (workers({"SW_DEC": "2024-04-30"}), workers({"SW_DEC": "2024-05-01"})),
    # Whose rows they are
    "INT03": ({"header": []}, {}),
    "INT04": ({"header": [], **missing({})}, missing({})),
    "INT06": ({"header": [], "oc3": [{}]}, {"oc3": [{}]}),
    "INT08": ({"header": [], **review()}, review()),
    "INT09": ({"header": [], "uasc": [{}]}, {"uasc": [{}]}),
    "X41": ({"header": []}, {}),
    "INT13": (missing({"DOB": "2012-05-11"}), missing({})),
    "INT15": ({"oc3": [{}]}, leaver()),
    "INT17": (review(DOB="2012-05-11"), review()),
    "INT18": ({"uasc": [{"DOB": "2012-05-11"}]}, {"uasc": [{}]}),
    "X51": (workers({"DOB": "2012-05-11"}), workers({})),
    "INT34": ({"oc3": [{}, {}]}, {"oc3": [{}]}),
    "INT36": ({"uasc": [{}, {}]}, {"uasc": [{}]}),
}
