"""Which forms were taken: each once, however often it is sent."""

from __future__ import annotations

from django.db import models


class Submission(models.Model):
    """One form that was taken: written in the transaction of what it changed, or not at all.

    ``token`` was in the form as it was shown; ``location`` is where its sender was led, empty
    until the reply was made. No foreign key: it is thrown away within days.
    """

    token = models.CharField(max_length=64)
    user_id = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    location = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "user_id"], name="a_form_is_taken_once")
        ]

    class Privacy:
        personal = ("user_id",)
        retention = "two days"
        stand_in = "made-up tokens"

    def __str__(self) -> str:
        return f"a form taken at {self.at:%Y-%m-%d %H:%M}"
