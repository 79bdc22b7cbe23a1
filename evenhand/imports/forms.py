"""What is asked when files are imported, and when a row is mended or discarded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from evenhand.design.fields import DayField
from evenhand.design.forms import EvenhandForm, FilterForm
from evenhand.design.widgets import Radios

UPLOAD_BYTES = 200 * 1024**2
"""The most that is sent through a page; more goes by the command line, which has no such bound."""

HERE, EVERYWHERE = "here", "everywhere"


class Files(forms.FileInput):
    """A box for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or one zip."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; ValidationError for none and for too many bytes."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given]
        if sum(file.size or 0 for file in files) > UPLOAD_BYTES:
            raise forms.ValidationError(
                f"The files hold more than {UPLOAD_BYTES // 1024**2} MB. Zip them, or use the "
                "command: evenhand import FOLDER"
            )
        return files


class UploadForm(EvenhandForm):
    """The files of an extract."""

    files = FilesField(
        label="Files of the extract",
        help_text="An extract's tables (CSV), an SSDA903 return (CSV or XML), a children in need "
        "census (XML) or Ofsted's Annex A (a workbook); with the roster, or in one zip. One kind "
        "at a time; several years of a return may come together.",
    )
    as_at = DayField(
        label="Which day is the extract true for?",
        required=False,
        help_text="The day it was made. Left blank, the last day of a return's year, or the newest "
        "day in the files.",
    )
    accept_withdrawals = forms.BooleanField(
        label="Many records were truly deleted in the case system",
        required=False,
        help_text="Tick only if an import was refused because it lacks more than half of a table.",
    )


class MendForm(EvenhandForm):
    """What a value should be, and where."""

    where = forms.ChoiceField(label="Where does this hold?", widget=Radios, initial=HERE)

    def __init__(
        self, *args: Any, label: str, choices: list[tuple[str, str]], alike: int, **kwargs: Any
    ) -> None:
        self.base_fields["where"].choices = _places(alike)  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)
        value: forms.Field = forms.CharField(label=label, max_length=500)
        if choices:
            value = forms.ChoiceField(label=label, choices=[("", "Choose a code"), *choices])
        self.fields["value"] = value
        self.order_fields(["value", "where"])


def _places(alike: int) -> list[tuple[str, str]]:
    others = {0: "", 1: " (1 other row waits)"}.get(alike, f" ({alike:,} other rows wait)")
    return [
        (HERE, "In this row only"),
        (EVERYWHERE, f"Wherever this value stands in this column{others}, now and later"),
    ]


class DiscardForm(EvenhandForm):
    """Why a row is left out."""

    reason = forms.CharField(
        label="Why is this row left out?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuarantineFilter(FilterForm):
    """Which of the rows in quarantine to see."""

    table = forms.ChoiceField(label="Table")
    rule = forms.ChoiceField(label="Rule")

    def __init__(
        self, *args: Any, tables: Iterable[str], rules: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [("", "All"), *((t, t) for t in tables)]  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", "All"), *((r, r) for r in rules)]  # type: ignore[attr-defined]
