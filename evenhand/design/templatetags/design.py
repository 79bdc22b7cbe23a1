"""The components as template tags. In every template without loading: they are builtins.

Values come from ``evenhand.design.components``; each tag has its template in
``templates/design/components/``. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from evenhand.design import wording
from evenhand.design.cells import cell_html, state_html
from evenhand.design.charts import Chart
from evenhand.design.components import Cell, SummaryRow, Table, TimelineItem
from evenhand.design.errors import FormError, errors_of
from evenhand.design.shell import NavItem

register = Library()
HERE = "design/components/"


# Words


@register.filter
def day(value: date | datetime | None) -> str:
    """``{{ due|day }}``: Fri 20 November 2026, or nothing."""
    return wording.day(value) if value else ""


@register.filter
def daymonth(value: date | datetime | None) -> str:
    """``{{ due|daymonth }}``: 20 November, or nothing."""
    return wording.day_month(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``{{ at|moment }}``: Fri 20 November 2026 at 2:30pm (London), or nothing."""
    return wording.moment(value) if value else ""


@register.filter
def ago(value: date | datetime | None, today: date | datetime | None) -> str:
    """``{{ due|ago:shell.day }}``: 3 days ago, today, in 5 days. Just the day if no today."""
    if not value:
        return ""
    return wording.ago(value, today) if today else wording.day(value)


@register.filter
def child_name(child: Any, order: str = "") -> str:
    """``{{ child|child_name }}``: Amara Obi; ``child_name:"surname first"``: Obi, Amara."""
    return wording.child_name(child, surname_first=order == "surname first")


@register.filter
def thousands(value: float | None) -> str:
    """``{{ total|thousands }}``: 12,345."""
    return "" if value is None else wording.number(value)


# Small pieces


@register.inclusion_tag(HERE + "button.html")
def button(words: str, href: str = "", kind: str = "", **attrs: str) -> dict[str, Any]:
    """``{% button "Save" %}``, or a link that acts: ``{% button "Start" href=url %}``.

    ``kind`` is empty, ``secondary`` or ``warning``. Other arguments become attributes; ``_`` in
    their names becomes ``-``.
    """
    pairs = [(name.replace("_", "-"), value) for name, value in attrs.items()]
    return {"words": words, "href": href, "kind": kind, "attrs": pairs}


@register.simple_tag
def state_tag(state: object, law: bool = False, words: str = "") -> SafeString:
    """``{% state_tag outcome.state law=standard.law %}``: icon, word and colour of a state."""
    return state_html(str(state), bool(law), words)


@register.simple_tag
def value_of(cell: Cell) -> SafeString:
    """``{% value_of cell %}``: what stands in a cell of a table or a summary list."""
    return cell_html(cell)


@register.inclusion_tag(HERE + "tag.html")
def plain_tag(words: str, kind: str = "") -> dict[str, str]:
    """``{% plain_tag "Our default" kind="quiet" %}``: a word in a box; quiet, strong or empty."""
    return {"words": words, "kind": kind}


@register.inclusion_tag(HERE + "notification.html")
def notification(text: str, kind: str = "information", heading: str = "") -> dict[str, str]:
    """``{% notification "Saved." kind="success" %}``: information, success, warning or error."""
    return {"text": text, "kind": kind, "heading": heading}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """``{% inset %}...{% endinset %}``: a quieter paragraph set apart."""
    return render_to_string(HERE + "inset.html", {"content": content})


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """``{% warning %}...{% endwarning %}``: what must not be missed."""
    return render_to_string(HERE + "warning.html", {"content": content})


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    """``{% details "Why is this late?" %}...{% enddetails %}``: shown when asked for."""
    context = {"content": content, "summary": summary, "is_open": is_open}
    return render_to_string(HERE + "details.html", context)


@register.simple_block_tag
def card(
    content: str, title: str, url: str = "", url_words: str = "", level: int = 2
) -> SafeString:
    """``{% card "Due this week" url=all_url url_words="See all" %}...{% endcard %}``."""
    context = {"content": content, "title": title, "url": url, "url_words": url_words}
    return render_to_string(HERE + "card.html", context | {"level": level, "id": slugify(title)})


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """``{% figures %}{% big_number ... %}...{% endfigures %}``: a row of big numbers."""
    return render_to_string(HERE + "figures.html", {"content": content})


@register.inclusion_tag(HERE + "big_number.html")
def big_number(
    value: float | str | None, words: str, url: str = "", note: str = "", kind: str = ""
) -> dict[str, Any]:
    """``{% big_number 12 "late" url=list note="3 more" kind="late" %}``.

    ``kind`` is the slug of a state, or empty. ``None`` shows as "Not known".
    """
    shown = "Not known" if value is None else value
    if isinstance(shown, (int, float)):
        shown = wording.number(shown)
    return {"value": shown, "words": words, "url": url, "note": note, "kind": kind}


@register.inclusion_tag(HERE + "proportion.html")
def proportion(part: int, whole: int, words: str = "", kind: str = "") -> dict[str, Any]:
    """``{% proportion 34 51 "asked" %}``: a bar, and "34 of 51 asked (67%)" beside it."""
    share = wording.percent(part, whole)
    width = round(100 * part / whole, 2) if whole else 0
    return {
        "part": part,
        "whole": whole,
        "words": words,
        "kind": kind,
        "share": share,
        "width": width,
    }


# Larger pieces


@register.inclusion_tag(HERE + "summary_list.html")
def summary_list(rows: Sequence[SummaryRow | tuple[str, Any]]) -> dict[str, Any]:
    """``{% summary_list rows %}``: facts of one thing, as ``SummaryRow`` or (key, value)."""
    return {"rows": [r if isinstance(r, SummaryRow) else SummaryRow(*r) for r in rows]}


@register.inclusion_tag(HERE + "table.html")
def table(table: Table) -> dict[str, Table]:
    """``{% table waiting %}``: a ``components.Table``, readable at phone width too."""
    return {"table": table}


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """``{% scroll "Visits in November" %}<table ...>{% endscroll %}``: a region that scrolls."""
    return render_to_string(HERE + "scroll.html", {"content": content, "label": label})


@register.inclusion_tag(HERE + "timeline.html")
def timeline(items: Sequence[TimelineItem], level: int = 3) -> dict[str, Any]:
    """``{% timeline events %}``: a chronology of ``TimelineItem``; ``level`` of its headings."""
    return {"items": items, "level": level}


@register.inclusion_tag(HERE + "chart.html")
def chart(chart: Chart, csv_url: str = "", level: int = 3) -> dict[str, Any]:
    """``{% chart trend csv_url=url %}``: the picture, its finding as title, and its table."""
    return {"chart": chart, "csv_url": csv_url, "level": level}


# Finding the way


@register.inclusion_tag(HERE + "back_link.html")
def back_link(words: str, url: str) -> dict[str, str]:
    """``{% back_link "Children" url %}``, in the block ``before_content``: one step up."""
    return {"words": words, "url": url}


@register.inclusion_tag(HERE + "sub_navigation.html")
def sub_navigation(items: Sequence[NavItem], label: str) -> dict[str, Any]:
    """``{% sub_navigation tabs "Parts of this child's record" %}``: pages that belong together."""
    return {"items": items, "label": label}


@register.inclusion_tag(HERE + "pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], what: str = "results") -> dict[str, Any]:
    """``{% pagination page "children" %}``: Django's page, with the address's other words kept."""
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [{"number": n, "url": url(n) if isinstance(n, int) else ""} for n in numbers]
    ends = {
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }
    return {"page": page, "links": links, "what": what} | ends


@register.inclusion_tag(HERE + "filter_row.html", takes_context=True)
def filter_row(
    context: Context, form: BaseForm, clear_url: str = "?", words: str = "Apply"
) -> dict[str, Any]:
    """``{% filter_row form clear_url=url %}``: a GET form in one row above a list."""
    narrowed = any(context["request"].GET.get(field.html_name) for field in form)
    return {"form": form, "clear_url": clear_url, "words": words, "narrowed": narrowed}


@register.inclusion_tag(HERE + "error_summary.html", takes_context=True)
def error_summary(
    context: Context, *forms: BaseForm | BaseFormSet[Any] | None
) -> dict[str, list[FormError]]:
    """``{% error_summary form %}``: each error of the forms, linked to its question.

    The base template does so for ``form`` at the top of each page; naming a form again, there or
    in a page, says nothing twice.
    """
    said = cast("set[int]", context.render_context.setdefault("summed up", cast("Any", set())))
    fresh = [form for form in forms if form is not None and id(form) not in said]
    said.update(id(form) for form in fresh)
    return {"errors": [error for form in fresh for error in errors_of(form)]}


# What the form templates need


@register.simple_tag
def widget_classes(widget: dict[str, Any], base: str) -> str:
    """Return ``base``, its ``--error`` form if the answer is wrong, and the widget's own class."""
    attrs = widget["attrs"]
    wrong = f"{base}--error" if attrs.get("aria-invalid") else ""
    return " ".join(part for part in (base, wrong, attrs.get("class", "")) if part)


@register.filter
def attrs_without(widget: dict[str, Any], unwanted: str) -> list[tuple[str, Any]]:
    """Return the attributes to write, as (name, value), without those named ``a,b``.

    False and None are left out; True is written as a bare name (value ``True``).
    """
    left_out = {"class", *unwanted.split(",")}
    pairs = widget["attrs"].items()
    return [(k, v) for k, v in pairs if k not in left_out and v is not None and v is not False]
