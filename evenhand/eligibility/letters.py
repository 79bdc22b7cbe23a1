"""The letter that tells a family what was decided and why: proposed in words, given as a file."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from evenhand.design import printing
from evenhand.design.lettering import shown
from evenhand.design.wording import child_name, day
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import decidable, listed, words_of
from evenhand.people.models import Child, IdentityStanding
from evenhand.people.pack import ask_set, in_words
from evenhand.people.queries.reach import of_child

HERE = Path(__file__).parent
ENGLISH = "English"
LANGUAGE, LARGE = "first_language", "Large print"
NAMED = re.compile(r"{(\w+)}")
KINDS = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


def proposed(decision: Decision) -> str:
    """Return the letter as it is proposed: the packs' paragraphs that say something."""
    held = decidable(decision.form, decision.edition)
    told = {
        "child": child_name(decision.child) if decision.child else "the child",
        "on": day(decision.decided_on),
        "decided": held.label_of(decision.decided) if held else decision.decided,
        "reasons": decision.reasons,
        "open": _open(decision),
        "next": decision.goes_next,
        "decider": decision.decided_by or settings.AUTHORITY,
    }
    whole = (one for one in listed("letter") if all(told.get(name) for name in NAMED.findall(one)))
    return "\n\n".join(one.format_map(told).strip() for one in whole)


def _open(decision: Decision) -> str:
    listed_ = "; ".join(words_of(decision.stays_open))
    return f"This stays open to you: {listed_}." if listed_ else ""


def language_of(child: Child | None) -> str:
    """Return the language in which a family is written to, as far as it is known: else English."""
    if child is None:
        return ENGLISH
    rows = IdentityStanding.objects.filter(of_child(child), characteristic=LANGUAGE)
    said = rows.exclude(answer="").values_list("answer", flat=True).first() or ""
    item = next((one for one in ask_set() if one.characteristic == LANGUAGE), None)
    return (in_words(item, said) if item and said else said) or ENGLISH


def title_of(letter: Letter) -> str:
    """Return what a letter is called."""
    return f"What we decided on {day(letter.decision.decided_on)}"


def kinds_of(letter: Letter) -> list[str]:
    """Return in which files a letter is given: as PDF only where its typeface has every letter."""
    return [kind for kind in KINDS if kind != "pdf" or shown(letter.words) == letter.words]


def file_of(letter: Letter, kind: str) -> bytes:
    """Return a letter as a tagged PDF, or as plain text that any machine can read out."""
    if kind == "txt":
        return f"{settings.AUTHORITY}\n{title_of(letter)}\n\n{letter.words}\n".encode()
    told = {
        "title": title_of(letter),
        "authority": settings.AUTHORITY,
        "on": day(letter.written_at),
        "paragraphs": [one for one in letter.words.split("\n\n") if one.strip()],
        "large": letter.format == LARGE,
    }
    return printing.pdf_of(HERE / "letter.typ", told, made_at=letter.written_at)
