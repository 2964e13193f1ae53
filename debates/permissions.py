"""Who may do what, and the sentence for who may not."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from debates.models import Argument, Citation, Document, Source, State
from debates.models.visibility import Viewer, is_moderator

OPEN_DEBATE = "debates.open_debate"


class Refused(Exception):
    """A refusal in one sentence; `field` names the field it belongs to, `status` the HTTP status of the answer."""

    def __init__(self, sentence: str, field: str = "", status: int = 403) -> None:
        super().__init__(sentence)
        self.sentence, self.field, self.status = sentence, field, status


def check_reply(viewer: Viewer, parent: Argument) -> None:
    """Refuse where a viewer cannot answer an argument."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to answer; what you have typed stays in the form."), status=401)
    if parent.state != State.PUBLISHED or parent.debate.state != State.PUBLISHED:
        raise Refused(
            _("This argument can no longer be answered: it was withdrawn or hidden meanwhile."),
            status=409,
        )
    if parent.kind == Argument.Kind.NOTE:
        raise Refused(_("A note takes no answers; answer the claim that it stands under."))
    if is_locked(parent) and not is_moderator(viewer):
        raise Refused(_("This branch is locked: it can be read, but not answered."), status=409)


def check_edit(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot change an argument's text."""
    if not viewer.is_authenticated or argument.author_id != viewer.pk:
        raise Refused(_("Only its author can edit an argument."))
    if argument.state not in (State.PUBLISHED, State.PENDING, State.DRAFT):
        raise Refused(
            _("This argument is %(state)s and cannot be edited.") % {"state": argument.get_state_display()},
            status=409,
        )
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so its arguments cannot be edited."), status=409)


def check_withdraw(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot withdraw an argument."""
    check_edit(viewer, argument)
    if argument.state == State.PENDING:
        raise Refused(
            _("This argument waits for a moderator; edit it, or wait until it is decided."), status=409
        )
    if argument.kind == Argument.Kind.THESIS:
        raise Refused(_("A thesis carries the whole debate and cannot be withdrawn; ask a moderator."))


def check_reinstate(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot take back a withdrawal."""
    if not viewer.is_authenticated or argument.author_id != viewer.pk:
        raise Refused(_("Only its author can take back a withdrawal."))
    if argument.state not in (State.WITHDRAWN, State.PUBLISHED):
        raise Refused(
            _("This argument is %(state)s; only a withdrawn one can be taken back.")
            % {"state": argument.get_state_display()},
            status=409,
        )
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so nothing in it can be published again."), status=409)


def check_open_debate(viewer: Viewer) -> None:
    """Refuse where a viewer cannot open a debate."""
    if not viewer.is_authenticated or not viewer.has_perm(OPEN_DEBATE):
        raise Refused(
            _(
                "You may answer in every debate, but opening one needs a right that you do not have; ask a moderator for it."
            )
        )


def check_attach_text(viewer: Viewer, source: Source) -> None:
    """Refuse where a viewer cannot attach a source's text: the one who added it may, and moderators."""
    if not viewer.is_authenticated or not (is_moderator(viewer) or source.added_by_id == viewer.pk):
        raise Refused(_("Only the one who added a source, or a moderator, can attach its text."))
    if Document.objects.filter(source=source).exclude(layout={}).exists():
        raise Refused(
            _("The text of this source comes with its debate’s seed and is loaded from there."), status=409
        )


def check_add_sources(viewer: Viewer) -> None:
    """Refuse who cannot add to the library: any member may."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to add sources."), status=401)


def check_edit_source(viewer: Viewer, source: Source) -> None:
    """Refuse where a viewer cannot mend a record: who added it may while nobody else cites it, and moderators."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to mend a source."), status=401)
    if is_moderator(viewer):
        return
    if source.added_by_id != viewer.pk:
        raise Refused(_("Only the one who added a source, or a moderator, can mend its record."))
    others = source.citations.exclude(argument__author=viewer.pk).exists()
    if others or source.debates.exclude(opened_by=viewer.pk).exists():
        raise Refused(_("Others cite this source by now, so a moderator mends its record."))


def check_relate(viewer: Viewer, source: Source) -> None:
    """Refuse where a viewer cannot relate a source to another: the one who added it may, and moderators."""
    if not viewer.is_authenticated or not (is_moderator(viewer) or source.added_by_id == viewer.pk):
        raise Refused(_("Only the one who added a source, or a moderator, can relate it to another."))


def check_check(viewer: Viewer, citation: Citation) -> None:
    """Refuse where a viewer cannot check a citation: any member may, but its author."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to check a citation."), status=401)
    if citation.argument.author_id == viewer.pk:
        raise Refused(_("This is your own citation: somebody else says whether the source says this."))
    if not citation.argument.is_published:
        raise Refused(_("This argument is no longer shown, so its citations cannot be checked."), status=409)


def check_ask(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot ask for a source: of one's own claim, or of what is no longer shown."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to ask for a source."), status=401)
    if argument.author_id == viewer.pk:
        raise Refused(_("This is your own claim: edit it to cite a source."))
    if not argument.is_published or argument.debate.state != State.PUBLISHED:
        raise Refused(_("This argument is no longer shown, so no source can be asked for."), status=409)


def check_moderate(viewer: Viewer) -> None:
    """Refuse whoever is not a moderator."""
    if not is_moderator(viewer):
        raise Refused(_("Only moderators can do this."))


def is_locked(argument: Argument) -> bool:
    """Say whether the debate or any branch that an argument stands in is locked; one query."""
    if argument.debate.locked_at:
        return True
    above = [*argument.ancestor_paths, argument.path]
    return Argument.objects.filter(
        debate_id=argument.debate_id, path__in=above, locked_at__isnull=False
    ).exists()


def may[**P](check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Say whether a check passes, for pages that show or leave out a button."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
