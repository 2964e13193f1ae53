"""Find the words that arguments answer again, after the text of their article was given anew."""

from collections.abc import Iterable

from django.db import transaction

from debates.bibliography.selector import Selector, Texts
from debates.models import Anchor, Document

type _Place = tuple[int | None, str, int, int]
"""The key of a passage, its place, the first character and one past the last."""
type _Key = tuple[int, str, int]
"""By what a row is unique: argument, place, first character."""


@transaction.atomic
def find_anchors_of(document: Document) -> tuple[int, int]:
    """Tie every anchor of a document to the passage where its words stand now; return how many were found, and how many not.

    What stands nowhere any longer keeps its words and its place, without a passage; it may be found in a later edition.
    """
    return find_anchors(document, Anchor.objects.filter(document=document).order_by("pk"))


def find_anchors(document: Document, anchors: Iterable[Anchor]) -> tuple[int, int]:
    """Tie the anchors of some arguments in a document to where their words stand; return how many were found, how many not.

    One that stands where it is said to costs no statement.
    """
    rows = list(anchors)
    if not rows:
        return 0, 0
    passages = list(document.passages.order_by("order"))
    texts = Texts([passage.text for passage in passages])
    numbers = {passage.place: number for number, passage in enumerate(passages)}
    meant: dict[int, _Place] = {}
    taken: set[_Key] = set()
    for row in rows:
        spot = texts.find(Selector(row.exact, row.prefix, row.suffix), numbers.get(row.place))
        if spot is None:
            continue
        passage = passages[spot.number]
        key = (row.argument_id, passage.place, spot.start)
        if key not in taken:  # else what two anchors of one argument meant has become one
            meant[row.pk] = (passage.pk, passage.place, spot.start, spot.end)
            taken.add(key)
    lost = [row for row in rows if row.pk not in meant]
    for row in lost:
        start = row.start
        while (row.argument_id, row.place, start) in taken:
            start += 1  # where it stood says nothing any longer; two rows of one place would
        meant[row.pk] = (None, row.place, start, start + row.end - row.start)
        taken.add((row.argument_id, row.place, start))
    _write([row for row in rows if meant[row.pk] != _place(row)], meant)
    return len(rows) - len(lost), len(lost)


def _write(changed: list[Anchor], meant: dict[int, _Place]) -> None:
    """Write where anchors stand now; each leaves its place before another takes it."""
    for row in changed:
        if (row.place, row.start) != meant[row.pk][1:3]:
            Anchor.objects.filter(pk=row.pk).update(place=f"~{row.pk}")
    for row in changed:
        row.passage_id, row.place, row.start, row.end = meant[row.pk]
        row.save(update_fields=["passage", "place", "start", "end"])


def _place(row: Anchor) -> _Place:
    return row.passage_id, row.place, row.start, row.end
