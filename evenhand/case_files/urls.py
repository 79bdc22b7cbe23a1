"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.case_files import views

app_name = "case_files"
urlpatterns = [
    path("seen-alone/", views.seen_alone, name="seen-alone"),
    path("<slug:ref>/", views.case_file, name="case-file"),
    path("<slug:ref>/chronology/", views.chronology, name="chronology"),
]
