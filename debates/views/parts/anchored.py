"""What an argument answers in the article, in the margin of its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from debates.models import Anchor, Argument, Source
from debates.models.document import closed_to, may_read
from debates.models.visibility import Viewer, listed
from debates.views.parts.card import place_words

CONTEXT = 120
"""Characters shown on each side of the words."""


@dataclass(frozen=True)
class AnchoredView:
    """Words of an article that an argument answers, in sight of their passage where that may be shown."""

    source: Source
    where: str
    url: str
    """Where they are read, in the article beside the debate; empty where the debate did not grow from that article."""
    words: str
    before: str
    after: str
    whole: bool
    lost: bool


def anchored_of(argument: Argument, viewer: Viewer) -> list[AnchoredView]:
    """Return what an argument answers in an article whose source stands in lists; the argument is one that the viewer reads."""
    rows = Anchor.objects.for_arguments([argument.pk]).filter(listed("document__source__"))
    return [_view(argument, row, viewer) for row in rows]


def _view(argument: Argument, row: Anchor, viewer: Viewer) -> AnchoredView:
    document = row.document
    shown = document.reading not in closed_to(viewer)
    text = row.passage.text if row.passage is not None else ""
    whole = row.end - row.start >= len(text) if text else not (row.prefix or row.suffix)
    # Words alone may be shown where the text as a whole may not; what stands around them then may not, either.
    around = shown and bool(text) and not whole and may_read(document, viewer)
    url = ""
    if document.source_id == argument.debate.article_id:
        url = f"{reverse('article', args=[argument.debate.slug])}?{urlencode({'passage': row.place})}#{row.place}"
    return AnchoredView(
        source=document.source,
        where=place_words(row.place),
        url=url,
        words="" if not shown or whole else text[row.start : row.end] or row.exact,
        before=_cut(text[: row.start], -CONTEXT) if around else "",
        after=_cut(text[row.end :], CONTEXT) if around else "",
        whole=whole,
        lost=row.passage is None,
    )


def _cut(text: str, most: int) -> str:
    """Cut a text to some characters, at a whole word: its end for a negative number."""
    if len(text) <= abs(most):
        return text
    return "… " + text[most:].partition(" ")[2] if most < 0 else text[:most].rpartition(" ")[0] + " …"
