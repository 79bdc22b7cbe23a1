"""At which step of the packs' process an audit is."""

from __future__ import annotations

from evenhand.audits import pack
from evenhand.audits.models import Audit, Copy, Finding, Report
from evenhand.work.models import STILL_OPEN

SELECTION, AUDIT, FEEDBACK, ACTION, ANALYSIS, REPORT = (
    "selection", "audit", "feedback", "action", "analysis", "report",
)  # fmt: skip


def step_of(audit: Audit) -> str:
    """Return the id of the step at which an audit is: three small queries, once it is done.

    It is at feedback until everybody has read their copy, and who must has signed; at action until
    everything that it asked for is done; at report once a published report counts it.
    """
    if audit.state != Audit.State.DONE:
        return AUDIT if audit.state == Audit.State.OPEN else SELECTION
    if _waits_for_readers(audit):
        return FEEDBACK
    actions = Finding.objects.filter(audit=audit, entered_in_error=False)
    if actions.filter(action__state__in=STILL_OPEN).exists():
        return ACTION
    return REPORT if _is_reported(audit) else ANALYSIS


def step_in_words(audit: Audit) -> pack.Step | None:
    """Return the step at which an audit is, in the packs' words; None where they have none."""
    here = step_of(audit)
    return next((step for step in pack.process() if step.id == here), None)


def _waits_for_readers(audit: Audit) -> bool:
    type_ = pack.types().get(audit.type)
    if type_ is not None and type_.is_passed_on and audit.signed_at is None:
        return True
    return Copy.objects.filter(audit=audit, read_at=None).exists()


def _is_reported(audit: Audit) -> bool:
    kinds = [one.id for one in pack.report_kinds().values() if audit.type in one.types]
    reports = Report.objects.filter(kind__in=kinds, published_at__isnull=False)
    return reports.filter(since__lte=audit.done_on, until__gte=audit.done_on).exists()
