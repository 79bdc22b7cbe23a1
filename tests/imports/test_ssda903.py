"""Returns in: the records they become, from one year to the next, and what is never guessed."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from evenhand.accounts.models import Role
from evenhand.casework import models as casework
from evenhand.imports.actions import mend
from evenhand.imports.report import Report
from evenhand.people.models import Child, IdentityStatement, Involvement
from evenhand.sources.models import ImportFile, RowFinding
from tests import factories
from tests.imports.conftest import NOW, Import

pytestmark = pytest.mark.both_databases

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
COLUMNS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": EPISODES,
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
}
USUAL = {
    "header": {"SEX": "F", "DOB": "10/05/2012", "ETHNIC": "WBRI", "UPN": "A123456789012"},
    "episodes": {"RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR1"},
    "reviews": {"DOB": "10/05/2012", "REVIEW_CODE": "PN1"},
    "uasc": {"SEX": "F", "DOB": "10/05/2012"},
    "oc3": {"DOB": "10/05/2012"},
    "missing": {"DOB": "10/05/2012", "MISSING": "M"},
    "sw_episodes": {"DOB": "10/05/2012", "SW_REASON": "FCONTA"},
}


class Return:
    """The CSV files of one or more years; a year stands in the names of its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[tuple[str, str], list[dict[str, str]]] = {}

    def row(self, year: str, module: str, child: str, **cells: str) -> Return:
        """Add a row, the rest of its cells as usual."""
        made = {**USUAL.get(module, {}), "CHILD": child, **cells}
        self.rows.setdefault((year, module), []).append(made)
        return self

    def child(self, year: str, child: str = "7", **cells: str) -> Return:
        return self.row(year, "header", child, **cells)

    def episode(self, year: str, start: str, end: str = "", by: str = "", **cells: str) -> Return:
        child = cells.pop("child", "7")
        return self.row(year, "episodes", child, DECOM=start, DEC=end, REC=by, **cells)

    def write(self) -> Path:
        self.folder.mkdir(exist_ok=True)
        for (year, module), rows in self.rows.items():
            with (self.folder / f"{year}-{module}.csv").open("w", newline="") as stream:
                writer = csv.DictWriter(stream, COLUMNS[module].split(","))
                writer.writeheader()
                writer.writerows(rows)
        return self.folder


@pytest.fixture
def returns(tmp_path: Path) -> Return:
    return Return(tmp_path / "return")


def taken(run: Import, returns: Return) -> Report:
    """Import the return; every row of it has a fate."""
    report = run(returns.write(), source="ssda903", as_at=None)
    for file in report.files:
        assert file.rows_read == sum(getattr(file, fate) for fate in ImportFile.FATES)
    return report


def periods() -> list[tuple[date | None, date | None, str]]:
    found = casework.CarePeriod.objects.order_by("id")
    return list(found.values_list("started_on", "ended_on", "end_reason"))


def placements() -> list[tuple[date | None, date | None, str]]:
    found = casework.Placement.objects.filter(withdrawn=False).order_by("id")
    return list(found.values_list("started_on", "ended_on", "kind"))


def statuses() -> list[tuple[date | None, date | None, str]]:
    found = casework.LegalStatus.objects.filter(withdrawn=False).order_by("id")
    return list(found.values_list("started_on", "ended_on", "status"))


def test_episodes_become_a_period_its_placements_and_its_legal_statuses(
    run: Import, returns: Return
) -> None:
    returns.child("2025")
    returns.episode("2025", "01/05/2024", "01/08/2024", "X1", LS="C1")
    returns.episode("2025", "01/08/2024", "01/10/2024", "X1", RNE="L")
    returns.episode(
        "2025", "01/10/2024", "05/02/2025", "E4A", RNE="P", PLACE="K2", PL_POST="po317qa"
    )
    taken(run, returns)
    assert periods() == [(date(2024, 5, 1), date(2025, 2, 5), "E4A")]
    assert placements() == [
        (date(2024, 5, 1), date(2024, 10, 1), "U6"),
        (date(2024, 10, 1), date(2025, 2, 5), "K2"),
    ]
    assert statuses() == [
        (date(2024, 5, 1), date(2024, 8, 1), "C1"),
        (date(2024, 8, 1), date(2025, 2, 5), "C2"),
    ]
    first, second, third = casework.CareEpisode.objects.order_by("started_on")
    assert first.placement == second.placement != third.placement
    assert {e.care_period_id for e in (first, second, third)} == {
        casework.CarePeriod.objects.get().pk
    }
    assert third.placement is not None
    assert third.placement.postcode == "PO31 7QA"
    assert {p.care_period_id for p in casework.Placement.objects.all()} == {first.care_period_id}
    assert {s.care_period_id for s in casework.LegalStatus.objects.all()} == {first.care_period_id}


def test_care_that_begins_again_is_another_period(run: Import, returns: Return) -> None:
    returns.child("2025")
    returns.episode("2025", "01/05/2024", "01/08/2024", "E4A")
    returns.episode("2025", "01/12/2024")
    taken(run, returns)
    assert periods() == [
        (date(2024, 5, 1), date(2024, 8, 1), "E4A"),
        (date(2024, 12, 1), None, ""),
    ]


def test_a_beginning_that_no_file_tells_is_not_known(run: Import, returns: Return) -> None:
    returns.child("2025")
    returns.episode("2025", "01/05/2022", RNE="L")
    taken(run, returns)
    assert periods() == [(None, None, "")]
    assert placements() == [(None, None, "U6")]
    assert statuses() == [(date(2022, 5, 1), None, "C2")]


def two_years(returns: Return) -> Return:
    """A child in our care since 2022, told over two years."""
    returns.child("2024").child("2025")
    returns.episode("2024", "01/05/2022", "01/06/2023", "X1")
    returns.episode("2024", "01/06/2023", RNE="L", LS="E1")
    returns.episode("2025", "01/06/2023", "01/06/2024", "X1", RNE="L", LS="E1")
    return returns.episode("2025", "01/06/2024", "05/02/2025", "E11", RNE="P", PLACE="A6", LS="E1")


WHOLE = {
    "periods": [(date(2022, 5, 1), date(2025, 2, 5), "E11")],
    "placements": [
        (date(2022, 5, 1), date(2024, 6, 1), "U6"),
        (date(2024, 6, 1), date(2025, 2, 5), "A6"),
    ],
    "statuses": [
        (date(2022, 5, 1), date(2023, 6, 1), "C2"),
        (date(2023, 6, 1), date(2025, 2, 5), "E1"),
    ],
}


def told() -> dict[str, object]:
    return {"periods": periods(), "placements": placements(), "statuses": statuses()}


def test_two_years_together_are_one_story(run: Import, returns: Return) -> None:
    report = taken(run, two_years(returns))
    assert told() == WHOLE
    assert report.total("folded") == 1
    assert casework.CareEpisode.objects.count() == 3


def only(returns: Return, year: str, folder: Path) -> Return:
    one = Return(folder / year)
    one.rows = {of: rows for of, rows in returns.rows.items() if of[0] == year}
    return one


def test_two_years_one_after_the_other_are_the_same_story(
    run: Import, returns: Return, tmp_path: Path
) -> None:
    two_years(returns)
    taken(run, only(returns, "2024", tmp_path))
    taken(run, only(returns, "2025", tmp_path))
    assert told() == WHOLE
    assert not casework.CareEpisode.objects.filter(withdrawn=True).exists()


def test_an_earlier_year_that_comes_later_tells_how_it_began(
    run: Import, returns: Return, tmp_path: Path
) -> None:
    returns.child("2024").child("2025")
    returns.episode("2024", "01/05/2022", "01/06/2023", "X1")
    returns.episode("2024", "01/06/2023", RNE="P", PLACE="K2")
    returns.episode("2025", "01/06/2023", RNE="P", PLACE="K2")
    taken(run, only(returns, "2025", tmp_path))
    assert periods() == [(None, None, "")]
    assert statuses() == [(None, None, "C2")]
    taken(run, only(returns, "2024", tmp_path))
    assert periods() == [(date(2022, 5, 1), None, "")]
    assert statuses() == [(date(2022, 5, 1), None, "C2")]


def test_an_earlier_year_again_does_not_undo_what_a_later_one_said(
    run: Import, returns: Return, tmp_path: Path
) -> None:
    taken(run, two_years(returns))
    earlier = only(returns, "2024", tmp_path)
    earlier.rows["2024", "header"][0]["SEX"] = "M"
    report = taken(run, earlier)
    assert told() == WHOLE
    assert report.total("changed") == 0
    assert [said.answer for said in IdentityStatement.objects.filter(characteristic="sex")] == ["F"]


def test_the_same_return_again_changes_nothing(run: Import, returns: Return) -> None:
    taken(run, two_years(returns))
    before = told()
    again = taken(run, returns)
    assert again.total("created") == again.total("changed") == again.total("withdrawn") == 0
    assert told() == before


def test_an_episode_that_a_correction_leaves_out_is_withdrawn_within_its_year_only(
    run: Import, returns: Return
) -> None:
    returns.child("2024").child("2025")
    returns.episode("2024", "01/05/2023", "01/06/2023", "E4A")
    returns.episode("2025", "01/05/2024", "01/06/2024", "E4A")
    returns.episode("2025", "01/07/2024", "01/08/2024", "E4A")
    taken(run, returns)
    del returns.rows["2024", "header"], returns.rows["2024", "episodes"]
    returns.rows["2025", "episodes"].pop()
    for path in returns.folder.glob("*.csv"):
        path.unlink()
    taken(run, returns)
    found = casework.CareEpisode.objects.order_by("started_on")
    assert [e.withdrawn for e in found] == [False, False, True]
    assert [p.withdrawn for p in casework.CarePeriod.objects.order_by("started_on")] == [
        False,
        False,
        True,
    ]


def test_who_a_child_is_stands_in_statements(run: Import, returns: Return) -> None:
    returns.child("2025", SEX="2", ETHNIC="MWBC").child("2025", "8", ETHNIC="REFU", UPN="UN1")
    returns.child("2025", "9", SEX="U", ETHNIC="")
    taken(run, returns)
    assert Child.objects.filter(upn="A123456789012").count() == 2
    said = IdentityStatement.objects.values_list("characteristic", "status", "answer")
    assert sorted(said) == [
        ("ethnicity", "answered", "MWBC"),
        ("ethnicity", "declined", ""),
        ("sex", "answered", "F"),
        ("sex", "answered", "F"),
    ]


def test_the_other_modules(run: Import, returns: Return) -> None:
    returns.child("2025", DOB="10/05/2006").episode("2025", "01/05/2024", "10/05/2024", "E5")
    returns.row("2025", "reviews", "7", REVIEW="05/05/2024")
    returns.row("2025", "reviews", "7", REVIEW="05/06/2024")
    returns.row("2025", "uasc", "7", DUC="10/05/2024")
    returns.row("2025", "oc3", "7", IN_TOUCH="YES", ACTIV="F2", ACCOM="K2")
    returns.row("2025", "missing", "7", MIS_START="02/05/2024", MIS_END="03/05/2024")
    returns.row("2025", "sw_episodes", "7", SW_ID="SW42", SW_DECOM="01/05/2024")
    returns.row("2025", "oc2", "7", SDQ_SCORE="12")
    report = taken(run, returns)
    inside, after = casework.LookedAfterReview.objects.order_by("held_on")
    assert inside.care_period == casework.CarePeriod.objects.get()
    assert (inside.participation, after.care_period) == ("PN1", None)
    asylum = casework.ImmigrationStatus.objects.get()
    assert (asylum.status, asylum.started_on) == ("Unaccompanied Asylum Seeking Child", None)
    assert asylum.ended_on == date(2024, 5, 10)
    leaver = casework.CareLeaver.objects.get()
    assert (leaver.in_touch, leaver.activity) == ("YES", "F2")
    assert (leaver.accommodation, leaver.accommodation_suitable) == ("K", "2")
    assert casework.MissingEpisode.objects.get().kind == "M"
    assert str(Involvement.objects.get().worker) != ""
    assert {f.kind: f.ignored for f in report.files}["903_oc2"] == 1


def test_a_check_notes_or_refuses_and_says_where(run: Import, returns: Return) -> None:
    returns.child("2025", UPN="").episode("2025", "01/05/2024", "01/04/2024", "E4A")
    report = taken(run, returns)
    assert report.total("quarantined") == 1
    refused = RowFinding.objects.get(rule="903-356")
    assert (refused.fate, refused.file.name, refused.line) == (
        "quarantined",
        "2025-episodes.csv",
        2,
    )
    assert refused.row["DEC"] == "01/04/2024"
    noted = RowFinding.objects.get(rule="903-442")
    assert (noted.fate, noted.standing) == ("taken", "noted")
    assert not casework.CarePeriod.objects.exists()


def test_two_children_of_one_identifier_are_neither_taken(run: Import, returns: Return) -> None:
    returns.child("2025").child("2025", DOB="11/05/2012").child("2025", "8")
    returns.episode("2025", "01/05/2024").episode("2025", "01/05/2024", child="8")
    report = taken(run, returns)
    assert Child.objects.count() == 1
    assert report.total("quarantined") == 3


def test_the_xml_of_a_return_makes_what_its_files_make(
    run: Import, returns: Return, tmp_path: Path
) -> None:
    text = (
        "<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><UPN/><SEX>F</SEX><DOB>10/05/2012</DOB>"
        "<ETHNIC>WBRI</ETHNIC><AREVIEW><REVIEW>20/05/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE>"
        "</AREVIEW></HEADER>{}</CHILD></EXPSSDA903>"
    )
    episode = (
        "<EPISODE><DECOM>{}</DECOM><RNE>{}</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><DEC>{}</DEC>"
        "<REC>{}</REC></EPISODE>"
    )
    rows = episode.format("01/05/2024", "S", "01/08/2024", "X1")
    rows += episode.format("01/08/2024", "P", "05/02/2025", "E4A")
    path = tmp_path / "2025.xml"
    path.write_text(text.format(rows))
    run(path, source="ssda903", as_at=None)
    assert periods() == [(date(2024, 5, 1), date(2025, 2, 5), "E4A")]
    assert len(placements()) == 2
    assert casework.LookedAfterReview.objects.get().care_period is not None


def test_a_mended_episode_takes_its_place_among_those_told_before(
    run: Import, returns: Return
) -> None:
    returns.child("2025")
    returns.episode("2025", "01/05/2024", "01/08/2024", "X1")
    returns.episode("2025", "01/08/20241", "01/10/2024", "X1", RNE="L", LS="E1")
    returns.episode("2025", "01/10/2024", "05/02/2025", "E4A", RNE="P", PLACE="K2", LS="E1")
    taken(run, returns)
    assert periods() == [(date(2024, 5, 1), date(2025, 2, 5), "E4A")]
    officer = factories.user(Role.DATA_OFFICER)
    finding = RowFinding.objects.get(standing="open")
    mend(finding, value="2024-08-01", everywhere=False, by=officer, at=NOW + timedelta(days=1))
    whole = {
        "periods": [(date(2024, 5, 1), date(2025, 2, 5), "E4A")],
        "placements": [
            (date(2024, 5, 1), date(2024, 10, 1), "U6"),
            (date(2024, 10, 1), date(2025, 2, 5), "K2"),
        ],
    }
    assert {name: told()[name] for name in whole} == whole
    assert casework.CareEpisode.objects.filter(care_period=None).count() == 0
    again = taken(run, returns)
    assert again.total("quarantined") == 0
    assert told() == whole | {
        "statuses": [
            (date(2024, 5, 1), date(2024, 8, 1), "C2"),
            (date(2024, 8, 1), date(2025, 2, 5), "E1"),
        ]
    }
