"""Addresses of moderation, and of what became of audited practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits.views import improving, moderation

urlpatterns: list[URLPattern] = [
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/draw/", moderation.draw_second, name="draw-second"),
    path("moderation/session/", moderation.new_session, name="new-session"),
    path("moderation/<slug:ref>/", moderation.pair, name="pair"),
    path("moderation/<slug:ref>/grade/", moderation.moderate, name="moderate"),
    path("improving/", improving.improving, name="improving"),
]
