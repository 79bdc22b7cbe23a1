"""What people say of tools, which edition took it up, and whose agency somebody audits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.accounts.scope import scope_of
from evenhand.audits.models import PartnerAgency, ToolComment
from evenhand.audits.queries.tools import editions_of
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.recording.sets import form_called

PARTNER = "partner_auditor"


@action("audit.tool_commented_on")
def comment(tool: str, words: str, *, by: User, at: datetime) -> Change:
    """Say what is good or wrong of a tool, as it is today. Raises Problem without words."""
    if not words.strip():
        raise Problem("Nothing was written.", "Say what would make the tool better.")
    edition = form_called(tool, timezone.localdate(at)).from_
    made = ToolComment.objects.create(
        ref=new_reference(), tool=tool, edition=edition, words=words.strip(), by=by, at=at
    )
    return Change(made, {"tool": (None, tool), "edition": (None, edition)})


@action("audit.tool_comments_taken_up")
def take_up(
    tool: str,
    comments: Sequence[ToolComment],
    edition: date,
    *,
    by: User,
    at: datetime,
    answer: str = "",
) -> Change:
    """Say which edition of a tool took up these comments, and how. Returns how many.

    Raises Problem without comments, and for an edition that no pack has.
    """
    if not comments:
        raise Problem("No comment is chosen.", "Choose the comments that this edition took up.")
    if edition not in {one.asked.from_ for one in editions_of(tool, timezone.localdate(at))}:
        raise Problem("No adopted pack has this edition of the tool.", "Choose one of the list.")
    mine = ToolComment.objects.filter(pk__in=[one.pk for one in comments], tool=tool)
    number = mine.update(answered_in=edition, answer=answer.strip()[:500])
    told = {"edition": (None, edition), "comments": (None, [one.ref for one in comments])}
    return Change(comments[0], told, reason=answer.strip(), result=number)


@action("audit.partner_agency_named")
def name_agency(user: User, name: str, *, by: User, at: datetime) -> Change:
    """Write down which agency a partner auditor comes from. Raises Problem for anybody else."""
    if PARTNER not in scope_of(user).roles:
        raise Problem(f"{user.name} is no partner auditor.", "Give them that role first.")
    if not name.strip():
        raise Problem("No agency is named.", "Write the name of the agency.")
    made, _ = PartnerAgency.objects.update_or_create(user=user, defaults={"name": name.strip()})
    return Change(made, {"agency": (None, made.name)})
