"""A child of whom every room holds something, whose time is over, beside one who stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from evenhand.accounts.models import Team, User
from evenhand.equality import tallying
from evenhand.history.actions import log_view
from evenhand.imports.actions import import_paths
from evenhand.people.actions import answer, merge_children, rebuild_lists, start_campaign
from evenhand.people.models import Adult, Child
from evenhand.retention.certificates import LIST_FILE
from evenhand.sources.models import ImportFile, RowFinding
from evenhand.standards import standing
from tests import factories as make
from tests.imports.extracts import Extract

GONE_NAME, STAYING_NAME, KEY = "Quennelworth", "Harbourlight", "K-774411-X"
WORDS = "She said she prays with her nan at Tolsworthy chapel"
NOW = make.NOW


class World(NamedTuple):
    """Those who decide, the child who goes (with a second record and a parent), one who stays."""

    team: Team
    first: User
    second: User
    child: Child
    adult: Adult
    twin: Child
    staying: Child


@pytest.fixture(autouse=True)
def _no_list() -> None:
    """Begin with no list of disposals beside the database."""
    (Path(settings.DATA) / LIST_FILE).unlink(missing_ok=True)


def whole(folder: Path, **person: str) -> World:
    """Import two children, one closed long ago, and let every room hold something of both."""
    born = person.pop("dob", "1990-06-01")
    extract = Extract(folder).person(KEY, forename="Zenobia", surname=GONE_NAME, dob=born)
    extract.person("2", forename="Ada", surname=STAYING_NAME)
    for key, number in ((KEY, "A"), ("2", "B")):
        extract.row("ssd_contacts", f"C{number}", key, cont_contact_date="2001-03-02")
        extract.row(
            "ssd_cin_episodes", f"E{number}", key, cine_referral_date="2001-03-02",
            cine_close_date="2001-09-01", cine_close_reason="RC1",
        )  # fmt: skip
        extract.row(
            "ssd_cin_assessments", f"S{number}", key, cina_referral_id=f"E{number}",
            cina_assessment_start_date="2001-03-05", cina_assessment_auth_date="2001-04-05",
        )  # fmt: skip
    extract.row("ssd_contacts", "CBAD", KEY, cont_contact_date="0201-03-02")
    import_paths([extract.write()], by=None, now=NOW, as_at=make.TODAY)
    return _more(Child.objects.get(surname=GONE_NAME), Child.objects.get(surname=STAYING_NAME))


def _more(child: Child, staying: Child) -> World:
    team, first, second = make.team(), make.user("director"), make.user("director")
    twin = make.child(surname=GONE_NAME, forename="Zen", is_open=False, born_on=child.born_on)
    make.referral(twin, date(2001, 5, 1), closed_on=date(2001, 9, 1))
    adult = make.parent(child, "Orsolina")
    make.parent(staying, "Maren")
    today = make.TODAY
    for person in (child, adult, staying):
        answer(
            person, by=first, at=NOW, characteristic="religion", status="answered", answer="",
            own_words=WORDS if person != staying else "None", said_by="worker",
            asked_on=today, how="Face to face",
        )  # fmt: skip
    merge_children(child, twin, by=first, at=NOW, reason=f"Both are {GONE_NAME}")
    Child.objects.filter(pk__in=[child.pk, staying.pk]).update(is_open=True, team=team)
    rebuild_lists(today=today)
    start_campaign(
        by=first, at=NOW, title="Ask all", team=team, characteristics=["first_language"],
        target_on=today + timedelta(days=30),
    )  # fmt: skip
    Child.objects.filter(pk=child.pk).update(is_open=False)
    rebuild_lists(today=today)
    _refused_row(child)
    log_view(first, child.pk, page="child", at=NOW, why=f"Asked after {GONE_NAME}")
    standing.refresh(NOW)
    tallying.refresh(NOW)
    for one in (child, twin, staying):
        one.refresh_from_db()
    return World(team, first, second, child, adult, twin, staying)


def _refused_row(child: Child) -> None:
    """A refused row of another source, which knows the child by name alone; and a stranger's."""
    file = ImportFile.objects.create(
        batch=make.batch("returns"), name="annex.csv", kind="list", sha256="", encoding="utf-8"
    )
    names = ((child.forename, child.surname.upper()), ("Nell", "Ottershaw"))
    for place, (forename, surname) in enumerate(names):
        RowFinding.objects.create(
            file=file, ref=f"finding{place}", line=place + 2, fate="quarantined", rule="X1",
            sentence="The date cannot be read.", standing=RowFinding.Standing.OPEN,
            row={"First name": forename, "Last name": surname, "Date": "31/02/2001"},
        )  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    """Return a smaller one: a child in need, closed long ago, and one who is open."""
    team, first, second = make.team(), make.user("director"), make.user("director")
    child = make.child(surname=GONE_NAME, forename="Zenobia", is_open=False, team=team)
    Child.objects.filter(pk=child.pk).update(born_on=date(1990, 6, 1))
    twin = make.child(surname=GONE_NAME, merged_into=child, is_open=False)
    make.referral(child, date(2001, 3, 2), closed_on=date(2001, 9, 1), no_further_action=False)
    staying = make.child(surname=STAYING_NAME, born_on=date(2015, 6, 1), team=team)
    child.refresh_from_db()
    return World(team, first, second, child, make.parent(child), twin, staying)
