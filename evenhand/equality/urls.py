"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.equality import views

app_name = "equality"
urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/new/", views.record, name="record"),
    path("concerns/report/", views.report, name="report"),
    path("concerns/duty/", views.duty, name="duty"),
    path("concerns/<slug:ref>/", views.concern, name="concern"),
]
