"""Django's registration of the facts: every room's ``facts`` module is read once at start."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FactsConfig(AppConfig):
    """The app ``facts``: no models of its own."""

    name = "evenhand.facts"
    label = "facts"

    def ready(self) -> None:
        autodiscover_modules("facts")
