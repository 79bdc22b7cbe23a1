"""What the case system deleted is listed for a person, who keeps it or disposes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.casework.models import Contact, Referral
from evenhand.history.models import Entry
from evenhand.history.verifying import verify
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from evenhand.retention.models import WithdrawnReview
from evenhand.sources.models import SourceReference
from tests import factories as make
from tests.imports.extracts import Extract
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db


def _imported(folder: Path) -> Child:
    """Two children and their contacts; the next file has one of them, with one contact fewer."""
    extract = Extract(folder / "extract").person("1", forename="Ada", surname="Tray")
    extract.person("2", forename="Bo", surname="Quay")
    extract.row("ssd_contacts", "C1", "1", cont_contact_date="2026-03-02")
    extract.row("ssd_contacts", "C2", "1", cont_contact_date="2026-02-02")
    extract.row("ssd_contacts", "C3", "2", cont_contact_date="2026-02-02")
    import_paths([extract.write()], by=None, now=make.NOW, as_at=make.TODAY)
    extract.drop("ssd_contacts", "C3").drop("ssd_contacts", "C1").drop("ssd_person", "2").write()
    import_paths([extract.folder], by=None, now=make.NOW, as_at=make.TODAY, accept_withdrawals=True)
    return Child.objects.get(surname="Tray")


def _director() -> Client:
    client = Client()
    client.force_login(make.user("director"))
    return client


def test_a_person_and_a_row_that_were_deleted_are_listed_and_decided_on(tmp_path: Path) -> None:
    """At once; a row goes with its reference and the words of its history, and all verifies."""
    child, client = _imported(tmp_path), _director()
    page = client.get(reverse("retention:deleted"))
    assert [row[0] for row in table_of(page, "Deleted in the case system")] == ["Quay, Bo"]
    assert [row[0] for row in table_of(page, "Rows deleted")] == ["Quay, Bo", "Tray, Ada"]
    contact = Contact.objects.get(withdrawn=True, child=child)
    where = reverse("retention:withdrawn", args=[child.ref])
    given = {"row": f"casework.contact:{contact.pk}", "what": "dispose", "reason": "Never was"}
    assert client.post(where, {**given, "reason": ""}).status_code == 200
    assert client.post(where, given).status_code == 302
    assert Contact.objects.filter(child=child).count() == 1
    assert not SourceReference.objects.filter(key="C1").exists()
    about = Entry.objects.filter(subject="casework.contact", subject_id=contact.pk)
    assert about.exists()
    assert not about.exclude(salt="").exists()
    assert not [fault for one in verify().values() for fault in one.faults]
    left = table_of(client.get(reverse("retention:deleted")), "Rows deleted")
    assert [row[0] for row in left] == ["Quay, Bo"]


def test_a_row_is_kept_with_a_reason_or_since_something_is_fastened_to_it() -> None:
    """It leaves the list, and stays out of the clocks."""
    child, client = make.child(born_on=date(2015, 6, 1)), _director()
    referral = make.referral(child, date(2020, 1, 1), withdrawn=True)
    make.assessment(child, date(2020, 1, 5), referral=referral)
    where = reverse("retention:withdrawn", args=[child.ref])
    given = {"row": f"casework.referral:{referral.pk}", "what": "dispose", "reason": "Gone"}
    assert "is fastened to this row" in main_of(client.post(where, given))
    assert client.post(where, {**given, "what": "keep"}).status_code == 302
    assert WithdrawnReview.objects.get().reason == "Gone"
    assert Referral.objects.get(pk=referral.pk).withdrawn
    assert "waits to be looked at" in main_of(client.get(where))


def test_a_held_row_stays() -> None:
    """A hold stops this too."""
    child, client = make.child(), _director()
    contact = Contact.objects.create(child=child, received_on=date(2020, 1, 1), withdrawn=True)
    make.reviewed(child)
    where = reverse("retention:withdrawn", args=[child.ref])
    given = {"row": f"casework.contact:{contact.pk}", "what": "dispose", "reason": "Gone"}
    assert "This record is held" in main_of(client.post(where, given))
