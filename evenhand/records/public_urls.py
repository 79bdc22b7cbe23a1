"""Addresses that anybody may open, without signing in."""

from __future__ import annotations

from django.urls import path

from evenhand.records.views import public

app_name = "your_records"
urlpatterns = [
    path("", public.how, name="how"),
    path("form/", public.form, name="form"),
]
