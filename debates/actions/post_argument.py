"""Post an argument, a rebuttal or a note under a claim."""

from django.db import transaction

from debates.actions.anchor_quotes import anchor_quotes
from debates.actions.placing import lock_tree, next_path
from debates.actions.text import ArgumentText, lay_text
from debates.models import Argument, State
from debates.models.visibility import Viewer
from debates.permissions import check_reply
from debates.signals import argument_posted
from debates.tree import depth_of


@transaction.atomic
def post_argument(author: Viewer, parent: Argument, text: ArgumentText, seen: int | None = None) -> Argument:
    """Place a text under a parent and return the new argument; it remembers which revision it answers.

    `seen` is the number of the revision that its author had before them; without it, the newest.
    """
    lock_tree(parent.debate_id)
    parent = Argument.objects.select_related("debate").get(
        pk=parent.pk
    )  # what the form saw may be old by now
    check_reply(author, parent)
    path = next_path(parent.debate, parent)
    argument = Argument(
        debate=parent.debate,
        parent=parent,
        path=path,
        depth=depth_of(path),
        author=author,
        state=State.PUBLISHED,
        answers_revision=(parent.revisions.filter(number=seen).first() if seen else None)
        or parent.revisions.order_by("-number").first(),
    )
    lay_text(argument, text, author)
    anchor_quotes(argument)
    argument_posted.send(Argument, argument=argument)
    return argument
