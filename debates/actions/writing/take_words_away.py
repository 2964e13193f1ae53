"""Take the words of arguments away, out of every row that holds them, because their author wants it; their places stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from debates.actions.arranging.forget_texts import forget_texts
from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.models import (
    Argument,
    Quote,
    SearchEntry,
    SearchWord,
    Source,
    StandingChange,
    State,
    Suggestion,
    Wording,
)
from debates.models.search import said_of
from debates.stemming import words

WORDS = ("claim", "elaboration", "elaboration_html")
A_BATCH = 500


@transaction.atomic
def take_words_away(blanked: Collection[int], removed: Collection[int], sentence: str) -> int:
    """Put a sentence in place of the claims of arguments and of all their versions; return how many lost their words.

    What is `removed` is shown to nobody any more but moderators, who find the sentence there; what is only `blanked` keeps its
    place, its sources with what is quoted from them, and what others answered and rated, as after an edit. The trees are
    locked in the order of their keys, so that two who do this wait for each other and not in a circle.
    """
    keys = {*blanked, *removed}
    found = Argument.objects.filter(pk__in=keys)
    for debate in sorted(set(found.order_by().values_list("debate_id", flat=True))):
        lock_tree(debate)
    rows = list(Argument.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    texts: dict[str, str] = {}
    for argument in rows:
        _lay(argument, sentence, texts, gone=argument.pk in removed)
    if not rows:
        return 0
    SearchEntry.objects.write_arguments(rows)
    Wording.objects.filter(of__in=keys).delete()
    Quote.objects.filter(argument__in=keys).exclude(field=Quote.Field.ORIGIN).delete()
    _take_suggestions_away(keys, sentence)
    forget_texts(texts, keys)
    for argument in rows:
        anchor_quotes(argument)  # and anew what others quote from it
    rescore([row for row in rows if row.pk in removed], StandingChange.Cause.GONE)
    rescore([row for row in rows if row.pk not in removed], StandingChange.Cause.EDITED)
    forget_words(texts)
    return len(rows)


def _take_suggestions_away(keys: Collection[int], sentence: str) -> None:
    """Take the words out of edits that others suggested, for they are the author's but for a few; why they did stays."""
    suggested = Suggestion.objects.filter(argument__in=keys)
    suggested.filter(outcome=Suggestion.Outcome.OPEN).update(
        outcome=Suggestion.Outcome.DECLINED, word=sentence, decided_at=timezone.now()
    )
    suggested.update(claim=sentence, elaboration="")


def _lay(argument: Argument, sentence: str, texts: dict[str, str], *, gone: bool) -> None:
    """Put the sentence in place of what an argument, its versions and its citations say, and note what they said."""
    texts |= {argument.elaboration: "", argument.elaboration_html: "", argument.claim: sentence}
    argument.claim, argument.elaboration, argument.elaboration_html = sentence, "", ""
    if gone:
        argument.state = State.REMOVED
    argument.save(update_fields=[*WORDS, "state"])
    for version in argument.revisions.all():
        texts |= {version.note: "", version.elaboration: "", version.claim: sentence}
        version.claim, version.elaboration, version.note = sentence, "", ""
        version.citations = [one | {"purpose": ""} for one in version.citations]
        version.save(update_fields=["claim", "elaboration", "note", "citations"])
    for citation in argument.citations.all():
        texts[citation.purpose] = ""  # the author's own words; source, place and quotation stay
        citation.purpose = ""
        citation.take_fingerprint(sentence)
        citation.save(update_fields=["purpose", "fingerprint"])
    texts.pop("", None)


def forget_words(texts: Collection[str]) -> int:
    """Delete those words of some texts that stand in no text any more; return how many. One pass over all texts."""
    left = {word for text in texts for word in words(text)}
    for claim, elaboration in Argument.objects.values_list("claim", "elaboration").iterator(A_BATCH):
        left.difference_update(words(f"{claim} {elaboration}"))
    for source in Source.objects.only("data").iterator(A_BATCH):
        left.difference_update(words(said_of(source)))
    gone: Sequence[str] = sorted(left)
    for start in range(0, len(gone), A_BATCH):
        SearchWord.objects.filter(word__in=gone[start : start + A_BATCH]).delete()
    return len(gone)
