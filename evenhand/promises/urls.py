"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.promises.views import lists, one, reminders

app_name = "promises"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("not-kept/", lists.not_kept, name="not-kept"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("calendar/<str:secret>.ics", reminders.feed, name="feed"),
    path("<slug:of>/<slug:ref>/<slug:key>/", one.one, name="one"),
    path("<slug:of>/<slug:ref>/<slug:key>/<slug:step>/", one.step, name="step"),
]
