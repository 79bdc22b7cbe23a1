"""Standards, read from a pack: what each promises, in facts of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, cast, get_args

from evenhand.policy import dated, trees
from evenhand.policy.documents import Faults, Mapping, Node, Scalar, items_of, shown
from evenhand.policy.errors import nearest, one_of
from evenhand.policy.fact_names import FactNames
from evenhand.policy.fields import Fields
from evenhand.policy.vocabulary import Vocabulary
from evenhand.rules.standards import (
    SAME_DAY,
    Deadline,
    Direction,
    Period,
    PerPeriod,
    Recurrence,
    Roll,
    Standard,
    TestStandard,
)
from evenhand.rules.trees import Tree
from evenhand.rules.values import Basis, Dated, Entry, Offset

KINDS = ("deadline", "recurrence", "per_period", "test")
COMMON = (
    "id", "title", "words", "clauses", "subject", "category", "per", "where", "excused_by", "until",
    "also_shown_by", "gate", "local", "bound", "note", "cases",
)  # fmt: skip
AUTHORITY = ("from", "to", "basis", "citation")
OF_KIND = {
    "deadline": ("deadline", "within", "roll", "direction", *AUTHORITY),
    "recurrence": ("recurrence", "stages"),
    "per_period": ("per_period", "at_least"),
    "test": ("test", "starts", *AUTHORITY),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What is known while a pack's standards are read."""

    pack: str
    source: str
    vocabulary: Vocabulary
    clauses: frozenset[str]
    faults: Faults


class _Common(TypedDict):
    id: str
    title: str
    clauses: tuple[str, ...]
    pack: str
    subject: str
    category: str
    per: str | None
    where: Tree | None
    excused_by: tuple[str, ...]
    until: str | None
    also_shown_by: tuple[str, ...]
    words: str
    gate: str | None


def read(node: Node, reading: Reading) -> Standard | None:
    """One standard; None, with the faults noted, where it cannot be used."""
    if not isinstance(node, Mapping):
        reading.faults.add(node, "standard", shown(node), "Write its fields: id, title, ...")
        return None
    kinds = [kind for kind in KINDS if kind in node.fields]
    if len(kinds) != 1:
        found = f"it has {' and '.join(kinds) or 'no kind'}"
        reading.faults.add(node, "standard", found, one_of(KINDS)[:-1] + " (one only).")
        return None
    before = len(reading.faults.errors)
    fields = Fields(node, reading.faults, (*COMMON, *OF_KIND[kinds[0]]), "the standard")
    names = FactNames(reading.vocabulary, _subject(fields, reading), reading.faults)
    common = _common(fields, names, reading)
    standard = _MAKERS[kinds[0]](fields, common, names, reading)
    return standard if len(reading.faults.errors) == before else None


def _subject(fields: Fields, reading: Reading) -> str:
    subject = fields.text("subject")
    known = reading.vocabulary.subjects
    if subject and subject not in known:
        fields.wrong("subject", f'"{subject}" has no facts', nearest(subject, known, one_of(known)))
    return subject


def _common(fields: Fields, names: FactNames, reading: Reading) -> _Common:
    where, until = fields.get("where"), fields.get("until")
    excuses = fields.get("excused_by")
    found = [names.find(node, "excused_by") for node in items_of(excuses)] if excuses else []
    also = fields.get("also_shown_by")
    shown_by = [names.find(node, "also_shown_by") for node in items_of(also)] if also else []
    return {
        "id": f"{reading.pack}/{fields.text('id')}",
        "title": fields.text("title"),
        "clauses": _clauses(fields, reading),
        "pack": reading.pack,
        "subject": names.subject,
        "category": fields.text("category", required=False),
        "per": fields.text("per", required=False) or None,
        "where": trees.read(where, names) if where else None,
        "excused_by": tuple(fact.name for fact in found if fact),
        "until": names.single_time(until, "until") if until else None,
        "also_shown_by": tuple(fact.name for fact in shown_by if fact),
        "words": fields.text("words", required=False),
        "gate": fields.text("gate", required=False) or None,
    }


def _clauses(fields: Fields, reading: Reading) -> tuple[str, ...]:
    found = fields.texts("clauses")
    if not found:
        fields.wrong("clauses", "the standard rests on no clause", "Name the clauses it rests on.")
    for clause in found:
        if clause not in reading.clauses:
            remedy = nearest(clause, reading.clauses, "Add it to a pack's clauses.yaml.")
            fields.wrong("clauses", f'no pack has a clause "{clause}"', remedy)
    return found


def _shape(
    fields: Fields, name: str, read: Callable[[Fields], Any], reading: Reading
) -> dated.Shape[Any]:
    return dated.Shape(name, read, reading.source, fields.flag("local"), dated.bound(fields))


def _deadline(
    fields: Fields, common: _Common, names: FactNames, reading: Reading
) -> Standard | None:
    inner = _inner(
        fields, "deadline", ("starts", "stops", "all_of_many", "due", "direction", "roll")
    )
    if inner is None:
        return None
    direction = _choice(fields, inner, "direction", get_args(Direction)) or "after"
    within = _within(fields, inner, direction, names, reading)
    starts, stops = inner.need("starts"), inner.get("stops")
    stop = names.any_time(stops, "stops") if stops else None
    if inner.flag("all_of_many") and stop and not stop.many:
        inner.wrong("all_of_many", f'"{stop.name}" holds a single value', "Leave all_of_many out.")
    roll = _choice(fields, inner, "roll", get_args(Roll)) or None
    if starts is None or within is None:
        return None
    basis, citation = _basis_of_due(fields, within, reading)
    if roll and (isinstance(within, str) or any(entry.value.is_exact for entry in within.entries)):
        inner.wrong("starts", "roll needs a due day counted in days or longer", "Leave roll out.")
    return Deadline(
        **common, starts=names.single_time(starts, "starts"), stops=stop.name if stop else None,
        all_of_many=inner.flag("all_of_many"), within=within,
        direction=cast("Direction", direction), roll=cast("Roll | None", roll),
        due_basis=basis, due_citation=citation,
    )  # fmt: skip


def _basis_of_due(
    fields: Fields, within: Dated[Offset] | str, reading: Reading
) -> tuple[Basis, str]:
    """On what a day due rests that is itself a fact: nothing but a text, unless it is said."""
    if not isinstance(within, str) or "basis" not in fields:
        return "text", ""
    basis, citation = dated.authority(fields, reading.source)
    return basis or "text", citation


def _choice(outer: Fields, inner: Fields, key: str, choices: tuple[str, ...]) -> str:
    fields = inner if key in inner else outer
    return fields.choice(key, choices, required=False)


def _within(
    fields: Fields, inner: Fields, direction: str, names: FactNames, reading: Reading
) -> Dated[Offset] | str | None:
    node, due = fields.get("within"), inner.get("due")
    named = due or (node if isinstance(node, Scalar) else None)
    if named is not None:
        return names.single_time(named, "due")
    if direction == "at" and node is None:
        return _always(fields, SAME_DAY, reading)
    if node is None:
        fields.need("within", "Write within: [{from: DATE, value: N, unit: ..., basis: ...}].")
        return None
    return dated.read(node, _shape(fields, "within", dated.offset, reading), reading.faults)


def _always(fields: Fields, value: Any, reading: Reading) -> Dated[Any] | None:
    """One value, with its authority beside it; it holds always unless `from` says otherwise."""
    basis, citation = dated.authority(fields, reading.source)
    from_ = fields.day("from", required=False) or dated.ALWAYS
    if basis is None:
        return None
    return Dated.of([Entry(from_, value, basis, citation, fields.day("to", required=False))])


def _recurrence(
    fields: Fields, common: _Common, names: FactNames, reading: Reading
) -> Standard | None:
    inner = _inner(fields, "recurrence", ("starts", "held", "start_is_held"))
    stages = fields.need("stages", "Write stages: [[{from: DATE, value: N, ...}], ...].")
    if inner is None or stages is None:
        return None
    shape = _shape(fields, "stages", _day_offset, reading)
    read = [dated.read(stage, shape, reading.faults) for stage in _stages(stages)]
    starts, held = inner.need("starts"), inner.need("held")
    if starts is None or held is None:
        return None
    return Recurrence(
        **common, starts=names.single_time(starts, "starts"), held=names.many_times(held, "held"),
        stages=tuple(stage for stage in read if stage), start_is_held=inner.flag("start_is_held"),
    )  # fmt: skip


def _stages(node: Node) -> tuple[Node, ...]:
    """Each stage's list of dated values; dated values alone are the one stage."""
    items = items_of(node)
    return (node,) if all(isinstance(item, Mapping) for item in items) else items


def _day_offset(fields: Fields) -> Offset | None:
    found = dated.offset(fields)
    if found and found.is_exact:
        fields.wrong("unit", f'"{found.unit}" is too exact here', "Count in days or longer.")
        return None
    if found and found.value == 0:
        fields.wrong("value", "0 would recur for ever on one day", "Write 1 or more.")
        return None
    return found


def _per_period(
    fields: Fields, common: _Common, names: FactNames, reading: Reading
) -> Standard | None:
    inner = _inner(fields, "per_period", ("counted", "starts", "period"))
    node = fields.need("at_least", "Write at_least: [{from: DATE, value: N, basis: ...}].")
    if inner is None or node is None:
        return None
    at_least = dated.read(node, _shape(fields, "at_least", _plain_number, reading), reading.faults)
    counted, starts, period = inner.need("counted"), inner.get("starts"), _period(inner)
    if counted is None or period is None or at_least is None:
        return None
    return PerPeriod(
        **common, counted=names.many_times(counted, "counted"),
        starts=names.single_time(starts, "starts") if starts else None,
        period=period, at_least=at_least,
    )  # fmt: skip


def _plain_number(fields: Fields) -> int | None:
    if "unit" in fields:
        fields.wrong("unit", "a number counted has no unit", "Leave unit out.")
    return dated.number(fields)


def _period(inner: Fields) -> Period | None:
    node = inner.need("period")
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text in ("month", "half-year", "year"):
        return cast("Period", node.text)
    months = [_month(item) for item in items_of(node)]
    if months and all(months):
        return tuple(sorted({month for month in months if month}))
    inner.wrong("period", f"{shown(node)} is no period", "Write month, half-year, year or [March].")
    return None


def _month(node: Node) -> int | None:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, str) and value.capitalize() in MONTHS:
        return MONTHS.index(value.capitalize()) + 1
    return value if isinstance(value, int) and 1 <= value <= len(MONTHS) else None


def _test(fields: Fields, common: _Common, names: FactNames, reading: Reading) -> Standard | None:
    node, starts = fields.need("test"), fields.get("starts")
    if node is None:
        return None
    if isinstance(node, Mapping):
        tree = _always(fields, trees.read(node, names), reading)
    else:
        shape = _shape(fields, "test", lambda entry: _tree_value(entry, names), reading)
        tree = dated.read(node, shape, reading.faults)
    start = names.single_time(starts, "starts") if starts else None
    return TestStandard(**common, tree=tree, starts=start) if tree else None


def _tree_value(fields: Fields, names: FactNames) -> Tree | None:
    node = fields.need("value")
    return trees.read(node, names) if node else None


def _inner(fields: Fields, kind: str, allowed: tuple[str, ...]) -> Fields | None:
    node = fields.need(kind)
    if isinstance(node, Mapping):
        return Fields(node, fields.faults, allowed, f"the {kind.replace('_', ' ')}")
    if node is not None:
        fields.wrong(kind, f"{shown(node)} stands here", f"Write {{{allowed[0]}: FACT, ...}}.")
    return None


_MAKERS: dict[str, Callable[[Fields, _Common, FactNames, Reading], Standard | None]] = {
    "deadline": _deadline,
    "recurrence": _recurrence,
    "per_period": _per_period,
    "test": _test,
}
