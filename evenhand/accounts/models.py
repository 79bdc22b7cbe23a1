"""Users sign in; workers are named in extracts; teams hold them; grants say what a user may see."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import AbstractUser
from django.db import models

from evenhand.accounts.references import new_reference
from evenhand.accounts.roles import known_role, title_of
from evenhand.accounts.sign_in_records import (
    Attempt,
    DirectoryIdentity,
    KeptForm,
    RecoveryCode,
    SecondStep,
    Session,
)

__all__ = [
    "Attempt", "DirectoryIdentity", "KeptForm", "RecoveryCode", "Role", "RoleGrant", "SecondStep",
    "Session", "Team", "User", "Worker",
]  # fmt: skip


class Role(StrEnum):
    """Names for the roles that Evenhand comes with, for the demonstration and tests to say.

    Nothing is decided by them: what a role is and may do is in roles.yaml of the adopted packs.
    """

    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    SERVICE_MANAGER = "service_manager"
    REVIEWING_OFFICER = "reviewing_officer"
    QUALITY_ASSURANCE = "quality_assurance"
    EQUALITY_LEAD = "equality_lead"
    DATA_OFFICER = "data_officer"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    COMPLAINTS_OFFICER = "complaints_officer"
    PARTNER_AUDITOR = "partner_auditor"


class Team(models.Model):
    """A team or service, as the case system names it. Services are teams that hold teams."""

    ref = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=48, unique=True)
    name = models.CharField(max_length=255)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="teams")

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "Islehaven's teams"

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A person who works with children, as named in extracts. May or may not sign in."""

    ref = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=48, unique=True)
    name = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    job_title = models.CharField(max_length=500, blank=True)
    registration = models.CharField(max_length=48, blank=True)
    is_agency = models.BooleanField(null=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="workers")
    manager = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal = ("name", "email", "registration")
        retention = "while named in a kept record"
        stand_in = "made-up names"

    def __str__(self) -> str:
        return self.name or self.code


class User(AbstractUser):
    """A person who signs in. What they may see comes from their grants, never from a flag here."""

    first_name = None
    last_name = None
    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    name = models.CharField(max_length=300)
    worker = models.OneToOneField(
        Worker, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )

    class Privacy:
        personal = ("name", "email", "username")
        retention = "while employed, then as the history that names them"
        stand_in = "made-up names"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class RoleGrant(models.Model):
    """One role (a key of roles.yaml) given to one user: over a team, a service, or everything.

    ``source`` is "directory" where single sign-on gave it, which then alone ends it.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, validators=[known_role])
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team", "starts_on"], name="one_grant_over_a_team"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "starts_on"],
                condition=models.Q(team__isnull=True),
                name="one_grant_over_the_authority",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
        ]

    class Privacy:
        personal = ("user",)
        retention = "as the user"
        stand_in = "demo grants"

    def __str__(self) -> str:
        return f"{title_of(self.role)}: {self.user}"
