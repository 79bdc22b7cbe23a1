"""The reference page of forms: what each asks, of whom, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.policy import wording
from evenhand.policy.library import Policy
from evenhand.rules.question_sets import Question, QuestionSet


def lines_of(policy: Policy) -> list[str]:
    """Every form by pack, each edition."""
    editions = [one for found in policy.question_sets.values() for one in found]
    lines = [f"{len(policy.question_sets)} forms on which people write down what no extract holds."]
    for pack in policy.packs:
        mine = [one for one in editions if one.pack == pack.id]
        if mine:
            lines += ["", f"## {pack.title}"]
        for one in mine:
            lines += ["", *_form(one)]
    return lines


def _form(one: QuestionSet) -> Iterator[str]:
    yield f"### {one.title}"
    yield ""
    yield f"`{one.id}` from {one.from_}, {_about(one)}"
    yield ""
    yield from (f"- {_question(question)}" for question in one.questions)
    if one.rows is not None:
        yield f"- For each {one.rows.label.lower()}, up to {one.rows.most}:"
        yield from (f"    - {_question(question)}" for question in one.rows.questions)
    for span in one.spans:
        yield f"- {span.label}: the {span.unit} from `{span.starts}` to `{span.stops}`"
    for derived in one.derived:
        for level in derived.levels:
            said = level.label or level.value
            yield f"- {derived.label}, {said}: where {wording.condition(level.when)}"
    yield from (f"- Says “{n.words}” where {wording.condition(n.when)}" for n in one.notices)
    yield from (f"- Advises “{a.label}” where {wording.condition(a.when)}" for a in one.advice)
    yield from (f"- Asks “{s.what}” where {wording.condition(s.when)}" for s in one.steps)
    yield from (f"- Part “{part.title}”: {', '.join(part.questions)}" for part in one.sections)
    if one.compliance:
        yield f"- Beside it stand the outcomes of {_names(one)}"
    if one.when_worker_changes is not None:
        yield f"- Asks a child's new worker “{one.when_worker_changes.what}”"
    yield f"- On whose authority: {one.basis}, {one.citation}"
    if one.clauses:
        yield f"- Clauses: {', '.join(one.clauses)}"


def _names(one: QuestionSet) -> str:
    return ", ".join(f"`{each.standard}`" for each in one.compliance)


def _about(one: QuestionSet) -> str:
    subject = one.subject.replace("_", " ")
    named = f"{'an' if subject[0] in 'aeiou' else 'a'} {subject}"
    if one.is_own:
        return f"{named} itself"
    often = "once" if one.is_once and one.subject != "child" else "as often as need be"
    return f"about {named}, {often}"


def _question(one: Question) -> str:
    told = [one.label, f"({one.kind.replace('_', ' ')})"]
    if one.fact:
        told.append(f"is `{one.fact}`")
    if one.asked_when is not None:
        told.append(f"asked where {wording.condition(one.asked_when)}")
    if one.missing:
        told.append(f"blank: “{one.missing}”")
    return ", ".join([" ".join(told[:2]), *told[2:]])
