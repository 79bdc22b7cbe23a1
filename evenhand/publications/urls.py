"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.publications import views

app_name = "publications"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.make, name="make"),
    path("<slug:ref>/", views.report, name="report"),
]
