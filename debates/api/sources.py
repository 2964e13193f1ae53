"""Read sources: the library, one work, and who cites it."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from debates.api import shapes, shapes_around
from debates.api.addresses import api_url, page_url, source_url
from debates.api.answers import elsewhere
from debates.api.argument_rows import mention, use_fields
from debates.api.paging import Order, link_next, page_of
from debates.api.parameters import InLibrary, Paged
from debates.bibliography.missing import missing
from debates.models import Citation, Debate, Source
from debates.models.argument import Stance
from debates.models.visibility import NOBODY, listed
from debates.permissions import Refused
from debates.search import find_sources

router = Router(tags=["sources"])
NEWEST = Order("sources", ("-created_at", "pk"))
IN_DEBATES = Order("citations", ("argument__debate_id", "argument__path", "position", "pk"))


@router.get(
    "/sources",
    response={200: shapes_around.Sources},
    operation_id="sources",
    summary=gettext_noop("All sources"),
    description=gettext_noop(
        "The works that are cited or argued about, those added last first, with their records."
    ),
)
def sources(request: HttpRequest, response: HttpResponse, asked: Query[InLibrary]) -> shapes_around.Sources:
    """List the sources."""
    rows: QuerySet[Source] = Source.objects.listed()
    if asked.q is not None:
        rows = rows.filter(pk__in=find_sources(asked.q, NOBODY).order_by().values("pk"))
    found, cursor = page_of(rows.defer("formatted"), NEWEST, asked.cursor, asked.limit)
    return shapes_around.Sources(items=_sources_of(request, found), next=link_next(request, response, cursor))


@router.get(
    "/sources/{source_id}",
    response={200: shapes_around.Source, 307: None, 404: shapes.Problem},
    operation_id="source",
    summary=gettext_noop("One source"),
    description=gettext_noop(
        "A work, as CSL-JSON and with what is known of it. One that was merged leads to what stays."
    ),
)
def source(request: HttpRequest, source_id: str) -> shapes_around.Source | HttpResponse:
    """Show one source."""
    found = _source_at(request, source_id, "source")
    return found if isinstance(found, HttpResponse) else _sources_of(request, [found])[0]


@router.get(
    "/sources/{source_id}/citations",
    response={200: shapes_around.Citings, 307: None, 404: shapes.Problem},
    operation_id="source_citations",
    summary=gettext_noop("Who cites a source"),
    description=gettext_noop(
        "The arguments that cite a work: where in it, what they quote, and what became of looking."
    ),
)
def source_citations(
    request: HttpRequest, response: HttpResponse, source_id: str, asked: Query[Paged]
) -> shapes_around.Citings | HttpResponse:
    """List who cites a source."""
    found = _source_at(request, source_id, "source_citations")
    if isinstance(found, HttpResponse):
        return found
    rows = (
        Citation.objects.filter(listed("argument__", "debate"), source=found)
        .select_related("argument__debate")
        .defer("argument__elaboration", "argument__elaboration_html", "argument__debate__summary")
        .with_balance()
    )
    shown, cursor = page_of(rows, IN_DEBATES, asked.cursor, asked.limit)
    return shapes_around.Citings(
        items=[
            shapes_around.Citing.model_validate(
                {**use_fields(one), "argument": mention(request, one.argument)}
            )
            for one in shown
        ],
        next=link_next(request, response, cursor),
    )


def _source_at(request: HttpRequest, source_id: str, operation: str) -> Source | HttpResponse:
    """Return the source of an address, or the way to the one it was merged into; refuse what is not listed."""
    library = Source.objects.listed()
    found = library.filter(public_id=source_id).defer("formatted").first()
    if found is not None:
        return found
    stands = Source.objects.named(source_id)
    if stands is None or stands.public_id == source_id or not library.filter(pk=stands.pk).exists():
        raise Refused(_("There is no such source, or it is no longer shown."), "source_id", 404)
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return elsewhere(api_url(request, operation, stands.public_id) + asked)


def _sources_of(request: HttpRequest, rows: Sequence[Source]) -> list[shapes_around.Source]:
    """Return the answers of a page of sources, in two statements."""
    cited: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
    sides = (
        Citation.objects.filter(listed("argument__", "debate"), source__in=rows)
        .order_by()
        .values_list("source_id", "argument__stance")
        .annotate(count=Count("argument", distinct=True))
    )
    for key, stance, count in sides:
        cited[key][stance] += count
    grown: dict[int, list[str]] = {}
    articles = Debate.objects.listed().filter(article__in=rows).order_by("pk")
    for key, slug in articles.values_list("article_id", "slug"):
        grown.setdefault(key, []).append(slug)
    return [_source(request, one, cited[one.pk], grown.get(one.pk, [])) for one in rows]


def _source(request: HttpRequest, row: Source, cited: Counter[str], grown: list[str]) -> shapes_around.Source:
    record = row.record
    noticed = row.retraction_nature or row.retraction_doi
    return shapes_around.Source.model_validate(
        {
            "id": row.public_id,
            "url": source_url(request, row.public_id),
            "page": page_url(request, row),
            "citations": api_url(request, "source_citations", row.public_id),
            "short": record.short(),
            "record": {**record.as_csl(), "id": row.public_id},
            "doi": record.doi or None,
            "isbn": record.isbn or None,
            "link": record.link or None,
            "address": {
                "state": row.link_state or None,
                "visited": row.link_checked_at,
                "target": row.link_target or None,
            },
            "retraction": {
                "nature": row.retraction_nature or None,
                "doi": row.retraction_doi or None,
                "on": row.retracted_on,
            }
            if noticed
            else None,
            "missing": [_(words) for words in missing(record)],
            "cited": {
                "arguments": sum(cited.values()),
                "pro": cited[Stance.PRO],
                "con": cited[Stance.CON],
            },
            "article_of": grown,
            "added": row.created_at,
            "edited": row.edited_at,
        }
    )
