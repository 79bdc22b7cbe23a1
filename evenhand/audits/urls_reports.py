"""Addresses of reports of audits, and of what audits come to."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits.views import editing, reports, results

urlpatterns: list[URLPattern] = [
    path("scores/", results.scores, name="scores"),
    path("digest/", results.digest, name="digest"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.draw_up, name="draw-up-report"),
    path("reports/<slug:ref>/", reports.report, name="report"),
    path("reports/<slug:ref>/words/", editing.edit, name="edit-report"),
    path("reports/<slug:ref>/quotations/", editing.quotations, name="quotations"),
    path("reports/<slug:ref>/recommend/", editing.recommend, name="recommend"),
    path("reports/<slug:ref>/publish/", editing.publish, name="publish-report"),
    path("reports/<slug:ref>/again/", editing.count_again, name="count-report-again"),
    path("recommendation/<slug:ref>/drop/", editing.drop, name="drop-recommendation"),
]
