"""A concern about one's own manager never reaches that manager, and goes to the next one up."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evenhand.accounts.models import Role, User, Worker
from evenhand.equality.models import Concern
from tests import factories as make
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
WORDS = "Passed over for training again."


def worker(name: str, manager: Worker | None = None) -> Worker:
    made = make.worker(name)
    made.manager = manager
    made.save()
    return made


def record(by: User, *named: Worker) -> Concern:
    reply = signed_in(by).post("/equality/concerns/new/", {
        "ground": "class", "what_happened": WORDS, "subjects": "\n".join(w.name for w in named),
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
    })  # fmt: skip
    assert reply.status_code == 302, reply.content.decode()
    return Concern.objects.latest("pk")


@pytest.mark.clause("IOW-2.1.4-b")
def test_a_manager_who_is_named_finds_nothing_and_it_goes_to_the_next_one_up() -> None:
    head = worker("Sol Lockwell")
    manager = worker("Morgan Ferry", head)
    staff = make.user(Role.SOCIAL_WORKER, worker=worker("Sam Pebble", manager))
    above = make.user(Role.SERVICE_MANAGER, team=make.team(), worker=head)
    # Even with a role that reads every concern of the authority.
    named = make.user(Role.EQUALITY_LEAD, worker=manager)

    concern = record(staff, manager)

    where = f"/equality/concerns/{concern.ref}/"
    assert signed_in(named).get(where).status_code == 404
    pages = ("/", "/equality/concerns/", "/equality/concerns/report/", "/equality/concerns/duty/")
    shown = {page: signed_in(named).get(page).content.decode() for page in pages}
    assert all(concern.ref not in page and WORDS not in page for page in shown.values())
    beside = signed_in(above)
    assert concern.ref in beside.get("/equality/concerns/").content.decode()
    page = beside.get(where).content.decode()
    assert "Goes to" in page
    assert "Sol Lockwell" in page
    assert signed_in(staff).get(where).status_code == 200


def test_no_count_betrays_a_concern_to_whom_it_names() -> None:
    manager = worker("Morgan Ferry")
    staff = make.user(Role.SOCIAL_WORKER, worker=worker("Sam Pebble", manager))
    named, other = make.user(Role.EQUALITY_LEAD, worker=manager), make.user(Role.EQUALITY_LEAD)
    pages = ("/", "/equality/concerns/", "/equality/concerns/report/", "/equality/concerns/duty/")

    def seen(user: User) -> list[str]:
        client = signed_in(user)
        texts = (client.get(page).content.decode() for page in pages)
        return [without_tokens(text).replace(user.name, "") for text in texts]

    before, others = seen(named), seen(other)
    record(staff, manager)

    assert seen(named) == before
    assert seen(other) != others


def without_tokens(text: str) -> str:
    return "\n".join(
        line for line in text.splitlines() if "csrf" not in line and "nonce" not in line
    )


def test_who_reports_to_whom_is_named_is_passed_over_and_at_the_top_is_the_director() -> None:
    chief = worker("Cass Helm")
    head = worker("Sol Lockwell", chief)
    manager = worker("Morgan Ferry", head)
    for each in (chief, head, manager):
        make.user(Role.TEAM_MANAGER, team=make.team(), worker=each)
    staff = make.user(Role.SOCIAL_WORKER, worker=worker("Sam Pebble", manager))
    director = make.user(Role.DIRECTOR)

    assert record(staff, head).owner == chief
    last = record(staff, chief)
    assert last.owner is None
    page = signed_in(director).get(f"/equality/concerns/{last.ref}/").content.decode()
    assert "The director" in page


def test_a_name_that_is_nobodys_is_asked_again_and_oneself_cannot_be_named() -> None:
    staff = make.user(Role.SOCIAL_WORKER, worker=worker("Sam Pebble"))
    given = {
        "ground": "class", "what_happened": WORDS, "received_on": f"{timezone.localdate():%d/%m/%Y}"
    }  # fmt: skip
    client = signed_in(staff)
    unknown = client.post("/equality/concerns/new/", {**given, "subjects": "Nobody Here"})
    assert "Nobody alone is called “Nobody Here”" in unknown.content.decode()
    myself = client.post("/equality/concerns/new/", {**given, "subjects": "Sam Pebble"})
    assert "You named yourself" in myself.content.decode()
    assert Concern.objects.count() == 0
