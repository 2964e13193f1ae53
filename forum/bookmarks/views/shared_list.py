"""A list as whoever has its address finds it: what everyone may read of it, the same for all; and what that cites."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from debates.models import Argument
from debates.views.parts.card import card_of, each_work_once, with_card_rows
from debates.views.parts.line_texts import card_of_line, with_line_texts
from debates.views.parts.reference_list import cited_by, exports_of
from debates.views.sources.references import references_file
from forum.bookmarks.kept import listed_in
from forum.bookmarks.models import ArgumentList

A_PAGE = 30


def shared_list(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a shared list: its arguments in their order, each with its debate and the claims above it."""
    shown = _shared(secret)
    keys, _listed = listed_in(shown)
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    rows = {row.pk: row for row in with_card_rows(Argument.objects.filter(pk__in=list(page)), request.user)}
    found = [rows[key] for key in page if key in rows]
    cards = [card_of(one, request.user) for one in found]
    each_work_once(cards)
    paths = _paths(found, request)
    context = {
        "list": shown,
        "page": page,
        "found": [
            {"card": card, "debate": one.debate, **paths[one.pk]}
            for card, one in zip(cards, found, strict=True)
        ],
        "exports": exports_of("list_references", secret) if any(card.citations for card in cards) else [],
        "own": shown.member_id == request.user.pk,
    }
    response = render(request, "bookmarks/shared_list.html", context)
    # The address is the key, so no other site hears it. Without any referrer browsers would send the forms of this page from
    # an unknown origin, and each would be refused as a forged one.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def list_references(request: HttpRequest, secret: str, ending: str) -> HttpResponse:
    """Hand out what the arguments of a shared list cite that everyone may read."""
    shown = _shared(secret)
    _keys, listed = listed_in(shown)
    response = references_file(cited_by(listed), ending, f"list-{shown.title}")
    response["X-Robots-Tag"] = "noindex"
    return response


def _shared(secret: str) -> ArgumentList:
    """Return the list that is shared at an address; that of somebody who has left is shared no longer."""
    rows = ArgumentList.objects.filter(secret__isnull=False, member__is_active=True)
    return get_object_or_404(rows.select_related("member"), secret=secret)


def _paths(arguments: list[Argument], request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Return by keys the thesis above each argument, what it answers, and how many stand between; one statement.

    Of a text that is gone there is the place. Any: what the template of a path wants.
    """
    wanted = {(one.debate_id, path) for one in arguments for path in _told(one)}
    above = Argument.objects.filter(
        debate__in={debate for debate, _path in wanted}, path__in={path for _debate, path in wanted}
    )
    steps = {
        (row.debate_id, row.path): card_of_line(row, request.user)
        for row in with_line_texts(above, request.user)
    }
    paths = {}
    for one in arguments:
        told = [steps[one.debate_id, path] for path in _told(one) if (one.debate_id, path) in steps]
        paths[one.pk] = {"steps": told, "between": max(0, len(one.ancestor_paths) - len(_told(one)))}
    return paths


def _told(argument: Argument) -> list[str]:
    """Return which of the claims above are named: the thesis and the one that is answered."""
    paths = argument.ancestor_paths
    return paths if len(paths) < 3 else [paths[0], paths[-1]]
