"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.recording import views

app_name = "recording"
urlpatterns = [
    path("", views.start, name="start"),
    path("form/<slug:form>/", views.register, name="register"),
    path("form/<slug:form>/new/", views.new, name="new"),
    path("form/<slug:form>/paste/", views.paste, name="paste"),
    path("child/<slug:ref>/", views.of_child, name="of-child"),
    path("child/<slug:ref>/<slug:form>/", views.new_of_child, name="new-of-child"),
    path("child/<slug:ref>/<slug:form>/<slug:event>/", views.new_about, name="new-about"),
    path("one/<slug:ref>/", views.one, name="one"),
    path("one/<slug:ref>/change/", views.change, name="change"),
    path("one/<slug:ref>/error/", views.in_error, name="in-error"),
    path("one/<slug:ref>/letter/<slug:letter>/", views.letter, name="letter"),
]
