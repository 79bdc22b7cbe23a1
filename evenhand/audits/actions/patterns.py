"""What several audits found of one theme becomes a training need."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.models import Finding
from evenhand.audits.queries import posts
from evenhand.audits.queries.themes import theme_words
from evenhand.rules.arithmetic import add_months
from evenhand.work.actions import Place, open_task
from evenhand.work.models import STILL_OPEN, Task

KIND = "audit-training-need"


def look_for(finding: Finding, *, at: datetime) -> Task | None:
    """Open a task for whoever looks after training, once enough audits found the same theme.

    Not while one about the theme is open; after one, only what was found since counts.
    """
    kind = pack.findings().get(finding.kind)
    if kind is None or not kind.is_pattern or not finding.theme:
        return None
    known = f"{KIND}:{finding.theme}"
    asked = Task.objects.filter(kind=KIND, about=known)
    if asked.filter(state__in=STILL_OPEN).exists():
        return None
    last = asked.order_by("-opened_at").values_list("opened_at", flat=True).first()
    number, today = _audits(finding, last, at), timezone.localdate(at)
    if number < pack.limit("pattern-audits", today):
        return None
    title = theme_words(finding.audit, finding.theme)
    what = f"{number} audits found the same wanting: {title}. Look at what people need to learn."
    made: Task = open_task(
        by=None, at=at, kind=KIND, what=what, role=pack.post(posts.TRAINING), about=known,
        place=Place("audits:findings", query=f"theme={finding.theme}"),
    )  # fmt: skip
    return made


def _audits(finding: Finding, last: datetime | None, at: datetime) -> int:
    """Return how many audits found the theme in the months that count, and since the last task."""
    today = timezone.localdate(at)
    since = add_months(today, -pack.limit("pattern-months", today))
    kinds = [one.id for one in pack.findings().values() if one.is_pattern]
    rows = Finding.objects.filter(
        theme=finding.theme, kind__in=kinds, entered_in_error=False, raised_at__date__gt=since
    )
    if last is not None:
        rows = rows.filter(raised_at__gt=last)
    return rows.values("audit").distinct().count()
