"""Let one's answer stand though the claim above it was edited."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.overtaking import bring_up_to_date
from debates.models import Argument, State
from debates.models.visibility import Viewer
from debates.permissions import Refused


def check_confirm(viewer: Viewer, reply: Argument) -> None:
    """Refuse where a viewer cannot let an answer stand: it is for its author to say."""
    if not viewer.is_authenticated or reply.author_id != viewer.pk:
        raise Refused(_("Only its author can say that an answer still stands."))
    if reply.state not in (State.PUBLISHED, State.PENDING):
        raise Refused(
            _("This argument is %(state)s, so there is nothing to confirm.")
            % {"state": reply.get_state_display()},
            status=409,
        )


@transaction.atomic
def confirm_reply(author: Viewer, argument: Argument, seen: int | None = None) -> bool:
    """Let a reply answer the claim above it as that stands now; return whether that changed anything.

    `seen` is the number of the version that its author compared; refuses when there is a newer one.
    """
    reply = lock_place(argument)
    check_confirm(author, reply)
    if reply.stale_since is None or reply.parent is None:
        return False
    last = newest_version(reply.parent)
    if seen is not None and last is not None and last.number != seen:
        raise Refused(
            _("The claim above was edited once more meanwhile. Look at the difference again, then confirm."),
            status=409,
        )
    bring_up_to_date(reply)
    reply.save(update_fields=["answers_revision", "stale_since"])
    return True
