"""What is the same for every format: several files of one table, windows, one format at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.accounts.models import Role
from evenhand.casework.models import LookedAfterReview, MissingEpisode
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File, find
from evenhand.history.models import Entry
from evenhand.imports import reading
from evenhand.imports.actions import mend, retry
from evenhand.imports.coverage import newest_span
from evenhand.imports.report import Refused
from evenhand.imports.supplying import columns_of, is_latest_only
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.sources.models import Coverage, ImportFile, RowFinding
from tests import factories
from tests.imports.conftest import NOW, Import
from tests.imports.extracts import Extract

HEADER = {"SEX": "F", "DOB": "01/06/2012", "ETHNIC": "WBRI", "UPN": "", "MOTHER": "", "MC_DOB": ""}
EPISODE = {
    "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR1", "DEC": "",
    "REC": "", "REASON_PLACE_CHANGE": "", "HOME_POST": "", "PL_POST": "", "URN": "SC1",
}  # fmt: skip
MISSING = {"DOB": "01/06/2012", "MISSING": "M"}
REVIEW = {"DOB": "01/06/2012", "REVIEW_CODE": "PN1"}

pytestmark = pytest.mark.both_databases
WriteReturn = Callable[..., Path]


@pytest.fixture
def returned(tmp_path: Path) -> WriteReturn:
    """Return a function that writes modules of a year's return into one folder of returns."""

    def write(year: int, **modules: list[dict[str, str]]) -> Path:
        folder = tmp_path / "returns"
        folder.mkdir(exist_ok=True)
        for module, rows in modules.items():
            with (folder / f"{year}-{module}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return write


def a_year(
    write: WriteReturn, year: int, missing: tuple[str, ...], *, reviews: tuple[str, ...] = ()
) -> Path:
    child = {"CHILD": "7"}
    modules = {
        "header": [{**child, **HEADER}],
        "episodes": [{**child, "DECOM": "01/05/2016", **EPISODE}],
        "missing": [{**child, **MISSING, "MIS_START": day, "MIS_END": day} for day in missing],
        "reviews": [{**child, **REVIEW, "REVIEW": day} for day in reviews],
    }
    return write(year, **{name: rows for name, rows in modules.items() if rows})


def test_files_of_two_formats_are_refused_and_told_apart(
    extract: Extract, run: Import, returned: WriteReturn
) -> None:
    folder = a_year(returned, 2018, ("21/06/2017",))
    (folder / "ssd_person.csv").write_bytes(
        (extract.person("1").write() / "ssd_person.csv").read_bytes()
    )
    with pytest.raises(Refused) as refused:
        run(folder)
    (fault,) = refused.value.faults
    assert "ssd_person.csv" in fault.sentence
    assert "2018-header.csv" in fault.sentence
    assert "Standard Safeguarding Dataset" in fault.sentence
    assert not Child.objects.exists()


def test_a_batch_and_its_source_are_named_after_the_format(
    run: Import, returned: WriteReturn
) -> None:
    batch = run(a_year(returned, 2018, ("21/06/2017",)), as_at=None).batch
    batch.refresh_from_db()
    assert (batch.format, batch.source.key) == ("ssda903", "ssda903")
    assert batch.source.name == "SSDA903 return"
    assert batch.as_at == date(2018, 3, 31)
    file = ImportFile.objects.get(batch=batch, kind="903_missing")
    assert (file.covers_from, file.covers_to) == (date(2017, 4, 1), date(2018, 3, 31))
    assert len(file.sha256) == 64


def test_of_several_years_the_later_has_the_last_word(run: Import, returned: WriteReturn) -> None:
    a_year(returned, 2017, ("21/06/2016",))
    folder = a_year(returned, 2018, ("21/06/2017",))
    (folder / "2017-episodes.csv").write_text(
        (folder / "2017-episodes.csv").read_text().replace("C2", "C1")
    )
    report = run(folder, as_at=None)
    fates = {
        (file.name, fate): getattr(file, fate)
        for file in report.files
        for fate in ("created", "folded", "duplicate")
        if file.kind in ("903_header", "903_episodes")
    }
    assert fates["2018-header.csv", "created"] == 1
    assert fates["2017-header.csv", "duplicate"] == 1
    assert fates["2018-episodes.csv", "created"] == 1
    assert fates["2017-episodes.csv", "folded"] == 1
    assert Child.objects.count() == 1
    said = RowFinding.objects.get(rule="SSD-K04")
    assert said.file.name == "2017-episodes.csv"
    assert "LS is C1 here and C2 in a later file" in said.sentence
    assert MissingEpisode.objects.count() == 2


def test_a_year_lacks_only_what_lies_in_it(run: Import, returned: WriteReturn) -> None:
    run(a_year(returned, 2017, ("21/06/2016",)), as_at=None)
    folder = a_year(returned, 2018, ("21/06/2017", "22/06/2017"))
    for path in folder.glob("2017-*"):
        path.unlink()
    assert run(folder, as_at=None).total("withdrawn") == 0
    report = run(a_year(returned, 2018, ("21/06/2017",)), as_at=None)
    assert report.total("withdrawn") == 1
    gone = MissingEpisode.objects.get(withdrawn=True)
    assert gone.started_on == date(2017, 6, 22)
    assert not MissingEpisode.objects.get(started_on=date(2016, 6, 21)).withdrawn


def test_an_older_year_withdraws_nothing(run: Import, returned: WriteReturn) -> None:
    a_year(returned, 2017, ("21/06/2016", "22/06/2016"))
    folder = a_year(returned, 2018, ("21/06/2017",))
    run(folder, as_at=None)
    for path in folder.glob("2018-*"):
        path.unlink()
    report = run(a_year(returned, 2017, ("21/06/2016",)), as_at=None)
    assert report.total("withdrawn") == 0
    assert MissingEpisode.objects.filter(withdrawn=False).count() == 3


def test_what_a_return_covers_is_declared_and_grows_with_the_next(
    run: Import, returned: WriteReturn
) -> None:
    run(a_year(returned, 2017, ("21/06/2016",), reviews=("01/06/2016",)), as_at=None)
    held = Coverage.objects.get(fact="review.held")
    assert (held.complete_from, held.complete_to) == (date(2016, 4, 1), date(2017, 3, 31))
    run(a_year(returned, 2018, ("21/06/2017",), reviews=("01/06/2017",)), as_at=None)
    held.refresh_from_db()
    assert (held.complete_from, held.complete_to) == (date(2016, 4, 1), date(2018, 3, 31))
    assert not Coverage.objects.filter(fact="protection_plan.started").exists()
    assert LookedAfterReview.objects.count() == 2


def test_the_same_returns_again_change_nothing(run: Import, returned: WriteReturn) -> None:
    a_year(returned, 2017, ("21/06/2016",))
    folder = a_year(returned, 2018, ("21/06/2017",))
    run(folder, as_at=None)
    before = Entry.objects.count()
    report = run(folder, as_at=None)
    assert (report.total("created"), report.total("changed")) == (0, 0)
    assert Entry.objects.count() == before + 1


def test_a_roster_may_come_with_any_format(run: Import, returned: WriteReturn) -> None:
    folder = a_year(returned, 2018, ("21/06/2017",))
    (folder / "roster_children.csv").write_text("child_id,forename,surname\n7,Ada,Harbour\n")
    run(folder, as_at=None)
    assert Child.objects.get().forename == "Ada"


def test_a_file_that_is_written_to_while_it_is_read_is_refused(
    run: Import, returned: WriteReturn, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_year(returned, 2018, ("21/06/2017",))
    digest = File.sha256

    def meanwhile(file: File) -> str:
        with (folder / "2018-missing.csv").open("a") as still_written:
            still_written.write("8,01/06/2012,M,01/07/2017,02/07/2017\n")
        return digest(file)

    monkeypatch.setattr(reading.File, "sha256", meanwhile)
    with pytest.raises(Refused, match="written to while it was being read"):
        run(folder, as_at=None)
    assert not Child.objects.exists()


def test_a_workbook_with_macros_is_never_opened(run: Import, tmp_path: Path) -> None:
    book = tmp_path / "Annex A.xlsm"
    book.write_bytes(b"PK\x03\x04 not looked at")
    with pytest.raises(Refused, match="macros"):
        run(book)


def test_a_missing_file_and_a_folder_of_nothing(run: Import, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such file"):
        run(tmp_path / "away.csv")


def test_a_file_larger_than_may_be_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(10 * 1024**3)  # a hole: takes no room on the disk
    with pytest.raises(FileFault, match=r"10,737,418,240 bytes; the most is"):
        find([large])


def test_the_newest_unbroken_span() -> None:
    year = {n: (date(n - 1, 4, 1), date(n, 3, 31)) for n in range(2015, 2021)}
    assert newest_span([year[2018], year[2017]]) == (date(2016, 4, 1), date(2018, 3, 31))
    assert newest_span([year[2015], year[2018]]) == year[2018], "a gap of two years"
    assert newest_span([(None, date(2018, 3, 31)), year[2017]]) == (None, date(2018, 3, 31))


@pytest.mark.parametrize(
    ("format_key", "fact", "column"),
    [
        ("ssd", "referral.received", ("ssd_cin_episodes", "cine_referral_date")),
        ("ssda903", "review.held", ("903_reviews", "REVIEW")),
        ("cin", "protection_plan.started", ("cin_protection_plans", "CPPstartDate")),
        ("annex_a", "referral.received", ("annex_a_list_3", "Date of referral")),
    ],
)
def test_the_vocabularys_words_find_a_formats_columns(
    format_key: str, fact: str, column: tuple[str, str]
) -> None:
    assert column in columns_of(format_key)[fact]


def test_a_column_of_the_latest_day_only() -> None:
    assert is_latest_only(["Date of Latest Statutory Review"])
    assert is_latest_only(["clae_cla_last_iro_contact_date"])
    assert not is_latest_only(["Date of referral"])


def with_an_impossible_absence(returned: WriteReturn) -> Path:
    a_year(returned, 2018, ("21/06/2017",))
    wrong = {"CHILD": "7", **MISSING, "MIS_START": "21/06/2017", "MIS_END": "20/06/2017"}
    return returned(2018, missing=[wrong])


def test_a_row_that_its_return_speaks_against_is_taken_only_when_mended(
    run: Import, returned: WriteReturn
) -> None:
    run(with_an_impossible_absence(returned), as_at=None)
    finding = RowFinding.objects.get(rule="903-567")
    assert (finding.fate, finding.standing) == ("quarantined", "open")
    officer = factories.user(Role.DATA_OFFICER)
    with pytest.raises(Problem, match="beside the rest of its return, by 903-567"):
        retry([finding], by=officer, at=NOW)
    again = mend(finding, value="19/06/2017", everywhere=False, by=officer, at=NOW)
    assert again.total("quarantined") == 1, "still before it began"
    finding = RowFinding.objects.get(rule="903-567", standing="open")
    mend(finding, value="25/06/2017", everywhere=False, by=officer, at=NOW)
    assert MissingEpisode.objects.get().ended_on == date(2017, 6, 25)
    assert not RowFinding.objects.filter(standing="open").exists()
    report = run(with_an_impossible_absence(returned), as_at=None)
    assert report.total("quarantined") == 0, "the mend is applied to the next return"
