"""Recording by hand what the case system does not show yet; it is provisional until that does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.casework.recorded import RECORDABLE, SOURCE, Owner, Recordable
from evenhand.design.wording import day as in_words
from evenhand.facts.horizons import Horizons, horizons
from evenhand.facts.registry import BINDINGS
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_outside_life
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.problems import Problem
from evenhand.sources.actions import source_called
from evenhand.sources.models import SourceReference
from evenhand.standards import standing

NO_BATCH = 0
"""Where a reference names a batch: what is recorded by hand came in none."""


@action("event.recorded")
def record(
    child: Child,
    *,
    kind: str,
    held_on: date,
    by: User,
    at: datetime,
    seen: bool | None = None,
    seen_alone: bool | None = None,
) -> Change:
    """Record a visit, a review, a conference or a core group that was held on a day.

    It counts at once. When the case system brings the same event both references stay, and what
    the case system says leads. Raises Problem for a day to come or before the birth, where no plan
    or period of care covers the day, and where the event is here already.
    """
    found = RECORDABLE[kind]
    refuse_outside_life(child, held_on, at)
    whose = of_child(child)
    _refuse_again(found, whose, held_on)
    owner, owned = _owner(found, whose, held_on)
    before = _held(found.model)
    fields: dict[str, Any] = {"held_on": held_on, owner.link: owned, **owner.constants}
    if kind == "visit":
        fields |= {"seen": seen, "seen_alone": seen_alone}
    made = found.model.objects.create(child=owned.child, **fields)
    SourceReference.objects.create(
        source=source_called(SOURCE), kind=owner.kind, key=new_reference(),
        target=made._meta.label_lower, target_id=made.pk, last_batch_id=NO_BATCH,
    )  # fmt: skip
    _restate([child.pk], found.model, before, at)
    said = {"held_on": held_on, "seen": seen, "seen_alone": seen_alone}
    changes = {name: (None, value) for name, value in said.items() if value is not None}
    return Change(made, changes, child_id=child.pk)


def _held(model: Any) -> Horizons:
    """From when each fact that only this table holds is known: the first event begins it."""
    return horizons(
        name for name, one in BINDINGS.items() if one.model is model and one.fact.native
    )


def _restate(children: list[int], model: Any, before: Horizons, at: datetime) -> None:
    """Work out what is promised to these children; and to everybody, where a fact is now known
    from another day than before."""
    now_held = _held(model)
    standing.restate_resting_on([name for name in now_held if now_held[name] != before[name]], at)
    standing.restate(children, at)


def _refuse_again(found: Recordable, whose: Q, held_on: date) -> None:
    if found.model.objects.filter(whose, held_on=held_on, withdrawn=False).exists():
        raise Problem(
            f"One on {in_words(held_on)} is here already.",
            "Look under What happened on the child's page.",
        )


def _owner(found: Recordable, whose: Q, held_on: date) -> tuple[Owner, Any]:
    """The period of care or plan of that day, the first that the kind may belong to."""
    not_over = Q(ended_on=None) | Q(ended_on__gte=held_on)
    for owner in found.owners:
        rows = owner.model.objects.filter(whose, not_over, started_on__lte=held_on, withdrawn=False)
        owned = rows.order_by("-started_on", "-pk").first()
        if owned is not None:
            return owner, owned
    raise Problem(
        f"On {in_words(held_on)} the child was in no period of care, and on no plan, that this "
        "could belong to.",
        "Check the day; or wait until the case system has sent the plan.",
    )


@action("event.entered_in_error")
def enter_in_error(reference: SourceReference, *, by: User, at: datetime, reason: str) -> Change:
    """Take back what was recorded by hand, with a reason; it stays, and no longer counts.

    Where the case system has the event too, only the word of the person here is taken back.
    Raises Problem without a reason, and where it was taken back before.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    reference = SourceReference.objects.select_for_update().get(pk=reference.pk)
    if reference.withdrawn_in_id is not None:
        raise Problem("It was taken back before.", "Go back to the child's page.")
    reference.withdrawn_in_id = NO_BATCH
    reference.save(update_fields=["withdrawn_in_id"])
    record = _record_of(reference)
    others = SourceReference.objects.filter(
        target=reference.target, target_id=reference.target_id, withdrawn_in_id=None
    )
    was, before = record.withdrawn, _held(type(record))
    if not others.exists():
        record.withdrawn = True
        record.save(update_fields=["withdrawn"])
    child_id = record.child.merged_into_id or record.child_id
    _restate([child_id], type(record), before, at)
    changes = {"withdrawn": (was, record.withdrawn)}
    return Change(record, changes, child_id=child_id, reason=reason.strip())


def _record_of(reference: SourceReference) -> Any:
    models = {one.model._meta.label_lower: one.model for one in RECORDABLE.values()}
    return models[reference.target].objects.select_related("child").get(pk=reference.target_id)
