"""Edit one's own argument; every state is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.anchor_quotes import anchor_quotes
from debates.actions.ask_for_source import fill_request
from debates.actions.text import ArgumentText, check_printable, lay_text
from debates.models import Argument
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_edit


@transaction.atomic
def edit_argument(
    editor: Viewer, argument: Argument, text: ArgumentText, seen_revision: int, note: str = ""
) -> bool:
    """Lay a new text on an argument; return whether anything changed. Refuses when it was edited since it was read."""
    argument = Argument.objects.select_for_update(of=("self",)).select_related("debate").get(pk=argument.pk)
    check_edit(editor, argument)
    check_printable("note", note)
    last = argument.revisions.order_by("-number").first()
    if last is not None and last.number != seen_revision:
        raise Refused(
            _(
                "The argument was edited meanwhile, in another window. Your text is below; compare, then save again."
            ),
            status=409,
        )
    argument.edited_at = timezone.now()
    with transaction.atomic():
        revision = lay_text(argument, text, editor, note)
        same = last is not None and all(
            getattr(last, name) == getattr(revision, name)
            for name in ("claim", "elaboration", "stance", "attacks", "tags", "citations")
        )
        if same:
            transaction.set_rollback(True)
        else:
            anchor_quotes(argument)
        if not same and last is not None and len(revision.citations) > len(last.citations):
            fill_request(argument)
    return not same
