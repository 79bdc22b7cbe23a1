"""What audits found of a child's file, told to who asks to see the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.audits import pack
from evenhand.audits.models import Finding, ManagementReview, SampledFile
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


def lists_of(children: Iterable[int]) -> Iterator[Told]:
    """Yield on which lists of files to audit these children's stood, with what was written."""
    rows = SampledFile.objects.filter(child__in=list(children)).select_related("sample")
    for one in rows.order_by("sample__drawn_at", "pk"):
        what, when = "List of files to audit", day(one.sample.drawn_at)
        yield what, when, "How it came on the list", _came(one)
        if one.why:
            yield what, when, "Why it was chosen", one.why
        if one.left_out_why:
            yield what, when, "Why it was left out", one.left_out_why


def _came(file: SampledFile) -> str:
    if file.is_random:
        return "By chance"
    themed = file.sample.slot_id is None and not file.is_extra
    return "By chance, for an audit of a theme" if themed else "Chosen by a manager"
