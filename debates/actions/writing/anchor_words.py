"""Tie an argument to the words of the article that it answers."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from debates.actions.writing.text import check_printable
from debates.bibliography.quotation import LONGEST
from debates.bibliography.selector import select, selector_of
from debates.models import Anchor, Debate, Document, DocumentPassage
from debates.models.document import closed_to, may_read
from debates.models.visibility import Viewer, listed
from debates.permissions import Refused

FIELD = "words"
"""The field that holds the words."""
_PLACE = re.compile(r"p\d{1,6}|c\d{1,6}\.\d{1,6}", re.ASCII)
_NUMBER = re.compile(r"(?:c?\d{1,6}\.)?\d{1,6}", re.ASCII)


@dataclass(frozen=True)
class AnchorText:
    """Which words of which passage are answered, as written; without words, the whole passage.

    `before` and `after` are what stands around the words, where somebody marked them in the text: they tell one place of the
    same words from another.
    """

    place: str
    words: str = ""
    before: str = ""
    after: str = ""


def read_place(written: str) -> str:
    """Return the place of a passage as it is kept (p12, c3.2) from how people write it (12, 3.2); empty for no place."""
    written = written.strip()
    if _NUMBER.fullmatch(written):
        written = f"p{written}" if "." not in written else f"c{written.removeprefix('c')}"
    return written if _PLACE.fullmatch(written) else ""


def document_for(debate: Debate) -> Document | None:
    """Return the document that a debate grew from, where its source stands in lists; its text may still be wanting."""
    if debate.article_id is None:
        return None
    return (
        Document.objects.filter(listed("source__"), source=debate.article_id).select_related("source").first()
    )


def check_anchor(viewer: Viewer, debate: Debate, text: AnchorText) -> Anchor:
    """Return the tie, still without its argument, or refuse where the words do not stand in the passage.

    Nobody is told anything of a text that is closed to them. Who may read no more than what is quoted from it brings the
    words: else the whole text could be fetched by answering each passage of it.
    """
    check_printable(FIELD, text.words)
    document = document_for(debate)
    if document is None or document.loaded_at is None:
        raise Refused(
            _(
                "The text of the article is not here, so no words of it can be answered: post without the tie."
            ),
            FIELD,
            422,
        )
    if document.reading in closed_to(viewer):
        raise Refused(
            _("You may not read the text of this article, so you cannot answer words of it."), FIELD, 403
        )
    passage = DocumentPassage.objects.filter(document=document, place=read_place(text.place) or "-").first()
    if passage is None:
        raise Refused(
            _("The article has no passage of this number: choose one on its page, or post without the tie."),
            FIELD,
            422,
        )
    if not text.words.strip():
        if not may_read(document, viewer):
            raise Refused(
                _("Paste the words that you answer: the passage cannot be shown here as a whole."), FIELD, 422
            )
        return _anchor(document, passage, 0, len(passage.text))
    if len(text.words) > LONGEST:
        raise Refused(
            _("These are %(count)d characters; answer at most %(most)d at a time.")
            % {"count": len(text.words), "most": LONGEST},
            FIELD,
            422,
        )
    place = select(passage.text, text.words, text.before, text.after)
    if place is None:
        raise Refused(
            _("These words do not stand in passage %(place)s: copy them from there, word for word.")
            % {"place": passage.place[1:]},
            FIELD,
            422,
        )
    return _anchor(document, passage, *place)


def _anchor(document: Document, passage: DocumentPassage, start: int, end: int) -> Anchor:
    selector = selector_of(passage.text, start, end)
    return Anchor(
        document=document,
        place=passage.place,
        passage=passage,
        start=start,
        end=end,
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
    )
