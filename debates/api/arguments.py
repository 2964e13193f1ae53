"""Read arguments: those of a debate in the order of its tree, one alone, those that a search finds."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from debates.api import shapes
from debates.api.addresses import argument_url
from debates.api.answers import elsewhere
from debates.api.argument_rows import arguments_of, in_order, whole_argument, with_rows
from debates.api.debates import debate_at
from debates.api.paging import Order, link_next, page_of, span_of
from debates.api.parameters import Asked, InTree
from debates.api.tags import tags_named
from debates.forms.sentences import sentence
from debates.models import Argument, ArgumentTag, Debate
from debates.models.argument import ArgumentQuerySet
from debates.permissions import Refused
from debates.query import parse
from debates.search.matching import hits_of

router = Router(tags=["arguments"])
TREE = Order("tree", ("path",))


@router.get(
    "/debates/{slug}/arguments",
    response={200: shapes.Arguments, 307: None, 404: shapes.Problem},
    operation_id="debate_arguments",
    summary=gettext_noop("The arguments of a debate"),
    description=gettext_noop(
        "All that is shown in a debate, or below one argument, as a flat list in the order of the tree: every argument "
        "comes after the one that it stands under, and “parent” says which that is."
    ),
)
def debate_arguments(
    request: HttpRequest, response: HttpResponse, slug: str, asked: Query[InTree]
) -> shapes.Arguments | HttpResponse:
    """List the arguments of a debate."""
    debate = debate_at(request, slug, "debate_arguments")
    if isinstance(debate, HttpResponse):
        return debate
    rows, cursor = page_of(with_rows(_asked_for(debate, asked)), TREE, asked.cursor, asked.limit)
    return shapes.Arguments(items=arguments_of(request, rows), next=link_next(request, response, cursor))


@router.get(
    "/arguments/{argument_id}",
    response={200: shapes.WholeArgument, 307: None, 404: shapes.Problem},
    operation_id="argument",
    summary=gettext_noop("One argument"),
    description=gettext_noop(
        "A claim with its elaboration, sources, standing and place. One that was merged into another leads there."
    ),
)
def argument(request: HttpRequest, argument_id: str) -> shapes.WholeArgument | HttpResponse:
    """Show one argument."""
    shown = with_rows(Argument.objects.listed())
    found = shown.filter(public_id=argument_id).first()
    if found is not None:
        return whole_argument(request, found)
    led = Argument.objects.named(argument_id)
    if (
        led is None
        or led.public_id == argument_id
        or not Argument.objects.listed().filter(pk=led.pk).exists()
    ):
        raise Refused(_("There is no such argument, or it is no longer shown."), "argument_id", 404)
    return elsewhere(argument_url(request, led.public_id))


@router.get(
    "/search",
    response={200: shapes.Found},
    operation_id="search",
    summary=gettext_noop("Search the arguments"),
    description=gettext_noop(
        "The arguments that the search of the site finds, with the same operators, the best first; at most a thousand."
    ),
)
def search(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> shapes.Found:
    """Search the arguments."""
    query = parse(asked.q)
    keys, cursor = span_of(hits_of(query).keys, "search", asked.cursor, asked.limit)
    rows = in_order(with_rows(Argument.objects.listed().filter(pk__in=keys)), keys)
    return shapes.Found(
        items=arguments_of(request, rows),
        next=link_next(request, response, cursor),
        problems=[sentence(one) for one in query.problems],
    )


def _asked_for(debate: Debate, asked: InTree) -> ArgumentQuerySet:
    rows, top = Argument.objects.listed().filter(debate=debate), 0
    if asked.under is not None:
        above = Argument.objects.named(asked.under)
        if above is None or above.debate_id != debate.pk or not rows.filter(pk=above.pk).exists():
            raise Refused(_("“under” names no argument that is shown in this debate."), "under", 404)
        rows, top = rows.subtree_of(above).exclude(pk=above.pk), above.depth
    if asked.depth is not None:
        rows = rows.filter(depth__lte=top + asked.depth)
    if asked.stance is not None:
        rows = rows.filter(stance=asked.stance)
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.tag is not None:
        rows = rows.filter(
            pk__in=ArgumentTag.objects.filter(tag__in=tags_named(asked.tag)).values("content_object")
        )
    if asked.since is not None:
        rows = rows.filter(Q(created_at__gte=asked.since) | Q(edited_at__gte=asked.since))
    return rows
