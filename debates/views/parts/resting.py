"""Say under a thesis when most of what is cited there rests on few works, or on one web site."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from debates.bibliography.dependence import Dependence, Rests, dependence, site_of
from debates.models import Argument, Citation, Source, State
from debates.models.visibility import listed

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


@dataclass(frozen=True)
class Cite:
    """One use of a source at one place of the tree, as far as counting needs it."""

    path: str
    argument: int
    source: int
    url: str


def rests_of(theses: Sequence[Argument], rows: Iterable[Argument] | None) -> dict[int, RestsView]:
    """Return by theses what most of the cited points below each rest on, where that is little.

    `rows` are all arguments of the debate, fetched with their citations; None where a page holds only some of them, so that
    the rest is asked for: two statements more. Counted is what everybody sees, so that the sentence is the same for
    everyone. Notes make no point.
    """
    if not theses:
        return {}
    known: dict[int, Source] = {}
    cites = list(_cites_among(rows, known) if rows is not None else _cites_in(theses[0].debate_id))
    found: dict[int, Dependence[int]] = {}
    for thesis in theses:
        below = (one for one in cites if one.path.startswith(thesis.path))
        if depends := dependence((one.argument, one.source, site_of(one.url)) for one in below):
            found[thesis.pk] = depends
    if rows is None:
        known = Source.objects.in_bulk([pk for depends in found.values() for pk in depends.works])
    return {pk: _view(depends, [known[work] for work in depends.works]) for pk, depends in found.items()}


def _view(found: Dependence[int], works: list[Source]) -> RestsView:
    return RestsView(
        _sentence(found, works) % {"count": found.count, "all": found.cited},
        [WorkLink(str(source), source.get_absolute_url()) for source in works],
        found.site,
    )


def _cites_among(rows: Iterable[Argument], known: dict[int, Source]) -> Iterator[Cite]:
    """Yield the uses among rows at hand, and put their sources down."""
    for argument in rows:
        if argument.is_published and argument.kind in (Argument.Kind.THESIS, Argument.Kind.ARGUMENT):
            for one in argument.citations.all():
                if one.source.state == State.PUBLISHED:
                    known[one.source_id] = one.source
                    yield Cite(argument.path, argument.pk, one.source_id, one.source.url)


def _cites_in(debate_id: int) -> Iterator[Cite]:
    kinds = (Argument.Kind.THESIS, Argument.Kind.ARGUMENT)
    rows = Citation.objects.filter(
        listed("argument__"), listed("source__"), argument__debate=debate_id, argument__kind__in=kinds
    )
    for path, argument, source, url in rows.values_list(
        "argument__path", "argument_id", "source_id", "source__url"
    ):
        yield Cite(path, argument, source, url)


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
