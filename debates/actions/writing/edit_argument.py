"""Edit one's own argument; every state is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.sources.ask_for_source import fill_request
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.edit_note import check_note
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.overtaking import TEXT, bring_up_to_date, overtake_replies, same_in
from debates.actions.writing.text import ArgumentText, lay_text
from debates.models import Argument, Revision, StandingChange
from debates.models.argument import CLAIM_LENGTH
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_edit
from debates.signals import argument_edited


@transaction.atomic
def edit_argument(
    editor: Viewer, argument: Argument, text: ArgumentText, seen_revision: int, note: str | None = None
) -> bool:
    """Lay a new text on an argument; return whether anything changed. Refuses when it was edited since it was read.

    `note` says what is changed; refuses an empty one once it is needed (`check_note`). A program with nobody to ask gives None.
    """
    argument = lock_place(argument)
    check_edit(editor, argument)
    last = newest_version(argument)
    if last is not None and last.number != seen_revision:
        raise Refused(
            _(
                "The argument was edited meanwhile, in another window. Your text is below; compare, then save again."
            ),
            status=409,
        )
    note = "" if note is None else check_note(argument, note)
    return lay_edit(argument, text, editor, note) is not None


def lay_edit(
    argument: Argument, text: ArgumentText, editor: Viewer, note: str, longest_claim: int = CLAIM_LENGTH
) -> Revision | None:
    """Lay a changed text on an argument that came through `lock_place`; return its revision, None where nothing differs.

    Whoever edits a reply has the claim above it in sight, so that it answers that as it stands now.
    """
    last = newest_version(argument)
    argument.edited_at = timezone.now()
    bring_up_to_date(argument)
    with transaction.atomic():
        revision = lay_text(argument, text, editor, note, longest_claim)
        if last is not None and same_in((*TEXT, "tags", "citations"), last, revision):
            transaction.set_rollback(True)
            return None
        anchor_quotes(argument)
    if last is not None and len(revision.citations) > len(last.citations):
        fill_request(argument)
    overtake_replies(argument, last, revision)
    rescore([argument], StandingChange.Cause.EDITED, argument)
    argument_edited.send(Argument, argument=argument)
    return revision
