"""Addresses of findings, copies, recommendations, management reviews and the dashboard."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits.views import copies, dashboard, findings, reviews

urlpatterns: list[URLPattern] = [
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
]
