"""Figures by group that leave: by two people, and with them nothing that points to a child."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from lxml import etree, html

from evenhand.design.wording import day
from evenhand.equality.actions import release_figures, withdraw
from evenhand.equality.exports.opendocument import ODS, SPACES
from evenhand.equality.models import GroupTally, Release
from evenhand.equality.releasing.kept import everything_released, table_of
from evenhand.equality.releasing.profiles import profile_called, profiles_on
from evenhand.facts.registry import BINDINGS
from evenhand.history.models import Entry
from evenhand.people.actions import rebuild_lists, restrict
from evenhand.people.models import Child
from evenhand.problems import Problem
from tests import factories as make
from tests.equality.crowd import BLACK, CLOCK, count, crowd, enquiry
from tests.factories import NOW, TODAY
from tests.pages import links_of, main_of
from tests.pages import table_of as table_on

pytestmark = pytest.mark.django_db
START = f"/equality/fares/clocks/{CLOCK}/release/"
ANSWERS = {"for_whom": "=The board", "reason": "They asked.", "profile": "own"}


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A crowd, and three of two small groups, counted once for the module."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for database in connections:
            stack.enter_context(transaction.atomic(using=database))
        make.coverage(*BINDINGS, complete_to=TODAY)
        crowd()
        for code, after in (("WROM", 60), ("OOTH", 60), ("OOTH", 10)):
            enquiry(code, after)
        count()
        rebuild_lists(today=TODAY)
        yield
        for database in connections:
            transaction.set_rollback(True, using=database)


def lead(client: Client) -> Client:
    client.force_login(make.user("equality_lead"))
    return client


def proposed(client: Client, by: str = "ethnicity", **given: str) -> Release:
    """Propose the clock's figures through the page."""
    reply = client.post(f"{START}?by={by}", ANSWERS | given)
    assert reply.status_code == 302, main_of(reply)
    return Release.objects.latest("pk")


def let_out(release: Release, at: Any = NOW) -> Release:
    found: Release = release_figures(release, by=make.user("director"), at=at)
    return found


@pytest.mark.usefixtures("counted")
def test_one_proposes_and_another_lets_out_and_history_keeps_both(client: Client) -> None:
    lead(client)
    assert "What would leave" in main_of(client.get(f"{START}?by=ethnicity"))
    refused = client.post(f"{START}?by=ethnicity", ANSWERS | {"for_whom": ""})
    assert "Answer the question: Who are they for?" in main_of(refused)
    made = proposed(client)
    where = f"/equality/fares/releases/{made.ref}/"
    assert client.get(f"{where}?as=csv")["Content-Type"].startswith("text/html")
    assert "Somebody else lets them out" in main_of(client.get(f"{where}decide/"))
    alone = client.post(f"{where}decide/", {"decision": "release"})
    assert "You proposed these figures. Somebody else lets them out." in alone.content.decode()
    client.force_login(make.user("director"))
    page = client.get(f"{where}decide/")
    assert "no hidden number can be worked out" in main_of(page)
    assert "for =The board" in main_of(page)
    assert client.post(f"{where}decide/", {"decision": "release"}).status_code == 302
    actions = list(
        Entry.objects.filter(subject_id=made.pk, subject="equality.release").order_by("pk")
    )
    assert [entry.action for entry in actions] == ["figures.proposed", "figures.released"]
    assert actions[0].actor != actions[1].actor
    rows = {row[0]: row[1:] for row in table_on(client.get(where), made.title)}
    assert rows[BLACK][:3] == ["25", "30", "80"]
    assert rows["Other ethnic group"] == ["Hidden"] * 5


@pytest.mark.usefixtures("counted")
def test_a_group_that_is_mostly_one_family_is_hidden(client: Client) -> None:
    """Of the 30 counted 26 are of one family: large numbers, and still they tell of few."""
    made = proposed(lead(client))
    assert BLACK not in table_of(made).hidden
    counted = GroupTally.objects.filter(measure=CLOCK, dimension="ethnicity", group=BLACK)
    counted.update(of_squared=26 * 26 + 4)
    made = proposed(client)
    assert BLACK in table_of(made).hidden
    page = client.get(f"/equality/fares/releases/{made.ref}/")
    assert {row[0]: row[1:] for row in table_on(page, made.title)}[BLACK] == ["Hidden"] * 5


@pytest.mark.usefixtures("counted")
def test_a_first_page_says_that_a_proposal_waits_to_whoever_may_agree_it(client: Client) -> None:
    made = proposed(lead(client))
    said = "Figures that wait for you to check before they leave"
    assert said not in main_of(client.get("/"))  # nobody checks their own
    client.force_login(make.user("director"))
    home = client.get("/")
    assert f"{said}: 1, the oldest since {day(made.proposed_at)}." in main_of(home)
    assert "/equality/fares/releases/" in links_of(home)
    client.force_login(make.user("quality_assurance"))
    assert said not in main_of(client.get("/"))
    let_out(made)
    client.force_login(make.user("director"))
    assert said not in main_of(client.get("/"))


@pytest.mark.usefixtures("counted")
def test_the_directors_report_holds_what_two_people_let_out_and_nothing_else(
    client: Client,
) -> None:
    made = proposed(lead(client))
    client.force_login(make.user("director"))
    before = main_of(client.get("/reports/new/"))
    assert "No figures by group have been let out." in before
    assert "ethnic" not in before[before.index("Who fares worse") : before.index("What the data")]
    let_out(made)
    page = client.get("/reports/new/")
    rows = {row[0]: row[1:] for row in table_on(page, made.title)}
    assert rows[BLACK][:3] == ["25", "30", "80"]
    assert rows["Other ethnic group"] == ["[c]"] * 5
    assert f"for =The board; reference {made.ref}." in main_of(page)
    assert "[c]: Confidential: hidden, so that nobody can be found" in main_of(page)
    withdraw(made, by=make.user("director"), at=NOW, reason="Counted wrongly.")
    assert "No figures by group have been let out." in main_of(client.get("/reports/new/"))


@pytest.mark.usefixtures("counted")
def test_the_database_refuses_that_one_person_does_both(client: Client) -> None:
    made = proposed(lead(client))
    made.state, made.released_by, made.released_at = "released", made.proposed_by, NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


@pytest.mark.usefixtures("counted")
def test_figures_are_sent_back_with_a_reason_and_do_not_leave(client: Client) -> None:
    made = proposed(lead(client))
    client.force_login(make.user("director"))
    where = f"/equality/fares/releases/{made.ref}/"
    silent = client.post(f"{where}decide/", {"decision": "back", "reason": " "})
    assert "Say why, so that they can be proposed anew." in main_of(silent)
    client.post(f"{where}decide/", {"decision": "back", "reason": "Wait for the quarter."})
    assert "Sent back" in main_of(client.get(where))
    assert "Wait for the quarter." in main_of(client.get(where))
    assert client.get(f"{where}decide/").status_code == 302
    assert not everything_released()
    client.force_login(make.user("quality_assurance"))
    assert client.get(where).status_code == 404
    with pytest.raises(Problem, match="sent back by now"):
        let_out(made)


@pytest.mark.usefixtures("counted")
def test_withdrawn_figures_stay_in_the_register_and_are_weighed_still(client: Client) -> None:
    """To withdraw does not unpublish."""
    made = let_out(proposed(lead(client)))
    client.post(f"/equality/fares/releases/{made.ref}/withdraw/", {"reason": "A mistake."})
    page = client.get("/equality/fares/releases/?what=conference&whom=board")
    assert made.title in main_of(page)
    assert "Withdrawn" in main_of(page)
    assert [table.ref for table in everything_released()] == [made.ref]
    assert "Nothing" not in main_of(page)
    nothing = main_of(client.get("/equality/fares/releases/?whom=the+moon"))
    assert "No figures by group have been released." in nothing
    with pytest.raises(Problem, match="withdrawn by now"):
        withdraw(made, by=make.user("director"), at=NOW, reason="Again")


@pytest.mark.usefixtures("counted")
def test_what_waits_leads_the_second_person_to_it(client: Client) -> None:
    made = proposed(lead(client))
    client.force_login(make.user("director"))
    page = client.get("/equality/fares/releases/")
    assert "Waiting for a second person" in main_of(page)
    assert f"/equality/fares/releases/{made.ref}/" in links_of(page)
    assert f"/equality/fares/releases/{made.ref}/decide/" in links_of(
        client.get(f"/equality/fares/releases/{made.ref}/")
    )


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("profile", "white", "black"),
    [("own", ["10", "50", "18"], "25"), ("health", ["10", "50", "20"], "[c]")],
)
def test_a_profile_says_what_is_hidden_and_how_the_rest_is_rounded(
    client: Client, profile: str, white: list[str], black: str
) -> None:
    """9 of 49, and 24 of 30, of whom 6 were in time: fewer than 8."""
    made = proposed(lead(client), profile=profile)
    rows = {row[0]: row[1:] for row in made.figures}
    assert rows["White"][:3] == white
    assert rows[BLACK][0] == black
    assert rows["Other ethnic group"] == ["[c]"] * 5
    assert f"Numbers from 1 to {profile_called(profile, TODAY).threshold - 1} " in made.notes[0]


@pytest.mark.usefixtures("counted")
def test_figures_of_which_nothing_is_left_are_not_proposed(client: Client) -> None:
    said = lead(client).post(f"{START}?by=ethnicity", ANSWERS | {"profile": "widest"})
    assert "Every number of these figures would have to be hidden." in main_of(said)
    assert not Release.objects.exists()


@pytest.mark.usefixtures("counted")
def test_no_hidden_number_is_kept_with_a_release(client: Client) -> None:
    made = proposed(lead(client))
    told = table_of(made)
    assert told.rows["Other ethnic group"] is None
    assert "Other ethnic group" in told.hidden
    assert told.rows[BLACK] is not None


@pytest.mark.usefixtures("counted")
def test_one_child_who_came_late_is_not_shown_by_what_changed(client: Client) -> None:
    """24 of 30, released; then 24 of 31: whoever has both knows of one child in time."""
    let_out(proposed(lead(client)))
    enquiry("BAFR", 10)
    count()
    rows = {row[0]: row[1:] for row in proposed(client).figures}
    assert rows[BLACK] == rows["All together"] == ["[c]"] * 5
    assert rows["White"][:2] == ["10", "50"]


@pytest.mark.usefixtures("counted")
def test_a_number_hidden_before_stays_hidden_for_the_same_days(client: Client) -> None:
    """A group that grew could be shown, but for what was hidden of it a day before."""
    let_out(proposed(lead(client)))
    for _ in range(9):
        enquiry("OOTH", 60)
        enquiry("OOTH", 10)
    count(NOW + timedelta(1))
    held = {row[0]: row[1:] for row in proposed(client).figures}
    assert held["Other ethnic group"] == ["[c]"] * 5
    Release.objects.all().delete()
    free = {row[0]: row[1:] for row in proposed(client).figures}
    assert free["Other ethnic group"][:2] == ["10", "20"]


@pytest.mark.usefixtures("counted")
def test_figures_that_an_earlier_release_gives_away_are_refused_and_it_is_named(
    client: Client,
) -> None:
    first = let_out(proposed(lead(client)))
    enquiry("BAFR", 10)
    enquiry("WBRI", 10)
    count()
    said = main_of(client.get(f"{START}?by=ethnicity"))
    assert f"together with “{first.title}” ({first.ref}), released on" in said
    assert "for =The board. Release by the same groups as then, or wait" in said
    refused = client.post(f"{START}?by=ethnicity", ANSWERS)
    assert first.ref in main_of(refused)
    assert Release.objects.count() == 1


@pytest.mark.usefixtures("counted")
def test_what_was_let_out_meanwhile_is_weighed_when_the_second_person_decides(
    client: Client,
) -> None:
    made = proposed(lead(client))
    enquiry("BAFR", 10)
    count()
    let_out(proposed(client))
    with pytest.raises(Problem, match="What changed since release"):
        let_out(made)
    made.refresh_from_db()
    assert made.released_at is None


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("reason", "counted_of"), [("adoption", "29"), ("public-interest", "30")])
def test_records_restricted_for_some_reasons_are_in_no_figure_by_group(
    client: Client, reason: str, counted_of: str
) -> None:
    """The pack says for which: colleagues who know of the child could find them."""
    one = Child.objects.filter(identity_standings__answer="BAFR").first()
    assert one is not None
    restrict(one, by=make.user("director"), at=NOW, reason=reason, let_in=[make.user("director")])
    count()
    client.force_login(make.user("quality_assurance"))
    page = client.get(f"/equality/fares/clocks/{CLOCK}/")
    assert f"of {counted_of})" in main_of(page)


def _sheets(ods: bytes) -> dict[str, list[list[str]]]:
    with ZipFile(io.BytesIO(ods)) as file:
        assert file.namelist()[0] == "mimetype"
        assert file.read("mimetype").decode() == ODS
        root = etree.fromstring(file.read("content.xml"))
        assert b"en-GB" in file.read("meta.xml")
    return {
        sheet.get(f"{{{SPACES['table']}}}name"): [
            ["".join(cell.itertext()) for cell in row.iterfind(".//table:table-cell", SPACES)]
            for row in sheet.iterfind(".//table:table-row", SPACES)
        ]
        for sheet in root.iterfind(".//table:table", SPACES)
    }


@pytest.mark.usefixtures("counted")
def test_all_five_forms_hold_the_same_figures_as_the_analysis_function_advises(
    client: Client,
) -> None:
    """Cover, contents, notes; one table a sheet, titled first, no cell empty, none merged."""
    made = let_out(proposed(lead(client)))
    where = f"/equality/fares/releases/{made.ref}/"
    files = {kind: client.get(f"{where}?as={kind}").content for kind in
             ("csv", "xlsx", "ods", "html", "pdf")}  # fmt: skip
    assert ["[c]"] * 5 in [row[1:] for row in made.figures]
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert rows[1 : 1 + len(made.figures)] == made.figures
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table_1"]
    assert book.properties.language == "en-GB"
    sheet = book["Table_1"]
    assert made.title in sheet["A1"].value
    assert list(sheet.tables) == ["Table_1"]
    assert not sheet.merged_cells.ranges
    held = [[str(cell.value) for cell in row] for row in sheet[sheet.tables["Table_1"].ref]]
    assert held == made.figures
    assert sheet["B6"].data_type in {"n", "s"}
    every = [cell for one in book for table in one.tables.values() for row in one[table.ref]
             for cell in row]  # fmt: skip
    assert all(cell.value not in (None, "") for cell in every)
    assert not any(str(cell.value).startswith("=") and cell.data_type == "f" for cell in every)
    sheets = _sheets(files["ods"])
    assert list(sheets) == book.sheetnames
    assert sheets["Table_1"][3:] == made.figures
    assert "[c]" in [row[0] for row in sheets["Notes"]]
    page = html.fromstring(files["html"])
    assert page.get("lang") == "en-GB"
    found = [[cell.text_content() for cell in row] for row in page.xpath("//table[1]//tr")]
    assert found == made.figures
    assert files["pdf"].startswith(b"%PDF")
    assert b"/Lang" in files["pdf"]
    assert client.get(f"{where}?as=pdf").content == files["pdf"]


def test_the_packs_thresholds_are_one_source_for_pages_and_releases() -> None:
    own = profiles_on(TODAY)[0]
    assert (own.id, own.threshold, own.base) == ("own", 5, 5)
