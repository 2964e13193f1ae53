"""Add a thesis to a debate that is open already."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_tree, next_path
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.open_debate import MOST_THESES
from debates.actions.writing.text import ArgumentText, lay_text
from debates.models import Argument, Debate, StandingChange, State
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused
from debates.signals import argument_posted


def check_add_thesis(viewer: Viewer, debate: Debate) -> None:
    """Refuse where a viewer cannot add a thesis: who opened the debate may, and moderators."""
    if not viewer.is_authenticated or not (is_moderator(viewer) or debate.opened_by_id == viewer.pk):
        raise Refused(_("Only the one who opened a debate, or a moderator, can add a thesis to it."))
    if debate.state != State.PUBLISHED:
        raise Refused(_("This debate is not shown to everyone, so no thesis can be added to it."), status=409)
    if debate.locked_at and not is_moderator(viewer):
        raise Refused(_("This debate is locked, so no thesis can be added to it."), status=409)


@transaction.atomic
def add_thesis(member: Viewer, debate: Debate, text: ArgumentText) -> Argument:
    """Place a thesis after the others of a debate and return it."""
    debate = lock_tree(debate.pk)
    check_add_thesis(member, debate)
    if text.kind != Argument.Kind.THESIS:
        raise Refused(_("A thesis takes no side."), "claim", 400)
    theses = Argument.objects.filter(debate=debate, kind=Argument.Kind.THESIS).listed()
    if theses.count() >= MOST_THESES:
        raise Refused(
            _("There are %(count)d theses already, and a debate has at most %(most)d.")
            % {"count": theses.count(), "most": MOST_THESES},
            "claim",
            409,
        )
    if theses.filter(claim__iexact=" ".join(text.claim.split())).exists():
        raise Refused(_("This debate has that thesis already."), "claim", 409)
    thesis = Argument(
        debate=debate, path=next_path(debate, None), depth=0, author=member, state=State.PUBLISHED
    )
    lay_text(thesis, text, member)
    anchor_quotes(thesis)
    argument_posted.send(Argument, argument=thesis)
    rescore([thesis], StandingChange.Cause.POSTED, thesis)
    return thesis
