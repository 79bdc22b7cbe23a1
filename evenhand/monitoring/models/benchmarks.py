"""Other authorities' values, to compare our own with."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class BenchmarkFile(models.Model):
    """One table of comparators' values that was brought in: where from, and under what licence."""

    ref = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField()

    class Privacy:
        personal = ("imported_by",)
        retention = "kept"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return self.source


class Benchmark(models.Model):
    """One authority's value of one indicator in one period; ``group`` "": of all children."""

    file = models.ForeignKey(BenchmarkFile, on_delete=models.PROTECT, related_name="values")
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=30)
    group = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "group", "authority"],
                name="one_value_of_an_authority_and_period",
            )
        ]

    class Privacy:
        personal = ()
        retention = "kept"
        stand_in = "made-up figures"

    def __str__(self) -> str:
        return f"{self.authority} {self.indicator} {self.period}: {self.value}"
