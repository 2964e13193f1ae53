"""Read tags: topics with their synonyms, and the vocabulary of what a rebuttal finds wrong."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from debates.api import shapes, shapes_around
from debates.api.addresses import api_url
from debates.api.answers import elsewhere
from debates.api.paging import Order, link_next, page_of
from debates.api.parameters import InTags
from debates.models import ArgumentTag, DebateTag, Tag, TagSynonym
from debates.models.visibility import listed
from debates.permissions import Refused

router = Router(tags=["tags"])
BY_NAME = Order("tags", ("name",))


@router.get(
    "/tags",
    response={200: shapes_around.Tags},
    operation_id="tags",
    summary=gettext_noop("All tags"),
    description=gettext_noop(
        "The topics that something carries which is shown, and the vocabulary of what a rebuttal finds wrong, by name."
    ),
)
def tags(request: HttpRequest, response: HttpResponse, asked: Query[InTags]) -> shapes_around.Tags:
    """List the tags."""
    rows = shown_tags() if asked.kind is None else shown_tags().filter(kind=asked.kind)
    found, cursor = page_of(rows.prefetch_related("synonyms"), BY_NAME, asked.cursor, asked.limit)
    return shapes_around.Tags(items=_tags_of(request, found), next=link_next(request, response, cursor))


@router.get(
    "/tags/{name}",
    response={200: shapes_around.Tag, 307: None, 404: shapes.Problem},
    operation_id="tag",
    summary=gettext_noop("One tag"),
    description=gettext_noop(
        "A tag with its counts; letter case does not matter, and a synonym leads to its topic."
    ),
)
def tag(request: HttpRequest, name: str) -> shapes_around.Tag | HttpResponse:
    """Show one tag."""
    rows = shown_tags().filter(pk__in=tags_named(name)).prefetch_related("synonyms")
    found = rows.order_by("pk").first()
    if found is None:
        raise Refused(_("There is no such tag, or nothing that is shown carries it."), "name", 404)
    if found.name.casefold() != name.casefold():
        return elsewhere(api_url(request, "tag", found.name))
    return _tags_of(request, [found])[0]


def tags_named(name: str) -> QuerySet[Tag]:
    """Return the tag of a name, whatever its letter case, or the one that a synonym leads to."""
    return Tag.objects.filter(
        Q(name__iexact=name) | Q(pk__in=TagSynonym.objects.filter(name__iexact=name).values("tag"))
    )


def shown_tags() -> QuerySet[Tag]:
    """Return the vocabulary, and the topics of what is listed: a topic is somebody's word and goes with the text."""
    on_argument = ArgumentTag.objects.filter(listed("content_object__", "debate"), tag=OuterRef("pk"))
    on_debate = DebateTag.objects.filter(listed("content_object__"), tag=OuterRef("pk"))
    return Tag.objects.filter(Q(kind=Tag.Kind.REBUTTAL) | Exists(on_argument) | Exists(on_debate))


def _tags_of(request: HttpRequest, rows: Sequence[Tag]) -> list[shapes_around.Tag]:
    """Return the answers of a page of tags, whose synonyms are at hand; in two statements."""
    arguments = _counted(ArgumentTag.objects.filter(listed("content_object__", "debate"), tag__in=rows))
    debates = _counted(DebateTag.objects.filter(listed("content_object__"), tag__in=rows))
    return [
        shapes_around.Tag.model_validate(
            {
                "name": one.name,
                "kind": one.kind,
                "sentence": one.sentence or None,
                "url": api_url(request, "tag", one.name),
                "page": request.build_absolute_uri(reverse("tag", args=[one.name])),
                "synonyms": [synonym.name for synonym in one.synonyms.all()],
                "arguments": arguments.get(one.pk, 0),
                "debates": debates.get(one.pk, 0),
            }
        )
        for one in rows
    ]


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    """Count taggings by their tag. Any: the taggings of arguments or of debates."""
    return dict(rows.order_by().values_list("tag_id").annotate(count=Count("pk")))
