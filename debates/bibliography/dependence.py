"""Whether what is said under a thesis rests on few works, or on one web site."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LEAST = 5
"""Cited points below which nothing is said: of three points that cite something, two share a work by chance."""
HALF = (1, 2)
"""The share from which one work, or one site, carries the rest: where it falls, most of what is cited falls with it."""
TWO_THIRDS = (2, 3)
"""The share from which two works do. Two carry half of a small debate almost always, so that half would say nothing."""

LEADS_ON = frozenset({"doi.org", "dx.doi.org", "hdl.handle.net", "n2t.net", "urn.fi", "purl.org"})
"""Hosts that only lead on to where a work is: sharing one says nothing about the works."""
ARCHIVES = frozenset({"web.archive.org"})
"""Hosts that keep copies of other sites, whose address stands within theirs: web.archive.org/web/2020/https://…"""


class Rests(StrEnum):
    """Say on what most of the cited points rest."""

    WORK = "work"
    SITE = "site"
    WORKS = "works"


@dataclass(frozen=True)
class Dependence[S: Hashable]:
    """That `count` of `cited` points rest on nothing but these works, or this site."""

    rests: Rests
    count: int
    cited: int
    works: tuple[S, ...] = ()
    site: str = ""


def dependence[A: Hashable, S: Hashable](cites: Iterable[tuple[A, S, str]]) -> Dependence[S] | None:
    """Return what most of the points that cite something rest on, or None where they stand on enough.

    Takes (argument, source, site) for each citation. Counted are arguments, each once, however often it cites a work.
    One rests on a work when it cites nothing else: what cites another work as well would stand without the first.
    In the same way one rests on a site when all that it cites is there; a work without a site is nowhere.
    """
    works: dict[A, set[S]] = {}
    sites: dict[A, set[str]] = {}
    for argument, source, site in cites:
        works.setdefault(argument, set()).add(source)
        sites.setdefault(argument, set()).add(site)
    cited = len(works)
    if cited < LEAST:
        return None
    alone = Counter(next(iter(found)) for found in works.values() if len(found) == 1)
    first = _most(alone)
    if first is not None and _reaches(alone[first], cited, HALF):
        return Dependence(Rests.WORK, alone[first], cited, works=(first,))
    at = Counter(next(iter(found)) for found in sites.values() if len(found) == 1 and "" not in found)
    busiest = _most(at)
    if busiest is not None and _reaches(at[busiest], cited, HALF):
        return Dependence(Rests.SITE, at[busiest], cited, site=busiest)
    both = Counter(frozenset(found) for found in works.values() if len(found) == 2)
    pair, count = _best_pair(alone, both)
    if pair and _reaches(count, cited, TWO_THIRDS):
        return Dependence(Rests.WORKS, count, cited, works=pair)
    return None


def site_of(address: str) -> str:
    """Return the web site of an address: its host without `www.`; empty for none, and for one that only leads on."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:  # a bracket that is not closed, as urllib says it
        return ""
    if parts.scheme not in ("http", "https") or host in LEADS_ON:
        return ""
    if host in ARCHIVES:
        _archive, mark, inner = address.partition("/http")
        return site_of(f"http{inner}") if mark else ""
    return host


def _reaches(count: int, cited: int, share: tuple[int, int]) -> bool:
    """Say whether a count is at least a share of all, in whole numbers."""
    return count * share[1] >= cited * share[0]


def _most[T: Hashable](counted: Counter[T]) -> T | None:
    """Return what was counted most often; of two alike the one that came first."""
    return counted.most_common(1)[0][0] if counted else None


def _best_pair[S: Hashable](alone: Counter[S], both: Counter[frozenset[S]]) -> tuple[tuple[S, ...], int]:
    """Return the two works that carry the most points between them, the heavier first, and how many.

    Two works that nothing cites together carry what each carries alone, so of those only the two heaviest matter.
    """
    heaviest = [work for work, _count in alone.most_common(2)]
    best = tuple(heaviest), sum(alone[work] for work in heaviest)
    for pair, together in both.items():
        count = together + sum(alone[work] for work in pair)
        if count > best[1]:
            best = tuple(sorted(pair, key=lambda work: -alone[work])), count
    return best
