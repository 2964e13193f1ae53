"""The arguments that a search found, as its page shows them: in their place, with the words marked and their answers counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.db.models import Count, Prefetch, Q
from django.utils.html import strip_tags

from debates.models import Argument, ArgumentTag, Citation, Debate, Link
from debates.models.argument import Stance
from debates.models.authorship import shown_author
from debates.models.visibility import Viewer, listed
from debates.query import Query
from debates.snippet import Piece, Terms, excerpt, marked
from debates.views.parts.card import Card

WHOLE_CLAIM = 400
"""Characters up to which a claim is shown whole; what is written here has 300, what was imported may have more."""
_BLOCK = re.compile(r"<(?:/p|/li|/h[1-6]|/blockquote|/pre|br)\b")


@dataclass(frozen=True)
class Step:
    """One claim above; without words where they are no longer shown."""

    claim: str = ""
    url: str = ""


@dataclass(frozen=True)
class Found:
    """An argument that was found. `card` has its side, who said it and its answers; nothing below it."""

    card: Card
    claim: list[Piece]
    text: list[Piece]
    """The part of the elaboration that holds the words; empty where it holds none."""
    debate: Debate
    thesis: Step | None
    between: int
    """How many claims stand between the thesis and the one above."""
    above: Step | None
    """The claim that it answers, where that is not the thesis."""
    sources: int


def found_arguments(keys: Sequence[int], query: Query, viewer: Viewer) -> list[Found]:
    """Return what a page shows of arguments that are listed, in their order; eight statements, however many."""
    rows = (
        Argument.objects.listed()
        .select_related("author", "voice", "debate")
        .prefetch_related(
            Prefetch("argument_tags", queryset=ArgumentTag.objects.select_related("tag")),
            Prefetch("citations", queryset=Citation.objects.filter(listed("source__"))),
        )
        .in_bulk(list(keys))
    )
    shown = [rows[key] for key in keys if key in rows]
    steps, answers, terms = _steps(shown), _answers(keys), query.terms
    return [_found(one, terms, steps, answers, viewer) for one in shown]


def _found(
    argument: Argument,
    terms: Terms,
    steps: dict[tuple[int, str], Step],
    answers: dict[int, Counter[str]],
    viewer: Viewer,
) -> Found:
    above = argument.ancestor_paths
    text = unescape(strip_tags(_BLOCK.sub(r" \g<0>", argument.elaboration_html)))
    claim = marked(argument.claim, terms)
    if len(argument.claim) > WHOLE_CLAIM:
        claim = excerpt(argument.claim, terms) or [Piece(argument.claim[:WHOLE_CLAIM])]
    by = shown_author(argument, viewer)
    counted = answers.get(argument.pk, Counter())
    card = Card(
        public_id=argument.public_id,
        url=argument.get_absolute_url(),
        claim=argument.claim,
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        rebuttal=argument.is_rebuttal,
        by=by.name,
        by_url=by.url,
        voice=by.voice,
        own=by.own,
        posted=argument.created_at,
        pro_count=counted[Stance.PRO],
        con_count=counted[Stance.CON],
        note_count=counted[""],
    )
    return Found(
        card=card,
        claim=claim,
        text=excerpt(" ".join(text.split()), terms),
        debate=argument.debate,
        thesis=steps.get((argument.debate_id, above[0]), Step()) if above else None,
        between=max(0, len(above) - 2),
        above=steps.get((argument.debate_id, above[-1]), Step()) if len(above) > 1 else None,
        sources=len(argument.citations.all()),
    )


def _steps(arguments: Sequence[Argument]) -> dict[tuple[int, str], Step]:
    """Return by debate and path the thesis and the claim above of each argument, as far as they are listed; one statement."""
    wanted: dict[int, set[str]] = {}
    for one in arguments:
        if above := one.ancestor_paths:
            wanted.setdefault(one.debate_id, set()).update((above[0], above[-1]))
    asked = Q(pk=None)
    for debate, paths in wanted.items():
        asked |= Q(debate=debate, path__in=paths)
    rows = Argument.objects.listed().filter(asked).order_by().only("debate_id", "path", "claim", "public_id")
    return {(one.debate_id, one.path): Step(one.claim, one.get_absolute_url()) for one in rows}


def _answers(keys: Sequence[int]) -> dict[int, Counter[str]]:
    """Return by argument how many listed answers each side has, links among them, and how many notes; two statements."""
    found: dict[int, Counter[str]] = {}
    here = Argument.objects.listed().filter(parent__in=keys).order_by().values_list("parent", "stance")
    linked = Link.objects.filter(
        listed("argument__", "debate"), parent__in=keys, relation=Link.Relation.ANSWERS
    )
    for rows in (here, linked.order_by().values_list("parent", "stance")):
        for parent, stance, count in rows.annotate(count=Count("pk")):
            found.setdefault(parent, Counter())[stance] += count
    return found
