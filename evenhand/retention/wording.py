"""How long, why and what went, as people say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps import apps

from evenhand.design.wording import day, number
from evenhand.retention.grounds import GROUNDS
from evenhand.retention.models import Certificate
from evenhand.rules.retention import Keep, Kept, Reason, Rule, Term, Trigger

REASONS: Mapping[str, str] = {
    Reason.AFTER_BIRTH: "counted from their birth",
    Reason.AFTER_DEATH: "counted from their death",
    Reason.AFTER_CLOSURE: "counted from the day on which all was closed",
    Reason.AFTER_MADE: "counted from the day on which it was made",
    Reason.NO_BIRTH_KNOWN: "no day of birth is known",
    Reason.NO_CLOSURE_KNOWN: "nothing says when it was closed",
    Reason.STILL_OPEN: "the case is open",
}
AFTER = {
    Trigger.BIRTH: "their birth",
    Trigger.DEATH: "their death",
    Trigger.CLOSURE: "all was closed",
    Trigger.MADE: "it was made",
}
BASES = {
    "law": "Law",
    "text": "The policy's own words",
    "default": "Our default, change it",
    "reconstruction": "Our reading of the policy",
}
STANDINGS = {
    "asked": "Waits for a decision",
    "at source": "To be put right in the case system",
    "corrected": "Put right",
    "refused": "Refused",
}
AS_CHILD = "As the record of the child"
NOT_KNOWN = "Kept: cannot be told"


def until(kept: Kept) -> str:
    """Return to the end of which day, or that it cannot be told."""
    return day(kept.until) if kept.until else NOT_KNOWN


def reason(value: str) -> str:
    """Return why it is kept until then."""
    return REASONS[Reason(value)]


def how_long(rule: Rule, value: Keep | None) -> str:
    """Return a type's time in words."""
    if rule.as_:
        return AS_CHILD
    if value is None:
        return "No rule is in force"
    words = _terms(value.terms)
    if value.died_under is not None:
        words += f"; for a child who died under {value.died_under}, {_terms(value.then)}"
    return words[:1].upper() + words[1:]


def _terms(terms: tuple[Term, ...]) -> str:
    said = " or ".join(_term(one) for one in terms)
    return f"{said}, whichever is later" if len(terms) > 1 else said


def _term(term: Term) -> str:
    if term.value == 0:
        return "not kept"
    unit = term.unit[:-1] if term.value == 1 else term.unit
    return f"{number(term.value)} {unit} after {AFTER[term.after]}"


def ground(key: str) -> str:
    """Return a ground as a sentence."""
    return GROUNDS.get(key, key)


def went(certificate: Certificate) -> Iterator[tuple[str, int]]:
    """Yield each kind of record that went, and how many."""
    for label, count in sorted(certificate.rows.items()):
        yield _kind(label), count


def _kind(label: str) -> str:
    try:
        name = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        name = label.rsplit(".", maxsplit=1)[-1]
    return name.replace("section47", "section 47 enquiry").capitalize()


def record_of(target: str) -> str:
    """Return what kind of record somebody says is wrong."""
    return "Who they are" if target == "people.child" else _kind(target)


def field_of(field: str) -> str:
    """Return which of its fields."""
    return field.replace("_", " ").capitalize()
