"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.leaving_care import views

app_name = "leaving_care"
urlpatterns = [
    path("", views.leaving_care, name="list"),
    path("<slug:ref>/", views.one, name="one"),
]
