"""Django's registration of the design room. List it before ``django.forms``."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The app ``design``: templates, tags and static files; no models."""

    name = "evenhand.design"
    label = "design"
    verbose_name = "Design"
