"""Say under a thesis when most of what is cited there rests on few works, or on one web site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from debates.bibliography.dependence import Dependence, Rests, dependence, site_of
from debates.models import Argument, Citation, Source, State

PAGES = ("webpage", "post", "post-weblog")


@dataclass(frozen=True)
class WorkLink:
    """A work by its short name, with its address."""

    name: str
    url: str


@dataclass(frozen=True)
class RestsView:
    """The sentence, and what it ends with: the works, or the site."""

    sentence: str
    works: list[WorkLink] = field(default_factory=list)
    site: str = ""


def rests_of(arguments: Iterable[Argument]) -> RestsView | None:
    """Return what most of the cited points among some arguments rest on, from citations that were fetched with them.

    Counted is what everybody sees, so that the sentence is the same for everyone. Notes make no point.
    """
    cites = list(_cites(arguments))
    found = dependence((one.argument_id, one.source_id, site_of(one.source.url)) for one in cites)
    if found is None:
        return None
    sources = {one.source_id: one.source for one in cites}
    works = [sources[pk] for pk in found.works]
    return RestsView(
        _sentence(found, works) % {"count": found.count, "all": found.cited},
        [WorkLink(str(source), source.get_absolute_url()) for source in works],
        found.site,
    )


def _cites(arguments: Iterable[Argument]) -> Iterator[Citation]:
    for argument in arguments:
        if argument.is_published and argument.kind in (Argument.Kind.THESIS, Argument.Kind.ARGUMENT):
            yield from (one for one in argument.citations.all() if one.source.state == State.PUBLISHED)


def _sentence(found: Dependence[int], works: list[Source]) -> str:
    if found.rests == Rests.SITE:
        return _("%(count)d of %(all)d cited points rest on one web site:")
    if found.rests == Rests.WORKS:
        return _("%(count)d of %(all)d cited points rest on two works:")
    kind = works[0].data.get("type")
    if kind == "book":
        return _("%(count)d of %(all)d cited points rest on one book:")
    return (
        _("%(count)d of %(all)d cited points rest on one web page:")
        if kind in PAGES
        else _("%(count)d of %(all)d cited points rest on one work:")
    )
