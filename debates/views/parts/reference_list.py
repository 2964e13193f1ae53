"""What a page cites, as a list of references in the style that its reader chose, and what can be taken along."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from debates.bibliography.coins import coins
from debates.bibliography.highwire import highwire
from debates.bibliography.styles import STYLES, plain_reference
from debates.formats.references.bibtex_writing import write_bibtex
from debates.models import Argument, Citation, Source
from debates.models.visibility import Viewer, listed, seen_by

DEFAULT_STYLE = "chicago-author-date"
NUMBERED = {"vancouver"}
"""Styles that number their references in the order in which they are cited; all others sort them."""
KEPT_STYLE = "reference_style"
"""The session's name for the style that a member keeps."""
ENDINGS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""The last part of an export's address, and what the format is called."""


@dataclass(frozen=True)
class Line:
    """One reference as it is read."""

    anchor: str
    url: str
    html: SafeString
    number: int = 0
    coins: str = ""
    bibtex: str = ""


@dataclass(frozen=True)
class Choice:
    """Something to choose: its word and where it leads."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class ReferenceList:
    """What `templates/debates/references.html` draws."""

    lines: list[Line]
    style: str
    styles: list[Choice]
    exports: list[Choice]
    numbered: bool = False
    asked: bool = False
    """Whether the style was just chosen: the list is then open."""
    may_keep: bool = False
    back: str = ""
    """Where keeping the style leads back to."""
    tags: list[tuple[str, str]] | None = None
    """Of a page that is about one work: its Highwire tags."""


def style_of(request: HttpRequest) -> str:
    """Return the style of a page's references: what the address asks for, what the member keeps, or Chicago's."""
    asked = request.GET.get("style", "")
    if asked in STYLES:
        return asked
    # A visitor has no session, and looking for one would not find a style either.
    kept = request.session.get(KEPT_STYLE) if request.user.is_authenticated else None
    return kept if kept in STYLES else DEFAULT_STYLE


def cited_by(arguments: QuerySet[Argument]) -> list[Source]:
    """Return what the listed arguments among these cite, each work once, by author and title."""
    citations = Citation.objects.filter(
        listed("argument__", "debate"), argument__in=arguments.order_by().values("pk")
    )
    # What a listed argument cites is in use, so its own state decides whether it stands in lists.
    return in_order(Source.objects.filter(listed(), pk__in=citations.values("source")))


def cites(arguments: QuerySet[Argument]) -> Exists:
    """Return whether the listed arguments among these cite anything that stands in lists, to be asked along with rows."""
    return Exists(
        Citation.objects.filter(
            listed("argument__", "debate"),
            listed("source__"),
            argument__in=arguments.order_by().values("pk"),
        )
    )


def cited_in(argument: Argument, viewer: Viewer) -> dict[Source, int]:
    """Return what one argument, which the viewer may read, cites: each work once, with the number of its first mark."""
    citations = (
        Citation.objects.filter(seen_by(viewer, "source__added_by", of="source"), argument=argument)
        .select_related("source")
        .order_by("position", "pk")
    )
    marks: dict[Source, int] = {}
    for citation in citations:
        marks.setdefault(citation.source, citation.position)
    return marks


def in_order(sources: Iterable[Source]) -> list[Source]:
    """Sort as a list of references is: by authors, year and title; a work without an author by its title."""
    return sorted(sources, key=_place)


def _place(source: Source) -> tuple[list[str], int, str, int]:
    record = source.record
    names = [_sorted_as(name.inverted()) for name in record.authors]
    title = _sorted_as(record.title)
    return names or [title], record.year or 0, title, source.pk


def _sorted_as(words: str) -> str:
    """Return words as they are sorted: Žižek among the Z, without its accents and letter case."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def references_in(
    request: HttpRequest,
    sources: Iterable[Source],
    exports: list[Choice],
    marks: Mapping[Source, int] | None = None,
) -> ReferenceList | None:
    """Return the list of references that a page shows, None where it cites nothing.

    `marks` gives each work the number of its mark, which a numbered style then takes over.
    """
    style = style_of(request)
    numbered = style in NUMBERED
    found = sorted(marks, key=marks.__getitem__) if marks and numbered else list(sources)
    if not found:
        return None
    kept = request.session.get(KEPT_STYLE, DEFAULT_STYLE) if request.user.is_authenticated else style
    query = request.GET.copy()
    query.pop("style", None)
    return ReferenceList(
        lines=[_line(source, style, (marks or {}).get(source, 0)) for source in found],
        style=style,
        styles=[_choice(request, key, style) for key in STYLES],
        exports=exports,
        numbered=numbered,
        asked="style" in request.GET,
        may_keep=style != kept,
        back=f"{request.path}{f'?{query.urlencode()}' if query else ''}#references",
    )


def with_bibtex(references: ReferenceList | None, sources: Iterable[Source]) -> ReferenceList | None:
    """Add each work's BibTeX, to be copied: on pages with few references, for every one costs."""
    if references is None:
        return None
    entries = {anchor_of(source): write_bibtex([source.data]) for source in sources}
    lines = [replace(line, bibtex=entries[line.anchor]) for line in references.lines]
    return replace(references, lines=lines)


def reference_of(request: HttpRequest, source: Source) -> ReferenceList | None:
    """Return what a source's own page shows of its reference: one line, its BibTeX, COinS and Highwire tags."""
    exports = exports_of("source_references", source.public_id)
    references = with_bibtex(references_in(request, [source], exports), [source])
    if references is None:
        return None
    record = source.record
    # Zotero takes COinS (its priority 310) before Highwire tags (320), and does well: they say what kind of work it is,
    # where Highwire makes an article of a book without an ISBN. Search engines read the tags.
    lines = [replace(line, coins=coins(record), url="") for line in references.lines]
    return replace(references, lines=lines, tags=highwire(record))


def exports_where_cited(rows: Iterable[Any], route: str, *names: str) -> list[Choice]:
    """Return the addresses for a page of arguments, none where nothing is cited. Any: rows that came with `cites`."""
    return exports_of(route, *names) if any(row.cites for row in rows) else []


def exports_of(route: str, *names: str) -> list[Choice]:
    """Return the addresses at which a page's references can be had, one a format."""
    return [Choice(_(label), reverse(route, args=[*names, ending])) for ending, label in ENDINGS.items()]


def anchor_of(source: Source) -> str:
    """Return the id that a reference has on its page."""
    return f"reference-{source.public_id}"


def _line(source: Source, style: str, number: int) -> Line:
    # Both are made by `debates.bibliography.styles` alone, which escapes every word of a record and lets through the few
    # elements that a reference has; what was stored comes from nowhere else, and no form reaches it.
    html = source.formatted.get(style) or plain_reference(source.data)
    followed = html.replace("<a href=", '<a rel="nofollow ugc noopener" href=')
    return Line(anchor_of(source), source.get_absolute_url(), mark_safe(followed), number)  # noqa: S308


def _choice(request: HttpRequest, key: str, style: str) -> Choice:
    query = request.GET.copy()
    query["style"] = key
    return Choice(_(STYLES[key].words), f"?{query.urlencode()}#references", key == style)
