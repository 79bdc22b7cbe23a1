"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits import urls_conduct, urls_findings, urls_moderation, urls_reports, urls_samples
from evenhand.audits.views import process, programme, slots

app_name = "audits"
urlpatterns: list[URLPattern] = [
    path("", programme.programme, name="programme"),
    path("draw-up/", programme.draw_up, name="draw-up"),
    path("add/", programme.add, name="add"),
    path("types/", programme.types, name="types"),
    path("process/", process.process, name="process"),
    path("line/<slug:line>/", programme.line, name="line"),
    path("slot/<slug:ref>/", slots.slot, name="slot"),
    path("slot/<slug:ref>/plan/", slots.plan, name="plan-slot"),
    path("slot/<slug:ref>/move/", slots.move, name="move-slot"),
    path("slot/<slug:ref>/close/", slots.close, name="close-slot"),
    path("slot/<slug:ref>/panel/", slots.panel, name="panel"),
    path("slot/<slug:ref>/panel/leave/", slots.leave, name="leave-panel"),
    *urls_findings.urlpatterns,
    *urls_conduct.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_samples.urlpatterns,
    *urls_moderation.urlpatterns,
]
