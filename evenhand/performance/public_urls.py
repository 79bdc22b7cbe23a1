"""Addresses of this room that anybody may open, signed in or not."""

from __future__ import annotations

app_name = "our_standards"
urlpatterns: list[object] = []
