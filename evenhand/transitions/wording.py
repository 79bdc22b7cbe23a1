"""Plans in words: the view, the branch, the early move, and whether a meeting was quorate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.design.wording import day
from evenhand.rules.states import State
from evenhand.transitions import protocol
from evenhand.transitions.judging import Step
from evenhand.transitions.models import TransitionPlan

NO_VIEW = "No view yet"
VIEWS = {"no": "No", "unclear": "Unclear"}


def view_words(plan: TransitionPlan | None) -> str:
    """Return the view of a plan as lists say it."""
    if plan is None or not plan.likely:
        return NO_VIEW
    return VIEWS.get(plan.likely, f"Likely {plan.route}")


def branch_words(plan: TransitionPlan) -> str:
    """Return when somebody leaves education, and on which branch."""
    if plan.leaving_on is None:
        return "Not written down"
    branch = protocol.branch(after_year_11=bool(plan.leaves_at_16))
    return day(plan.leaving_on) + (f" (branch {branch})" if branch else "")


def moved_words(plan: TransitionPlan, of_age: date | None) -> str:
    """Return how responsibility passed: early, by how many days, with whom and when; or kept."""
    if plan.transferred_on is None or of_age is None:
        return ""
    early = (of_age - plan.transferred_on).days
    who = f"{plan.moved_to}, {day(plan.transferred_on)}"
    if early <= 0:
        return f"Kept until {protocol.adult_age()}: {who}"
    return f"Moved {early} day{'' if early == 1 else 's'} before {protocol.adult_age()}: {who}"


def steps_words(steps: Sequence[Step]) -> str:
    """Return how a plan's milestones stand, in a line: what is overdue, and what comes next."""
    late = [one.words for one in steps if one.state is State.LATE]
    waiting = [one for one in steps if one.state is State.OPEN and one.due is not None]
    following = min(waiting, key=lambda one: one.due or date.max, default=None)
    told = [f"Overdue: {', '.join(late)}"] if late else ["Nothing overdue"]
    if following is not None and following.due is not None:
        told.append(f"next: {following.words} by {day(following.due)}")
    return "; ".join(told)
