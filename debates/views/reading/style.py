"""The living style page: every part that pages are made of, in every state, drawn by the parts themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from debates.views.specimens.arguments import argument_sections
from debates.views.specimens.colours import GROUNDS, SIGHT, TEXT, Token, contrast, distance, tokens_in
from debates.views.specimens.finding import finding_sections
from debates.views.specimens.made import Specimen
from debates.views.specimens.weighing import weighing_sections
from debates.views.specimens.writing import writing_sections

SHEET = "forum/site.css"
THEMES = ("light", "dark")
SIGHTS = {
    "": gettext_noop("To everybody"),
    "protanopia": gettext_noop("Without the cones for red (protanopia)"),
    "deuteranopia": gettext_noop("Without the cones for green (deuteranopia)"),
    "tritanopia": gettext_noop("Without the cones for blue (tritanopia)"),
}


@dataclass(frozen=True)
class Drawn:
    """A specimen as the page shows it."""

    name: str
    how: str
    """How it is included, and what it needs; empty where the one before it is the same part."""
    needs: str
    element: str
    """The element that it has to stand in, and the class of that; empty for none."""
    element_class: str
    html: SafeString


@dataclass(frozen=True)
class Measured:
    """A colour of the style sheet with the least contrast that it has on any ground, by themes."""

    token: Token
    is_text: bool
    light: float
    dark: float


def style(request: HttpRequest) -> HttpResponse:
    """Show the style page to staff, and to everyone in the demo; others find nothing here."""
    if not (settings.DEMO or (request.user.is_authenticated and request.user.is_staff)):
        raise Http404
    sections = [
        *argument_sections(),
        *weighing_sections(_somebody(request)),
        *writing_sections(),
        *finding_sections(),
    ]
    tokens = _tokens()
    return render(
        request,
        "debates/style.html",
        {
            "sections": [
                {
                    "anchor": one.anchor,
                    "title": one.title,
                    "drawn": _draw_all(one.specimens, request),
                }
                for one in sections
            ],
            "colours": [_measured(token, tokens) for token in tokens.values()],
            "apart": _apart(tokens),
        },
    )


def _draw_all(specimens: list[Specimen], request: HttpRequest) -> Iterator[Drawn]:
    """Draw specimens with the parts that every page draws them with."""
    before = ""
    for one in specimens:
        element, _dot, of_class = one.inside.partition(".")
        html = render_to_string(one.partial, one.given, request)
        new = one.partial != before
        yield Drawn(
            one.name,
            f'{{% include "{one.partial}" %}}' if new else "",
            needs_of(one.partial) if new else "",
            element,
            of_class,
            html,
        )
        before = one.partial


@cache
def needs_of(partial: str) -> str:
    """Return what a part says on its first line that it needs and draws."""
    template, _hash, name = partial.partition("#")
    source = engines["django"].engine.get_template(template).source  # type: ignore[attr-defined]  # Django's own engine
    said = re.search(rf"{{% partialdef {re.escape(name)}\b[^%]*%}}\s*{{#(.*?)#}}", source)
    return said[1].strip() if said else ""


def _somebody(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return somebody who is signed in: who looks at the page, or for a visitor a member who is nowhere kept."""
    if request.user.is_authenticated:
        return request.user
    model = get_user_model()
    return model(**{model.USERNAME_FIELD: "ada"})


def _tokens() -> dict[str, Token]:
    """Return the colours that the style sheet lays down; none where it is kept out of reach."""
    found = finders.find(SHEET)
    return tokens_in(Path(str(found)).read_text()) if found else {}


def _measured(token: Token, tokens: dict[str, Token]) -> Measured:
    def least(theme: str) -> float:
        grounds = [tokens[name].shade(theme) for name in GROUNDS if name in tokens]
        return min((contrast(token.shade(theme), one) for one in grounds), default=1.0)

    return Measured(token, token.name in TEXT, least("light"), least("dark"))


def _apart(tokens: dict[str, Token]) -> list[tuple[str, float, float]]:
    """Return how far for and against lie from each other, to every kind of sight, in the light and in the dark."""
    if not {"for", "against"} <= tokens.keys():
        return []
    rows = []
    for sight in ("", *SIGHT):
        light, dark = (
            distance(tokens["for"].shade(theme), tokens["against"].shade(theme), sight) for theme in THEMES
        )
        rows.append((_(SIGHTS[sight]), light, dark))
    return rows
