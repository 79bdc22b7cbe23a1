"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.workforce import views

app_name = "workforce"
urlpatterns = [
    path("", views.supervision, name="supervision"),
    path("mine/", views.mine, name="mine"),
    path("needs/", views.needs, name="needs"),
    path("held/<slug:ref>/", views.held, name="held"),
    path("away/<slug:ref>/", views.back, name="back"),
    path("written/<slug:ref>/in-error/", views.in_error, name="in-error"),
    path("people/<slug:ref>/", views.worker, name="worker"),
    path("people/<slug:ref>/supervised/", views.record, name="record"),
    path("people/<slug:ref>/away/", views.away, name="away"),
    path("people/<slug:ref>/post/", views.post, name="post"),
    path("people/<slug:ref>/plan/", views.plan, name="plan"),
]
