"""Decline a suggested edit, with a word."""

from django.db import transaction

from debates.actions.writing.suggest_edit import check_why
from debates.actions.writing.take_suggestion import check_decide, close, locked_suggestion
from debates.models import Suggestion
from debates.models.visibility import Viewer


@transaction.atomic
def decline_suggestion(decider: Viewer, suggestion: Suggestion, word: str) -> bool:
    """Decline a suggested edit and say why; return whether that changed anything."""
    current = locked_suggestion(suggestion)
    word = check_why(word)
    decided = (current.outcome, current.decided_by_id, current.word)
    if decided == (Suggestion.Outcome.DECLINED, decider.pk, word):
        return False
    check_decide(decider, current)
    close(current, decider, Suggestion.Outcome.DECLINED, word)
    return True
