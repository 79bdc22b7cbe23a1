"""Reports: what counts in them, whose version says what, and what cannot be changed any more."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.actions import reports as actions
from evenhand.audits.actions.programme import generate
from evenhand.audits.freeing import Name, freed, left, small_words
from evenhand.audits.models import Report
from evenhand.audits.queries.counting import Tally
from evenhand.audits.queries.material import material_of
from evenhand.audits.queries.next_reports import next_of
from evenhand.audits.queries.reports import document_of
from evenhand.audits.reporting import showing
from evenhand.audits.reporting.groups import groups
from evenhand.audits.reporting.showing import TOO_FEW
from evenhand.audits.reporting.themes import teams
from evenhand.design.documents import Document
from evenhand.history.models import View
from evenhand.people import standings
from evenhand.people.models import Child, Family, FamilyMember, IdentityStatement
from evenhand.problems import Problem
from evenhand.rules.periods import Span
from evenhand.rules.states import State
from tests import factories as make
from tests.audits.graded import graded
from tests.clock import Clock
from tests.pages import hidden_of, main_of, table_of
from tests.recording.desk import Desk

HALF_YEAR = Span(date(2026, 1, 1), date(2026, 6, 30))
NAMES = (
    Name("Wren Harbour-Smith", "the child"),
    Name("Zoë O\N{RIGHT SINGLE QUOTATION MARK}Neil", "the mother"),
    Name("Will Young", "a colleague", anyhow=False),
    Name("\N{LATIN CAPITAL LETTER L WITH STROKE}ukasz Nowak", "the father"),
    Name("3 April 2014", "[date of birth]", whole=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Wren Harbour-Smith was seen.", "the child was seen."),
        ("wren's room; Smith, and HARBOUR", "the child's room; the child, and the child"),
        ("Zoe O'Neil rang.", "the mother rang."),
        ("Zoë rang 07700 900123.", "the mother rang [number]."),
        ("Write to z.o@example.org", "Write to [address]"),
        ("Will Young will be told: young people", "a colleague will be told: young people"),
        ("Wrens mum; a wrens' nest in harbours", "the child's mum; a wrens' nest in harbours"),
        (
            "W said. W's bed; WHS, W.H.S. A plan.",
            "the child said. the child's bed; the child, the child A plan.",
        ),
        ("wren2012, @wren_x, wrenharboursmith", "the child2012, [address], the child"),
        (
            "Zoe\N{COMBINING DIAERESIS} O'Neil and Wr\N{ZERO WIDTH SPACE}en",
            "the mother and the child",
        ),
        (
            "Lukasz; \N{LATIN CAPITAL LETTER L WITH STROKE}UKASZ Smith",
            "the father; the father the child",
        ),
        ("H801200001001, 01983-823340, not 2025-26", "[number], [number], not 2025-26"),
        ("Born 3 April 2014 at PO30 1UD; in April", "Born [date of birth] at [postcode]; in April"),
        ("", ""),
    ],
)
def test_names_are_replaced_by_who_it_is(words: str, said: str) -> None:
    """Whole names and parts, in any case and without accents; never within another word."""
    assert freed(words, NAMES) == said


def test_longer_names_win_and_none_is_found_where_there_are_none() -> None:
    names = (Name("Ann", "the mother"), Name("Ann Marie", "the child"))
    assert freed("Ann Marie and Ann", names) == "the child and the mother"
    assert freed("Ann", ()) == "Ann"


def test_what_may_still_be_a_name_is_shown() -> None:
    """Nicknames, schools and shops; not what stands in small letters elsewhere."""
    common = small_words("the plan was made at home, visits and decisions followed")
    assert left("Maddie went to Oakfield Primary School. The plan.", common) == (
        "Maddie", "Oakfield Primary School",
    )  # fmt: skip
    assert left("Visits followed. Decisions too, the child said.", common) == ()


pytest_db = pytest.mark.django_db


def _desk() -> Desk:
    desk = Desk("Ola Marsh", role=Role.QUALITY_ASSURANCE)
    desk.user.grants.update(team=None)
    return desk


def _readers() -> tuple[str, str]:
    """The groups that must have a half-year's report, with somebody in each."""
    make.user(Role.DIRECTOR)
    make.user(Role.TEAM_MANAGER)
    return ("senior-leadership", "team-managers")


def _draw(desk: Desk, at: Any, kind: str = "half-year") -> Report:
    made: Report = actions.draw_up(kind, date(2026, 1, 1), date(2026, 6, 30), by=desk.user, at=at)
    return made


def _text(document: Document) -> str:
    parts = [document.title, *document.notes]
    for one in document.sections:
        parts += [one.heading, *one.sentences]
        parts += [cell for table in one.tables for row in table.rows for cell in row]
    return " ".join(parts)


@pytest_db
def test_an_audit_that_lacks_a_section_counts_once_somebody_adds_it(clock: Clock) -> None:
    now, desk, team = clock.at("2026-07-01"), _desk(), make.team("Harbour")
    for _ in range(3):
        graded(desk.user, date(2026, 5, 4), team=team)
    lacking = graded(desk.user, date(2026, 5, 5), team=team, lacking="identity")
    twin = graded(desk.user, date(2026, 5, 6), team=team, grade="inadequate")
    twin.twin_of = lacking
    twin.save()
    report = _draw(desk, now)
    found = table_of(desk.get("audits:report", report.ref), "The grade of the whole")
    assert found[0][:2] == ["Harbour", "100% (3/3)"]
    missing = table_of(desk.get("audits:report", report.ref), "Done, but a section is missing")
    assert missing == [["Team manager's file audit", "Harbour", lacking.ref]]
    lacking.recording.answers.create(ref="bcdfghjkmnpz", question="identity_grade", code="good")
    actions.count_again(report, by=desk.user, at=now, version=report.version)
    found = table_of(desk.get("audits:report", report.ref), "The grade of the whole")
    assert found[0][1] == "100% (4/4)"


@pytest_db
def test_a_body_outside_gets_its_own_version(clock: Clock) -> None:
    """Without teams, with small counts hidden; whoever answers for the practice sees them."""
    now, desk, team = clock.at("2026-07-01"), _desk(), make.team("Harbour")
    for place in range(12):
        grade = "inadequate" if place < 2 else "good"
        graded(desk.user, date(2026, 5, 4), type_="threshold", team=team, identity_grade=grade)
    report = _draw(desk, now, "threshold")
    whole, outside = _text(document_of(report)), _text(document_of(report, ["partnership"]))
    assert "83% (10/12)" in whole
    assert "Harbour" in whole
    assert "83% (10/12)" not in outside
    assert "too few to show" in outside
    assert "100% (12/12)" in outside
    assert "Harbour" not in outside
    both = _text(document_of(report, ["partnership", "team-managers"]))
    assert "83% (10/12)" in both
    assert "Harbour" not in _text(document_of(report, []))


@pytest_db
def test_quotations_are_freed_of_names_and_go_in_only_once_they_were_read(clock: Clock) -> None:
    now, desk = clock.at("2026-07-01"), _desk()
    worker = make.worker("Ana Quay", team=make.team("Harbour"))
    child = make.child(forename="Wren", surname="Tide", team=worker.team, worker=worker)
    sibling = make.child(forename="Kit", surname="Tide")
    make.parent(child, "Moira")
    family = Family.objects.create(ref="bcdfghjkmnpq")
    for one in (child, sibling):
        FamilyMember.objects.create(family=family, child=one)
    said = "Wren and Kit told Ana Quay that Moira listens. Ola Marsh agrees. Wrenny likes football."
    graded(desk.user, date(2026, 5, 4), child=child, team=worker.team, identity_evidence=said)
    report = _draw(desk, now)
    page = desk.get("audits:quotations", report.ref)
    freed_of = (
        "the child and a brother or sister told the worker that the mother listens. "
        "the auditor agrees. Wrenny likes football."
    )
    assert freed_of in page.content.decode()
    assert "Wren " not in main_of(page)
    assert "Is it a name? Wrenny" in main_of(page)
    looked = View.objects.filter(user_id=desk.user.pk, child_id=child.pk, page="audit comments")
    assert looked.count() == 1
    name = next(
        line.split('name="words_')[1].split('"')[0]
        for line in page.content.decode().splitlines() if 'name="words_' in line
    )  # fmt: skip
    given = {"version": hidden_of(page, "version"), f"words_{name}": "The mother listens."}
    desk.client.post(reverse("audits:quotations", args=[report.ref]), given)
    assert "The mother listens" not in desk.words("audits:report", report.ref)
    report.refresh_from_db()
    given |= {"version": str(report.version), f"pick_{name}": "on"}
    desk.client.post(reverse("audits:quotations", args=[report.ref]), given)
    assert "“The mother listens.” (Who the child is)" in desk.words("audits:report", report.ref)


@pytest_db
def test_what_was_recommended_last_time_and_what_became_of_it(clock: Clock) -> None:
    now, desk = clock.at("2026-01-05"), _desk()
    groups = _readers()
    told = {"by": desk.user, "at": now}
    first = actions.draw_up("half-year", date(2025, 7, 1), date(2025, 12, 31), **told)
    made = actions.recommend(first, **told, words="Ask each child", owner=desk.user)
    actions.publish(first, **told, version=first.version, groups=groups)
    made.refresh_from_db()
    assert made.action.owner == desk.user
    report = _draw(desk, clock.at("2026-07-01"))
    (row,) = table_of(desk.get("audits:report", report.ref), "What was recommended last time")
    assert row[0] == "Ask each child"
    assert row[1] == "Ola Marsh"
    assert row[2:] == ["Mon 2 March 2026", "open"]


@pytest_db
def test_a_published_report_stays_as_it_left(clock: Clock) -> None:
    now, desk = clock.at("2026-07-01"), _desk()
    groups = _readers()
    told, report = {"by": desk.user, "at": now}, _draw(desk, clock.at("2026-07-01"))
    actions.publish(report, **told, version=1, groups=groups)
    for change in (
        lambda: actions.publish(report, **told, version=2, groups=groups),
        lambda: actions.count_again(report, **told, version=2),
        lambda: actions.edit(report, **told, version=2, title="Another", words={}),
        lambda: actions.recommend(report, **told, words="More"),
        lambda: actions.quote(report, **told, version=2, chosen=[]),
    ):
        with pytest.raises(Problem, match="published and stays as it left"):
            change()


@pytest_db
def test_publishing_warns_of_a_report_that_could_be_taken_from_it(clock: Clock) -> None:
    now, desk = clock.at("2026-07-01"), _desk()
    groups = _readers()
    told = {"by": desk.user, "at": now}
    actions.publish(_draw(desk, now), **told, version=1, groups=groups)
    again = actions.draw_up("half-year", date(2026, 6, 1), date(2026, 9, 30), **told)
    after = actions.draw_up("half-year", date(2026, 7, 1), date(2026, 9, 30), **told)
    warning = "is of some of the same time. Whoever has both can take one from the other"
    assert warning in desk.words("audits:publish-report", again.ref)
    assert warning not in desk.words("audits:publish-report", after.ref)


@pytest_db
def test_what_is_not_due_yet_is_neither_due_nor_missing(clock: Clock) -> None:
    now, desk = clock.at("2026-02-02"), _desk()
    team = make.team("Harbour")
    make.user(Role.TEAM_MANAGER, team=team)
    generate(2026, by=desk.user, at=now)
    page = desk.get("audits:report", _draw(desk, now).ref)
    assert "more are not due yet: counted neither as due nor as missing." in main_of(page)
    months = {
        words.split()[0]
        for *_, lacking in table_of(page, "Missing")
        for words in lacking.split(", ")
    }
    assert months == {"January"}


@pytest_db
def test_words_of_two_people_are_not_written_over(clock: Clock) -> None:
    now, desk = clock.at("2026-07-01"), _desk()
    report = _draw(desk, now)
    given = {"version": "1", "title": "First", "words_summary": "Ours."}
    where = reverse("audits:edit-report", args=[report.ref])
    assert desk.client.post(where, given).status_code == 302
    late = desk.client.post(where, given | {"title": "Second", "words_summary": "Theirs."})
    assert "This report was changed since you opened it" in main_of(late)
    assert "Theirs." in late.content.decode()
    report.refresh_from_db()
    assert (report.title, report.sections[0]["words"]) == ("First", "Ours.")
    assert "It says now: Ours." in main_of(late)
    again = {field.html_name: field.value() or "" for field in late.context["form"]}
    assert desk.client.post(where, again).status_code == 302
    report.refresh_from_db()
    assert (report.title, report.sections[0]["words"]) == ("Second", "Theirs.")


@pytest_db
def test_a_report_without_audits_and_a_time_that_ends_before_it_begins(clock: Clock) -> None:
    now, desk = clock.at("2026-07-01"), _desk()
    report = _draw(desk, now)
    assert "No audit was due in this time." in desk.words("audits:report", report.ref)
    given = {"kind": "half-year", "since": "1/7/2026", "until": "1/6/2026"}
    reply = desk.client.post(reverse("audits:draw-up-report"), given)
    assert "The time ends before it begins." in main_of(reply)


@pytest_db
def test_a_report_as_files(clock: Clock) -> None:
    """A tagged PDF, and a Word file with headings and tables that name their columns."""
    now, desk, team = clock.at("2026-07-01"), _desk(), make.team("Harbour")
    graded(desk.user, date(2026, 5, 4), team=team)
    report = _draw(desk, now)
    pdf = desk.get("audits:report", report.ref, **{"as": "pdf"})
    assert pdf.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf.content
    word = desk.get("audits:report", report.ref, **{"as": "docx"})
    made = docx.Document(io.BytesIO(word.content))
    styles = [one.style.name for one in made.paragraphs if one.text]
    assert styles[0] == "Heading 1"
    assert "Heading 2" in styles
    assert made.core_properties.language == "en-GB"
    assert any(cell.text == "Harbour" for table in made.tables for cell in table.columns[0].cells)
    assert 'w:tblHeader w:val="true"' in made.tables[0]._tbl.xml


@pytest_db
def test_a_team_manager_sees_the_scores_of_their_own_team(clock: Clock) -> None:
    clock.at("2026-07-01")
    desk, other = Desk("Ana Quay", role=Role.TEAM_MANAGER), make.team("Quill")
    graded(desk.user, date(2026, 5, 4), team=desk.team)
    graded(desk.user, date(2026, 5, 4), team=other)
    words = desk.words("audits:scores")
    assert desk.team.name in words
    assert "Quill" not in words
    book = desk.get("audits:scores", **{"as": "xlsx"})
    assert book.content.startswith(b"PK")


@pytest_db
def test_what_somebody_picked_is_counted_apart(clock: Clock) -> None:
    now, desk, team = clock.at("2026-07-01"), _desk(), make.team("Harbour")
    graded(desk.user, date(2026, 5, 4), team=team)
    graded(desk.user, date(2026, 5, 4), team=team, grade="inadequate", is_random=False)
    page = desk.get("audits:report", _draw(desk, now).ref)
    assert table_of(page, "The grade of the whole")[0][1] == "100% (1/1)"
    assert table_of(page, "Files that were picked")[0] == ["The grade of the whole", "0% (0/1)"]


@pytest_db
def test_a_half_year_that_went_by_without_a_report_does_not_hold_up_the_next(clock: Clock) -> None:
    now, desk = clock.at("2026-11-20"), _desk()
    groups = _readers()
    generate(2026, by=desk.user, at=now)
    kind = pack.report_kind_called("half-year")
    assert next_of(kind, now)[1:3] == (date(2026, 6, 30), State.LATE)
    actions.publish(_draw(desk, now), by=desk.user, at=now, version=1, groups=groups)
    assert next_of(kind, now)[1:3] == (date(2027, 5, 20), State.OPEN)


def _groups(**of: tuple[int, int]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """What the part by group says and shows of one dimension: so many met of so many, by group."""
    tallies = {name: Tally(*pair) for name, pair in of.items()}
    made_of: Any = SimpleNamespace(groups={"Sex": tallies}, span=HALF_YEAR)
    (section,) = groups(made_of, showing(HALF_YEAR.until))
    return section.sentences, [row for table in section.tables for row in table.rows]


def test_a_small_group_is_hidden_with_another_from_which_it_could_be_told() -> None:
    """Three of one group are hidden, and the next smallest; the large one stands."""
    _, rows = _groups(a=(2, 3), b=(7, 14), c=(30, 60))
    assert [row[1] for row in rows] == [TOO_FEW, TOO_FEW, "50% (30/60)"]
    assert rows[2][2].endswith("62%")


def test_where_the_whole_is_small_no_group_is_shown() -> None:
    """Three met of all: the number of all is told elsewhere, and would tell each group's."""
    sentences, rows = _groups(a=(3, 40), b=(0, 40))
    assert not rows
    assert "By sex: too few audits to show." in sentences


@pytest_db
def test_grades_by_group_count_everybody_and_stand_in_every_version(clock: Clock) -> None:
    """Of twelve girls six, of twelve boys seven; one of no child hides another group."""
    now, desk = clock.at("2026-07-01"), _desk()
    team = make.team("Harbour")
    for sex, met in (("F", 6), ("M", 7)):
        for place in range(12):
            child = make.child(team=team)
            _say(child, "sex", sex)
            grade = "good" if place < met else "inadequate"
            graded(desk.user, date(2026, 5, 4), child=child, team=team, grade=grade)
    standings.restate([(pk, None) for pk in Child.objects.values_list("pk", flat=True)], ["sex"])
    for groups_ in (None, ["partnership"]):
        text = _text(document_of(_draw(desk, now), groups_))
        assert "Group by group" in text
        assert "50% (6/12)" in text
        assert "25% to 75%" in text
    graded(desk.user, date(2026, 5, 4), team=team)
    assert "50% (6/12)" not in _text(document_of(_draw(desk, now)))


def _say(child: Child, characteristic: str, answer: str) -> None:
    IdentityStatement.objects.create(
        ref=new_reference(), child=child, characteristic=characteristic, status="answered",
        answer=answer, said_by="import", recorded_at=make.NOW,
    )  # fmt: skip


@pytest_db
def test_where_one_team_is_hidden_none_is_shown(clock: Clock) -> None:
    """The number of all would tell it."""
    now, desk = clock.at("2026-07-01"), _desk()
    for name, number in (("Harbour", 3), ("Quay", 12)):
        team = make.team(name)
        for _ in range(number):
            graded(desk.user, date(2026, 5, 4), child=make.child(team=team), team=team)
    made_of = material_of(pack.report_kind_called("half-year"), HALF_YEAR, now)
    for show, seen in ((showing(HALF_YEAR.until), "100% (12/12)"),
                       (showing(HALF_YEAR.until, is_small_hidden=True), TOO_FEW)):  # fmt: skip
        (section,) = teams(made_of, show)
        rows = {row[0]: row[1] for row in section.tables[0].rows}
        assert rows["Quay"] == seen


@pytest_db
def test_a_team_stands_apart_where_its_range_leaves_out_the_others(clock: Clock) -> None:
    """Harbour meets the chronology in 1 of 12, the others in 24 of 24; in nothing else."""
    now, desk = clock.at("2026-07-01"), _desk()
    for name, met in (("Harbour", 1), ("Quay", 12), ("Mill", 12)):
        team = make.team(name)
        for place in range(12):
            graded(desk.user, date(2026, 5, 4), team=team, chronology=place < met)
    made_of = material_of(pack.report_kind_called("half-year"), HALF_YEAR, now)
    (section,) = teams(made_of, showing(HALF_YEAR.until))
    rows = {row[1]: row[2:] for row in section.tables[1].rows}
    assert rows["Harbour"] == ("8% (1/12)", "1% to 35%", "100% (24/24)")
    assert all("chronology" in row[0] for row in section.tables[1].rows)
    (hidden,) = teams(made_of, showing(HALF_YEAR.until, is_small_hidden=True))
    assert len(hidden.tables) == 1


@pytest_db
def test_a_part_that_is_not_there_cannot_be_left_out(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the pen in a pack would give a body what it is not to get: nothing is published."""
    now, desk = clock.at("2026-07-01"), _desk()
    make.user(Role.DIRECTOR), make.user(Role.TEAM_MANAGER)
    report = _draw(desk, now)
    known = pack.recipients()
    slip = known["senior-leadership"]._replace(leaves_out=frozenset({"team"}))
    monkeypatch.setattr(pack, "recipients", lambda: known | {slip.id: slip})
    with pytest.raises(Problem, match="there is no such part"):
        actions.publish(report, by=desk.user, at=now, version=0, groups=list(report.recipients))
