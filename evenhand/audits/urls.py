"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits import urls_conduct, urls_moderation, urls_reports, urls_samples
from evenhand.audits.views import (
    copies,
    dashboard,
    findings,
    process,
    programme,
    reviews,
    slots,
)

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
    path("findings/", findings.findings, name="findings"),
    path("findings/of/<slug:ref>/", findings.raise_, name="raise"),
    path("findings/<slug:ref>/", findings.finding, name="finding"),
    path("findings/<slug:ref>/action/", findings.act, name="act"),
    path("findings/<slug:ref>/plan/", findings.agree_plan, name="agree-plan"),
    path("findings/<slug:ref>/close/", findings.close, name="close-finding"),
    path("findings/<slug:ref>/take-back/", findings.take_back, name="take-back"),
    path("copies/", copies.copies, name="copies"),
    path("copies/<slug:ref>/", copies.copy, name="copy"),
    path("copies/<slug:ref>/handed-over/", copies.hand_over, name="hand-over"),
    path("copies/<slug:ref>/sign/", copies.sign, name="sign"),
    path("recommendations/", copies.recommendations, name="recommendations"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/of/<slug:ref>/", reviews.ask, name="ask-review"),
    path("reviews/<slug:ref>/", reviews.review, name="review"),
    path("reviews/<slug:ref>/write/", reviews.write, name="write-review"),
    path("reviews/<slug:ref>/action/", reviews.act, name="review-action"),
    path("reviews/<slug:ref>/close/", reviews.close, name="close-review"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    *urls_conduct.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_samples.urlpatterns,
    *urls_moderation.urlpatterns,
]
