"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.transitions.views import board, meetings, plans, requests, sharing

app_name = "transitions"
urlpatterns = [
    path("", plans.register, name="register"),
    path("board/", board.board, name="board"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<slug:ref>/open/", requests.request_open, name="request-open"),
    path("shared/", sharing.shares, name="shares"),
    path("shared/<slug:ref>/", sharing.one_share, name="one-share"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new_meeting, name="new-meeting"),
    path("meetings/pack/", meetings.pack, name="meeting-pack"),
    path("meetings/<slug:ref>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:ref>/close/", meetings.close, name="close-meeting"),
    path("case/<slug:ref>/", meetings.case, name="case"),
    path("child/<slug:ref>/", plans.of_child, name="of-child"),
    path("child/<slug:ref>/begin/", plans.begin, name="begin"),
    path("plan/<slug:ref>/", plans.plan, name="plan"),
]
