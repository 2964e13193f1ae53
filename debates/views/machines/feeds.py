"""The feeds: what is new on the site, in a debate, below an argument, under a tag, from a source, by a member, in a search.

They hold what is listed and nothing else, so they are the same for everyone: no view here asks who reads.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.models import Argument, Citation, Debate, Source, Tag
from debates.models.tag import tag_named
from debates.search import search_arguments_newest
from debates.views.finding.search import read_typed
from debates.views.machines import atom, json_feed
from debates.views.machines.answering import answered
from debates.views.machines.feed import Feed, feed_of


class Format(NamedTuple):
    """How a feed is written, and what the answer is called."""

    write: Callable[[Feed], str]
    content_type: str


FORMATS = {
    "atom": Format(atom.write_atom, atom.CONTENT_TYPE),
    "json": Format(json_feed.write_json_feed, json_feed.CONTENT_TYPE),
}
"""The formats by the last part of the address."""


@require_safe
def site_feed(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Tell what is new on the whole site."""
    title = _("%(site)s: new arguments") % {"site": settings.SITE_NAME}
    feed = feed_of(request, Argument.objects.listed(), name="site", title=title, path=reverse("home"))
    return _answer(request, feed, ending)


@require_safe
def debate_feed(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """Tell what is new in a debate."""
    shown = get_object_or_404(Debate.objects.listed(), slug=slug)
    feed = feed_of(
        request,
        Argument.objects.filter(debate=shown).listed(),
        name=f"debates/{first_slug(shown)}",
        title=shown.question,
        path=shown.get_absolute_url(),
        began=shown.created_at,
    )
    return _answer(request, feed, ending)


@require_safe
def argument_feed(request: HttpRequest, argument_id: str, ending: str) -> HttpResponseBase:
    """Tell what is new in a branch: an argument and all below it."""
    standing = Argument.objects.named(argument_id)
    shown = get_object_or_404(Argument.objects.listed(), pk=standing.pk if standing else None)
    if shown.public_id != argument_id:
        return redirect("argument_feed", shown.public_id, ending)  # never for ever: a merge can be undone
    feed = feed_of(
        request,
        Argument.objects.listed().subtree_of(shown),
        name=f"arguments/{shown.public_id}/branch",
        title=_("Answers to: %(claim)s") % {"claim": shown.claim},
        path=shown.get_absolute_url(),
        began=shown.created_at,
    )
    return _answer(request, feed, ending)


@require_safe
def tag_feed(request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
    """Tell what is new under a tag."""
    shown = tag_named(name)
    if shown is None:
        raise Http404
    arguments = Argument.objects.filter(argument_tags__tag=shown).listed()
    if shown.kind == Tag.Kind.TOPIC and not arguments.exists():
        if not Debate.objects.listed().filter(debate_tags__tag=shown).exists():
            raise Http404  # a topic is somebody's word: it goes with the text that carried it
    if shown.name != name:
        return redirect("tag_feed", shown.name, ending)  # another spelling, or a synonym
    feed = feed_of(
        request,
        arguments,
        name=f"tags/{shown.slug}",
        title=_("Arguments tagged “%(tag)s”") % {"tag": shown.label},
        path=reverse("tag", args=[shown.name]),
    )
    return _answer(request, feed, ending)


@require_safe
def source_feed(request: HttpRequest, source_id: str, ending: str) -> HttpResponseBase:
    """Tell what is new that cites a source."""
    standing = Source.objects.named(source_id)
    shown = get_object_or_404(Source.objects.listed(), pk=standing.pk if standing else None)
    if shown.public_id != source_id:
        return redirect("source_feed", shown.public_id, ending)
    citing = Citation.objects.filter(source=shown).values("argument")
    feed = feed_of(
        request,
        Argument.objects.filter(pk__in=citing).listed(),
        name=f"sources/{shown.public_id}",
        title=_("Arguments that cite %(source)s") % {"source": shown},
        path=shown.get_absolute_url(),
        began=shown.created_at,
    )
    return _answer(request, feed, ending)


@require_safe
def member_feed(request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
    """Tell what is new from a member; of their texts only what everyone sees, their own eyes included."""
    shown = get_object_or_404(get_user_model(), username=name, is_active=True)
    feed = feed_of(
        request,
        Argument.objects.filter(author=shown).listed().signed(),
        name=f"members/{shown.get_username()}",
        title=_("Arguments by %(name)s") % {"name": shown.get_username()},
        path=reverse("member", args=[shown.get_username()]),
    )
    return _answer(request, feed, ending)


@require_safe
def search_feed(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Tell what is new that a search finds: `?q=` takes what the page of searches takes."""
    query = read_typed(request)
    feed = feed_of(
        request,
        search_arguments_newest(query),
        name=f"search/{query}",
        title=_("Search: %(query)s") % {"query": query},
        path=reverse("search"),
        query={"q": query} if query else None,
    )
    return _answer(request, feed, ending)


def first_slug(debate: Debate) -> str:
    """Return the address that a debate had first: its feed keeps the name that it made of that."""
    old = debate.old_addresses.order_by("left_at", "pk").values_list("slug", flat=True).first()
    return old or debate.slug


def _answer(request: HttpRequest, feed: Feed, ending: str) -> HttpResponseBase:
    if ending not in FORMATS:
        raise Http404
    form = FORMATS[ending]
    return answered(request, form.write(feed), form.content_type)
