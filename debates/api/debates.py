"""Read debates: all that are listed, and one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from debates.api import shapes, shapes_around
from debates.api.addresses import api_url, argument_url, debate_url, page_url
from debates.api.answers import elsewhere
from debates.api.argument_rows import source_name, standing
from debates.api.paging import Order, link_next, page_of
from debates.api.parameters import Tagged
from debates.api.tags import tags_named
from debates.models import Argument, Debate, DebateTag, Source
from debates.models.argument import Stance
from debates.models.visibility import listed
from debates.permissions import Refused

router = Router(tags=["debates"])
NEWEST = Order("debates", ("-created_at", "pk"))


@router.get(
    "/debates",
    response={200: shapes_around.Debates},
    operation_id="debates",
    summary=gettext_noop("All debates"),
    description=gettext_noop("The debates, those opened last first, with theses, topics and counts."),
)
def debates(request: HttpRequest, response: HttpResponse, asked: Query[Tagged]) -> shapes_around.Debates:
    """List the debates."""
    rows = _with_rows(Debate.objects.listed())
    if asked.tag is not None:
        rows = rows.filter(
            pk__in=DebateTag.objects.filter(tag__in=tags_named(asked.tag)).values("content_object")
        )
    found, cursor = page_of(rows, NEWEST, asked.cursor, asked.limit)
    counted = _counted(found)
    return shapes_around.Debates(
        items=[shapes_around.Debate.model_validate(_fields(request, one, counted[one.pk])) for one in found],
        next=link_next(request, response, cursor),
    )


@router.get(
    "/debates/{slug}",
    response={200: shapes_around.WholeDebate, 307: None, 404: shapes.Problem},
    operation_id="debate",
    summary=gettext_noop("One debate"),
    description=gettext_noop(
        "A debate with the debates that answer it. An address that it had once leads to its own."
    ),
)
def debate(request: HttpRequest, slug: str) -> shapes_around.WholeDebate | HttpResponse:
    """Show one debate."""
    found = debate_at(request, slug, "debate")
    if isinstance(found, HttpResponse):
        return found
    shown = _with_rows(Debate.objects.filter(pk=found.pk)).get()
    related = shown.related.filter(listed("other__")).select_related("other").order_by("pk")
    return shapes_around.WholeDebate.model_validate(
        {
            **_fields(request, shown, _counted([shown])[shown.pk]),
            "related": [
                shapes_around.Related(
                    slug=one.other.slug,
                    url=debate_url(request, one.other.slug),
                    question=one.other.question,
                    how=one.how,
                )
                for one in related
            ],
        }
    )


def debate_at(request: HttpRequest, slug: str, operation: str) -> Debate | HttpResponse:
    """Return the debate of an address, or the way to its address of now; refuse what is not listed."""
    found = Debate.objects.listed().filter(slug=slug).first()
    if found is not None:
        return found
    moved = Debate.objects.listed().filter(old_addresses__slug=slug).first()
    if moved is None:
        raise Refused(_("There is no such debate, or it is no longer shown."), "slug", 404)
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return elsewhere(api_url(request, operation, moved.slug) + asked)


@dataclass
class Counted:
    """What is counted of one debate."""

    sides: dict[str, int] = field(default_factory=dict)
    latest: datetime | None = None


def _with_rows(rows: QuerySet[Debate]) -> QuerySet[Debate]:
    theses = Argument.objects.filter(listed(), kind=Argument.Kind.THESIS).select_related("standing")
    return rows.prefetch_related(
        Prefetch("article", queryset=Source.objects.listed().defer("formatted")),  # None where it is hidden
        Prefetch("debate_tags", queryset=DebateTag.objects.select_related("tag").order_by("tag__name")),
        Prefetch(
            "arguments",
            queryset=theses.order_by("path").defer("elaboration", "elaboration_html"),
            to_attr="shown_theses",
        ),
    )


def _counted(rows: Sequence[Debate]) -> dict[int, Counted]:
    """Count the arguments of a page of debates, in one statement."""
    found = {row.pk: Counted() for row in rows}
    counts = (
        Argument.objects.filter(listed(), debate__in=list(found))
        .order_by()
        .values_list("debate_id", "stance")
        .annotate(count=Count("pk"), latest=Max("created_at"))
    )
    for key, stance, count, latest in counts:
        counted = found[key]
        counted.sides[stance] = count
        counted.latest = max(counted.latest or latest, latest)
    return found


def _fields(request: HttpRequest, row: Any, counted: Counted) -> dict[str, Any]:
    """Return what is told of a debate. Any: a debate that came through `_with_rows`; the fields of the shape."""
    return {
        "slug": row.slug,
        "url": debate_url(request, row.slug),
        "page": page_url(request, row),
        "arguments": api_url(request, "debate_arguments", row.slug),
        "question": row.question,
        "summary": row.summary,
        "theses": [
            shapes_around.Thesis(
                id=one.public_id,
                url=argument_url(request, one.public_id),
                claim=one.claim,
                standing=standing(one),
            )
            for one in row.shown_theses
        ],
        "tags": [one.tag.name for one in row.debate_tags.all()],
        "counts": shapes_around.Counts(
            arguments=sum(counted.sides.values()),
            pro=counted.sides.get(Stance.PRO, 0),
            con=counted.sides.get(Stance.CON, 0),
        ),
        "article": source_name(request, row.article) if row.article is not None else None,
        "opened": row.created_at,
        "latest": counted.latest,
        "locked": row.locked_at is not None,
        "anonymous": row.anonymous,
    }
