"""The map of the site (sitemaps.org): an index, and files of the pages that search engines may list.

Django's own sitemaps page by offset and give one date to all files of a section. Here a file holds a range of keys: a
page stays in its file for good, each file has its own date, and a crawler fetches again only what changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import rfc3339_date
from django.views.decorators.http import require_safe

from debates.models import Argument, Citation, Debate, Source, Tag
from debates.models.visibility import listed
from debates.views.machines.answering import answered
from debates.views.machines.canonical import canonical
from debates.views.machines.indexing import indexable
from debates.views.machines.xml_text import XmlWriter

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
A_FILE = 5_000
"""Keys a file spans; the format allows 50,000 addresses and 50 MB."""
LAST_FILE = 10**9
PAGES = ("home", "today", "tags", "sources", "method")
"""The pages that are about the whole site, by their routes."""


@dataclass(frozen=True)
class Section:
    """One kind of page: its rows that may be listed, each with when its page changed last, as `changed`; its address."""

    rows: QuerySet[Any]
    """Any: rows of four models."""
    route: str
    names: str
    """The column that stands in the address."""


def sections() -> dict[str, Section]:
    """Return the sections of the map by the word in the addresses of their files."""
    return {
        "debates": Section(_debates(), "debate", "slug"),
        "arguments": Section(_arguments(), "argument", "public_id"),
        "sources": Section(_sources(), "source", "public_id"),
        "tags": Section(_tags(), "tag", "name"),
    }


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answer with the index: the files, each with when anything in it changed last; one statement a section."""
    files: list[tuple[str, datetime | None]] = [(_file(request, "pages", 0), None)]
    for name, section in sections().items():
        parts = (
            section.rows.order_by()
            .annotate(part=F("pk") / A_FILE)
            .values("part")
            .annotate(newest=Max("changed"))
            .order_by("part")
        )
        files += [(_file(request, name, row["part"]), row["newest"]) for row in parts]
    return _answer(request, "sitemapindex", "sitemap", files)


@require_safe
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponseBase:
    """Answer with one file of the map; a file in which nothing stands is not found."""
    if section == "pages" and number == 0:
        return _answer(
            request, "urlset", "url", [(canonical(request, reverse(name)), None) for name in PAGES]
        )
    found = sections().get(section)
    if found is None or number > LAST_FILE:
        raise Http404
    rows = found.rows.filter(pk__gte=number * A_FILE, pk__lt=(number + 1) * A_FILE).order_by("pk")
    addresses = [
        (canonical(request, reverse(found.route, args=[name])), changed)
        for name, changed in rows.values_list(found.names, "changed")
    ]
    if not addresses:
        raise Http404
    return _answer(request, "urlset", "url", addresses)


def _file(request: HttpRequest, section: str, number: int) -> str:
    # At the root: a map may only hold addresses at or below its own.
    return canonical(request, reverse("sitemap_part", args=[section, number]))


def _answer(
    request: HttpRequest, root: str, element: str, addresses: Iterable[tuple[str, datetime | None]]
) -> HttpResponseBase:
    written = StringIO()
    writer = XmlWriter(written, "utf-8")
    writer.startDocument()
    writer.startElement(root, {"xmlns": SCHEMA})
    for address, changed in addresses:
        writer.startElement(element, {})
        writer.addQuickElement("loc", address)
        if changed is not None:
            writer.addQuickElement("lastmod", rfc3339_date(changed))
        writer.endElement(element)
    writer.endElement(root)
    response = answered(request, written.getvalue(), "application/xml")
    response["X-Robots-Tag"] = "noindex"  # the map is read, not listed
    return response


def _debates() -> QuerySet[Debate]:
    return Debate.objects.filter(indexable(Debate)).annotate(
        changed=_newest("created_at", _last_text(Argument.objects.filter(debate=OuterRef("pk"))))
    )


def _arguments() -> QuerySet[Argument]:
    answers = Argument.objects.filter(parent=OuterRef("pk"))
    return Argument.objects.filter(indexable(Argument)).annotate(
        changed=_newest("created_at", Coalesce("edited_at", "created_at"), _last_text(answers))
    )


def _sources() -> QuerySet[Source]:
    citing = Argument.objects.filter(
        pk__in=Citation.objects.filter(source=OuterRef(OuterRef("pk"))).values("argument")
    )
    return Source.objects.filter(indexable(Source)).annotate(
        changed=_newest("created_at", Coalesce("edited_at", "created_at"), _last_text(citing))
    )


def _tags() -> QuerySet[Tag]:
    carried = Argument.objects.filter(argument_tags__tag=OuterRef("pk"))
    debates = Debate.objects.filter(listed(), debate_tags__tag=OuterRef("pk")).order_by("-created_at")
    opened = Subquery(debates.values("created_at")[:1])
    rows: QuerySet[Tag] = Tag.objects.filter(indexable(Tag)).annotate(
        changed=Greatest(Coalesce(_last_text(carried), opened), Coalesce(opened, _last_text(carried)))
    )
    return rows


def _newest(column: str, *others: Any) -> Greatest:
    """Return the newest of some times, of which only the first is never empty. Any: expressions."""
    # SQLite makes nothing of what holds a NULL, so none is let in.
    return Greatest(column, *(Coalesce(one, column) for one in others), output_field=DateTimeField())


def _last_text(arguments: QuerySet[Argument]) -> Subquery:
    """Return when the newest of some arguments, as far as they are listed, was posted or edited."""
    stamped = arguments.filter(listed("", "debate")).annotate(stamp=Coalesce("edited_at", "created_at"))
    return Subquery(stamped.order_by("-stamp").values("stamp")[:1])
