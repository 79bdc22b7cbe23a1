"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.work import views

app_name = "work"
urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("<slug:ref>/", views.task, name="task"),
    path("<slug:ref>/<slug:step>/", views.step, name="step"),
]
