"""From a difference between groups to somebody who looks into it, and what is counted then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.equality import findings
from evenhand.equality.models import GroupTally
from evenhand.work import reviewing
from evenhand.work.models import Reading, Task
from tests import factories as make
from tests.equality.many import BLACK, count, referrals
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
STEP = "/equality/fares/steps/refused/"


@pytest.fixture
def unequal() -> None:
    """Refuse one group three times as often as the others."""
    referrals(60, 18, "BAFR")
    referrals(240, 24, "WBRI")
    count()


def browser(user: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("unequal")
def test_a_finding_is_given_to_a_named_person_with_what_is_counted_today() -> None:
    """The button leads to the form; the baseline is what the page shows; the finding says whose."""
    lead = browser(make.user(Role.EQUALITY_LEAD))
    looker = make.user(Role.TEAM_MANAGER)
    page = lead.get(f"{STEP}?by=ethnicity").content.decode()
    assert "30% (18 of 60)" in page
    assert "look-into/?by=ethnicity&amp;group=Black" in page
    sent = {"group": f"ethnicity|{BLACK}", "kind": "finding", "owner": looker.name}
    task_page = lead.post(f"{STEP}look-into/", sent, follow=True).content.decode()
    assert "18 of 60" in task_page
    assert "24 of 240" in task_page
    reading = Reading.objects.get()
    assert (reading.n, reading.of, reading.others_n, reading.others_of) == (18, 60, 24, 240)
    assert reading.chance is not None
    assert reading.chance < 0.05
    again = lead.get(f"{STEP}?by=ethnicity").content.decode()
    assert f"{looker.name} looks into this" in again
    theirs = browser(looker).get("/tasks/").content.decode()
    assert "Referrals about children of Black ethnic background" in theirs
    assert "18 of 60" not in theirs  # the list says no number


@pytest.mark.usefixtures("unequal")
def test_one_look_at_a_time_and_each_difficulty_in_a_sentence() -> None:
    """A second look at the same is refused while the first is open; an action needs words."""
    lead, owner = browser(make.user(Role.EQUALITY_LEAD)), make.user(Role.DIRECTOR)
    sent = {"group": f"ethnicity|{BLACK}", "kind": "finding", "owner": owner.name}
    lead.post(f"{STEP}look-into/", sent)
    assert "open already" in lead.post(f"{STEP}look-into/", sent).content.decode()
    acting = {**sent, "kind": "improvement"}
    assert "Say what will change." in lead.post(f"{STEP}look-into/", acting).content.decode()
    nobody = {**sent, "owner": "Nobody Here"}
    assert "Nobody alone" in lead.post(f"{STEP}look-into/", nobody).content.decode()
    none = {**sent, "group": "ethnicity|Martian"}
    assert "Select a valid choice" in lead.post(f"{STEP}look-into/", none).content.decode()
    assert Task.objects.count() == 1


@pytest.mark.usefixtures("unequal")
def test_a_review_opens_by_itself_once_and_rests_after_it() -> None:
    """Not again while one is open, nor until the packs' time is over; then again."""
    assert findings.open_reviews(NOW) == Task.objects.count() > 0
    assert findings.open_reviews(NOW) == 0
    task = Task.objects.get(about__contains=BLACK, about__startswith="fares:refused")
    Task.objects.filter(pk=task.pk).update(state="done", done_at=NOW)
    assert findings.open_reviews(NOW) == 0
    assert findings.open_reviews(NOW + timedelta(200)) == 1


def test_nothing_opens_where_chance_would_explain_it() -> None:
    """Nor where there is nothing counted at all."""
    assert findings.open_reviews(NOW) == 0
    referrals(60, 7, "BAFR")
    referrals(240, 24, "WBRI")
    count()
    assert findings.open_reviews(NOW) == 0


@pytest.mark.usefixtures("unequal")
def test_what_is_counted_again_says_when_the_definition_changed() -> None:
    """And when nothing is counted any more."""
    owner = make.user(Role.DIRECTOR)
    lead = browser(make.user(Role.EQUALITY_LEAD))
    review_on = timezone.localdate() + timedelta(1)
    sent = {"group": f"ethnicity|{BLACK}", "kind": "improvement", "owner": owner.name,
            "what": "Letters in Polish", "review_on": f"{review_on:%d/%m/%Y}"}  # fmt: skip
    for words in ("Letters in Polish", "Letters in Welsh"):
        lead.post(f"{STEP}look-into/", {**sent, "what": words})
    first, second = Task.objects.order_by("pk")
    Reading.objects.filter(task=first).update(definition="0" * 64)
    later = timezone.now() + timedelta(1)
    assert reviewing.measure_due(later) == 2
    assert reviewing.measure_due(later) == 0
    page = lead.get(f"/tasks/{first.ref}/").content.decode()
    assert "What is counted was changed in between" in page
    page = lead.get(f"/tasks/{second.ref}/").content.decode()
    assert "No change of a whole percentage point." in page
    assert "Both counts hold the days" in page
    Task.objects.filter(pk=second.pk).update(review_on=TODAY)
    GroupTally.objects.all().delete()
    reviewing.measure_due(NOW)
    page = lead.get(f"/tasks/{second.ref}/").content.decode()
    assert "Nothing of this is counted any more" in page


def test_small_numbers_are_hidden_from_whom_the_cases_are_closed_to() -> None:
    """On the task as on the page: the equality lead opens no records, the director does."""
    referrals(12, 2, "BAFR")
    referrals(60, 12, "WBRI")
    count()
    lead, director = make.user(Role.EQUALITY_LEAD), make.user(Role.DIRECTOR)
    sent = {"group": f"ethnicity|{BLACK}", "kind": "finding", "owner": lead.name}
    shown = browser(director).post(f"{STEP}look-into/", sent, follow=True).content.decode()
    assert "2 of 12" in shown
    hidden = browser(lead).get(f"/tasks/{Task.objects.get().ref}/").content.decode()
    assert "2 of 12" not in hidden
    assert "Hidden here, because one of the numbers is small" in hidden
