"""Tasks: who sees them, what becomes of them, and two people on one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.history.models import Entry, View
from evenhand.people.actions import restrict
from evenhand.problems import Problem
from evenhand.work import actions, queries
from evenhand.work.models import Task
from tests import factories as make

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def opened(**fields: object) -> Task:
    """Ask for something by the equality lead's role, unless ``fields`` say otherwise."""
    return actions.open_task(
        **{"by": None, "at": NOW, "kind": "finding", "what": "Look at referrals", **fields}
    )


def browser(user: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_a_task_waits_for_its_owner_until_it_is_done_with_what_was_found() -> None:
    """It stands on the owner's first page and list; done, it stands there no more."""
    worker = make.worker(team=make.team())
    owner = make.user(Role.SOCIAL_WORKER, worker=worker)
    task = opened(owner=owner)
    client = browser(owner)
    assert "Tasks for you: 1" in client.get("/").content.decode()
    assert "Look at referrals" in client.get("/tasks/").content.decode()
    done = {"outcome": "practice", "looked_at": "12", "reason": "Letters went out in English."}
    page = client.post(f"/tasks/{task.ref}/done/", done, follow=True).content.decode()
    assert "Something in what we do has to change" in page
    assert "12 cases" in page
    assert "Letters went out in English." in page
    assert "No task waits for you" in client.get("/").content.decode()
    assert Entry.objects.filter(action="task.done", reason=done["reason"]).exists()


def test_a_late_task_stands_on_the_owners_first_page_and_on_their_managers() -> None:
    """Late is late, whoever put it off."""
    manager = make.worker()
    worker = make.worker()
    worker.manager = manager
    worker.save()
    owner = make.user(Role.SOCIAL_WORKER, worker=worker)
    above = make.user(Role.SOCIAL_WORKER, worker=manager)
    opened(owner=owner, due_on=TODAY - timedelta(1))
    assert "1 of them late" in browser(owner).get("/").content.decode()
    assert "Late tasks of your people: 1" in browser(above).get("/").content.decode()
    assert "Look at referrals" in browser(above).get("/tasks/?whose=team").content.decode()


def test_a_task_by_role_waits_for_whoever_holds_it_and_for_nobody_else() -> None:
    """Of a team: for those within whose reach the team is."""
    service, other = make.team(), make.team()
    team = make.team(parent=service)
    lead, worker = make.user(Role.EQUALITY_LEAD), make.user(Role.SOCIAL_WORKER)
    held, without = (make.user(Role.TEAM_MANAGER, team=one) for one in (team, other))
    of_lead, of_team = (
        opened(),
        opened(role=Role.TEAM_MANAGER, team=team, kind="restriction-review"),
    )
    assert list(queries.mine(lead)) == [of_lead]
    assert list(queries.mine(held)) == [of_team]
    assert not queries.mine(without).exists()
    assert not queries.tasks_for(worker).exists()


def test_a_task_about_a_child_is_hidden_from_whom_the_record_is_closed_to() -> None:
    """Even where it is theirs; and the look of whoever opens it is logged."""
    team = make.team()
    worker = make.worker(team=team)
    child = make.child(team=team, worker=worker)
    owner, manager = make.user(Role.SOCIAL_WORKER, worker=worker), make.user(Role.DIRECTOR)
    task = opened(owner=owner, child=child, kind="restriction-review")
    assert browser(owner).get(f"/tasks/{task.ref}/").status_code == 200
    assert View.objects.filter(user_id=owner.pk, child_id=child.pk, page="task").count() == 1
    restrict(child, by=manager, at=NOW, reason="adoption", shut_out=[owner])
    assert browser(owner).get(f"/tasks/{task.ref}/").status_code == 404
    assert child.surname not in browser(owner).get("/tasks/").content.decode()
    with pytest.raises(Problem, match="may not open this record"):
        opened(owner=User.objects.get(pk=owner.pk), child=child, kind="restriction-review")


def test_what_is_checked_is_checked_by_somebody_else_and_may_come_back() -> None:
    """Nobody checks their own; sent back, it is open again, and both words are kept."""
    lead, director = make.user(Role.EQUALITY_LEAD), make.user(Role.DIRECTOR)
    task = opened(kind="improvement", owner=lead)
    mine, other = browser(lead), browser(director)
    mine.post(f"/tasks/{task.ref}/done/", {"reason": "Letters are in Polish too."})
    assert "to be checked" in mine.get(f"/tasks/{task.ref}/").content.decode()
    with pytest.raises(Problem, match="Nobody checks their own"):
        actions.check(task, by=lead, at=NOW, version=2)
    assert "Look at referrals" in other.get("/tasks/?whose=check").content.decode()
    sent_back = {"verdict": "not yet", "reason": "Not the leaflets."}
    other.post(f"/tasks/{task.ref}/check/", sent_back)
    task.refresh_from_db()
    assert task.state == Task.State.OPEN
    mine.post(f"/tasks/{task.ref}/done/", {"reason": "And the leaflets."})
    page = other.post(f"/tasks/{task.ref}/check/", {"verdict": "done"}, follow=True)
    assert "Not the leaflets." in page.content.decode()
    task.refresh_from_db()
    assert (task.state, task.checked_by) == (Task.State.DONE, director)


def test_putting_a_task_off_leaves_the_day_on_which_it_is_due() -> None:
    """It is not counted meanwhile, and is in the list."""
    lead = make.user(Role.EQUALITY_LEAD)
    task, until = opened(), TODAY + timedelta(9)
    put_off = {"until": f"{until:%d/%m/%Y}", "reason": "After the inspection."}
    page = browser(lead).post(f"/tasks/{task.ref}/put-off/", put_off, follow=True)
    assert "Put off until" in page.content.decode()
    again = Task.objects.get()
    assert (again.due_on, again.later_until) == (task.due_on, until)
    assert queries.summary_for(lead, today=TODAY).mine == 0
    assert queries.summary_for(lead, today=until).mine == 1


def test_who_comes_second_sees_the_firsts_words_and_keeps_their_own() -> None:
    """Nothing is written over, and nothing typed is lost."""
    lead, other = make.user(Role.EQUALITY_LEAD), make.user(Role.EQUALITY_LEAD)
    task = opened()
    actions.set_aside(task, by=lead, at=NOW, version=1, reason="The file was wrong.")
    sent = {"version": "1", "outcome": "data", "reason": "Codes were mistyped."}
    page = browser(other).post(f"/tasks/{task.ref}/done/", sent).content.decode()
    assert "The file was wrong." in page
    assert "Codes were mistyped." in page
    kept = {"add": "yes", "reason": sent["reason"]}
    page = browser(other).post(f"/tasks/{task.ref}/done/", kept, follow=True).content.decode()
    assert "Codes were mistyped." in page
    task.refresh_from_db()
    assert task.state == Task.State.NOT_NEEDED


def test_a_stale_form_changes_nothing_though_the_task_is_open_still() -> None:
    """Passed on meanwhile: the second is told."""
    lead, other = make.user(Role.EQUALITY_LEAD), make.user(Role.EQUALITY_LEAD)
    task = opened()
    actions.pass_on(task, by=lead, at=NOW, version=1, owner=other, reason="You know the team.")
    sent = {"version": "1", "reason": "Not ours."}
    page = browser(other).post(f"/tasks/{task.ref}/not-needed/", sent).content.decode()
    assert "You know the team." in page
    task.refresh_from_db()
    assert task.state == Task.State.OPEN


@pytest.mark.parametrize(
    ("step", "sent", "said"),
    [
        ("done", {"outcome": "practice"}, "Enter what you saw and did"),
        ("done", {"reason": "x"}, "What did you find?"),
        ("put-off", {"until": "1/1/2020", "reason": "x"}, "on or after"),
        ("put-off", {"until": "soon", "reason": "x"}, "must"),
        ("pass-on", {"owner": "Nobody Here"}, "Nobody alone who signs in is called"),
        ("note", {"reason": " "}, "What do you want to add?"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    step: str, sent: dict[str, str], said: str
) -> None:
    """And nothing is changed."""
    lead, task = make.user(Role.EQUALITY_LEAD), opened()
    reply = browser(lead).post(f"/tasks/{task.ref}/{step}/", sent)
    assert reply.status_code == 200
    assert said in reply.content.decode()
    assert Task.objects.get().version == 1


def test_the_same_is_not_opened_twice_while_one_is_open() -> None:
    """Once it is closed it may be."""
    task = opened(about="fares:assessed")
    with pytest.raises(Problem, match="open already"):
        opened(about="fares:assessed")
    actions.set_aside(task, by=make.user(Role.DIRECTOR), at=NOW, version=1, reason="No.")
    assert opened(about="fares:assessed").ref != task.ref


def test_a_kind_that_the_packs_have_not_is_named() -> None:
    """In one sentence, with what to do."""
    with pytest.raises(Problem, match='no kind of task called "nonsense"'):
        opened(kind="nonsense")
    assert opened(due_on=date(2026, 1, 1)).due_on == date(2026, 1, 1)


def test_who_only_sees_a_task_may_add_a_note_and_no_more() -> None:
    """Nor does anything say to them that it was done already."""
    task = opened(owner=make.user(Role.SERVICE_MANAGER, team=make.team()))
    seeing = browser(make.user(Role.QUALITY_ASSURANCE))
    page = seeing.get(f"/tasks/{task.ref}/").content.decode()
    assert "Add a note" in page
    assert "Say that it is done" not in page
    assert seeing.get(f"/tasks/{task.ref}/done/").status_code == 404
    assert seeing.post(f"/tasks/{task.ref}/pass-on/", {"owner": "x"}).status_code == 404


def test_a_task_of_a_kind_that_the_packs_have_no_more_can_still_be_done() -> None:
    """In words, without the choices that went with it."""
    lead, task = make.user(Role.EQUALITY_LEAD), opened()
    Task.objects.filter(pk=task.pk).update(kind="gone-kind")
    client = browser(lead)
    assert "Gone kind" in client.get(f"/tasks/{task.ref}/").content.decode()
    sent = {"reason": "It was done all the same."}
    page = client.post(f"/tasks/{task.ref}/done/", sent, follow=True).content.decode()
    assert "It was done all the same." in page


def test_a_childs_page_lists_the_open_tasks_about_them_for_who_may_see_those_alone() -> None:
    """The owner sees it; a colleague who opens the same record does not; done, nobody does."""
    team = make.team()
    owner, other = (
        make.user(Role.SOCIAL_WORKER, worker=make.worker(team=team)) for _ in range(2)
    )  # fmt: skip
    child = make.child(team=team, worker=owner.worker)
    make.involvement(child, owner.worker)
    make.involvement(child, other.worker)
    task = opened(owner=owner, child=child, what="Ask for an interpreter")
    page = f"/children/{child.ref}/"
    assert "Ask for an interpreter" in browser(owner).get(page).content.decode()
    theirs = browser(other).get(page)
    assert theirs.status_code == 200
    assert "Ask for an interpreter" not in theirs.content.decode()
    done = {"outcome": "practice", "looked_at": "1", "reason": "It was asked."}
    browser(owner).post(f"/tasks/{task.ref}/done/", done)
    assert "Ask for an interpreter" not in browser(owner).get(page).content.decode()
