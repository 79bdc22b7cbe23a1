"""Where children live, by postcode alone, and what a postcode tells of a place."""

from __future__ import annotations

from django.db import models

from evenhand.people.models.children import Child


class Address(models.Model):
    """A time at an address, of which the postcode alone is kept, in capitals without its space."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="addresses")
    postcode = models.CharField(max_length=8, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["postcode"], name="address_by_postcode")]

    class Privacy:
        personal = ("child", "postcode", "starts_on", "ends_on")
        retention = "as the child"
        stand_in = "postcodes of an area that no post office serves"

    def __str__(self) -> str:
        return self.postcode


class Place(models.Model):
    """What the authority's lookup says of one postcode; nothing of anybody.

    ``decile`` is from 1, the tenth of England with the most deprivation, to 10; null is not known.
    ``rural`` and ``locality`` are empty where the lookup does not say.
    """

    class Rural(models.TextChoices):
        RURAL = "rural"
        URBAN = "urban"

    postcode = models.CharField(max_length=8, unique=True)
    decile = models.PositiveSmallIntegerField(null=True)
    rural = models.CharField(max_length=5, choices=Rural, blank=True)
    locality = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decile__isnull=True) | models.Q(decile__range=(1, 10)),
                name="a_decile_is_one_of_ten",
            )
        ]

    class Privacy:
        personal = ()
        retention = "until the next lookup replaces it"
        stand_in = "made-up places"

    def __str__(self) -> str:
        return self.postcode
