"""The outline of one debate: a table of contents that argues, a line an argument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from debates.folding import LEVELS_MOST, LINES_MOST, Fold, lines_down_to, number_in, read_fold
from debates.models import Argument, Debate
from debates.permissions import Refused
from debates.tree import ancestor_paths, depth_of
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.canonical import canonical
from debates.views.machines.meta import PageMeta, debate_meta
from debates.views.parts.card import Card
from debates.views.parts.choosing import chooser, read_choice
from debates.views.parts.line_rows import STEPS_AT_EITHER_END, Reading
from debates.views.parts.line_texts import card_of_line
from debates.views.parts.lines import Outline, address

ABOVE_TARGET = 2
"""Lines above a target that stands too deep for a page that begins with the theses."""


@dataclass(frozen=True)
class Step:
    """One step of the path to the chosen line; `between` counts those that are left out before it."""

    card: Card
    url: str
    between: int
    here: bool


@dataclass(frozen=True)
class Depth:
    """One of the depths to which a page can be opened."""

    words: str
    url: str
    here: bool


@vary_on_headers("HX-Request", "HX-Current-URL")
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate a line an argument; how it is folded stands in the address (`debates.folding`).

    With htmx one line is turned, in the state that the address bar says: `?turn=open:ID`, `shut:ID`, or a position in
    its answers, `100:ID`. What is answered is that line with what stands below it.
    """
    shown = fetch_debate(request, slug)
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx adds it
    word, _colon, name = request.GET.get("turn", "").partition(":")
    piece = name if htmx and not htmx.history_restore_request else ""
    data = _in_the_bar(request, htmx.current_url) if piece else request.GET
    reading = Reading(shown, request.user, read_choice(data, default="posted"), read_fold(data), piece)
    if piece:
        return _turned(request, reading, word)
    if (elsewhere := _leads(reading)) is not None:
        return redirect(address(reading, elsewhere))
    drawn, fold, choice = Outline(reading), reading.fold, reading.choice
    keep = {"depth": "" if fold.depth is None else str(fold.depth), "at": fold.at}
    return render(
        request,
        "debates/outline.html",
        {
            "debate": shown,
            "lines": drawn.lines(),
            "theses": drawn.theses(),
            "steps": _steps(reading),
            "whole_url": address(reading, Fold(depth=fold.depth)),
            "root": reading.root,
            "depths": _depths(reading),
            "counts": _counts(reading),
            "chooser": chooser(choice, keep=keep),
            "plain_url": reverse("outline", args=[slug]),
            "meta": _meta(request, shown),
        },
    )


def _meta(request: HttpRequest, shown: Debate) -> PageMeta:
    """Return the head of the page; it repeats what the debate's own page holds, so search engines pass it by."""
    return replace(
        debate_meta(request, shown),
        canonical=canonical(request, reverse("outline", args=[shown.slug])),
        title=_("Outline: %(question)s") % {"question": shown.question},
        indexed=False,
    )


def _in_the_bar(request: HttpRequest, current: str | None) -> QueryDict:
    """Return the query of the page that asks, as its address bar says it now: links further up are older than that."""
    bar = urlsplit(current or "")
    return QueryDict(bar.query) if bar.path == request.path else request.GET


def _turned(request: HttpRequest, reading: Reading, word: str) -> HttpResponse:
    """Answer with one line that is opened or folded, or whose answers go on, and say the address of that."""
    name, position = reading.piece, number_in(word)
    line = reading.named.get(name)
    if line is None or (word not in ("open", "shut") and position is None):
        raise Refused(_("This line is no longer here. Load the page again to see what is."), status=404)
    if position is None:
        fold = reading.fold.turned(name, to_open=word == "open", starts_open=reading.starts_open(line))
    else:
        fold = reading.fold.paged(name, position)
    turned = reading.turned(replace(fold, depth=reading.depth))
    lines = Outline(turned, paged="" if position is None else name).lines()
    if not lines:
        raise Refused(_("This line is no longer here. Load the page again to see what is."), status=404)
    response = render(request, "debates/outline.html#piece", {"line": lines[0]})
    return push_url(response, address(turned, turned.fold))


def _leads(reading: Reading) -> Fold | None:
    """Return where an address leads instead: what was merged is read where it went, what is too deep begins lower."""
    fold, target, root = reading.fold, reading.target, reading.root
    for name in (fold.at, fold.to):
        if name and name not in reading.named:
            led = Argument.objects.named(name)
            if led is not None and reading.visible.filter(pk=led.pk).exists() and led.public_id != name:
                return replace(
                    fold,
                    at=led.public_id if fold.at == name else fold.at,
                    to=led.public_id if fold.to == name else fold.to,
                )
    if target is None:
        return None
    if root is not None and not target.path.startswith(root.path):
        return replace(fold, at="")
    if depth_of(target.path) - reading.top <= LEVELS_MOST:
        return None
    above = ancestor_paths(target.path)[: -ABOVE_TARGET + 1]
    begin = reading.placed.filter(path__in=above).order_by("-depth").first()
    return replace(fold, at=begin.public_id) if begin is not None and begin.public_id != fold.at else None


def _steps(reading: Reading) -> list[Step]:
    """Return the path to the chosen line, the line included: its beginning and its end, and how much is between them."""
    chosen = reading.target or reading.root
    if chosen is None:
        return []
    paths = [*ancestor_paths(chosen.path), chosen.path]
    rows = {row.path: row for row in reading.above}
    steps, between = [], 0
    for number, path in enumerate(paths):
        row = rows.get(path)
        told = number < STEPS_AT_EITHER_END or number >= len(paths) - STEPS_AT_EITHER_END - 1
        if row is None or not told:
            between += 1
            continue
        here = depth_of(path) >= reading.top
        url = f"#a-{row.public_id}" if here else address(reading, Fold(at=row.public_id))
        steps.append(Step(card_of_line(row, reading.viewer), url, between, here=path == chosen.path))
        between = 0
    return steps


def _depths(reading: Reading) -> list[Depth]:
    """Return the depths to which the page can be opened: from the first lines alone down to everything that it can draw."""
    fold, levels = reading.fold, reading.levels
    deepest = len(levels) - 1
    plain = not (fold.open or fold.shut)
    found = []
    for depth in range(min(deepest, LEVELS_MOST) + 1):
        if depth and lines_down_to(levels, depth) > LINES_MOST:
            break
        words = ngettext("%(n)d level", "%(n)d levels", depth) % {"n": depth}
        if depth == 0:
            words = _("Fold all")
        elif depth == deepest:
            words = _("Open all")
        url = address(reading, Fold(depth=depth, at=fold.at, to=fold.to))
        found.append(Depth(words, url, plain and depth == reading.depth))
    return found


def _counts(reading: Reading) -> list[str]:
    """Return in sentences how much there is, and what is folded."""
    said = {"n": reading.published, "depth": reading.depth}
    if reading.choice.filters:
        return [ngettext("%(n)d line leads there.", "%(n)d lines lead there.", reading.published) % said]
    found = [ngettext("%(n)d argument.", "%(n)d arguments.", reading.published) % said]
    if reading.depth < len(reading.levels) - 1:
        found.append(
            ngettext(
                "Folded below the first level of answers.", "Folded below level %(depth)d.", reading.depth
            )
            % said
            if reading.depth
            else _("All answers are folded.")
        )
    return found
