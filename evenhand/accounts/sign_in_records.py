"""What signing in leaves behind: sessions, tries, second steps, and words kept for a short while.

Part of ``accounts.models``, which brings these in; nothing here is about a child, save what is
sealed in a ``KeptForm``.
"""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.accounts.references import new_reference
from evenhand.secrecy.fields import SealedTextField

PERSON = "accounts.User"


class Session(AbstractBaseSession):
    """One sign-in of one browser; to end it is to delete it. ``ref`` stands for its key."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.ForeignKey(PERSON, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=300, blank=True)

    class Privacy:
        personal = ("user", "session_data", "browser")
        retention = "until it ends"
        stand_in = "sessions of made-up people"

    def __str__(self) -> str:
        return f"session {self.ref}"


class Attempt(models.Model):
    """One try to sign in or one sign-out: the log that administrators read and limits count.

    ``name_digest`` is a keyed digest of the username as typed, known or not: people type passwords
    into the wrong box, and what is typed there is kept nowhere.
    """

    class Kind(models.TextChoices):
        TRIED = "tried", _("Did not finish")
        SIGNED_IN = "signed_in", _("Signed in")
        PASSWORD = "password", _("Right password, second step not given")
        FAILED = "failed", _("Wrong username or password")
        STEP_TRIED = "step_tried", _("Second step did not finish")
        STEP_FAILED = "step_failed", _("Wrong code in the second step")
        PAUSED = "paused", _("Refused while signing in was paused")
        DIRECTORY = "directory", _("Refused by the directory")
        SIGNED_OUT = "signed_out", _("Signed out")
        RESUMED = "resumed", _("Pause ended by an administrator")

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="attempts")
    name_digest = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "-at"], name="attempt_by_name"),
            models.Index(fields=["address", "-at"], name="attempt_by_address"),
        ]

    class Privacy:
        personal = ("user", "name_digest", "address", "browser")
        retention = "as the schedule says of accounts"
        stand_in = "made-up people and addresses of documentation"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"


class SecondStep(models.Model):
    """A person's authenticator app. It counts from ``confirmed_at``; its key is sealed.

    ``last_counter`` is the newest 30 seconds whose code was used: no code opens twice.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="second_step")
    key = SealedTextField()
    confirmed_at = models.DateTimeField(null=True)
    last_counter = models.BigIntegerField(default=0)

    class Privacy:
        personal = ("user", "key")
        retention = "until it is replaced or reset"
        stand_in = "keys made for the test"

    def __str__(self) -> str:
        return f"second step {self.ref}"


class RecoveryCode(models.Model):
    """One code that stands in once for the authenticator app. Only its keyed digest is kept."""

    step = models.ForeignKey(SecondStep, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ("digest",)
        retention = "with the second step"
        stand_in = "codes made for the test"

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class DirectoryIdentity(models.Model):
    """Who a person is in the authority's directory: its issuer and its own unchanging subject."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_for_a_subject")
        ]

    class Privacy:
        personal = ("user", "subject")
        retention = "as the user"
        stand_in = "made-up subjects"

    def __str__(self) -> str:
        return f"identity {self.pk}"


class KeptForm(models.Model):
    """What somebody had typed when their session ended: sealed, theirs alone, for a short while.

    ``path`` is where it was sent, ``page`` the page that it was typed on.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=500)
    page = models.CharField(max_length=500)
    words = SealedTextField()
    kept_until = models.DateTimeField(db_index=True)

    class Privacy:
        personal = ("user", "words")
        retention = "minutes, by EVENHAND_KEPT_MINUTES"
        stand_in = "made-up words"

    def __str__(self) -> str:
        return f"kept form {self.ref}"
