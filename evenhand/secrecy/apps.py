"""Django's registration of sealed columns and their keys."""

from __future__ import annotations

from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    """The app ``secrecy``: one table, by which a wrong key is known at the start."""

    name = "evenhand.secrecy"
    label = "secrecy"
    verbose_name = "Secrecy"
