"""Lists that were drawn: who may see them, what became of their files, and drawing them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import pack
from evenhand.audits.models import Audit, Sample, SampledFile, Slot
from evenhand.audits.queries.barring import barring_of
from evenhand.audits.queries.drawing import auditors_of, drawn_of, is_own_team
from evenhand.audits.queries.rights import may_draw, may_draw_like, may_pick
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.rules import sampling
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.states import Horizon
from evenhand.rules.values import FactValue

FEW = 2
BESIDE = ("slot__team", "slot__person", "drawn_by", "published_by")


class Redrawn(NamedTuple):
    """What came out when a list was drawn again from what was kept of its population."""

    keys: Sequence[str]
    is_same: bool
    digest_holds: bool
    gone: Sequence[str]


def samples_for(viewer: User) -> QuerySet[Sample]:
    """Return the lists that a viewer may see: those they may draw, and those that are published.

    A published list is seen by those who see the programme; of its files, those of their reach.
    """
    rows = Sample.objects.select_related(*BESIDE).order_by("-drawn_at", "-pk")
    if not may(viewer, "audits.view"):
        return rows.none()
    if not may(viewer, "audits.draw"):
        return rows.exclude(published_at=None)
    scope = scope_of(viewer)
    if scope.persons.everyone:
        return rows
    owned = [key for key, line in pack.lines().items() if line.owner in scope.roles]
    mine = Q(slot__team__in=scope.persons.teams) | Q(slot__person=viewer) | Q(drawn_by=viewer)
    mine |= Q(slot__team=None, slot__person=None, slot__line__in=owned)
    return rows.filter(mine | ~Q(published_at=None))


def files_for(sample: Sample, viewer: User) -> list[SampledFile]:
    """Return the files of a list that a viewer may know of, each with its audits.

    Of the children whose records they may open, and of no child, of their teams. One who was
    merged into another is read as that other (``child_of``).
    """
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    of_child = Q(child__in=seen) | Q(child__merged_into__in=seen)
    reach = scope_of(viewer).persons
    of_none = Q(child=None) if reach.everyone else Q(child=None, team__in=reach.teams)
    live = Audit.objects.exclude(state=Audit.State.NOT_NEEDED).filter(twin_of=None)
    rows = sample.files.filter(of_child | of_none).select_related(
        "child__merged_into", "worker", "team", "sample"
    )
    given = Prefetch("audits", live.select_related("auditor"), to_attr="given")
    return list(rows.prefetch_related(given).order_by("position", "pk"))


def child_of(file: SampledFile) -> Child | None:
    """Return whose file it is: the record kept, where two were merged since."""
    return None if file.child is None else file.child.merged_into or file.child


def may_change(sample: Sample, viewer: User) -> bool:
    """Whether a viewer may leave files of a list out and give them to auditors."""
    slot = sample.slot
    if slot is not None and slot.closed_at is not None:
        return False
    picked = slot is not None and sample.method == Sample.Method.PICKED
    return may_draw_like(sample, viewer) or (picked and may_pick(slot, viewer))


def is_to_publish(sample: Sample) -> bool:
    """Whether a list is of those that are published, and is not yet."""
    line = pack.lines().get(sample.slot.line) if sample.slot else None
    return bool(line and line.listed) and sample.published_at is None


def drawn_number(sample: Sample) -> int:
    """Return how many files were drawn, those left out since among them; none added by name."""
    return sample.files.filter(is_extra=False).count()


def waiting_list(slot: Slot) -> Sample | None:
    """Return the list of a slot of which nothing was given to anybody yet; None without one."""
    waiting = SampledFile.objects.filter(sample__slot=slot, left_out_why="")
    given = waiting.exclude(audits=None)
    last = slot.samples.order_by("-drawn_at", "-pk").first()
    return last if waiting.exists() and not given.exists() else None


def closed_number(sample: Sample, shown: Sequence[SampledFile]) -> int:
    """Return how many files of a list stand on it that the viewer may not know of."""
    return sample.files.count() - len(shown)


def redrawn(sample: Sample) -> Redrawn:
    """Draw a list again from what was kept, and say whether it is the same.

    ``gone`` names the keys of children whose records Evenhand holds no more.
    """
    drawn = drawn_of(
        sample.method, sample.drawn_from, sample.size, sample.seed,
        int(sample.asked.get("least", 0)),
    )  # fmt: skip
    keys = [one.key for one in drawn]
    held = sample.files.filter(is_extra=False).order_by("position", "pk")
    kept = list(held.values_list("key", flat=True))
    every = [key for part in sample.drawn_from.values() for key in part]
    gone = [key for key in keys if key not in set(kept)]
    still = [key for key in keys if key not in set(gone)]
    return Redrawn(keys, still == kept, sampling.digest_of(every) == sample.digest, gone)


def list_outcome(sample: Sample, now: datetime) -> Outcome | None:
    """Return how a list stands to the day by which it is to be ready; None where none is said."""
    slot = sample.slot
    line = pack.lines().get(slot.line) if slot else None
    standard = policy().standards.get(line.listed) if line and line.listed else None
    if slot is None or standard is None or slot.audit_on is None:
        return None
    published = sample.published_at and timezone.localdate(sample.published_at)
    case: dict[str, FactValue] = {"audit.held": slot.audit_on, "audit.list_published": published}
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    found = evaluate(standard, case, policy().calendar, now, known)
    return found[-1] if found else None


def pick_outcome(slot: Slot, now: datetime) -> Outcome | None:
    """Return how a slot stands to the day by which its file is to be picked; None without one."""
    line = pack.lines().get(slot.line)
    standard = policy().standards.get(line.picked) if line and line.picked else None
    if standard is None:
        return None
    first = Sample.objects.filter(slot=slot, method=Sample.Method.PICKED).order_by("drawn_at")
    drawn_at = first.values_list("drawn_at", flat=True).first()
    case: dict[str, FactValue] = {
        "team_month.first_day": slot.month,
        "team_month.file_picked": timezone.localdate(drawn_at) if drawn_at else None,
    }  # fmt: skip
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    found = evaluate(standard, case, policy().calendar, now, known)
    return found[-1] if found else None


def barred_words(
    files: Iterable[SampledFile], sample: Sample, now: datetime
) -> Mapping[int, Sequence[tuple[User, str]]]:
    """Return, for each file, which of a list's auditors may not audit it, and why.

    Only where few would audit: of many, somebody may, and giving it says who may not.
    """
    own_team = is_own_team(sample)
    auditors = auditors_of(sample, timezone.localdate(now))
    few = auditors if len(auditors) <= FEW else []
    barrings = [barring_of(one, own_team=own_team) for one in few]
    found: dict[int, Sequence[tuple[User, str]]] = {}
    for file in files:
        child = child_of(file)
        told = [
            (one.auditor, one.why(child.pk if child else None, (file.worker_id,), file.team_id))
            for one in barrings
        ]
        found[file.pk] = [(who, why) for who, why in told if why]
    return found


def doors(slot: Slot, viewer: User) -> list[tuple[str, str]]:
    """Return what a viewer may do about the files of a slot: route and words."""
    line = pack.lines().get(slot.line)
    if line is None or slot.closed_at is not None:
        return []
    if line.picked_by:
        return [("audits:pick", "Pick the file")] if may_pick(slot, viewer) else []
    if not may_draw(slot, viewer):
        return []
    if line.population == "nobody":
        return [("audits:give-of-slot", "Give it to an auditor")]
    return [("audits:draw", "Put all on a list" if line.is_whole else "Draw the files")]


def margin_words(of: int, drawn: int, confidence: int) -> str:
    """Return how sure a share is that is found in so many of so many, in words."""
    if not of:
        return ""
    if drawn >= of:
        return "All that fit are audited: what is found of them is so, and no estimate."
    margin = round(100 * sampling.margin_of(drawn, of, confidence / 100))
    return (
        f"With {drawn} of {of} a share is known to within {margin} percentage points"
        f" either way, {confidence} times in 100."
    )
