"""Do with the texts of somebody who leaves what they chose."""

from __future__ import annotations

from secrets import token_hex

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.forget_texts import forget_texts
from debates.actions.writing.take_words_away import take_words_away
from debates.models import CitationCheck, Concession, Debate, DebateAddress, Delta, State, Suggestion
from forum.accounts.models import User
from forum.moderation.models import Report
from forum.own_data.models import Leaving
from forum.own_data.texts import texts_of


def sentence() -> str:
    """Return what stands in place of words that were taken away."""
    return _("Its author took this text away.")


@transaction.atomic
def take_texts_away(member: User, choice: str) -> int:
    """Blank or remove a member's arguments as they chose; return how many lost their words.

    Suggestions that wait are taken back whatever was chosen: nobody would be told of the answer.
    """
    texts = texts_of(member)
    Suggestion.objects.filter(member=member, outcome=Suggestion.Outcome.OPEN).update(
        outcome=Suggestion.Outcome.WITHDRAWN, decided_at=timezone.now()
    )
    done = take_words_away(texts.blanked(choice), texts.removed(choice), sentence())
    wordless = texts.blanked(choice) | texts.removed(choice)
    Report.objects.filter(argument__in=wordless).update(passage="")
    if choice == Leaving.Texts.BLANK:
        _blank_the_rest(member)
    if choice == Leaving.Texts.REMOVE:
        _remove_debates(texts.alone)
    return done


def _blank_the_rest(member: User) -> None:
    """Take away the words of what hangs on the texts of others; the answers themselves stay, they are counted."""
    gone: dict[str, str] = {}
    places: set[int] = set()
    for delta in Delta.objects.filter(member=member):
        gone[delta.why] = sentence()
        places.add(delta.argument_id)
    for concession in Concession.objects.filter(member=member):
        gone[concession.why] = ""
        places.add(concession.argument_id)
    for check in CitationCheck.objects.filter(member=member).select_related("citation"):
        gone[check.note] = ""
        places.add(check.citation.argument_id)
    gone.pop("", None)
    forget_texts(gone, places)
    Delta.objects.filter(member=member).update(why=sentence())
    Concession.objects.filter(member=member).update(why="")
    CitationCheck.objects.filter(member=member).update(note="")
    own = Suggestion.objects.filter(member=member)
    own.update(why=sentence())
    taken = (Suggestion.Outcome.TAKEN, Suggestion.Outcome.CHANGED)  # which are others' texts by now
    own.exclude(outcome__in=taken).update(claim=sentence(), elaboration="")


def _remove_debates(keys: set[int]) -> None:
    """Remove debates in which nobody else wrote, with the words of their questions, which their addresses hold, too."""
    for debate in Debate.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        debate.state, debate.question, debate.summary = State.REMOVED, sentence(), ""
        debate.slug = f"removed-{token_hex(6)}"
        debate.save(update_fields=["state", "question", "summary", "slug"])
        DebateAddress.objects.filter(debate=debate).delete()
