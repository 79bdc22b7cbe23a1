"""Children, the adults of their families, and who works with them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce, Lower

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.scope import Reach, scope_of
from evenhand.people.models.closing import closing_of


class ChildQuerySet(models.QuerySet["Child"]):
    """Reads of children. Every list a person sees begins with ``visible_to``."""

    def visible_to(self, viewer: User) -> Self:
        """Return the children this viewer may open: by caseload, team, service or authority.

        A caseload is the children allocated to the viewer's worker and those with whom that
        worker has an open involvement in any role (a reviewing officer's children). What is closed
        to the viewer is left out (``models.closing``); what is lent for a while is there meanwhile.
        """
        closing = closing_of(viewer)
        children = self.filter(merged_into=None)
        found = children.within(scope_of(viewer).persons, lent=closing.lent)
        return found.exclude(pk__in=closing.closed) if closing.closed else found

    def within(self, reach: Reach, *, lent: frozenset[int] = frozenset()) -> Self:
        """Return the children of a reach, whoever asks, and those lent."""
        if reach.everyone:
            return self
        within = models.Q(pk__in=lent)
        if reach.teams:
            within |= models.Q(team__in=reach.teams)
        if reach.worker_id is not None:
            involved = Involvement.objects.filter(
                worker_id=reach.worker_id, ends_on=None, withdrawn=False
            ).annotate(kept=Coalesce("child__merged_into_id", "child_id"))
            allocated = Child.objects.filter(worker_id=reach.worker_id).order_by()
            # A union, since an OR of the two makes PostgreSQL read every child.
            caseload = allocated.values("pk").union(involved.order_by().values("kept"))
            within |= models.Q(pk__in=caseload)
        return self.filter(within)


class Child(models.Model):
    """A child or young person. Identity is in statements; here is only who they are and whose.

    ``team`` and ``worker`` are the current allocation, kept by the importer from involvements.
    """

    ref = models.CharField(max_length=12, unique=True)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=255, blank=True)
    born_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    upn = models.CharField(max_length=13, blank=True)
    is_open = models.BooleanField(default=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="children")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="children")
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ChildQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "surname", "forename"], name="child_by_team"),
            models.Index(fields=["worker", "surname", "forename"], name="child_by_worker"),
            models.Index(fields=["surname", "forename"], name="child_by_name"),
            models.Index(fields=["is_open", "team"], name="child_open_by_team"),
            models.Index(
                fields=["surname", "forename"],
                condition=models.Q(is_open=True, merged_into__isnull=True),
                name="child_open_by_name",
            ),
            # Nearly every child is merged into none: a whole index would mislead the planner.
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="child_merged",
            ),
            models.Index(Lower("surname"), Lower("forename"), name="child_by_lower_surname"),
            models.Index(Lower("forename"), name="child_by_lower_forename"),
        ]

    class Privacy:
        personal = (
            "forename",
            "surname",
            "born_on",
            "expected_on",
            "died_on",
            "upn",
            "merged_into",
        )
        retention = "by record type, from the retention schedule"
        stand_in = "Islehaven's made-up children"

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip() or f"Child {self.ref}"


class Adult(models.Model):
    """A parent or carer named in an extract."""

    ref = models.CharField(max_length=12, unique=True)
    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=255, blank=True)
    born_on = models.DateField(null=True)

    class Privacy:
        personal = ("forename", "surname", "born_on")
        retention = "as the children they care for"
        stand_in = "made-up adults"

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}".strip() or f"Adult {self.ref}"


class Relationship(models.Model):
    """That an adult is a child's mother, parent or carer."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="relationships")
    adult = models.ForeignKey(Adult, on_delete=models.PROTECT, related_name="relationships")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "adult", "kind"], name="one_relationship_of_a_kind"
            )
        ]

    class Privacy:
        personal = ("child", "adult", "kind")
        retention = "as the child"
        stand_in = "made-up families"

    def __str__(self) -> str:
        return f"{self.adult}: {self.kind}"


class Family(models.Model):
    """A family as the case system groups it."""

    ref = models.CharField(max_length=12, unique=True)

    class Privacy:
        personal = ()
        retention = "as its children"
        stand_in = "made-up families"

    def __str__(self) -> str:
        return self.ref


class FamilyMember(models.Model):
    """That a child belongs to a family."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="families")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "child"], name="once_in_a_family")]

    class Privacy:
        personal = ("child",)
        retention = "as the child"
        stand_in = "made-up families"

    def __str__(self) -> str:
        return f"{self.child}"


class Involvement(models.Model):
    """That a worker (or a team, where the extract names none) works with a child in a role."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="involvements")
    worker = models.ForeignKey(
        Worker, null=True, on_delete=models.PROTECT, related_name="involvements"
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    change_reason = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "ends_on"], name="involvement_by_worker"),
            models.Index(fields=["child", "-starts_on"], name="involvement_by_child"),
        ]

    class Privacy:
        personal = ("child", "worker")
        retention = "as the child"
        stand_in = "made-up"

    def __str__(self) -> str:
        return f"{self.worker} ({self.role})"
