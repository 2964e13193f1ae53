"""Take a suggested edit, as it is or with changes: its text becomes a version of the argument, and the credit stays."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.moderating.log import write_log
from debates.actions.writing.edit_argument import lay_edit
from debates.actions.writing.suggest_edit import (
    as_it_stands,
    check_why,
    longest_claim,
    text_with,
    words_changed_since,
)
from debates.models import LogEntry, State, Suggestion
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, is_locked
from debates.signals import suggestion_decided

AUTHOR_FIRST = timedelta(days=7)
"""How long only the author decides. A week holds a week-end: who writes here once in a week still comes first, and a slip
does not stand for months under the name of somebody who is gone."""
TAKEN = (Suggestion.Outcome.TAKEN, Suggestion.Outcome.CHANGED)


def moderators_from(suggestion: Suggestion) -> datetime:
    """Return from when on a moderator may decide: at once where nobody with an account is the author."""
    wait = AUTHOR_FIRST if suggestion.argument.author_id is not None else timedelta()
    return suggestion.created_at + wait


def check_decide(viewer: Viewer, suggestion: Suggestion) -> None:
    """Refuse where a viewer cannot take or decline a suggested edit: its author can, and after a while a moderator."""
    argument = suggestion.argument
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to decide; what you have typed stays in the form."), status=401)
    if argument.author_id != viewer.pk:
        if not is_moderator(viewer):
            raise Refused(_("Only the author, or after a while a moderator, decides on a suggested edit."))
        if suggestion.member_id == viewer.pk:
            raise Refused(_("You suggested this yourself: somebody else decides on it."))
        if timezone.now() < moderators_from(suggestion):
            raise Refused(
                _("Its author decides first; from %(date)s on a moderator may, too.")
                % {"date": date_format(timezone.localtime(moderators_from(suggestion)), "DATETIME_FORMAT")}
            )
    if suggestion.outcome != Suggestion.Outcome.OPEN:
        raise Refused(
            _("This was decided already: %(outcome)s.") % {"outcome": suggestion.get_outcome_display()},
            status=409,
        )
    if argument.state not in (State.PUBLISHED, State.PENDING):
        raise Refused(
            _("This argument is %(state)s and cannot be edited.") % {"state": argument.get_state_display()},
            status=409,
        )
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so its arguments cannot be edited."), status=409)


def locked_suggestion(suggestion: Suggestion) -> Suggestion:
    """Lock a suggestion, its argument and the tree, in the order of all edits; return it as it stands now."""
    argument = lock_place(suggestion.argument)
    current = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("member", "revision")
        .get(pk=suggestion.pk)
    )
    current.argument = argument
    return current


def close(suggestion: Suggestion, decider: Viewer, outcome: Suggestion.Outcome, word: str) -> None:
    """Write down what came of a suggestion, and announce it; a moderator who decides for another stands in the log."""
    argument = suggestion.argument
    if argument.author_id != decider.pk and outcome != Suggestion.Outcome.WITHDRAWN:
        act = LogEntry.Act.TAKE_SUGGESTION if outcome in TAKEN else LogEntry.Act.DECLINE_SUGGESTION
        write_log(decider, act, argument, word)
    suggestion.outcome, suggestion.word = outcome, word
    suggestion.decided_by, suggestion.decided_at = decider, timezone.now()
    suggestion.save(update_fields=["outcome", "word", "decided_by", "decided_at", "result"])
    suggestion_decided.send(Suggestion, suggestion=suggestion, actor=decider)


@transaction.atomic
def take_suggestion(
    decider: Viewer,
    suggestion: Suggestion,
    seen: int,
    claim: str | None = None,
    elaboration: str | None = None,
    word: str = "",
) -> bool:
    """Lay a suggested text on its argument, or what the decider made of it; return whether that changed anything.

    `seen` is the number of the version that the decider compared it with; refuses when it reads otherwise now. A moderator
    gives their reason in `word`, for the log.
    """
    current = locked_suggestion(suggestion)
    argument = current.argument
    text = text_with(
        argument,
        current.claim if claim is None else claim,
        current.elaboration if elaboration is None else elaboration,
    )
    if current.outcome in TAKEN and current.decided_by_id == decider.pk and as_it_stands(argument, text):
        return False
    check_decide(decider, current)
    if words_changed_since(argument, seen):
        raise Refused(
            _(
                "The argument was edited since; taking this would undo that. Compare both, change the text below, then take it."
            ),
            status=409,
        )
    if as_it_stands(argument, text):
        raise Refused(
            _(
                "Nothing differs from what stands there now; decline it, or change the text before you take it."
            ),
            "claim",
            400,
        )
    word = check_why(word) if word.strip() else ""
    current.result = lay_edit(argument, text, decider, current.why[:300], longest_claim(argument))
    same = (text.claim, text.elaboration) == (current.claim, current.elaboration)
    close(
        current,
        decider,
        Suggestion.Outcome.TAKEN if same else Suggestion.Outcome.CHANGED,
        " ".join(word.split()),
    )
    return True
