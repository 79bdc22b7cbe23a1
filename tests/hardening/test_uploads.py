"""Files that are sent: typed by what is in them, sized, counted, and refused with a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.accounts.models import Role
from evenhand.people.models import Child
from tests import factories as make
from tests.pages import main_of

PERSONS = b"pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob\n1,Ada,Tray,F,2015-06-01\n"


def zipped(*inside: tuple[str, bytes]) -> bytes:
    """Return a zip of files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in inside:
            file.writestr(name, data)
    return made.getvalue()


FILES = {
    "a picture that is named as a table": (
        "ssd_person.csv",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    ),
    "a program that is named as a zip": ("extract.zip", b"MZ\x90\x00" + b"\0" * 400),
    "a page": ("ssd_person.html", b"<script>alert(1)</script>"),
    "no kind at all": ("notes", b"words"),
    "nothing": ("ssd_person.csv", b""),
    "NULs": ("ssd_person.csv", b"\0" * 2_000),
    "a cut zip": ("extract.zip", zipped(("ssd_person.csv", PERSONS))[:60]),
    "a zip of a zip": ("extract.zip", zipped(("inner.zip", zipped(("ssd_person.csv", PERSONS))))),
    "a zip with a way out": ("extract.zip", zipped(("../../ssd_persons.csv", b"x,y\n1,2\n"))),
    "a workbook that is none": ("annex.xlsx", b"PK\x03\x04 not really"),
    "XML that asks for a file of ours": (
        "cin.xml",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Message>&b;</Message>',
    ),
    "XML that grows": (
        "cin.xml",
        (
            b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><Message>&c;</Message>'
        ),
    ),
}


@pytest.fixture
def officer(db: None) -> Client:
    """Return a browser with a data officer signed in."""
    client = Client()
    client.force_login(make.user(Role.DATA_OFFICER))
    return client


@pytest.mark.parametrize("sent", FILES.values(), ids=list(FILES))
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(
    sent: tuple[str, bytes], officer: Client
) -> None:
    """Nothing of it is stored, and nothing of ours is in the reply."""
    reply = officer.post("/imports/new/", {"files": SimpleUploadedFile(*sent)})
    said = main_of(reply)
    assert "There is a problem" in said
    assert "root:" not in said
    assert "Traceback" not in said
    assert not Child.objects.exists()
