"""What is given: everything held, what tells of others left out of the very files, and by whom."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

import jsonschema
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.history.actions import log_view
from evenhand.history.models import Entry
from evenhand.people.actions import answer
from evenhand.people.models import Child, Family, FamilyMember
from evenhand.problems import Problem
from evenhand.records import actions
from evenhand.records.actions.bundles import Judged
from evenhand.records.gathering.events import of_child
from evenhand.records.gathering.traces import DERIVED, ELSEWHERE, models_without_a_part
from evenhand.records.models import Bundle, RecordsRequest
from tests import factories as make
from tests.pages import main_of
from tests.records.pdf_text import words_of

pytestmark = pytest.mark.django_db
RECEIVED = date(2026, 10, 30)
MOTHER, SISTER, NEIGHBOUR = "Marenka Quayside", "Sylvie Quayside", "Individual"
OWN_WORDS = "I like the sea 😀"


class Given(NamedTuple):
    """A child of whom much is held, and those who answer a request."""

    child: Child
    officer: User
    director: User


@pytest.fixture
def given() -> Given:
    """A child with a mother, a sister, a merged record, a referral, answers, and looks."""
    officer, director = make.user("data_protection_officer"), make.user("director")
    team = make.team()
    worker = make.worker("Wilf Harbourmaster", team=team)
    child = make.child(
        forename="Ada", surname="Lantern", born_on=date(2011, 3, 1), team=team, worker=worker
    )
    twin = make.child(forename="Adah", surname="Lantern", merged_into=child)
    make.parent(child, "Marenka").__class__.objects.update(surname="Quayside")
    family = Family.objects.create(ref="family23456b")
    sister = make.child(forename="Sylvie", surname="Quayside")
    for member in (child, sister):
        FamilyMember.objects.create(family=family, child=member)
    make.referral(child, date(2025, 3, 3), source_code="1A", source_text="Mrs Oldcastle next door")
    make.referral(twin, date(2024, 2, 2), close_reason="Left with marenka quayside")
    make.involvement(child, worker, role="Allocated worker")
    said = {
        "status": "answered",
        "said_by": "child",
        "asked_on": date(2026, 5, 1),
        "how": "Face to face",
    }
    by = make.user("social_worker", worker=worker)
    answer(
        child, by=by, at=make.NOW, characteristic="ethnicity", answer="WBRI",
        own_words=OWN_WORDS, **said,
    )  # fmt: skip
    answer(
        child, by=by, at=make.NOW, characteristic="sexual_orientation", answer="",
        own_words="Mine to tell", may_see="worker", **said,
    )  # fmt: skip
    log_view(by, child.pk, page="child", at=make.NOW, why="Visit tomorrow")
    return Given(child, officer, director)


def request_of(given: Given, **fields: object) -> RecordsRequest:
    """A request whose identity was checked."""
    said = {
        "received_on": RECEIVED, "came_by": "Letter", "asked_by": "child", "wanted": "Everything",
    }  # fmt: skip
    by = {"by": given.officer, "at": make.NOW}
    made = actions.receive(given.child, **by, **{**said, **fields})
    actions.record_identity(made, **by, shown_on=RECEIVED, identity_by="Birth certificate seen")
    return made


def prepared(given: Given, **fields: object) -> Bundle:
    """What was gathered, every mark decided as proposed."""
    bundle = actions.prepare(request_of(given, **fields), by=given.officer, at=make.NOW)
    judged = [Judged(mark.number, mark.proposed) for mark in bundle.marks.all()]
    actions.judge(bundle, judged, by=given.officer, at=make.NOW)
    return bundle


def texts_of(bundle: Bundle) -> tuple[str, str, dict[str, str]]:
    """The words of both files: of the PDF, of the whole archive, and of each of its members."""
    archive = ZipFile(BytesIO(base64.b64decode(bundle.archive)))
    members = {name: archive.read(name).decode() for name in archive.namelist()}
    return words_of(base64.b64decode(bundle.pdf)), "\n".join(members.values()), members


def test_words_left_out_are_in_neither_file_and_what_is_kept_is(
    client: Client, given: Given
) -> None:
    """Through the pages: gathered, gone through, approved by another, and downloaded."""
    request = request_of(given)
    client.force_login(given.officer)
    url = {name: reverse(f"records:{name}", args=[request.ref]) for name in ("gather", "marks")}
    assert client.post(url["gather"]).status_code == 302
    bundle = request.bundles.get()
    marks = {mark.words: mark for mark in bundle.marks.all()}
    assert {MOTHER, SISTER, "Mrs Oldcastle next door"} <= set(marks)
    assert marks[MOTHER].kind == "parent"
    assert marks[MOTHER].proposed
    decided = {}
    for mark in marks.values():
        decided[f"mark-{mark.number}"] = "leave out" if mark.proposed else "keep"
    decided[f"mark-{marks[SISTER].number}"] = "keep"
    refused = client.post(url["marks"], decided)
    assert "against the proposal, without a reason" in main_of(refused)
    assert bundle.marks.exclude(leave_out=None).count() == 0
    decided[f"why-{marks[SISTER].number}"] = "They live together."
    assert client.post(url["marks"], decided).status_code == 302

    release = reverse("records:release", args=[request.ref])
    mine = client.post(release, {"approved": "on"})
    assert "Another person approves it." in main_of(mine)
    client.force_login(given.director)
    assert client.post(release, {"approved": "on"}).status_code == 302
    client.force_login(given.officer)
    pdf = client.get(reverse("records:file", args=[request.ref, "pdf"]))
    assert pdf["Content-Disposition"].startswith("attachment")
    bundle.refresh_from_db()
    assert pdf.content == base64.b64decode(bundle.pdf)
    words, archive, members = texts_of(bundle)
    for absent in ("marenka", "oldcastle"):
        assert absent not in words.lower()
        assert absent not in archive.lower()
        assert absent.encode() not in pdf.content
    for kept in ("Lantern", SISTER, "Wilf Harbourmaster", "Mine to tell", "Visit tomorrow"):
        assert kept in words, kept
        assert kept in archive, kept
    assert "[left out: a parent or carer]" in words
    assert "I like the sea [grinning face]" in words
    assert "I like the sea 😀" in members["records.json"]
    page = client.get(reverse("records:read", args=[request.ref])).content.decode()
    assert "Marenka" not in page
    why = bundle.marks.get(number=marks[SISTER].number)
    assert (why.leave_out, why.why, why.decided_by) == (False, "They live together.", given.officer)


def test_the_machine_files_are_what_their_schema_says(given: Given) -> None:
    bundle = prepared(given)
    actions.release(bundle, by=given.director, at=make.NOW)
    members = texts_of(bundle)[2]
    whole = json.loads(members["records.json"])
    jsonschema.validate(whole, json.loads(members["records.schema.json"]))
    assert len([name for name in members if name.startswith("tables/")]) == len(whole["parts"])
    parts = {part["id"]: part for part in whole["parts"]}
    happened = [row[:2] for row in parts["what-happened"]["rows"]]
    told = "Referred to us: [left out: who got in touch with us]"
    assert ["Mon 3 March 2025", told] in happened
    assert "Fri 2 February 2024" in {row[0] for row in happened}, "the merged record is in it"
    assert all(len(row) == len(part["columns"]) for part in parts.values() for row in part["rows"])


@pytest.mark.both_databases
def test_it_is_frozen_with_its_digest(given: Given) -> None:
    bundle = prepared(given)
    actions.release(bundle, by=given.director, at=make.NOW)
    assert len(bundle.digest) == 64
    for change in (
        lambda: actions.judge(bundle, [], by=given.officer, at=make.NOW),
        lambda: actions.choose_words(bundle, words="sea", why="x", by=given.officer, at=make.NOW),
        lambda: actions.prepare(bundle.request, by=given.officer, at=make.NOW),
        lambda: actions.release(bundle, by=make.user("director"), at=make.NOW),
    ):
        with pytest.raises(Problem, match="stays as it left"):
            change()
    entry = Entry.objects.get(action="records.released")
    assert entry.changes["digest"][1] == bundle.digest


def test_words_that_somebody_chooses_are_left_out_everywhere(given: Given) -> None:
    """And what was decided of the rest stands."""
    bundle = prepared(given)
    actions.choose_words(
        bundle, words="VISIT tomorrow", why="A safe house.", by=given.officer, at=make.NOW
    )
    actions.choose_words(bundle, words="the sea", why="A place.", by=given.officer, at=make.NOW)
    assert not bundle.marks.filter(leave_out=None).exists()
    actions.release(bundle, by=given.director, at=make.NOW)
    words, archive, _ = texts_of(bundle)
    assert "Visit tomorrow" not in words + archive
    assert "the sea" not in words + archive
    assert "I like [left out: words that a person chose]" in archive
    again = prepared(given)
    with pytest.raises(Problem, match="stand nowhere"):
        actions.choose_words(again, words="Xyzzy", why="x", by=given.officer, at=make.NOW)


def test_a_parent_has_what_the_child_volunteered_only_if_the_child_lets_them(given: Given) -> None:
    """Nor do the changes tell it, nor other people's requests."""
    own = prepared(given, asked_by="child", wanted="Not for my mother")
    assert "Mine to tell" in own.contents
    theirs = prepared(given, asked_by="parent", wanted="All of it")
    for private in ("Mine to tell", "sexual", "Not for my mother"):
        assert private not in theirs.contents + "".join(m.words for m in theirs.marks.all())
    request = request_of(given, asked_by="parent")
    actions.record_wish(
        request, by=given.officer, at=make.NOW, asked_on=RECEIVED, understands=True,
        wish="agrees", own_answers=True,
    )  # fmt: skip
    let = actions.prepare(request, by=given.officer, at=make.NOW)
    assert "Mine to tell" in let.contents + "".join(mark.words for mark in let.marks.all())


def test_a_child_who_does_not_want_it_is_heard_before_a_parent_is_given_it(given: Given) -> None:
    """Each thing in the way is named, and a person decides with a reason."""
    bundle = prepared(given, asked_by="parent")
    request, by = bundle.request, {"by": given.officer, "at": make.NOW}
    release = {"by": given.director, "at": make.NOW}
    with pytest.raises(Problem, match="Nothing shows that who asked may ask"):
        actions.release(bundle, **release)
    actions.show_authority(request, **by, authority="Seen", authority_on=RECEIVED)
    with pytest.raises(Problem, match="has not been asked what they want"):
        actions.release(bundle, **release)
    wish = {"asked_on": RECEIVED, "understands": True, "wish": "refuses"}
    actions.record_wish(request, **by, **wish)
    with pytest.raises(Problem, match="The child does not want this"):
        actions.release(bundle, **release)
    actions.release(bundle, **release, despite="A court ordered it.")
    assert Entry.objects.get(action="records.released").reason == "A court ordered it."


def test_health_data_is_withheld_only_with_an_opinion(given: Given) -> None:
    bundle = prepared(given)
    by = {"by": given.officer, "at": make.NOW}
    said = {"exemption": "serious-harm-health", "what": "A letter", "why": "Risk"}
    actions.withhold(bundle.request, **by, **said)
    with pytest.raises(Problem, match="without the opinion of a health professional"):
        actions.release(bundle, by=given.director, at=make.NOW)
    bundle.request.withholdings.update(opinion_of="Dr Sandbank", opinion_on=RECEIVED)
    actions.release(bundle, by=given.director, at=make.NOW)
    assert any("It could badly hurt you" in paragraph for paragraph in bundle.letter)


def test_what_was_gathered_before_is_emptied(given: Given) -> None:
    older = prepared(given)
    actions.prepare(older.request, by=given.officer, at=make.NOW + timedelta(hours=1))
    older.refresh_from_db()
    assert (older.contents, older.marks.count()) == ("[]", 0)


def test_every_model_of_a_child_has_its_part() -> None:
    """A new room's records are in the last part by themselves; none is forgotten."""
    generic = {model._meta.label_lower for model in models_without_a_part()}
    pointing = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("evenhand.") and of_child(model)
    }
    events = {label for label in pointing if label.startswith("casework.")}
    assert pointing == generic | set(ELSEWHERE) | set(DERIVED) | events | {"people.child"}


def test_files_are_not_there_before_release(client: Client, given: Given) -> None:
    bundle = prepared(given)
    client.force_login(given.officer)
    where = reverse("records:file", args=[bundle.request.ref, "pdf"])
    assert client.get(where).status_code == 404
