"""What audits found of a child's file, told to who asks to see the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.audits import pack
from evenhand.audits.models import Finding, ManagementReview
from evenhand.design.wording import day

Told = tuple[str, str, str, str]


def findings_of(children: Iterable[int]) -> Iterator[Told]:
    """Yield what was found in these children's files, by their keys, and how it was put right."""
    rows = Finding.objects.filter(audit__child__in=list(children), entered_in_error=False)
    for one in rows.select_related("audit").order_by("raised_at", "pk"):
        what, when = f"Audit: {pack.finding_words(one.kind)}", day(one.raised_at)
        yield what, when, "What was found", one.words
        if one.evidence:
            yield what, when, "What shows that it is put right", one.evidence


def reviews_of(children: Iterable[int]) -> Iterator[Told]:
    """Yield the management reviews about these children's files."""
    rows = ManagementReview.objects.filter(audit__child__in=list(children))
    for one in rows.order_by("asked_on", "pk"):
        what, when = "Management review", day(one.asked_on)
        yield what, when, "Why it was asked for", one.why
        for question, words in (("Found", one.findings), ("Learnt", one.learning)):
            if words:
                yield what, when, question, words
