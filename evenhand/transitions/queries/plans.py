"""Plans: one, a child's, and the list of young people whom the disability team works with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.facts.adopted import policy
from evenhand.people.models import Child, ChildQuerySet
from evenhand.people.models.closing import closing_of
from evenhand.people.queries.reach import counted, of_child
from evenhand.recording import sets
from evenhand.recording.choosing import Offered
from evenhand.recording.models import Answer, Recording
from evenhand.recording.queries import BESIDE, reference_of
from evenhand.rules.arithmetic import add_months, birthday
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.trees import IsIn, leaves_of
from evenhand.transitions import protocol
from evenhand.transitions.facts import SUBJECT
from evenhand.transitions.keeping import OF_CHILD, REVIEW, VIEW
from evenhand.transitions.models import SharedName, TransitionPlan

PARTNER = "transitional-worker"
THERE = "transitional_worker_there"
Plans = QuerySet[TransitionPlan, TransitionPlan]


class Rate(NamedTuple):
    """Of how many reviews the transitional worker came to how many."""

    came: int
    held: int


class Line(NamedTuple):
    """One young person of the list, with their plans."""

    child: Child
    plans: Sequence[TransitionPlan]


def every_plan() -> Plans:
    """Return every plan, for what is done without being asked."""
    return TransitionPlan.objects.select_related("child__team", "child__worker").order_by("pk")


def plans_for(viewer: User) -> Plans:
    """Return the plans of the children whom the viewer may open."""
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    mine = Q(child__in=seen) | Q(child__merged_into__in=seen)
    rows = TransitionPlan.objects.filter(mine)
    return rows.select_related("child__team", "child__worker").order_by("pk")


def one_of_each(plans: Plans) -> Plans:
    """Return plans without the second of one route: that of a record which was merged into another
    that has one. It stays, can be opened, and counts again if the two are parted."""
    kept = TransitionPlan.objects.filter(
        child=OuterRef("child__merged_into"), route=OuterRef("route")
    )
    return plans.exclude(Exists(kept))


def is_of_age(child: Child, today: date) -> bool:
    """Whether a young person is old enough for the list, by the packs that have one."""
    if child.born_on is None or not protocol.routes():
        return False
    return birthday(child.born_on, protocol.value_on("list-from", today)) <= today


def plans_of(child: Child) -> list[TransitionPlan]:
    """Return a child's plans; the caller found the child by ``child_for``."""
    rows = TransitionPlan.objects.filter(of_child(child)).select_related("child", "begun_by")
    return list(rows.order_by("pk"))


def shares_of(child: Child) -> list[SharedName]:
    """Return each time that a child's name was on a list that was shared, the newest first."""
    rows = SharedName.objects.filter(of_child(child)).select_related("share__shared_by")
    return list(rows.order_by("-share__shared_on", "-pk"))


def listed_for(viewer: User, today: date) -> ChildQuerySet:
    """Return the list: open to the disability team and of age, as far as the viewer may open."""
    return _on_the_list(Child.objects.visible_to(viewer), today)


def lines(children: Iterable[Child]) -> list[Line]:
    """Return young people with their plans, those of records merged into theirs, too: one query."""
    children = list(children)
    found: dict[int, list[TransitionPlan]] = defaultdict(list)
    theirs = Q(child__in=children) | Q(child__merged_into__in=children)
    rows = one_of_each(TransitionPlan.objects.filter(theirs)).select_related("child")
    for plan in rows.order_by("pk"):
        found[plan.child.merged_into_id or plan.child_id].append(plan)
    return [Line(child, found[child.pk]) for child in children]


def leaving_at_16(viewer: User, today: date) -> int:
    """Count those on the list who leave education at 16: they are few."""
    rows = _counted(viewer, today).filter(leaves_at_16=True)
    return rows.order_by().values("child").distinct().count()


def by_birth_year(viewer: User, today: date) -> Mapping[int, Mapping[str, int]]:
    """Count those on the list who are likely to meet each route's criteria, by year of birth."""
    rows = _counted(viewer, today)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for route, likely, born in rows.values_list("route", "likely", "child__born_on"):
        if route == likely and born is not None:
            found[born.year][route] = found[born.year].get(route, 0) + 1
    return dict(sorted(found.items()))


def reviews_asked(today: date) -> str:
    """Return at which reviews the form asks whether the transitional worker came, in its words."""
    form = policy().question_set(REVIEW, today)
    asked = form.question(THERE) if form else None
    told = leaves_of(asked.asked_when) if asked and asked.asked_when else ()
    if form is None:
        return ""
    words = [
        choice.label[:1].lower() + choice.label[1:]
        for leaf in told if isinstance(leaf, IsIn)
        for choice in form.question(leaf.fact).choices if choice.id in leaf.values
    ]  # fmt: skip
    return " or ".join(words)


def rate_of_reviews(viewer: User) -> Rate:
    """Return how often the transitional worker came to the reviews of which it is said."""
    held = counted(viewer, Recording.objects.filter(form=REVIEW)).order_by()
    said = Answer.objects.filter(recording__in=held.values("pk"), question=THERE)
    known = said.exclude(yes=None)
    return Rate(known.filter(yes=True).count(), known.count())


def forms_of(viewer: User, plan: TransitionPlan, today: date) -> list[Offered]:
    """Return the forms to fill in about a plan, and about the young person on their way."""
    child = plan.child
    there = _written_about(plan)
    found = [one for one in sets.forms_on(today) if may(viewer, one.permission)]
    of_child = [one for one in found if one.id in OF_CHILD]
    of_plan = [one for one in found if one.subject == SUBJECT and not one.is_own]
    return [
        *(Offered(one.title, reverse("recording:new-of-child", args=[child.ref, one.id]))
          for one in of_child),
        *(_about(one, plan, there) for one in of_plan),
    ]  # fmt: skip


def written_about(plan: TransitionPlan) -> list[Recording]:
    """Return what was written down of a plan, and of the young person on their way."""
    mine = Q(subject=SUBJECT, about_id=plan.pk) | (of_child(plan.child) & Q(form__in=OF_CHILD))
    rows = Recording.objects.filter(mine).select_related(*BESIDE).prefetch_related("missing")
    return list(rows.order_by("-on", "-pk")[:MOST])


MOST = 100


def _about(asked: QuestionSet, plan: TransitionPlan, there: Mapping[str, str]) -> Offered:
    if asked.is_once and asked.id in there:
        url = reverse("recording:one", args=[there[asked.id]])
        return Offered(asked.title, url, is_there=True)
    event = reference_of(SUBJECT, plan.pk)
    return Offered(
        asked.title, reverse("recording:new-about", args=[plan.child.ref, asked.id, event])
    )


def _written_about(plan: TransitionPlan) -> Mapping[str, str]:
    rows = Recording.objects.filter(subject=SUBJECT, about_id=plan.pk, entered_in_error=False)
    return dict(rows.values_list("form", "ref"))


def partners_of(plan: TransitionPlan) -> list[tuple[str, User]]:
    """Return the adult service's worker and their manager, as far as they sign in."""
    rows = Answer.objects.filter(
        recording__form=PARTNER, recording__subject=SUBJECT, recording__about_id=plan.pk,
        recording__entered_in_error=False, user__isnull=False,
    )  # fmt: skip
    found = rows.select_related("user").order_by("recording__pk", "pk")
    return [(one.question, one.user) for one in found if one.user is not None]


def why(plan: TransitionPlan) -> tuple[str, str, date | None]:
    """Return the reasons for a plan's view, who wrote them and when; empty where there is none."""
    rows = Answer.objects.filter(
        recording__form=VIEW, recording__subject=SUBJECT, recording__about_id=plan.pk,
        recording__entered_in_error=False, question="reasons",
    )  # fmt: skip
    found = rows.select_related("recording__recorded_by").order_by("recording__pk").last()
    if found is None:
        return "", "", None
    return found.words, found.recording.recorded_by.name, found.recording.on


def _counted(viewer: User, today: date) -> Plans:
    """Return the plans of those on the list that may be counted for a viewer."""
    reached = Child.objects.filter(merged_into=None).within(scope_of(viewer).aggregates)
    on_it = _on_the_list(reached, today).exclude(pk__in=closing_of(viewer).uncounted)
    keys = on_it.order_by().values("pk")
    theirs = Q(child__in=keys) | Q(child__merged_into__in=keys)
    return one_of_each(TransitionPlan.objects.filter(theirs))


def _on_the_list(children: ChildQuerySet, today: date) -> ChildQuerySet:
    if not protocol.routes():
        return children.none()
    youngest = add_months(today, -12 * protocol.value_on("list-from", today))
    teams = protocol.teams_of(protocol.DISABILITY)
    found = children.filter(is_open=True, team__in=teams, born_on__lte=youngest)
    return found.select_related("team", "worker").order_by("born_on", "surname", "forename", "pk")
