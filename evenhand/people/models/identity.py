"""What was said of who somebody is: statements, the one that leads, and differences settled."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evenhand.people.models.children import Adult, Child
from evenhand.secrecy import keys
from evenhand.secrecy.fields import SealableTextField, SealedTextField

ABOUT_ONE_PERSON = models.Q(child__isnull=False, adult__isnull=True) | models.Q(
    child__isnull=True, adult__isnull=False
)


class IdentityStatement(models.Model):
    """One thing said about who a child or adult is: never overwritten, only followed by another.

    ``answer`` is a code of the characteristic's list (several, space separated, where the ask set
    says ``multiple``). Exactly one of ``child`` and ``adult`` is filled. ``source`` names the
    system whose import said it. ``may_see`` is for what is volunteered: who, besides those who
    wrote it down, the child lets see it (``Audience`` values, space separated), and whether it may
    be counted. Own words, and an
    answer that is volunteered, are sealed: reading them opens them, and raises WrongKey where the
    key is not in use.
    """

    class Status(models.TextChoices):
        ANSWERED = "answered"
        DECLINED = "declined"
        AWAITING = "awaiting"
        NOT_KNOWN = "not known"

    class SaidBy(models.TextChoices):
        CHILD = "child"
        PARENT = "parent"
        ADULT = "adult"
        WORKER = "worker"
        IMPORT = "import"

    class Audience(models.TextChoices):
        WORKER = "worker"
        MANAGER = "manager"
        REVIEWING_OFFICER = "reviewing_officer"
        PARENT = "parent"
        FIGURES = "figures"  # nobody: it may be counted, where nobody can be told

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey(
        Child, null=True, on_delete=models.PROTECT, related_name="identity_statements"
    )
    adult = models.ForeignKey(
        Adult, null=True, on_delete=models.PROTECT, related_name="identity_statements"
    )
    characteristic = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status)
    answer = SealableTextField(blank=True)
    own_words = SealedTextField(blank=True)
    said_by = models.CharField(max_length=10, choices=SaidBy)
    source = models.CharField(max_length=30, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(null=True)
    how = models.CharField(max_length=60, blank=True)
    may_see = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    import_batch_id = models.BigIntegerField(null=True)
    entered_in_error = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=ABOUT_ONE_PERSON, name="statement_is_about_one_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="answered", answer="", own_words=""),
                name="an_answer_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(may_see="")
                | models.Q(answer="")
                | models.Q(answer__startswith=f"{keys.MARK}:"),
                name="what_is_volunteered_is_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "characteristic", "-recorded_at"], name="statement_child")
        ]

    class Privacy:
        personal = ("child", "answer", "own_words", "said_by", "asked_by", "may_see")
        retention = "as the child"
        stand_in = "made-up answers"

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.status}"


class IdentityStanding(models.Model):
    """The statement that leads for each characteristic of each person: derived, rebuildable.

    ``conflict`` is set where two sources' current answers differ and nobody has settled it. Counts
    and worklists read this by index; what is shown of a person is read from the statements. What
    is volunteered never stands here. ``asked_on`` is the day of recording where no day of asking
    is known.
    """

    child = models.ForeignKey(
        Child, null=True, on_delete=models.CASCADE, related_name="identity_standings"
    )
    adult = models.ForeignKey(
        Adult, null=True, on_delete=models.CASCADE, related_name="identity_standings"
    )
    characteristic = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=IdentityStatement.Status)
    answer = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(max_length=10)
    asked_on = models.DateField(null=True)
    conflict = models.BooleanField(default=False)
    statement = models.ForeignKey(IdentityStatement, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "characteristic"], name="one_leading_statement_of_a_child"
            ),
            models.UniqueConstraint(
                fields=["adult", "characteristic"], name="one_leading_statement_of_an_adult"
            ),
        ]
        indexes = [
            models.Index(fields=["characteristic", "status", "answer"], name="standing_by_answer"),
            models.Index(
                fields=["characteristic"],
                condition=models.Q(conflict=True),
                name="standing_in_conflict",
            ),
        ]

    class Privacy:
        personal = ("child", "answer")
        retention = "as the statement"
        stand_in = "derived"

    def __str__(self) -> str:
        return f"{self.characteristic}: {self.answer or self.status}"


class SettledDifference(models.Model):
    """Somebody looked at sources that differ and said why both may stand.

    It holds while the same answers differ: ``answers`` is what they were. A new answer opens the
    difference again.
    """

    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    adult = models.ForeignKey(Adult, null=True, on_delete=models.PROTECT, related_name="+")
    characteristic = models.CharField(max_length=40)
    answers = models.CharField(max_length=400)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ABOUT_ONE_PERSON, name="difference_is_of_one_person")
        ]

    class Privacy:
        personal = ("child", "answers", "reason", "by")
        retention = "as the child"
        stand_in = "made-up reasons"

    def __str__(self) -> str:
        return f"{self.characteristic}: settled at {self.at:%Y-%m-%d}"
