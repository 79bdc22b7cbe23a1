"""A barrier is met, what it asks for is completed, and something is done about it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.feedback import checking, pack
from evenhand.feedback.actions.another_worker import follow_wish
from evenhand.feedback.actions.register import team_of
from evenhand.feedback.fastening import place_of
from evenhand.feedback.models import Barrier, BarrierMet
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.versions import take_on

COMPLETED = ("would_help", "contact", "another_worker", "reply", "replied_on")


@action("barrier.met")
def meet_barrier(  # noqa: PLR0913 (what a barrier is told with)
    *,
    by: User,
    at: datetime,
    code: str,
    met_on: date,
    child: Child | None = None,
    fastened: Model | None = None,
    service: str = "",
    group: str = "",
    cause: str = "",
    words: str = "",
    would_help: str = "",
    contact: str = "",
    another_worker: bool | None = None,
) -> Change:
    """Record that a barrier was met, fastened to an assessment or feedback or to nothing.

    What the code asks for and is not given shows as missing; it is never refused. A wish for
    another worker is a task of the team's manager at once. Raises Problem for a key that the pack's
    lists have not, and a day to come.
    """
    refuse_to_come(met_on, at)
    barrier = _barrier(code, service, group, cause)
    met = BarrierMet.objects.create(
        ref=new_reference(), barrier=barrier, child=child, team=team_of(child, by), met_on=met_on,
        words=words.strip(), would_help=would_help.strip(), contact=contact.strip(),
        another_worker=another_worker, recorded_by=by, recorded_at=at, **place_of(fastened),
    )  # fmt: skip
    follow_wish(met, by=by, at=at)
    told = {"code": (None, code), "service": (None, service)}
    return Change(met, told, child_id=child.pk if child else None)


@action("barrier.completed")
def complete_barrier(  # noqa: PLR0913 (what a barrier asks for)
    met: BarrierMet,
    *,
    by: User,
    at: datetime,
    service: str = "",
    group: str = "",
    cause: str = "",
    would_help: str = "",
    contact: str = "",
    another_worker: bool | None = None,
    reply: str = "",
    replied_on: date | None = None,
) -> Change:
    """Add what was missing of a barrier that was met, or what its family was answered.

    Another service, group or cause makes it one of another line of the register. Raises Problem
    for a key that the pack's lists have not, a day to come, and a reply without its day.
    """
    held = BarrierMet.objects.select_for_update().select_related("barrier").get(pk=met.pk)
    refuse_to_come(replied_on, at)
    if bool(reply.strip()) != bool(replied_on):
        raise Problem("A reply needs its words and its day.", "Give both, or leave both empty.")
    given = {
        "would_help": would_help.strip(), "contact": contact.strip(), "reply": reply.strip(),
        "another_worker": another_worker, "replied_on": replied_on,
    }  # fmt: skip
    changed = [name for name, value in given.items() if getattr(held, name) != value]
    old = held.barrier
    held.barrier = _barrier(old.code, service, group, cause)
    for name, value in given.items():
        setattr(held, name, value)
    held.save(update_fields=["barrier", *COMPLETED])
    follow_wish(held, by=by, at=at)
    told = {"service": (old.service, service)} if old.service != service else {}
    return Change(
        held, {**told, "completed": (None, sorted(changed))}, child_id=held.child_id
    )  # fmt: skip


@action("barrier.acted_on")
def act_on_barrier(
    barrier: Barrier, *, by: User, at: datetime, version: int, status: str, action_words: str
) -> Change:
    """Say what is done about a barrier, and how far it is.

    Raises Problem for a state that the pack has not, and where anything but "nothing yet" is said
    without words; Superseded where somebody changed it meanwhile.
    """
    checking.among("barrier-states", status, optional=False)
    words = action_words.strip()
    if status != pack.choices("barrier-states")[0].id and not words:
        raise Problem("Nothing says what is done.", "Write what is done, or why it stays.")
    told = {"status": (barrier.status, status), "action_words": (barrier.action_words, words)}
    take_on(barrier, version, status=status, action_words=words)
    return Change(barrier, told)


def _barrier(code: str, service: str, group: str, cause: str) -> Barrier:
    """Return the one line of the register, begun where there is none yet."""
    if pack.code_called(code) is None:
        raise Problem(f"No barrier is called {code!r}.", "Choose one of the list.")
    checking.among("services", service)
    checking.among("groups", group)
    checking.among("causes", cause)
    return Barrier.objects.get_or_create(
        code=code, service=service, group=group, cause=cause, defaults={"ref": new_reference()}
    )[0]
