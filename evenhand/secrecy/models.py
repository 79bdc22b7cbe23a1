"""By which a database knows the keys that it was sealed with."""

from __future__ import annotations

from django.db import models


class KeyCheck(models.Model):
    """Known words sealed under each key in use: what a wrong key cannot open."""

    key = models.CharField(max_length=20, unique=True)
    sealed = models.TextField()
    first_used_at = models.DateTimeField()

    class Privacy:
        personal = ()
        retention = "as long as something is sealed under the key"
        stand_in = "made when Evenhand first starts"

    def __str__(self) -> str:
        return self.key
