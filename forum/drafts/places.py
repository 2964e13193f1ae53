"""The forms whose text is kept, by the addresses of their pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from debates.models import (
    Argument,
    Citation,
    Debate,
    Delta,
    Link,
    Rearrangement,
    Source,
    SourceMerge,
    Suggestion,
)
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
    "appeal": _("Appeal"),
    **dict.fromkeys(
        ("report", "report_citation", "report_source", "report_member", "report_tag"), _("Report")
    ),
    "check": _("Check of a citation"),
    "bookmark": _("Note of a bookmark"),
    "lists": _("New list"),
    "edit_list": _("Title of a list"),
    "open_debate": _("New debate"),
    "add_thesis": _("New thesis"),
    "edit_debate": _("Edit of a debate"),
    "edit_source": _("Edit of a source"),
    "add_sources": _("Works to add"),
    "text": _("Text of a source"),
    "move": _("Reason to move an argument"),
    "merge": _("Reason to merge two arguments"),
    "undo_rearrangement": _("Reason to undo what was rearranged"),
    "merge_source": _("Reason to merge two sources"),
    "undo_merge": _("Reason to undo a merge of sources"),
    "unlink": _("Reason to take an argument away from a place"),
    "hide_delta": _("Reason to hide or restore a sentence"),
    "claim_voice": _("Claim of a voice"),
}
"""What a draft is called in the list, by the route of its form."""

TELLS_APART = ("passage", "stance", "to", "other")
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


def _named(public_id: str) -> QuerySet[Argument]:
    """Keep the argument that an address names, or led to once."""
    named = Argument.objects.named(public_id)
    return Argument.objects.filter(pk=named.pk) if named is not None else Argument.objects.none()


OF_ARGUMENTS: Mapping[str, Callable[[Any], QuerySet[Argument]]] = {
    "argument_id": _named,
    "suggestion_id": lambda key: Argument.objects.filter(suggestions__in=Suggestion.objects.filter(pk=key)),
    "citation_id": lambda key: Argument.objects.filter(citations__in=Citation.objects.filter(pk=key)),
    "link_id": lambda key: Argument.objects.filter(links__in=Link.objects.filter(pk=key)),
    "delta_id": lambda key: Argument.objects.filter(deltas__in=Delta.objects.filter(pk=key)),
    "rearrangement_id": lambda key: Argument.objects.filter(
        pk__in=Rearrangement.objects.filter(pk=key).values("argument")
    ),
}
"""How the names in an address lead to the argument that a form is about. Any: strings and numbers."""

OF_SOURCES: Mapping[str, Callable[[Any], QuerySet[Source]]] = {
    "source_id": lambda name: Source.objects.filter(public_id=name),
    "merge_id": lambda key: Source.objects.filter(pk__in=SourceMerge.objects.filter(pk=key).values("kept")),
}
"""The same for sources."""


def about(place: Place) -> About:
    """Return what the form at a place is about."""
    for name, key in place.names.items():
        if name in OF_ARGUMENTS:
            row = OF_ARGUMENTS[name](key).values_list("pk", "debate_id").first()
            return About(argument_id=row[0], debate_id=row[1]) if row is not None else About()
        if name in OF_SOURCES:
            return About(source_id=OF_SOURCES[name](key).values_list("pk", flat=True).first())
    if "slug" in place.names and not of_a_voice(place):
        slug = place.names["slug"]
        return About(debate_id=Debate.objects.filter(slug=slug).values_list("pk", flat=True).first())
    return About()


def of_a_voice(place: Place) -> bool:
    """Say whether the form is about a voice: a name, which anybody may read."""
    return place.route == "claim_voice"


def of_a_name(place: Place) -> bool:
    """Say whether the form is about a member or a topic, whose name its writer has typed or seen, or a list of their own."""
    return place.route in ("report_member", "report_tag", "edit_list")
