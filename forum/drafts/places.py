"""The forms whose text is kept, by the addresses of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, Citation, Debate, Source, Suggestion
from forum.drafts.models import LONGEST_PLACE

FORMS = {
    "reply": _("Answer"),
    "rebut": _("Rebuttal"),
    "premise": _("Premise"),
    "edit": _("Edit"),
    "suggest": _("Suggested edit"),
    "suggestion": _("Decision on a suggested edit"),
    "split": _("Split"),
    "concede": _("Point granted"),
    "mind": _("What changed your mind"),
    "report": _("Report"),
    "check": _("Check of a citation"),
    "open_debate": _("New debate"),
    "add_thesis": _("New thesis"),
    "edit_debate": _("Edit of a debate"),
    "edit_source": _("Edit of a source"),
}
"""What a draft is called in the list, by the route of its form."""

TELLS_APART = ("passage", "stance")
"""Of the query of a form's address, what makes it another form; the rest only fills it."""


@dataclass(frozen=True)
class Place:
    """Where a form stands."""

    path: str
    address: str
    route: str
    names: Mapping[str, Any]
    """What the address names, as its view takes it. Any: strings and numbers."""


def place_of(path: str, query: QueryDict) -> Place | None:
    """Return the place of the form at an address; None where no form of ours stands."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name not in FORMS:
        return None
    told = {name: str(query[name]) for name in TELLS_APART if query.get(name)}
    address = f"{path}?{urlencode(told)}" if told else path
    return Place(path, address, match.url_name, match.kwargs) if len(address) <= LONGEST_PLACE else None


def read_place(written: str) -> Place | None:
    """Return the place that a form names in a hidden field; None where it names none."""
    if not written.startswith("/") or "\0" in written or len(written) > LONGEST_PLACE:
        return None
    try:
        parts = urlsplit(written)
    except ValueError:
        return None
    return None if parts.netloc else place_of(parts.path, QueryDict(parts.query))


@dataclass(frozen=True)
class About:
    """What a form is about, by keys; who may see it is asked when it is shown."""

    argument_id: int | None = None
    debate_id: int | None = None
    source_id: int | None = None


def about(place: Place) -> About:
    """Return what the form at a place is about."""
    names = place.names
    if "argument_id" in names:
        argument = Argument.objects.named(names["argument_id"])
    elif "suggestion_id" in names:
        argument = Argument.objects.filter(
            suggestions__in=Suggestion.objects.filter(pk=names["suggestion_id"])
        ).first()
    elif "citation_id" in names:
        argument = Argument.objects.filter(
            citations__in=Citation.objects.filter(pk=names["citation_id"])
        ).first()
    else:
        argument = None
    if argument is not None:
        return About(argument_id=argument.pk, debate_id=argument.debate_id)
    if "slug" in names:
        return About(debate_id=Debate.objects.filter(slug=names["slug"]).values_list("pk", flat=True).first())
    if "source_id" in names:
        return About(
            source_id=Source.objects.filter(public_id=names["source_id"]).values_list("pk", flat=True).first()
        )
    return About()
