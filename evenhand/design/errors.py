"""The errors of a form as the error summary lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect
from django.forms.formsets import BaseFormSet


class FormError(NamedTuple):
    """One sentence, and the id of the answer to mend (empty when no one answer is at fault)."""

    message: str
    target: str


def errors_of(form: BaseForm | BaseFormSet[Any]) -> Iterator[FormError]:
    """Yield the errors of a form or formset: of the whole first, then question by question."""
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield FormError(str(message), "")
        for each in form.forms:
            yield from errors_of(each)
        return
    for message in form.non_field_errors():
        yield FormError(str(message), "")
    for field in form:
        for message in field.errors:
            yield FormError(str(message), first_id(field))


def first_id(field: BoundField) -> str:
    """Return the id of the element to focus: the first option, or the first box at fault."""
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    boxes = getattr(field, "boxes_at_fault", ())
    return f"{field.auto_id}_{boxes[0]}" if boxes else str(field.auto_id)
