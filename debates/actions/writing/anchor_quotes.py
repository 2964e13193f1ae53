"""Tie what an argument quotes to where it stands: in the argument that it answers, in the article, in another argument.

Only what stands in lists is looked in: whoever could find words in a hidden text could read it by asking often enough. A
document's text is looked in under every reading rule, as for citations; who may see the passage is for the page to ask.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Case, Q, Value, When

from debates.actions.sources.check_quotation import voice_of, voices_begin
from debates.bibliography.anchoring import NEAREST, Anchor, Target, Targets, anchor
from debates.bibliography.quotation import Outcome
from debates.bibliography.quoting import Quoted, quoted
from debates.models import Argument, Debate, Document, DocumentPassage, Origin, Quote
from debates.models.quote import digest_of
from debates.models.visibility import listed
from debates.tree import ancestor_paths

MOST_ARGUMENTS = 1_000
"""Arguments of a debate in which one looks, those above and beside the one that quotes first; others are not looked in."""
LONGEST = 500_000
"""Characters of arguments in which one looks: about a quarter of a second."""
MOST_PLACES = 5
"""Places that are kept of a quotation that stands in several."""
MOST_QUOTING = 50
"""Arguments that are looked at again when one that they quote was edited."""

PARENT, ABOVE, ARTICLE, BESIDE, ANYWHERE = NEAREST, 1, 2, 3, 4

type Key = tuple[str, int]
"""A text that may be quoted: “claim”, “elaboration” or “passage”, and the key of the row."""


@dataclass(frozen=True)
class _Said:
    """What one of an argument's texts quotes."""

    field: str
    quotations: list[Quoted]
    passage: DocumentPassage | None = None


@dataclass
class _Surroundings:
    """All that may be quoted in a debate, folded once."""

    no_text: bool
    passages: dict[int, DocumentPassage] = field(default_factory=dict)
    arguments: dict[int, Argument] = field(default_factory=dict)
    restated: dict[int, dict[int, list[tuple[int, int]]]] = field(default_factory=dict)
    """By argument, the passages that it restates or whose quotations it cites, with the runs of words."""
    targets: Targets[Key] = field(default_factory=lambda: Targets([]))


@transaction.atomic
def anchor_quotes(argument: Argument) -> int:
    """Anchor what an argument quotes, after its text was laid, and anew what others quote from it; return how many it quotes.

    One query where nothing is quoted.
    """
    said = _said_by(argument)
    rows = Quote.objects.filter(Q(argument=argument) | Q(target=argument)).values_list(
        "argument_id", flat=True
    )
    concerned = set(rows) - {argument.pk}
    if not (said or rows):
        return 0
    around = _surroundings(argument.debate_id, argument)
    found = _write(argument, said + _said_in_document(argument, around), around)
    for other in Argument.objects.filter(pk__in=sorted(concerned)[:MOST_QUOTING]):
        there = around if other.debate_id == argument.debate_id else _surroundings(other.debate_id, other)
        _write(other, _said_by(other) + _said_in_document(other, there), there)
    return found.total()


@transaction.atomic
def anchor_quotes_of(document: Document) -> Counter[str]:
    """Anchor what all arguments of the debates about a document quote, after its text came or changed; count by state."""
    counts: Counter[str] = Counter()
    for debate_id in Debate.objects.filter(article=document.source_id).values_list("pk", flat=True):
        around = _surroundings(debate_id)
        quoting = set(Quote.objects.filter(argument__debate=debate_id).values_list("argument_id", flat=True))
        for argument in Argument.objects.filter(debate=debate_id).order_by("path").iterator():
            said = _said_by(argument) + _said_in_document(argument, around)
            if said or argument.pk in quoting:
                counts += _write(argument, said, around)
    return counts


def _said_by(argument: Argument) -> list[_Said]:
    texts = (
        _Said(Quote.Field.CLAIM, quoted(argument.claim, markdown=False)),
        _Said(Quote.Field.ELABORATION, quoted(argument.elaboration)),
    )
    return [said for said in texts if said.quotations]


def _said_in_document(argument: Argument, around: _Surroundings) -> list[_Said]:
    """Return what the passages quote that an argument restates: in the words that it restates, or as it leads up to them."""
    out = []
    for pk, own in around.restated.get(argument.pk, {}).items():
        passage = around.passages[pk]
        words = [match.span() for match in re.finditer(r"\S+", passage.text)]
        runs = {run for passages in around.restated.values() for run in passages.get(pk, ())}
        spans = {
            (first, last): (words[first - 1][0], words[last - 1][1])
            for first, last in runs
            if 0 < first <= last <= len(words)
        }
        quotations = quoted(passage.text, markdown=False)
        meant = [number for number, one in enumerate(quotations) if _carriers(one, spans) & set(own)]
        now = {None: None} | {number: place for place, number in enumerate(meant)}
        if meant:
            within = [
                replace(quotations[number], within=now.get(quotations[number].within)) for number in meant
            ]
            out.append(_Said(Quote.Field.ORIGIN, within, passage))
    return out


def _carriers(one: Quoted, spans: dict[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the runs of words that a quotation stands in; where it stands in none, those that come next."""
    inside = {run for run, (start, end) in spans.items() if one.start < end and start < one.end}
    after = min((start for start, _end in spans.values() if start >= one.end), default=None)
    return inside or {run for run, (start, _end) in spans.items() if start == after}


def _surroundings(debate_id: int, near: Argument | None = None) -> _Surroundings:
    article_id = Debate.objects.values_list("article_id", flat=True).get(pk=debate_id)
    document = (
        Document.objects.filter(listed("source__"), source=article_id, loaded_at__isnull=False).first()
        if article_id
        else None
    )
    around = _Surroundings(no_text=bool(article_id) and document is None)
    targets: list[Target[Key]] = []
    if document is not None:
        passages = list(document.passages.order_by("order"))
        begins = voices_begin([passage.place for passage in passages])
        around.passages = {passage.pk: passage for passage in passages}
        around.restated = _restated(document, around.passages)
        targets += [
            Target(("passage", passage.pk), passage.text, follows=number not in begins)
            for number, passage in enumerate(passages)
        ]
    length = 0
    for argument in _nearest(debate_id, near):
        length += len(argument.claim) + len(argument.elaboration)
        if length > LONGEST:
            break
        around.arguments[argument.pk] = argument
        targets.append(Target(("claim", argument.pk), argument.claim))
        if argument.elaboration:
            targets.append(Target(("elaboration", argument.pk), argument.elaboration, markdown=True))
    around.targets = Targets(targets)
    return around


def _nearest(debate_id: int, near: Argument | None) -> Iterable[Argument]:
    """Return the listed arguments of a debate, those above and beside one first."""
    arguments = (
        Argument.objects.filter(debate=debate_id)
        .listed()
        .only("debate", "path", "parent", "claim", "elaboration")
    )
    if near is None:
        return arguments.order_by("path")[:MOST_ARGUMENTS]
    distance = Case(
        When(path__in=near.ancestor_paths, then=Value(0)),
        When(parent=near.parent_id, then=Value(1)),
        default=Value(2),
    )
    return arguments.order_by(distance, "path")[:MOST_ARGUMENTS]


def _restated(
    document: Document, passages: dict[int, DocumentPassage]
) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Return by argument the passages of a document that it restates, or whose quotation it cites, with the runs of words."""
    rows = Origin.objects.filter(document=document, passage__isnull=False).order_by("passage__order", "pk")
    out: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for argument, citing, passage, first, last in rows.values_list(
        "argument_id", "citation__argument_id", "passage_id", "first_word", "last_word"
    ):
        if passage in passages:
            run = (first or 1, last or len(passages[passage].text.split()))
            out.setdefault(argument or citing, {}).setdefault(passage, []).append(run)
    return out


def _nearness(argument: Argument, said: _Said, around: _Surroundings) -> Callable[[Key], int | None]:
    """Return how near each text is to what an argument says; None where it is its own.

    A passage answers the article, or another comment of those days, and none of the arguments that were written since.
    """
    above = set(ancestor_paths(argument.path))
    answered = {around.passages[pk].place for pk in around.restated.get(argument.parent_id or 0, {})}
    voices = {voice_of(place) for place in answered} - {""}
    own = said.passage

    def nearness(key: Key) -> int | None:
        kind, pk = key
        if kind == "passage":
            place = around.passages[pk].place
            if own is not None and (
                pk == own.pk or (voice_of(place) and voice_of(place) == voice_of(own.place))
            ):
                return None
            return PARENT if place in answered or voice_of(place) in voices else ARTICLE
        if own is not None or pk == argument.pk:
            return None
        if pk == argument.parent_id:
            return PARENT
        other = around.arguments[pk]
        return ABOVE if other.path in above else BESIDE if other.parent_id == argument.parent_id else ANYWHERE

    return nearness


def _write(argument: Argument, said: list[_Said], around: _Surroundings) -> Counter[str]:
    """Write what an argument quotes in place of what was written before, unless it is the same; count by state."""
    old = list(Quote.objects.filter(argument=argument).order_by("position", "place_number"))
    before = {(row.field, row.words): row for row in reversed(old)}
    rows: list[Quote] = []
    position = 0
    for one in said:
        for anchored in anchor(one.quotations, around.targets, _nearness(argument, one, around)):
            if one.passage is not None and not anchored.spots:
                continue  # a document quotes many works that are not here
            position += 1
            rows += _rows(
                argument, one, anchored, around, position, before.get((one.field, anchored.quoted.words))
            )
    if [_columns(row) for row in rows] != [_columns(row) for row in old]:
        Quote.objects.filter(argument=argument).delete()
        # Two who edit at once may both write; the first one's rows stand, and a digest tells where they are of old words.
        Quote.objects.bulk_create(rows, ignore_conflicts=True)
    return Counter(row.state for row in rows if row.place_number == 1)


def _columns(row: Quote) -> list[object]:
    return [getattr(row, column.attname) for column in Quote._meta.concrete_fields if not column.primary_key]


def _rows(
    argument: Argument,
    said: _Said,
    anchored: Anchor[Key],
    around: _Surroundings,
    position: int,
    before: Quote | None,
) -> list[Quote]:
    """Return a row for each place of one quotation, or one that says why there is none."""
    row = {
        "argument": argument,
        "position": position,
        "field": said.field,
        "said_in": said.passage,
        "start": anchored.quoted.start,
        "end": anchored.quoted.end,
        "words": anchored.quoted.words,
    }
    if anchored.spots:
        state = Quote.State.FOUND if anchored.outcome == Outcome.FOUND else Quote.State.SEVERAL
        return [
            Quote(
                **row,
                state=state,
                place_number=number,
                target_start=spot.start,
                target_end=spot.end,
                **_whence(spot.key, around),
            )
            for number, spot in enumerate(anchored.spots[:MOST_PLACES], 1)
        ]
    if before is not None and before.state in (*Quote.PLACED, Quote.State.CHANGED):
        whence = {
            "document_id": before.document_id,
            "target_id": before.target_id,
            "target_field": before.target_field,
        }
        return [Quote(**row, state=Quote.State.CHANGED, **whence)]
    state = Quote.State.NO_TEXT if around.no_text else Quote.State.NOT_FOUND
    return [Quote(**row, state=state, reason=anchored.reason or "")]


def _whence(key: Key, around: _Surroundings) -> dict[str, object]:
    """Return the columns that name the text where a quotation stands."""
    kind, pk = key
    if kind == "passage":
        return {"document_id": around.passages[pk].document_id, "passage_id": pk}
    return {
        "target_id": pk,
        "target_field": kind,
        "target_digest": digest_of(getattr(around.arguments[pk], kind)),
    }
