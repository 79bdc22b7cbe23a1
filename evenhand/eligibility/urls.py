"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.eligibility import views
from evenhand.eligibility.resource_team import views as resource_team

app_name = "eligibility"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("report/", views.report, name="report"),
    path("resource-team/", resource_team.requests, name="resource-team"),
    path("resource-team/how-it-went/", resource_team.report, name="resource-team-report"),
    path("advice/<slug:ref>/", views.advice, name="advice"),
    path("advice/<slug:ref>/decide/", views.decide, name="decide"),
    path("decision/<slug:ref>/", views.decision, name="decision"),
    path("decision/<slug:ref>/change/", views.change, name="change"),
    path("decision/<slug:ref>/challenge/", views.challenge, name="challenge"),
    path("decision/<slug:ref>/error/", views.in_error, name="in-error"),
    path("decision/<slug:ref>/letter/", views.write, name="write"),
    path("letter/<slug:ref>/", views.letter, name="letter"),
    path("letter/<slug:ref>/send/", views.send, name="send"),
    path("letter/<slug:ref>/file/<slug:kind>/", views.letter_file, name="letter-file"),
]
