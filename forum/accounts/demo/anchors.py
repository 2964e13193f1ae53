"""Answers to words of the guide from which the demonstration about this site grew: for, against, and one over the other."""

from debates.actions.writing.anchor_words import AnchorText
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, DocumentPassage
from forum.accounts.demo.members import Speakers
from forum.accounts.demo.mode import only_in_demo

IN_A_LOG = "A log that everybody may read tells readers, too, that something was hidden."
LONG_AFTER = "Whoever reads the page does not read the log."
IN_WORDS = "The note stands above the text and gives the reason, so it is hard to miss."
TO_THE_AUTHOR = "An author who sees the own text as before may not notice that nobody else does."


def answer_the_guide(them: Speakers, told: Argument, not_told: Argument) -> None:
    """Let the members answer words of the guide under two arguments of the demonstration."""
    only_in_demo()
    log = ArgumentText(claim=IN_A_LOG, stance="con", attacks="claim")
    post_argument(them.ben, not_told, log, anchor=_words(told, "is public and append-only"))
    page = ArgumentText(claim=LONG_AFTER, stance="pro")
    words = "Hidden means hidden everywhere: page, search, counts, source and tag pages, notices"
    post_argument(them.ada, not_told, page, anchor=_words(told, words))
    author = ArgumentText(claim=TO_THE_AUTHOR, stance="con", attacks="claim")
    words = "The author still sees the text with a note that it is hidden"
    post_argument(them.ada, told, author, anchor=_words(told, words))
    words = "with a note that it is hidden, and why: nobody is hidden without knowing"
    post_argument(them.ben, told, ArgumentText(claim=IN_WORDS, stance="pro"), anchor=_words(told, words))


def _words(told: Argument, words: str) -> AnchorText:
    """Name words of the guide by the passage in which they stand, wherever the guide has it today."""
    passages = DocumentPassage.objects.filter(document__source=told.debate.article_id).order_by("order")
    texts = {passage.place: " ".join(passage.text.split()) for passage in passages}
    return AnchorText(next(place for place, text in texts.items() if words in text), words)
