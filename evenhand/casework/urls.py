"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.casework import views

app_name = "casework"
urlpatterns = [
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/record/<slug:key>/", views.in_error, name="in-error"),
]
