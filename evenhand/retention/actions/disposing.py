"""Disposing of a child's record: one person decides, another confirms, a certificate stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.facts.adopted import policy
from evenhand.history.actions import Change, action, record
from evenhand.history.disposing import forget, forget_child
from evenhand.history.models import Entry
from evenhand.people import questions
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.retention import certificates, removal
from evenhand.retention.grounds import GROUNDS, NEVER_OURS, TIME_IS_OVER
from evenhand.retention.models import Certificate, Decision
from evenhand.retention.native import unfiled_of
from evenhand.retention.queries import holds_on, keeping_of
from evenhand.retention.typed import forget_typed
from evenhand.standards import tallying
from evenhand.standards.standing import tallied_as_at

What, Standing = Decision.What, Decision.Standing


@action("disposal.decided")
def decide(
    child: Child,
    *,
    by: User,
    at: datetime,
    what: str,
    ground: str = TIME_IS_OVER,
    reason: str,
    review_on: date | None = None,
) -> Change:
    """Decide at a review that a record be disposed of, or be kept and reviewed again on a day.

    A disposal waits for another person. Raises Problem without a reason; for a disposal under a
    hold, before the time is over where that is the ground, or while one waits already; to keep
    without a day to come.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say why, in a few words.")
    today = timezone.localdate(at)
    kept = keeping_of(child, today).kept
    if what == What.DISPOSE:
        _refuse_held(child)
        _refuse_open(child, ground)
        _refuse_early(ground, kept is not None and kept.is_due(today))
        _refuse_unfiled(child)
        _refuse_twice(child)
    elif review_on is None or review_on <= today:
        raise Problem("No day to come was given.", "Say when it is to be looked at again.")
    made = Decision.objects.create(
        ref=new_reference(), child=child, what=what, ground=ground, reason=reason.strip(),
        rule=kept.rule if kept else "", until=kept.until if kept else None, review_on=review_on,
        standing=Standing.WAITING if what == What.DISPOSE else Standing.KEPT,
        decided_by=by, decided_at=at,
    )  # fmt: skip
    return Change(made, {"what": (None, what)}, child_id=child.pk, reason=reason.strip())


def _refuse_held(child: Child) -> None:
    held = holds_on(child)
    if held:
        raise Problem(
            "This record is held: nothing of it may be disposed of.",
            "Release the hold first, if what it was placed for is over.",
        )


def _refuse_open(child: Child, ground: str) -> None:
    if child.is_open and ground != NEVER_OURS:
        raise Problem(
            "This child's case is open.", "Close it in the case system first, then look again."
        )


def _refuse_early(ground: str, is_due: bool) -> None:
    if ground not in GROUNDS:
        raise Problem(f"{ground!r} is no ground for disposal.", "Choose one from the list.")
    if ground == TIME_IS_OVER and not is_due:
        raise Problem(
            "The time for which this record is kept is not over, or cannot be told.",
            "Wait until it is, or choose the ground that truly holds.",
        )


def _refuse_unfiled(child: Child) -> None:
    waiting = len(unfiled_of(child))
    if waiting:
        raise Problem(
            f"Evenhand alone holds {waiting} thing{'' if waiting == 1 else 's'} of this record "
            "that nobody filed in the case system.",
            "File them, or say why they are not filed, on the record's page of filing.",
        )


def _refuse_twice(child: Child) -> None:
    if Decision.objects.filter(child=child, standing=Standing.WAITING).exists():
        raise Problem(
            "A disposal of this record waits for a second person already.",
            "Confirm that one, or turn it down.",
        )


@action("disposal.turned_down")
def turn_down(decision: Decision, *, by: User, at: datetime, reason: str) -> Change:
    """Say no to a disposal, with a reason; nothing is removed.

    Raises Problem without a reason, by the person who decided, and where it waits no longer.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it should stay.")
    locked = _waiting(decision, by)
    locked.standing, locked.answer = Standing.TURNED_DOWN, reason.strip()
    locked.answered_by, locked.answered_at = by, at
    locked.save(update_fields=["standing", "answer", "answered_by", "answered_at"])
    changes = {"standing": (Standing.WAITING, Standing.TURNED_DOWN)}
    return Change(locked, changes, child_id=locked.child_id, reason=reason.strip())


def _waiting(decision: Decision, by: User) -> Decision:
    locked = Decision.objects.select_for_update().select_related("child").filter(pk=decision.pk)
    found = locked.first()
    if found is None or found.standing != Standing.WAITING:
        raise Problem("This disposal no longer waits.", "Go back to the list.")
    if found.decided_by_id == by.pk:
        raise Problem(
            "You decided this disposal yourself.", "Another person must look at it and answer."
        )
    return found


@action("disposal.confirmed")
def confirm(decision: Decision, *, by: User, at: datetime) -> Change:
    """Dispose of a record as another person decided: every row of it, in every room.

    What stays is the certificate, which names nobody. Raises Problem by the person who decided,
    under a hold placed since, where the time is not over after all, and while something that only
    Evenhand holds is not filed.
    """
    waiting = _waiting(decision, by)
    child, today = waiting.child, timezone.localdate(at)
    _refuse_held(child)
    _refuse_open(child, waiting.ground)
    kept = keeping_of(child, today).kept
    _refuse_early(waiting.ground, kept is not None and kept.is_due(today))
    _refuse_unfiled(child)
    made = _certificate(waiting, by, at)
    _dispose([*removal.whole_of(child)], made, by=by, at=at)
    return Change(made, {"rows": (None, sum(made.rows.values()))})


def _certificate(decision: Decision, by: User, at: datetime) -> Certificate:
    rule = policy().retention.rules.get(decision.rule)
    value = rule.on(timezone.localdate(at)) if rule else None
    return Certificate(
        ref=new_reference(), ground=decision.ground, rule=decision.rule,
        basis=value.basis if value else "", citation=value.citation if value else "",
        pack_digest=policy().digest, decided_by_id=decision.decided_by_id,
        decided_at=decision.decided_at, confirmed_by=by, made_at=at,
    )  # fmt: skip


def _dispose(
    children: Sequence[Child], certificate: Certificate, *, by: User, at: datetime
) -> None:
    """Remove all there is of these children; keep the certificate, and its line in the list."""
    gone = _empty(children, f"Disposal {certificate.ref}", by=by, at=at)
    certificate.rows = dict(gone.counts)
    certificate.records = gone.records
    certificate.keys = sorted({certificates.key_digest(*key) for key in gone.keys})
    certificate.digest = certificates.digest_of(certificate)
    certificate.save()
    transaction.on_commit(lambda: certificates.add_to_list(certificate))


def _empty(
    children: Sequence[Child], reason: str, *, by: User | None, at: datetime
) -> removal.Gone:
    """Remove the rows, then the words of the history about them; put the counts right."""
    _overwrite_what_goes()
    pks = [child.pk for child in children]
    entries = _entries_about(removal.rows_of(children))
    _leave_the_counts(pks, at)
    gone = removal.remove(children)
    forget_child(pks, by=by, at=at, reason=reason)
    forget(Entry.objects.filter(pk__in=entries), by=by, at=at, reason=reason)
    forget_typed(children, [key for _, kind, key in gone.keys if kind == "child"])
    return gone


def _leave_the_counts(pks: Sequence[int], at: datetime) -> None:
    """Take the children out of what is counted: their promises, and what is to be asked."""
    as_at = tallied_as_at()
    if as_at is not None:
        tallying.adjust(tallying.counted(Q(child__in=pks), as_at), Counter(), as_at)
    if Child.objects.filter(pk__in=pks, is_open=True).update(is_open=False):
        questions.settle(pks, timezone.localdate(at))


def _entries_about(rows: removal.Rows) -> list[int]:
    """The history of each row that goes, under whichever child it was written."""
    found: set[int] = set()
    for label, pks in rows.items():
        about = Entry.objects.filter(subject=label, subject_id__in=pks)
        found |= set(about.values_list("pk", flat=True))
    return sorted(found)


def _overwrite_what_goes() -> None:
    """SQLite: write zeros over what is deleted, in place of leaving it in the freed room."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def reapply(*, by: User | None, at: datetime, paths: Collection[Path] = ()) -> int:
    """Dispose again of what a backup brought back; return how many records there were.

    What was disposed of is known by its random references: from the list beside the database,
    the lists named, and the certificates here. A certificate that the backup lacks is put back.
    """
    done = 0
    for certificate in certificates.listed([certificates.path_of_list(), *paths]):
        back = list(Child.objects.filter(ref__in=certificate.records))
        with transaction.atomic():
            _put_back(certificate)
            if back:
                _dispose_again(back, certificate, by=by, at=at)
        done += len(back)
    return done


def _put_back(certificate: Certificate) -> None:
    """A certificate of the list, where those who signed it are known here."""
    people = {certificate.decided_by_id, certificate.confirmed_by_id}
    known = User.objects.filter(pk__in=people).count() == len(people)
    if known and not Certificate.objects.filter(ref=certificate.ref).exists():
        certificate.save(force_insert=True)


def _dispose_again(
    back: Sequence[Child], certificate: Certificate, *, by: User | None, at: datetime
) -> None:
    counts = _empty(back, f"Disposal {certificate.ref}, after a restore", by=by, at=at).counts
    told = {"certificate": (None, certificate.ref), "rows": (None, sum(counts.values()))}
    record("disposal.reapplied", Change(certificate, told), by=by, at=at)
