"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.accounts.views import account, directory, invitations, sign_ins, signing_in, users

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/second-step/", signing_in.second_step, name="second-step"),
    path("sign-in/directory/", directory.leave, name="directory"),
    path("sign-in/directory/back/", directory.back, name="directory-back"),
    path("sign-out/", signing_in.SignOut.as_view(), name="sign-out"),
    path("welcome/<slug:uidb64>/<str:token>/", invitations.Welcome.as_view(), name="welcome"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="change-password"),
    path("account/second-step/", account.set_up_second_step, name="set-up-second-step"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/sign-out-everywhere/", account.end_sessions, name="end-sessions"),
    path("account/kept/<slug:ref>/", account.kept, name="kept"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="new-user"),
    path("users/sign-ins/", sign_ins.sign_ins, name="sign-ins"),
    path("users/sign-ins/resume/", sign_ins.resume_address, name="resume-address"),
    path("users/<slug:ref>/", users.user, name="user"),
    path("users/<slug:ref>/change/", users.change_user, name="change-user"),
    path("users/<slug:ref>/link/", invitations.invite, name="invite"),
    path("users/<slug:ref>/give-role/", users.give_role, name="give-role"),
    path("users/<slug:ref>/end-role/", users.end_role, name="end-role"),
    path("users/<slug:ref>/close/", users.close_account, name="close-account"),
    path("users/<slug:ref>/reopen/", users.reopen_account, name="reopen-account"),
    path("users/<slug:ref>/reset/", users.reset_second_step, name="reset-second-step"),
    path("users/<slug:ref>/resume/", sign_ins.resume, name="resume"),
]
