"""What is held, as Parquet files: whole, the pages' own figures, and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.test import Client, override_settings

from evenhand import cli
from evenhand.equality.pathway import dimensions
from evenhand.facts.adopted import policy
from evenhand.facts.registry import BINDINGS, SUBJECTS
from evenhand.history.models import Entry
from evenhand.imports.actions import import_paths
from evenhand.people import standings
from evenhand.people.actions import restrict
from evenhand.people.actions.objecting import object_to_monitoring
from evenhand.people.models import Child, IdentityStatement
from evenhand.policy import packs
from evenhand.problems import Problem
from evenhand.publications.parquet import write_parquet
from evenhand.rules.periods import months_before
from evenhand.sources.models import SourceReference
from evenhand.standards import standing
from evenhand.standards.models import Standing, StandingTally
from evenhand.synth.build import Order, build
from tests import factories as make
from tests.equality.crowd import CLOCK, count, crowd, enquiry, known, referred
from tests.factories import NOW, TODAY
from tests.pages import table_of

pytestmark = pytest.mark.both_databases
BORN = date(2013, 7, 9)  # no event of these tests falls on it
BIRTHDAY_PACK = {
    "pack.yaml": """id: birthdays
title: A pack with a clock from birth
source: Made up
licence: none
adopts: [england]
""",
    "clauses.yaml": '- {id: B-1, ref: "1", basis: text, summary: Held by 13.}\n',
    "standards/born.yaml": """- id: by-13
  title: A conference by 13
  clauses: [B-1]
  subject: conference
  deadline: {starts: conference.child_born, stops: conference.held}
  within: [{from: 2005-04-01, value: 13, unit: years, basis: text}]
  cases:
    - {conference.child_born: 2010-01-05, conference.held: 2023-01-05, today: 2024-01-01,
       expect: kept}
""",
}  # fmt: skip


class Folder:
    """An export, asked in SQL; ``{name}`` stands for a file."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.schema: dict[str, Any] = json.loads((place / "schema.json").read_text("utf-8"))
        self.files = {each["file"]: each["columns"] for each in self.schema["files"]}

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        names = {path.stem: f"'{path}'" for path in self.place.glob("*.parquet")}
        return duckdb.sql(sql.format_map(names)).fetchall()

    def columns(self, file: str) -> list[str]:
        return [row[0] for row in duckdb.sql(f"DESCRIBE FROM '{self.place / file}'").fetchall()]


@pytest.fixture
def held(db: None) -> None:
    """A source holds every fact until today."""
    make.coverage(*BINDINGS, complete_to=TODAY)


@pytest.fixture
def exported(tmp_path: Path) -> Iterator[Any]:
    """Return a function that writes an export."""
    numbers = iter(range(100))

    def export() -> Folder:
        place = tmp_path / f"out{next(numbers)}"
        write_parquet(place, by=None, at=NOW)
        return Folder(place)

    return export


@pytest.fixture
def islehaven(db: None, tmp_path: Path) -> None:
    """The made-up authority, small, imported as a case system would send it."""
    build(Order(children=60, seed=2, as_at=date(2026, 11, 20)), tmp_path / "in")
    import_paths([tmp_path / "in"], by=None, now=NOW, as_at=date(2026, 11, 20))


def test_islehaven_is_there_to_the_last_row(islehaven: None, exported: Any) -> None:
    """Every subject's records, every standing, and no column that the schema does not explain."""
    folder = exported()
    for subject, bound in SUBJECTS.items():
        file = "children" if subject == "child" else subject
        rows = bound.model._default_manager.filter(bound.where).count()
        assert folder.ask(f"SELECT count(*), count(DISTINCT key) FROM {{{file}}}") == [(rows, rows)]
    measured = Standing.objects.filter(standard__in=policy().standards)
    assert folder.ask("SELECT count(*) FROM {standings}") == [(measured.count(),)]
    counted = StandingTally.objects.filter(team=None, month__gte=months_before(TODAY, 12))
    fields = ("standard", "month", "kept", "kept_late", "late")
    assert sorted(row for row in counted.values_list(*fields) if any(row[2:])) == folder.ask("""
        SELECT standard, date_trunc('month', due)::DATE, count(*) FILTER (state = 'kept') AS k,
            count(*) FILTER (state = 'kept late') AS l, count(*) FILTER (state = 'late') AS w
        FROM {standings} WHERE due >= date_trunc('month', as_at) - INTERVAL 12 MONTH
        GROUP BY 1, 2 HAVING k + l + w > 0 ORDER BY 1, 2
    """)
    assert {path.name for path in folder.place.glob("*.parquet")} == set(folder.files)
    for file, told in folder.files.items():
        assert [column["name"] for column in told] == folder.columns(file)
        assert all(column["meaning"] and column["type"] for column in told)
        assert folder.columns(file)[0] == "authority"
        elsewhere = f"FROM '{folder.place / file}' WHERE authority IS DISTINCT FROM 'Islehaven'"
        assert folder.ask(f"SELECT count(*) {elsewhere}") == [(0,)]


def test_every_key_leads_somewhere(islehaven: None, exported: Any) -> None:
    folder = exported()
    for file in (name for name in folder.files if "child" in folder.columns(name)):
        astray = f"FROM '{folder.place / file}' e ANTI JOIN {{children}} c ON e.child = c.key"
        assert folder.ask(f"SELECT count(*) {astray}") == [(0,)]
    for subject in (row[0] for row in folder.ask("SELECT DISTINCT subject FROM {standings}")):
        left, right = f"{{standings}} s ANTI JOIN {{{subject}}} r", "s.subject_key = r.key"
        of = f"WHERE s.subject = '{subject}'"
        assert folder.ask(f"SELECT count(*) FROM {left} ON {right} {of}") == [(0,)]
    for astray in (
        "{standings} s ANTI JOIN {standards} t ON s.standard = t.id",
        "{standings} s ANTI JOIN {teams} t ON s.team = t.team WHERE s.team IS NOT NULL",
        "{children} c ANTI JOIN {teams} t ON c.team = t.team WHERE c.team IS NOT NULL",
        "{teams} s ANTI JOIN {teams} t ON s.service = t.team WHERE s.service IS NOT NULL",
    ):
        assert folder.ask(f"SELECT count(*) FROM {astray}") == [(0,)]


def test_nothing_says_who_anybody_is(islehaven: None, exported: Any) -> None:
    """No name, number or code of the case system is in any value of any file, nor a day of birth
    beside the child's own row."""
    folder = exported()
    values = {str(value) for value in every_value(folder)}
    names = Child.objects.values_list("forename", "surname", "upn")
    known = {text for row in names for text in row if text}
    known |= set(SourceReference.objects.values_list("key", flat=True))
    known |= set(Child.objects.values_list("ref", flat=True))
    words = {text for text in known if not text.isdigit() or len(text) > 6}
    assert len(words) > 100
    assert not words & values
    surnames = {surname for _, surname, _ in names if surname}
    of_children = {
        str(value) for name in folder.files if "child" in folder.columns(name)
        for value in every_value(folder, name)
    }  # fmt: skip
    assert not {text for text in of_children if any(surname in text for surname in surnames)}


def every_value(folder: Folder, only: str = "") -> Iterator[Any]:
    for file in [only] if only else folder.files:
        for row in folder.ask(f"SELECT * FROM '{folder.place / file}'"):
            for value in row:
                yield from value if isinstance(value, list) else [value]


def test_a_day_of_birth_is_in_no_column(held: None, exported: Any) -> None:
    """Not as a fact, not as a fact of an event, and not as the day from which a clock counts."""
    child = make.child(born_on=BORN, expected_on=BORN, died_on=BORN)
    make.conference(child, date(2026, 5, 5))
    make.referral(child, date(2026, 4, 1))
    standing.refresh(NOW)
    folder = exported()
    assert folder.ask("SELECT count(*) FROM {conference}") == [(1,)]
    days = {value for value in every_value(folder) if isinstance(value, date | datetime)}
    assert date(2026, 5, 5) in days
    assert BORN not in days
    assert folder.schema["facts_left_out"] == [
        "child.born", "child.expected", "child.died", "child.worker", "conference.child_born",
        "care_leaver.born", "transition.born",
    ]  # fmt: skip


def test_a_clock_that_counts_from_birth_keeps_its_state_and_not_its_day(
    held: None, exported: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By 13 years after birth: the day due would be the birthday."""
    for name, text in BIRTHDAY_PACK.items():
        file = tmp_path / "packs" / "birthdays" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path / "packs"))
    make.conference(make.child(born_on=BORN), date(2026, 5, 5))
    with override_settings(ADOPTED_PACK="birthdays"):
        standing.refresh(NOW)
        row = Standing.objects.get(standard="birthdays/by-13")
        assert row.due_on == date(2026, 7, 9)
        folder = exported()
    of = "WHERE standard = 'birthdays/by-13'"
    assert folder.ask(f"SELECT due, due_at, done, state FROM {{standings}} {of}") == [
        (None, None, date(2026, 5, 5), "kept")
    ]


def test_the_pages_and_the_files_count_alike(held: None, client: Client, exported: Any) -> None:
    """Kept, kept late and late by ethnic group, in the twelve months to the day of the figures."""
    crowd()
    enquiry("BAFR", None)
    enquiry("", 10)
    for place, child in enumerate(Child.objects.order_by("pk")[1:]):
        known(child, "FM"[place % 2], "sex")
    objects(Child.objects.order_by("pk")[0])
    closes(Child.objects.order_by("pk")[9])
    count()
    folder = exported()
    client.force_login(make.user("director"))
    for heading, column in (("ethnic group", "ethnicity"), ("sex", "sex")):
        page = client.get(f"/equality/fares/clocks/{CLOCK}/?by={column}")
        shown = {row[0]: row[1:4] for row in table_of(page, f"How it stands, by {heading}")}
        found = folder.ask(f"""
            SELECT c.{column}, count(*) FILTER (state = 'kept'),
                count(*) FILTER (state = 'kept late'), count(*) FILTER (state = 'late')
            FROM {{standings}} s JOIN {{children}} c ON s.child = c.key
            WHERE standard = '{CLOCK}' AND due > s.as_at - INTERVAL 12 MONTH AND due <= s.as_at
            GROUP BY 1
        """)
        assert {group: list(map(str, numbers)) for group, *numbers in found} == shown
        assert len(shown) > 1


def objects(child: Child) -> None:
    by = make.user("social_worker")
    object_to_monitoring(child, by=by, at=NOW, said_by="child", said_on=TODAY)


def closes(child: Child) -> None:
    """The record is restricted for adoption."""
    restrict(
        child, by=make.user("director"), at=NOW, reason="adoption", let_in=[make.user("director")]
    )


def test_who_is_in_no_count_by_group_is_in_no_file(held: None, exported: Any) -> None:
    """Who objects, who was merged into them, and whose record is restricted for adoption.

    The keys of the rest have no gap that would tell that there is somebody.
    """
    objecting, restricted, other = referred("WBRI"), referred("BAFR"), referred("APKN")
    twin = make.child(merged_into=objecting)
    make.referral(twin, date(2026, 1, 5))
    count()
    everybody = exported()
    assert everybody.ask("SELECT count(*) FROM {children}") == [(3,)]
    objects(objecting)
    closes(restricted)
    folder = exported()
    assert folder.ask("SELECT key, ethnicity FROM {children}") == [(1, "Asian or Asian British")]
    received = [(each.received_on,) for each in other.referrals.all()]
    assert folder.ask('SELECT "referral.received"::DATE FROM {referral}') == received
    for file in (name for name in folder.files if "key" in folder.columns(name)):
        keys = f"SELECT count(*), coalesce(max(key), 0) FROM '{folder.place / file}'"
        ((rows, last),) = folder.ask(keys)
        assert rows == last
    assert folder.ask("SELECT DISTINCT child FROM {standings}") == [(1,)]


def test_a_refusal_and_no_answer_are_kept_apart(held: None, exported: Any) -> None:
    for status in ("declined", ""):
        child = referred("")
        if status:
            IdentityStatement.objects.create(
                ref=f"ref{child.pk}", child=child, characteristic="ethnicity", status=status,
                said_by="child", recorded_at=NOW,
            )  # fmt: skip
    referred("WBRI")
    count()
    told = exported().ask("SELECT ethnicity FROM {children} ORDER BY 1")
    told_apart = ["Chose not to say (REFU)", "No record that we asked (NOBT)", "White"]
    assert [group for (group,) in told] == told_apart


def test_what_a_child_tells_if_they_wish_is_not_there(
    held: None, exported: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the answer, and no column for one, though a pack of our own should compare by it."""
    file = tmp_path / "packs" / "curious" / "disparity.yaml"
    file.parent.mkdir(parents=True)
    by = "- {id: gender, label: Gender, by: code, codes: gender_identity, children: {},"
    england = (packs.shipped() / "england" / "disparity.yaml").read_text("utf-8")
    asked = f"dimensions:\n  {by} characteristic: gender_identity}}"
    file.write_text(england.replace("dimensions:", asked, 1), encoding="utf-8")
    pack = BIRTHDAY_PACK["pack.yaml"].replace("id: birthdays", "id: curious")
    file.with_name("pack.yaml").write_text(pack, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path / "packs"))
    child = referred("WBRI")
    for characteristic in ("gender_identity", "sexual_orientation"):
        IdentityStatement.objects.create(
            ref=f"{characteristic[:8]}{child.pk}"[:12], child=child, answer="told us so",
            characteristic=characteristic, status="answered", said_by="child", recorded_at=NOW,
        )  # fmt: skip
    standings.restate([(child.pk, None)], ["gender_identity", "sexual_orientation"])
    with override_settings(ADOPTED_PACK="curious"):
        assert "gender" in {dimension.id for dimension in dimensions()}
        count()
        folder = exported()
    assert "told us so" not in set(map(str, every_value(folder)))
    assert "gender" not in json.dumps(folder.schema)


def test_two_exports_cannot_be_joined(held: None, exported: Any) -> None:
    """The same record has another key, and stands in another place."""
    for days in range(60):
        referred("WBRI", 100 + days)
    count()
    first, second = exported(), exported()
    ask = 'SELECT key, child, "referral.received" FROM {referral}'
    one = {received: (key, child) for key, child, received in first.ask(ask)}
    two = {received: (key, child) for key, child, received in second.ask(ask)}
    assert set(one) == set(two)
    assert sum(one[day] == two[day] for day in one) < 10
    assert [row[2] for row in first.ask(ask)] != [row[2] for row in second.ask(ask)]


def test_children_who_are_one_have_one_key_and_what_was_withdrawn_is_gone(
    held: None, exported: Any
) -> None:
    kept, other = referred("WBRI", 200), referred("WBRI", 100)
    make.referral(kept, date(2026, 1, 5), withdrawn=True)
    count()
    Child.objects.filter(pk=other.pk).update(merged_into=kept)
    folder = exported()
    (row,) = folder.ask("SELECT key FROM {children}")
    assert folder.ask("SELECT child FROM {referral}") == [row, row]
    assert folder.ask("SELECT child FROM {standings}") == [row] * Standing.objects.count()


def test_many_values_are_lists_and_a_fact_that_no_source_holds_is_empty(
    db: None, exported: Any
) -> None:
    """An empty list says that none is on record; nothing at all, that nobody tells us."""
    make.coverage("care_period.started", "care_period.reviews_held")
    child = make.child()
    reviewed = make.care_period(child, date(2026, 1, 5))
    make.care_period(child, date(2026, 3, 5))
    for day in (date(2026, 4, 20), date(2026, 1, 30)):
        make.looked_after_review(reviewed, day)
    standing.refresh(NOW)
    folder = exported()
    assert folder.ask("""
        SELECT "care_period.reviews_held", "care_period.visits_held" FROM {care_period}
        ORDER BY "care_period.started"
    """) == [([date(2026, 1, 30), date(2026, 4, 20)], None), ([], None)]
    of = {column["name"]: column for column in folder.files["care_period.parquet"]}
    assert of["care_period.reviews_held"]["type"] == "list of date"
    assert of["care_period.reviews_held"]["held_to"] == TODAY.isoformat()
    assert of["care_period.visits_held"]["held"] is False


def test_it_says_for_whom_it_is_and_the_history_keeps_that_it_left(
    held: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    referred("WBRI")
    standing.refresh(NOW)
    assert cli.main(["export", "parquet", str(tmp_path / "out")]) == 0
    assert "children: 1 rows" in capsys.readouterr().out
    told = (tmp_path / "out" / "README.txt").read_text("utf-8")
    assert "people who are entitled to open the cases" in told
    assert "not for publication" in told.replace("\n", " ")
    assert "True for Sat 21 November 2026" in told
    entry = Entry.objects.get(action="parquet.written")
    assert entry.changes["referral"] == [None, 1]


def test_a_folder_that_is_there_is_left_as_it_is(held: None, tmp_path: Path) -> None:
    standing.refresh(NOW)
    make.referral(make.child(), TODAY)
    standing.refresh(NOW)
    (tmp_path / "out").mkdir()
    with pytest.raises(Problem, match="is there already"):
        write_parquet(tmp_path / "out", by=None, at=NOW)
    assert not list((tmp_path / "out").iterdir())


def test_an_export_that_fails_leaves_nothing(held: None, tmp_path: Path) -> None:
    """Neither a folder, nor a half of one, nor a word in the history."""
    referred("WBRI")
    standing.refresh(NOW)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Problem, match="cannot be written"):
        write_parquet(tmp_path / "file" / "out", by=None, at=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert not Entry.objects.filter(action="parquet.written").exists()


def test_nothing_held_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="Nothing has been imported yet"):
        write_parquet(tmp_path / "out", by=None, at=NOW)
