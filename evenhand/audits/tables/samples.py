"""Lists of files as pages lay them out: what is on them, how they were drawn, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.accounts.models import Team, User, Worker
from evenhand.audits import pack
from evenhand.audits.models import Sample, SampledFile
from evenhand.audits.queries.drawing import PARTS, Fit
from evenhand.audits.queries.populations import WORDS, stage_words
from evenhand.audits.queries.samples import Redrawn, child_of, margin_words
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import child_name, day, number
from evenhand.rules import sampling
from evenhand.rules.outcomes import Outcome

Method = Sample.Method
HOW: Mapping[str, str] = {
    Method.SIMPLE: "By chance, each file as likely as another",
    Method.STRATIFIED: "By chance, from each group its share",
    Method.WEIGHTED: "By chance, files with more risk likelier",
    Method.WHOLE: "Every one of them",
    Method.PICKED: "Picked by the team's manager; never counted with files drawn by chance",
}
KINDS = {"child": "File", "referral": "Referral", "conference": "Conference",
         "core_group": "Core group", "supervision": "Supervision"}  # fmt: skip
EXTRA = "Added by name"
PICKED = "Picked by the manager of the team"
Barred = Mapping[int, Sequence[tuple[User, str]]]


def sample_rows(sample: Sample, drawn: int, outcome: Outcome | None) -> list[SummaryRow]:
    """Return how a list came about, and how it stands to the day by which it is to be ready."""
    limit = pack.limit("confidence", sample.as_at)
    found = [
        *_theme(sample),
        SummaryRow("How", HOW[sample.method]),
        SummaryRow("From", f"{number(sample.of)} {population_words(sample)}, as at"
                           f" {day(sample.as_at)}"),
        SummaryRow("Drawn", _counted(sample, drawn)),
        SummaryRow("By", sample.drawn_by.name),
    ]  # fmt: skip
    if sample.method in (Method.SIMPLE, Method.STRATIFIED):
        found.append(SummaryRow("How sure", margin_words(sample.of, drawn, limit)))
    without = sum(not drawn for _, _, drawn in sample.parts)
    if without:
        fewer = f"{number(without)} of {number(len(sample.parts))}: fewer files were asked for"
        found.append(SummaryRow("Groups without a file", f"{fewer} than there are groups"))
    if sample.seed and sample.method != Method.WHOLE:
        found.append(SummaryRow("Word drawn with", sample.seed))
    found += [SummaryRow("Chosen by", words) for words in filters_words(sample)]
    found += [SummaryRow("Left out", words) for words in left_out_words(sample)]
    found.append(SummaryRow("Digest of those drawn from", sample.digest))
    return found + _ready(sample, outcome)


def kind_words(type_: str) -> str:
    """Return what a kind of audit is called; of one that the packs have no more, its id."""
    held = pack.types().get(type_)
    return held.title if held else type_


def _theme(sample: Sample) -> list[SummaryRow]:
    if sample.slot_id is not None or sample.due_on is None:
        return []
    return [
        SummaryRow("Kind of audit", kind_words(sample.type)),
        SummaryRow("Who asked for it, and why", sample.theme_why),
        SummaryRow("To be audited by", day(sample.due_on)),
    ]


def _ready(sample: Sample, outcome: Outcome | None) -> list[SummaryRow]:
    published = day(sample.published_at) if sample.published_at else "Not published yet"
    if outcome is None:
        return [SummaryRow("Published", published)] if sample.published_at else []
    due = f"To be ready by {day(outcome.due)}" if outcome.due else ""
    return [
        SummaryRow("Published", published),
        SummaryRow("Ready in time", Cell(state=outcome.state, note=due)),
    ]


def _counted(sample: Sample, drawn: int) -> str:
    if sample.method in (Method.WHOLE, Method.PICKED) or drawn >= sample.size:
        return number(drawn)
    return (
        f"{number(drawn)}. {number(sample.size)} were asked for, and there are no more that fit:"
        " all were taken."
    )


def population_words(sample: Sample) -> str:
    """Return what a list was drawn from, in words."""
    one, many = WORDS.get(sample.population, ("file", "files"))
    return one if sample.of == 1 else many


def filters_words(sample: Sample) -> list[str]:
    """Return by which facts the files of a list were chosen, in words."""
    told: Mapping[str, Any] = sample.asked.get("filters", {})
    found = []
    if told.get("since") and told.get("until"):
        since, until = (date.fromisoformat(told[name]) for name in ("since", "until"))
        found.append(f"From {day(since)} to {day(until)}")
    if told.get("teams"):
        names = Team.objects.filter(pk__in=told["teams"]).order_by("name")
        found.append(f"Of {', '.join(names.values_list('name', flat=True))}")
    if told.get("worker"):
        worker = Worker.objects.filter(pk=told["worker"]).first()
        found.append(f"Of {worker or 'a worker'}")
    if told.get("stage"):
        found.append(stage_words().get(told["stage"], told["stage"]))
    if told.get("ethnicity"):
        found.append(f"Ethnic group: {told['ethnicity']}")
    if told.get("weeks"):
        found.append(f"Referred in the last {told['weeks']} weeks")
    if sample.asked.get("again"):
        found.append("Files that were audited lately, too")
    return found


def left_out_words(sample: Sample) -> list[str]:
    """Return what was left out of those drawn from, and how many."""
    told: Mapping[str, int] = sample.asked.get("left_out", {})
    return [f"{words}: {number(many)}" for words, many in told.items()]


def files_table(
    files: Iterable[SampledFile], barred: Barred, *, opens: bool, may_leave_out: bool
) -> Table:
    """Return the files of a list: whose, how each came on it, and what became of it.

    ``opens``: a file leads to the child's page.
    """
    files = list(files)
    may_leave_out = may_leave_out and any(map(is_waiting, files))
    rows = [
        [
            _named(one, opens=opens),
            Cell(str(one.team or "No team"), note=str(one.worker or "")),
            how_cell(one),
            _became(one, barred.get(one.pk, ())),
            *([_leave_out(one)] if may_leave_out else []),
        ]
        for one in files
    ]  # fmt: skip
    columns: list[Column | str] = ["File", "Team and worker", "How it came on the list",
                                   "What became of it"]  # fmt: skip
    if may_leave_out:
        columns.append(Column("What", hidden=True))
    return Table("Files", columns, rows, empty="No file that you may see.")


def is_waiting(file: SampledFile) -> bool:
    """Whether a file was neither given to anybody nor left out."""
    return not file.left_out_why and not getattr(file, "given", ())


def file_words(file: SampledFile) -> str:
    """Return whose file it is, as the record stands now."""
    child = child_of(file)
    kind = KINDS.get(file.subject, "File")
    if child is None:
        return f"{kind} of {file.worker or 'somebody'}"
    name = child_name(child, surname_first=True)
    return name if file.about_id is None else f"{name}, {kind.lower()}"


def _named(file: SampledFile, *, opens: bool) -> Cell:
    child = child_of(file)
    merged = file.child is not None and file.child.merged_into is not None
    note = "Two records of this child were made one since" if merged else ""
    url = reverse("pages:child", args=[child.ref]) if child is not None and opens else ""
    return Cell(f"{file.position}. {file_words(file)}", url=url, note=note)


def how_cell(file: SampledFile) -> Cell:
    """Return how a file came on its list."""
    if file.is_extra:
        return Cell(EXTRA, note=file.why)
    if file.sample.method == Method.PICKED:
        return Cell(PICKED, note=file.why)
    if file.sample.method == Method.WHOLE:
        return Cell("Every one is audited")
    return Cell("Drawn by chance", note=file.part)


def _became(file: SampledFile, barred: Sequence[tuple[User, str]]) -> Cell:
    if file.left_out_why:
        return Cell("Left out", note=file.left_out_why)
    given = list(getattr(file, "given", ()))
    if given:
        words = [f"{one.auditor.name} ({'done' if one.done_on else 'not done yet'})"
                 for one in given]  # fmt: skip
        return Cell(f"Audited by {' and '.join(words)}", url=_audit_url(given))
    told = [f"{who.name} may not audit it. {why}." for who, why in barred]
    return Cell("Not given to anybody yet", note=" ".join(told))


def _audit_url(given: Sequence[Any]) -> str:
    return reverse("audits:audit", args=[given[0].ref]) if len(given) == 1 else ""


def _leave_out(file: SampledFile) -> Cell:
    if not is_waiting(file):
        return Cell("")
    words = f"Leave {file_words(file)} out"
    return Cell(words, url=reverse("audits:leave-out", args=[file.ref]))


def parts_table(sample: Sample) -> Table | None:
    """Return how many fell to each part of a stratified list; None for any other."""
    if not sample.parts:
        return None
    rows = [[part, held, drawn] for part, held, drawn in sample.parts]
    label = PARTS.get(sample.asked.get("by", ""), "Group")
    columns = [label, Column("Files", numeric=True), Column("Drawn", numeric=True)]
    return Table("What each group has", columns, rows)


def fit_table(found: Fit) -> Table:
    """Return what was left out of those that could be drawn, and why."""
    rows = [[words, many] for words, many in found.left_out.items()]
    columns = ["Why", Column("Files", numeric=True)]
    return Table("Left out", columns, rows, empty="Nothing is left out.")


def advice_words(of: int, size: int, on: date) -> list[str]:
    """Return how sure one can be of what so many files show, and how many would be enough."""
    confidence, wanted = pack.limit("confidence", on), pack.limit("margin-wanted", on)
    enough = sampling.size_for(of, wanted / 100, confidence / 100)
    told = [margin_words(of, min(size, of), confidence)] if size and of else []
    if of and 0 < size < enough:
        told.append(f"To know a share to within {wanted} points, draw {number(enough)}.")
    if size > of > 0:
        told.append(f"There are only {number(of)}: all of them will be taken.")
    return told


def redrawn_table(found: Redrawn, files: Sequence[SampledFile]) -> Table:
    """Return the list as it came out again, beside the one that was kept."""
    kept = {one.key: one for one in files if not one.is_extra}
    rows = [[place, _again(key, kept, found)] for place, key in enumerate(found.keys, 1)]
    return Table("The list, drawn again", [Column("Place", numeric=True), "File"], rows)


def _again(key: str, kept: Mapping[str, SampledFile], found: Redrawn) -> str:
    if key in kept:
        child = kept[key].child
        merged = child is not None and child.merged_into is not None
        since = ": two records of this child were made one since" if merged else ""
        return f"{file_words(kept[key])}{since}"
    if key in found.gone:
        return "A file that is held no more"
    return "A file that you may not see"
