"""Questions in the design system's markup. Expectations follow its published examples."""

# ruff: noqa: E501 (an outline has one element a line)

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines

from evenhand.design.fields import DayBoxes, DayField, FilesField
from evenhand.design.forms import EvenhandForm, FilterForm, Why
from evenhand.design.widgets import Checkboxes, Radios
from evenhand.problems import Problem
from evenhand.versions import Superseded
from tests.design.outline import expected, outline

FAITHS = [("c", "Christian"), ("n", "No religion"), ("p", "Prefers not to say")]


class Ask(EvenhandForm):
    why = {
        "faith": Why("So that meals respect it.", "Clause 2.4.20", "/clause/"),
        "note": "Her words.",
    }
    name = forms.CharField(label="Name", help_text="As the child says it")
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=10, required=False)
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("a", "Assessment")])
    faith = forms.ChoiceField(
        label="What is the religion?",
        choices=FAITHS,
        widget=Radios(hints={"n": "An answer"}, apart="p"),
    )
    langs = forms.MultipleChoiceField(
        label="Languages",
        choices=[("en", "English"), ("none", "None")],
        widget=Checkboxes(apart="none"),
        required=False,
    )
    asked_on = DayField(label="Day asked", latest=date(2026, 11, 21), earliest=date(2026, 1, 1))
    born_on = DayField(label="Date of birth", widget=DayBoxes)
    count = forms.IntegerField(label="Siblings", min_value=0, required=False)
    agreed = forms.BooleanField(label="Agreed", required=False)
    extract = FilesField(label="Extract", required=False)


GOOD = {
    "name": "Amara",
    "team": "a",
    "faith": "n",
    "asked_on": "20/11/2026",
    "born_on_day": "9",
    "born_on_month": "3",
    "born_on_year": "2017",
}


class Held(Ask):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def ask(**changes: str) -> Ask:
    """Return the form, answered well but for ``changes``."""
    return Ask(GOOD | changes)


def drawn(form: forms.Form, name: str) -> list[str]:
    """Return the outline of one question."""
    return outline(form[name].as_field_group())


def test_text() -> None:
    assert drawn(Ask(), "name") == expected("""
        div.govuk-form-group
          label.govuk-label[for=id_name]
            'Name'
          div.govuk-hint[id=id_name_helptext]
            'As the child says it'
          input.govuk-input[id=id_name][name=name][type=text][aria-describedby=id_name_helptext]
    """)


def test_text_with_an_error() -> None:
    assert drawn(ask(name=""), "name") == expected("""
        div.govuk-form-group.govuk-form-group--error
          label.govuk-label[for=id_name]
            'Name'
          div.govuk-hint[id=id_name_helptext]
            'As the child says it'
          p.govuk-error-message[id=id_name_error]
            span.govuk-visually-hidden
              'Error:'
            'Enter name'
          input.govuk-input.govuk-input--error[id=id_name][name=name][type=text][aria-describedby=id_name_helptext id_name_error]
    """)


def test_a_long_answer_is_counted_and_not_cut_short() -> None:
    html = Ask()["note"].as_field_group()
    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert 'data-module="govuk-character-count" data-maxlength="10"' in html
    lines = outline(html)
    assert lines[0] == "div.govuk-form-group.govuk-character-count"
    assert (
        "  textarea.govuk-textarea.govuk-js-character-count[id=id_note][name=note][aria-describedby=id_note-info]"
        in lines
    )
    assert "  div.govuk-hint.govuk-character-count__message[id=id_note-info]" in lines


def test_select_with_an_error() -> None:
    lines = drawn(ask(team=""), "team")
    assert (
        "  select.govuk-select.govuk-select--error[id=id_team][name=team][aria-describedby=id_team_error]"
        in lines
    )
    assert "    option[value=a]" in lines


def test_radios_with_a_hint_and_one_apart() -> None:
    assert drawn(Ask(), "faith") == expected("""
        div.govuk-form-group
          fieldset.govuk-fieldset
            legend.govuk-fieldset__legend
              'What is the religion?'
            details.govuk-details
              summary.govuk-details__summary
                span.govuk-details__summary-text
                  'Why we ask'
                  span.govuk-visually-hidden
                    ': What is the religion?'
              div.govuk-details__text
                'So that meals respect it.'
                span
                  a.govuk-link[href=/clause/]
                    'Clause 2.4.20'
            div.govuk-radios[id=id_faith]
              div.govuk-radios__item
                input.govuk-radios__input[id=id_faith_0][name=faith][type=radio][value=c]
                label.govuk-label.govuk-radios__label[for=id_faith_0]
                  'Christian'
              div.govuk-radios__item
                input.govuk-radios__input[id=id_faith_1][name=faith][type=radio][value=n][aria-describedby=id_faith_1-hint]
                label.govuk-label.govuk-radios__label[for=id_faith_1]
                  'No religion'
                div.govuk-hint.govuk-radios__hint[id=id_faith_1-hint]
                  'An answer'
              div.govuk-radios__divider
                'or'
              div.govuk-radios__item
                input.govuk-radios__input[id=id_faith_2][name=faith][type=radio][value=p]
                label.govuk-label.govuk-radios__label[for=id_faith_2]
                  'Prefers not to say'
    """)


def test_an_error_on_radios_is_told_by_the_fieldset() -> None:
    lines = drawn(ask(faith=""), "faith")
    assert lines[1] == "  fieldset.govuk-fieldset[aria-describedby=id_faith_error]"
    assert "      'Answer the question: What is the religion?'" in lines


def test_none_of_these_unticks_the_others() -> None:
    html = Ask()["langs"].as_field_group()
    assert html.count('data-behaviour="exclusive"') == 1
    assert "(optional)" in html
    assert "      div.govuk-checkboxes__divider" in outline(html)


def test_a_chosen_answer_stays_chosen() -> None:
    assert 'id="id_faith_1" checked' in ask(faith="n")["faith"].as_field_group()


def test_a_day_in_three_boxes() -> None:
    assert (
        drawn(Ask(initial={"born_on": date(2017, 3, 9)}), "born_on")[1:12]
        == expected("""
        -
          fieldset.govuk-fieldset
            legend.govuk-fieldset__legend
              'Date of birth'
            div.govuk-date-input[id=id_born_on]
              div.govuk-date-input__item
                div.govuk-form-group
                  label.govuk-label.govuk-date-input__label[for=id_born_on_day]
                    'Day'
                  input.govuk-input.govuk-date-input__input.govuk-input--width-2[id=id_born_on_day][name=born_on_day][type=text][value=9][inputmode=numeric]
              div.govuk-date-input__item
                div.govuk-form-group
    """)[1:]
    )


def test_only_the_box_at_fault_is_marked_and_what_was_written_stays() -> None:
    form = ask(born_on_year="")
    lines = [line for line in drawn(form, "born_on") if "input.govuk-input" in line]
    assert [("--error" in line) for line in lines] == [False, False, True]
    assert "[value=9]" in lines[0]
    assert form.errors["born_on"] == ["Date of birth must include a year"]


@pytest.mark.parametrize("answer", ["20/11/2026", "20 November 2026", "2026-11-20"])
def test_a_day_in_one_box(answer: str) -> None:
    form = ask(asked_on=answer)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["asked_on"] == date(2026, 11, 20)
    assert f'value="{answer}"' in form["asked_on"].as_field_group()


def test_three_boxes_take_one_text_too() -> None:
    form = Ask(
        {k: v for k, v in GOOD.items() if not k.startswith("born")} | {"born_on": "9/3/2017"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born_on"] == date(2017, 3, 9)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("", "Enter day asked"),
        ("31/2/2026", "Day asked must be a real date: check the day and month"),
        ("22/11/2026", "Day asked must be on or before 21/11/2026"),
        ("31/12/2025", "Day asked must be on or after 1/1/2026"),
    ],
)
def test_a_day_refused_says_what_to_do(answer: str, message: str) -> None:
    assert ask(asked_on=answer).errors["asked_on"] == [message]


def test_an_unreadable_day_counts_as_a_change() -> None:
    field = DayField()
    assert field.has_changed(date(2026, 3, 27), "27/3/20x6")
    assert not field.has_changed(date(2026, 3, 27), "27/3/2026")


def test_a_number_is_typed_not_stepped() -> None:
    html = Ask()["count"].as_field_group()
    assert "[type=text]" in outline(html)[-1]
    assert "[inputmode=numeric]" in outline(html)[-1]
    assert "min=" not in html


def test_a_box_to_tick_has_its_label_beside_it() -> None:
    assert drawn(Ask(), "agreed") == expected("""
        div.govuk-form-group
          div.govuk-checkboxes
            div.govuk-checkboxes__item
              input.govuk-checkboxes__input[id=id_agreed][name=agreed][type=checkbox]
              label.govuk-label.govuk-checkboxes__label[for=id_agreed]
                'Agreed'
    """)


def test_files() -> None:
    html = Ask()["extract"].as_field_group()
    assert "    input.govuk-file-upload[id=id_extract][name=extract][type=file]" in outline(html)
    assert " multiple" in html


def test_each_of_several_files_is_checked() -> None:
    field = FilesField()
    good, empty = SimpleUploadedFile("a.csv", b"x"), SimpleUploadedFile("b.csv", b"")
    assert field.clean([good]) == [good]
    with pytest.raises(forms.ValidationError, match="empty"):
        field.clean([good, empty])


def test_hidden_fields_are_left_bare() -> None:
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput, initial=3)

    assert outline(str(Hidden())) == ["input[id=id_version][name=version][type=hidden][value=3]"]


def test_what_was_typed_is_never_markup() -> None:
    html = ask(name='"><script>alert(1)</script>', faith='"><b>')["name"].as_field_group()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_browsers_do_not_say_required_before_we_do() -> None:
    assert " required" not in str(Ask())


def test_the_summary_links_each_error_to_its_answer() -> None:
    form = ask(name="", faith="", born_on_month="13")
    form.add_error(None, "This child is not yours to change.")
    html = (
        engines["django"]
        .from_string("{% load design %}{% error_summary form %}")
        .render({"form": form})
    )
    assert outline(html) == expected("""
        div.govuk-error-summary
          div[role=alert]
            h2.govuk-error-summary__title
              'There is a problem'
            div.govuk-error-summary__body
              ul.govuk-list.govuk-error-summary__list
                li
                  'This child is not yours to change.'
                li
                  a[href=#id_name]
                    'Enter name'
                li
                  a[href=#id_faith_0]
                    'Answer the question: What is the religion?'
                li
                  a[href=#id_born_on_month]
                    'Date of birth must be a real date: check the month'
    """)
    whole = str(form)
    assert all(
        f'id="{target}"' in whole for target in ("id_name", "id_faith_0", "id_born_on_month")
    )


def test_no_errors_no_summary() -> None:
    html = (
        engines["django"]
        .from_string("{% load design %}{% error_summary form %}")
        .render({"form": ask()})
    )
    assert not html.strip()


def test_a_formset_sums_up_every_form() -> None:
    rows = forms.formset_factory(Ask, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "A", "form-1-name": ""}
    )
    html = (
        engines["django"]
        .from_string("{% load design %}{% error_summary rows %}")
        .render({"rows": rows})
    )
    assert "#id_form-1-name" in html
    assert "#id_form-0-name" not in html


def test_a_filter_requires_nothing() -> None:
    class Narrow(FilterForm):
        team = forms.ChoiceField(label="Team", choices=[("", "All"), ("a", "A")])

    form = Narrow(QueryDict(""))
    assert form.is_valid()
    assert "(optional)" not in str(form)


def test_what_was_changed_meanwhile_stands_beside_what_was_typed_and_the_next_press_is_of_now() -> (
    None
):
    now = {"version": 4, "name": "Ama", "team": "a", "faith": "c", "asked_on": date(2026, 3, 2)}
    form = Held({**GOOD, "version": "3"}, initial=now)
    assert form.is_valid()
    form.refuse(Superseded("record"))
    assert form.stands_now == {
        "name": "Ama", "faith": "Christian", "asked_on": "Mon 2 March 2026"
    }  # fmt: skip
    shown = {field.html_name: field.value() for field in form}
    assert (shown["version"], shown["name"], shown["faith"]) == (4, "Amara", "n")
    assert "It says now:</strong> Ama<" in str(form)
    assert 'aria-describedby="id_name_helptext id_name_now"' in str(form["name"])
    assert "This record was changed since you opened it" in str(form.errors)
    assert "beside what it says now" in str(form.errors)


def test_where_nothing_stood_before_nothing_is_said_to_stand_beside() -> None:
    form = Held({**GOOD, "version": "3"}, initial={"version": 4})
    form.refuse(Superseded("slot"))
    assert form.stands_now == {}
    assert "What you wrote is still here. Save it again" in str(form.errors)


def test_any_other_refusal_leaves_the_form_as_it_was() -> None:
    form = Held({**GOOD, "version": "3"}, initial={"version": 4, "name": "Ama"})
    form.refuse(Problem("The day is to come.", "Check it."))
    assert form.errors["__all__"] == ["The day is to come. Check it."]
    assert (form.stands_now, form["version"].value()) == ({}, "3")
