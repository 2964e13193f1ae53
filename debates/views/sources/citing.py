"""What the buttons among the citations of a form do: one row more or less, a search, pasted references; nothing is posted."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from debates.forms.citation import MOST, BaseCitationForms, citation_forms
from debates.forms.paste import Pasted, read_paste
from debates.forms.work import WorkForm, known_sources

BUTTONS = ("more", "find", "read", "drop", "retype")


def asks_for_rows(request: HttpRequest) -> bool:
    """Say whether a form was sent for another look at its citations; one with an unread paste is read first."""
    return any(name in request.POST for name in BUTTONS) or bool(request.POST.get("paste", "").strip())


def unread(kept: Any) -> Pasted | None:
    """Return the paste of a form that was kept while its author signed in, still to be read. Any: form data, or None."""
    return Pasted(left=kept.get("paste", "")) if kept is not None and kept.get("paste") else None


@dataclass
class Rows:
    """The citations of a form after one of its buttons, and what a paste came to."""

    citations: BaseCitationForms
    pasted: Pasted


def rows_again(
    request: HttpRequest, citations: BaseCitationForms, auto_id: str = "id_%s", cited: Collection[str] = ()
) -> Rows:
    """Build the citation forms anew from what was typed; `cited` are the sources that the argument cites already."""
    dropped = request.POST.get("drop", "")
    rows = [values for form in citations.forms if form.prefix != dropped if (values := typed_row(form))]
    pasted = read_paste(request.POST.get("paste", ""), request.user, MOST - len(rows))
    if pasted.rows:  # what was only searched for makes room
        rows = [row for row in rows if any(row[name] for name in row if name not in ("type", "find"))]
    rows += pasted.rows
    more = "more" in request.POST or not rows
    return Rows(citation_forms(None, request.user, rows, 1 if more else 0, auto_id, cited), pasted)


def work_again(request: HttpRequest, article: WorkForm) -> WorkForm:
    """Build the form of a single work anew from what was typed, with what a search found."""
    rows = [typed_row(article)]
    return WorkForm(
        initial=rows[0],
        prefix=article.prefix,
        viewer=request.user,
        known=known_sources(None, request.user, rows),
    )


def typed_row(form: WorkForm) -> dict[str, Any]:
    """Return what stands in one citation form; nothing for an empty one. Any: form values."""
    values = {name: str(form[name].value() or "") for name in form.fields}
    return values if any(value for name, value in values.items() if name != "type") else {}


def find_source(request: HttpRequest) -> HttpResponse:
    """Offer the sources that the words typed so far may mean, for one row of a form; without a script, the library."""
    row = request.GET.get("row", "")[:20]
    words = request.GET.get(f"{row}-find", "")[:300]
    if not request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return redirect(f"{reverse('sources')}?{urlencode({'q': words})}")
    inside = "".join(char for char in request.GET.get("in", "")[:20] if char.isalnum())
    form = WorkForm(
        initial={"find": words},
        prefix=row,
        auto_id=f"id_{inside}_%s" if inside else "id_%s",
        viewer=request.user,
        known={},
    )
    return render(request, "debates/reply.html#found", {"form": form})
