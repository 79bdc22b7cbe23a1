"""Derived: what is still to be asked of whom, and how many are known in each team."""

from __future__ import annotations

from django.db import models

from evenhand.accounts.models import Team, Worker
from evenhand.people.models.children import Adult, Child


class IdentityQuestion(models.Model):
    """One item of the ask set that counts for an open child, or for a parent of one.

    ``adult`` null: of the child. ``state`` is a ``people.identity.Knowledge``. ``ask_from`` is the
    day from which somebody should ask; null: nobody need ask. The row that ``is_first`` stands for
    the child in a list of children: its earliest question. A parent is asked once, beside the
    first of their open children. ``urgency`` is how many of the child's items nobody has a record
    of asking: an unaccompanied child has more items, and so comes before others.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="identity_questions")
    adult = models.ForeignKey(
        Adult, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    characteristic = models.CharField(max_length=40)
    state = models.CharField(max_length=30)
    ask_from = models.DateField(null=True)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    worker = models.ForeignKey(
        Worker, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    is_first = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "characteristic"],
                condition=models.Q(adult__isnull=True),
                name="one_question_about_a_child",
            ),
            models.UniqueConstraint(
                fields=["child", "adult", "characteristic"],
                condition=models.Q(adult__isnull=False),
                name="one_question_about_an_adult",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgency", "-child"],
                condition=models.Q(is_first=True),
                name="question_first",
            ),
            models.Index(
                fields=["team", "-urgency", "-child"],
                condition=models.Q(is_first=True),
                name="question_first_by_team",
            ),
            models.Index(
                fields=["characteristic", "-urgency", "-child"],
                condition=models.Q(ask_from__isnull=False),
                name="question_by_item",
            ),
            models.Index(
                fields=["characteristic", "team", "-urgency", "-child"],
                condition=models.Q(ask_from__isnull=False),
                name="question_by_item_and_team",
            ),
        ]

    class Privacy:
        personal = ("child",)
        retention = "derived: as the statements it is drawn from"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.state}"


class IdentityTally(models.Model):
    """How many open children, or parents of them, stand in each state of knowledge, by team.

    ``team`` null holds those with no team; the authority is the sum. A parent counts once, in the
    team of the first of their open children. ``person`` is "child" or "parent". Counts are
    exact: suppression is at release.
    """

    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=10)
    characteristic = models.CharField(max_length=40)
    state = models.CharField(max_length=30)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person", "characteristic", "state"],
                name="one_identity_tally_of_a_team",
            ),
            models.UniqueConstraint(
                fields=["person", "characteristic", "state"],
                condition=models.Q(team__isnull=True),
                name="one_identity_tally_of_no_team",
            ),
        ]

    class Privacy:
        personal = ()
        retention = "derived"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.person} {self.characteristic} {self.state}: {self.count}"
