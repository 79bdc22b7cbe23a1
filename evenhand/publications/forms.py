"""What is asked before a report leaves."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from evenhand.design.forms import EvenhandForm


class MakeReport(EvenhandForm):
    """For whom a report is made."""

    for_whom = forms.CharField(label="Who is it for?", max_length=200)
    why: ClassVar = {"for_whom": "It is kept with the report, so that it is known who has it."}
