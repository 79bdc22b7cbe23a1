"""Drawing files to audit, adding some by name, leaving some out, and publishing the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.audits.queries.barring import barring_of
from evenhand.audits.queries.drawing import (
    Choice,
    Fit,
    auditors_for,
    auditors_of,
    drawn_of,
    fit,
    is_own_team,
)
from evenhand.audits.queries.populations import File, Filters
from evenhand.audits.queries.rights import (
    PICK,
    about_picking,
    may_draw,
    may_draw_themed,
    may_pick,
    picked_of,
)
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.problems import Problem
from evenhand.rules import sampling
from evenhand.work.actions import finish
from evenhand.work.models import Task

Method = Sample.Method
ANEW = "Another list was drawn on {:%d/%m/%Y}"


@action("audit.sample_drawn")
def draw(slot: Slot, choice: Choice, *, by: User, at: datetime) -> Change:
    """Draw files for a slot by chance, and keep how; returns the Sample.

    A list that was drawn before and of which nothing was given to anybody is set aside. Where there
    are fewer files than asked, all are drawn. Raises Problem where nothing fits, where the files
    are somebody's to pick, for a closed slot and for one whose list is published; PermissionDenied.
    """
    slot, line = _held(slot), pack.line_called(slot.line)
    refuse_others(slot, by)
    _refuse_to_draw(slot, line, choice)
    found = fit(slot, choice, by, now=at)
    if not found.files:
        raise Problem("No file fits what you asked for.", remedy_of(found))
    _set_aside(slot, at)
    of = {"slot": slot, "type": slot.type, "population": line.population}
    return keep_drawn(choice, found, by=by, at=at, **of)


def keep_drawn(choice: Choice, found: Fit, *, by: User, at: datetime, **of: Any) -> Change:
    """Draw from what fits, and keep all that it takes to draw it again."""
    seed, on = choice.seed.strip() or new_reference(), timezone.localdate(at)
    least = pack.limit("least-of-a-group", on)
    drawn = drawn_of(choice.method, found.keyed, choice.size, seed, least)
    made = Sample.objects.create(
        ref=new_reference(), method=choice.method, seed=seed, asked=_asked(choice, found, least),
        parts=_parts(found, drawn) if choice.method == Method.STRATIFIED else [],
        size=choice.size if choice.method != Method.WHOLE else len(drawn), of=len(found.files),
        digest=sampling.digest_of(found.files), drawn_from=found.keyed, as_at=on, drawn_by=by,
        drawn_at=at, **of,
    )  # fmt: skip
    _keep(made, ((found.files[one.key], one.part) for one in drawn))
    told = {"seed": (None, seed), "digest": (None, made.digest), "files": (None, len(drawn))}
    return Change(made, told)


@action("audit.file_added")
def add_named(sample: Sample, child: Child, *, by: User, at: datetime, why: str) -> Change:
    """Add a child's file to a list by name, marked as such; returns the SampledFile.

    Raises Problem without a reason, for one that is on the list, and where no auditor may audit it.
    """
    _refuse_changing(sample, by)
    if not why.strip():
        raise Problem("No reason was given.", "Say why this file is to be audited.")
    _refuse_twice(sample, child)
    on = timezone.localdate(at)
    _refuse_barred(auditors_of(sample, on), child, own_team=is_own_team(sample))
    (made,) = _keep(sample, [(_file_of(child), "")], is_extra=True, why=why.strip())
    return Change(made, {"sample": (None, sample.ref)}, child_id=child.pk, reason=why.strip())


@action("audit.file_picked")
def pick(slot: Slot, child: Child, *, by: User, at: datetime, why: str = "") -> Change:
    """Name the file that somebody else audits (the data officer's line); returns the SampledFile.

    It is kept apart from what was drawn. Raises PermissionDenied for anybody but who picks for
    this team, Problem for a child of another team and where a file is picked already.
    """
    slot = _held(slot)
    refuse_to_pick(slot, by)
    if slot.closed_at is not None:
        raise Problem("These audits are closed.", "Pick the file of the next month.")
    if child.team_id != slot.team_id:
        raise Problem(f"This child is not with {slot.team}.", "Pick a child of this team.")
    if picked_of(slot) is not None:
        raise Problem("A file is picked already.", "Leave that one out first, and say why.")
    own_team = pack.line_called(slot.line).is_own_team
    _refuse_barred(auditors_for(slot, timezone.localdate(at)), child, own_team=own_team)
    made = Sample.objects.create(
        ref=new_reference(), slot=slot, type=slot.type, method=Method.PICKED, size=1, of=1,
        population=pack.line_called(slot.line).population, digest=sampling.digest_of([child.ref]),
        drawn_from={"": [child.ref]}, as_at=timezone.localdate(at), drawn_by=by, drawn_at=at,
    )  # fmt: skip
    (file,) = _keep(made, [(_file_of(child), "")], why=why.strip())
    for task in Task.objects.filter(kind=PICK, about=about_picking(slot), state=Task.State.OPEN):
        finish(task, by=by, at=at, version=task.version, reason="The file is picked.")
    return Change(file, {"slot": (None, slot.ref)}, child_id=child.pk, reason=why.strip())


@action("audit.file_left_out")
def leave_out(file: SampledFile, *, by: User, at: datetime, why: str) -> Change:
    """Leave a file of a list out; it stays there, with the reason.

    Raises Problem without one, and for a file that somebody was asked to audit.
    """
    _refuse_leaving(file, by)
    if not why.strip():
        raise Problem("No reason was given.", "Say why this file is not audited.")
    file = SampledFile.objects.select_for_update().get(pk=file.pk)
    if file.left_out_why:
        raise Problem("It is left out already.", "Go back to the list.")
    if file.audits.exclude(state="not needed").exists():
        raise Problem("Somebody was asked to audit it.", "Take that audit back first.")
    file.left_out_why = why.strip()
    file.save(update_fields=["left_out_why"])
    told = {"left_out_why": ("", file.left_out_why)}
    return Change(file, told, child_id=file.child_id, reason=file.left_out_why)


@action("audit.list_published")
def publish(sample: Sample, *, by: User, at: datetime) -> Change:
    """Show a list to the teams whose files stand on it. Raises Problem where that is done, where
    the line's lists are not told, and where the day of the audit is not known."""
    slot = _slot_of(sample)
    refuse_others(slot, by)
    if not pack.line_called(slot.line).listed:
        raise Problem("Lists of these audits are not published.", "Give the files to auditors.")
    if slot.audit_on is None:
        raise Problem("The day of the audit is not known.", "Ask for it to be set, then publish.")
    waiting = Sample.objects.filter(pk=sample.pk, published_at=None)
    if not waiting.update(published_at=at, published_by=by):
        raise Problem("The list is published already.", "Add a file by name, and say why.")
    sample.refresh_from_db(fields=["published_at", "published_by"])
    return Change(sample, {"published_at": (None, at)})


def _held(slot: Slot) -> Slot:
    """Return a slot as it is now, held until all is written: of two people one draws first."""
    return Slot.objects.select_for_update().get(pk=slot.pk)


def refuse_others(slot: Slot, by: User) -> None:
    """Raise PermissionDenied for whoever may not draw for a slot, Problem where it is closed."""
    if not may_draw(slot, by):
        raise PermissionDenied("audits.draw")
    if slot.closed_at is not None:
        raise Problem("These audits are closed.", "Draw for the next slot.")


def refuse_to_pick(slot: Slot, by: User) -> None:
    """Raise PermissionDenied for whoever does not pick for the team of a slot."""
    if not may_pick(slot, by):
        raise PermissionDenied("audits.draw")


def _refuse_leaving(file: SampledFile, by: User) -> None:
    slot = file.sample.slot
    if slot is not None and file.sample.method == Method.PICKED:
        refuse_to_pick(slot, by)
    else:
        _refuse_changing(file.sample, by)


def _refuse_changing(sample: Sample, by: User) -> None:
    if sample.slot is not None:
        refuse_others(sample.slot, by)
    elif not may_draw_themed(by):
        raise PermissionDenied("audits.draw")


def _refuse_to_draw(slot: Slot, line: pack.Line, choice: Choice) -> None:
    if line.picked_by:
        raise Problem("Nothing is drawn here.", "The manager of the team picks the file.")
    if line.is_whole != (choice.method == Method.WHOLE):
        whole = "every one of them is audited" if line.is_whole else "files are drawn"
        raise Problem(f"For these audits {whole}.", "Choose how again.")
    if choice.size < 1 and not line.is_whole:
        raise Problem("No number of files was given.", "Say how many to draw.")
    since, until = choice.filters.since, choice.filters.until
    if since and until and until < since:
        raise Problem("The last day is before the first.", "Mend one of the two days.")
    if slot.samples.exclude(published_at=None).exists():
        raise Problem("The list is published already.", "Add a file by name, and say why.")


def remedy_of(found: Fit) -> str:
    """Return what to do where no file fits: by what was left out."""
    if not found.left_out:
        return "Ask for less: take a filter away, or choose other days."
    told = "; ".join(f"{words}: {number}" for words, number in found.left_out.items())
    return f"Left out were ({told}). Allow files that were audited lately, or take a filter away."


def _set_aside(slot: Slot, at: datetime) -> None:
    """Leave out what stands on lists drawn before and was given to nobody."""
    waiting = SampledFile.objects.filter(
        sample__slot=slot, audits=None, left_out_why="", is_extra=False
    )
    waiting.update(left_out_why=ANEW.format(timezone.localdate(at)))


def _asked(choice: Choice, found: Fit, least: int) -> Mapping[str, Any]:
    filters = {
        name: _plain(value) for name, value in choice.filters._asdict().items() if value
    }  # fmt: skip
    return {
        "filters": filters, "by": choice.by, "again": choice.again, "least": least,
        "auditors": [one.pk for one in choice.auditors], "left_out": dict(found.left_out),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _parts(found: Fit, drawn: Sequence[sampling.Drawn]) -> list[list[Any]]:
    return [
        [part, len(keys), sum(one.part == part for one in drawn)]
        for part, keys in found.keyed.items()
    ]


def _keep(
    sample: Sample, found: Iterable[tuple[File, str]], **more: Any
) -> list[SampledFile]:  # fmt: skip
    first = sample.files.count() + 1
    weighted = sample.method == Method.WEIGHTED
    return SampledFile.objects.bulk_create(
        SampledFile(
            sample=sample, ref=new_reference(), position=place, key=one.key, child_id=one.child,
            worker_id=one.worker, team_id=one.team, subject=one.subject, about_id=one.about,
            part="" if weighted else part, **more,
        )
        for place, (one, part) in enumerate(found, first)
    )  # fmt: skip


def _file_of(child: Child) -> File:
    return File(child.ref, "child", child.pk, child.worker_id, child.team_id)


def _slot_of(sample: Sample) -> Slot:
    if sample.slot is None:
        raise Problem("Lists of themed audits are not published.", "Give the files to auditors.")
    return sample.slot


def _refuse_twice(sample: Sample, child: Child) -> None:
    there = sample.files.filter(of_child(child), about_id=None)
    if there.exists():
        raise Problem("This child is on the list already.", "Choose another child.")


def _refuse_barred(auditors: Iterable[User], child: Child, *, own_team: bool) -> None:
    reasons = [
        barring_of(one, own_team=own_team).why(child.pk, (child.worker_id,), child.team_id)
        for one in auditors
    ]
    if reasons and all(reasons):
        raise Problem(f"Nobody who audits here may audit it. {reasons[0]}.", "Choose another.")


__all__ = [
    "Choice", "Filters", "add_named", "draw", "leave_out", "pick", "publish", "refuse_others",
    "refuse_to_pick",
]  # fmt: skip
