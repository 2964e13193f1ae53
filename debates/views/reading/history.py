"""What became of an argument: each version as a difference to the one before it, and any two side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from debates.difference import Piece, difference
from debates.models import Argument, Revision, Source
from debates.models.argument import Attacks, Stance
from debates.models.authorship import shown_editor
from debates.models.source import locator_words
from debates.models.tag import VOCABULARY
from debates.models.visibility import Viewer
from debates.views.asking.fetching import fetch
from debates.views.parts.card import debate_named
from debates.views.parts.suggestions import SuggestionView, credits_of

A_PAGE = 10
"""Versions; each may take a tenth of a second to be told from the one before it, where somebody wrote to that end."""
FEW_STEPS = 20_000
"""Enough for a quotation; there may be ten in each version."""


@dataclass(frozen=True)
class Change:
    """One thing that was changed, in words, with the words themselves where they are a text."""

    words: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Cite:
    """A citation as a version holds it."""

    work: int
    """The source that stands for the work now: a merge is no change of what is cited."""
    short: str
    locator: str
    quotation: str
    purpose: str


@dataclass
class Version:
    """One state of an argument in a reader's words, and what was changed in it since another."""

    number: int
    made: datetime
    by: str
    note: str
    claim: str
    elaboration: str
    side: str
    tags: list[str]
    citations: list[Cite]
    credit: SuggestionView | None = None
    """The suggestion that its words come from."""
    changes: list[Change] | None = None
    """None where there is nothing before it to compare with."""


def history(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show the versions of an argument, the newest first; `?from=2&to=5` tells any two apart."""
    shown = fetch(request, argument_id)
    made = dict(shown.revisions.order_by("number").values_list("number", "created_at"))
    page = Paginator(sorted(made, reverse=True), A_PAGE).get_page(request.GET.get("page"))
    wanted = {*page, *_before(made, page)}
    asked, fault = _asked(request, made)
    versions = _versions(shown.revisions.filter(number__in=wanted | set(asked)), shown, request.user)
    listed = [versions[number] for number in page]
    given = credits_of(shown, request.user)
    for version in listed:
        version.credit = given.get(version.number)
        for before in _before(made, [version.number]):
            version.changes = list(_changes(versions[before], version))
    return render(
        request,
        "debates/history.html",
        {
            "argument": shown,
            "debate": debate_named(shown.debate, request.user),
            "page": page,
            "versions": listed,
            "made": made.items(),
            "from": asked[0] if asked else min(made, default=0),
            "to": asked[1] if asked else max(made, default=0),
            "compared": list(_changes(versions[asked[0]], versions[asked[1]])) if asked else None,
            "fault": fault,
        },
    )


def _before(made: Iterable[int], numbers: Iterable[int]) -> list[int]:
    """Return the version before the earliest of some, if there is one."""
    first = min(numbers, default=0)
    return sorted(number for number in made if number < first)[-1:]


def _asked(request: HttpRequest, made: dict[int, datetime]) -> tuple[tuple[int, ...], str]:
    """Return the two versions that were asked for, the older first, or none and what is wrong with the question."""
    typed = [request.GET.get(name, "") for name in ("from", "to")]
    if not any(typed):
        return (), ""
    numbers = [int(one) if one.isdecimal() and len(one) < 10 else 0 for one in typed]
    if any(number not in made for number in numbers):
        return (), _("There is no such version; choose two of those below.")
    if numbers[0] == numbers[1]:
        return (), _("These are the same version; choose two.")
    return tuple(sorted(numbers)), ""


def _versions(revisions: Iterable[Revision], argument: Argument, viewer: Viewer) -> dict[int, Version]:
    """Return revisions in a reader's words, by number; sources that the viewer may not read are left out."""
    rows = list(revisions)
    cited = {cite["source"] for row in rows for cite in row.citations}
    works = _works(Source.objects.names_read_by(viewer, cited)) if cited else {}
    return {
        row.number: Version(
            row.number,
            row.created_at,
            shown_editor(row, argument, viewer),
            row.note,
            row.claim,
            row.elaboration,
            _side(row),
            [str(VOCABULARY[tag][0]) if tag in VOCABULARY else tag for tag in row.tags],
            [
                Cite(
                    works[cite["source"]],
                    cite["short"],
                    locator_words(*cite["locator"].partition(" ")[::2]),
                    cite.get("quotation", ""),
                    cite.get("purpose", ""),
                )
                for cite in row.citations
                if cite["source"] in works
            ],
        )
        for row in rows
    }


def _works(names: set[str]) -> dict[str, int]:
    """Return for the public ids of sources the keys of those that stand for them now."""
    keys = dict(Source.objects.filter(public_id__in=names).values_list("public_id", "pk"))
    standing = Source.objects.standing_of(keys.values())
    return {name: standing[key] for name, key in keys.items()}


def _side(row: Revision) -> str:
    """Return the side that a version takes, as it stands after “Now”; nothing for a thesis or a note."""
    if row.stance == Stance.PRO:
        return _("for the claim above")
    if row.stance == Stance.CON:
        if row.attacks == Attacks.BEARING:
            return _("against the claim above: true or not, it does not matter here")
        return _("against the claim above: it is not true")
    return ""


def _changes(before: Version, after: Version) -> Iterator[Change]:
    """Yield what was changed from one version to another."""
    if before.claim != after.claim:
        yield Change(_("The claim"), difference(before.claim, after.claim))
    if before.elaboration != after.elaboration:
        yield Change(_("Why"), difference(before.elaboration, after.elaboration))
    if before.side != after.side:
        side = after.side or _("neither for nor against")
        yield Change(_("Now %(side)s.") % {"side": side})
    for tag in before.tags:
        if tag not in after.tags:
            yield Change(_("Took away the tag “%(tag)s”.") % {"tag": tag})
    for tag in after.tags:
        if tag not in before.tags:
            yield Change(_("Added the tag “%(tag)s”.") % {"tag": tag})
    yield from _cited_otherwise(before.citations, after.citations)


def _cited_otherwise(before: Sequence[Cite], after: Sequence[Cite]) -> Iterator[Change]:
    """Yield what was changed in the citations; of several of one source, the first that is left is compared with the first."""
    left = [cite for cite in before if cite not in after]
    came = [cite for cite in after if cite not in before]
    same = bool(before) and not left and not came
    for cite in came:
        old = next((one for one in left if one.work == cite.work), None)
        if old is None:
            yield Change(_("Cited %(source)s.") % {"source": _placed(cite)})
            continue
        left.remove(old)
        yield from _cited_anew(old, cite)
    for cite in left:
        yield Change(_("No longer cited %(source)s.") % {"source": _placed(cite)})
    if same and before != after:
        yield Change(_("Put the sources in another order."))


def _cited_anew(before: Cite, after: Cite) -> Iterator[Change]:
    """Yield what was changed in the citation of one source."""
    if before.locator != after.locator:
        words = _("Cited %(after)s instead of %(before)s.")
        yield Change(words % {"after": _placed(after), "before": _placed(before)})
    if before.quotation != after.quotation:
        pieces = difference(before.quotation, after.quotation, FEW_STEPS)
        yield Change(_("What is quoted from %(source)s") % {"source": after.short}, pieces)
    if before.purpose != after.purpose:
        pieces = difference(before.purpose, after.purpose, FEW_STEPS)
        yield Change(_("What %(source)s is cited for") % {"source": after.short}, pieces)


def _placed(cite: Cite) -> str:
    """Return a citation as a reader names it: Marsh 1999, p. 12."""
    return f"{cite.short}, {cite.locator}" if cite.locator else cite.short
