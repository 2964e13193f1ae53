"""Post an argument, a rebuttal or a note under a claim."""

from django.db import transaction
from django.utils import timezone

from debates.actions.arranging.bundle import bundle_key, check_premise
from debates.actions.arranging.placing import lock_place, next_path
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.anchor_words import AnchorText, check_anchor
from debates.actions.writing.overtaking import says_the_same
from debates.actions.writing.text import ArgumentText, lay_text
from debates.models import Argument, StandingChange, State
from debates.models.visibility import Viewer
from debates.permissions import check_reply
from debates.signals import argument_posted
from debates.tree import depth_of


@transaction.atomic
def post_argument(
    author: Viewer,
    parent: Argument,
    text: ArgumentText,
    seen: int | None = None,
    joint_with: Argument | None = None,
    anchor: AnchorText | None = None,
) -> Argument:
    """Place a text under a parent and return the new argument; it remembers which revision it answers.

    `seen` is the number of the revision that its author had before them; without it, the newest. `joint_with` is an argument
    of the same author under the same parent, any premise of a bundle: the two only work together. `anchor` names the words
    of the debate’s article that it answers.
    """
    parent = lock_place(parent)  # what the form saw may be old by now
    check_reply(author, parent)
    if joint_with is not None:
        joint_with = Argument.objects.select_related("debate").get(pk=joint_with.pk)
        check_premise(author, joint_with, parent, text)
    anchored = check_anchor(author, parent.debate, anchor) if anchor is not None else None
    newest = parent.revisions.order_by("-number").first()
    answered = (parent.revisions.filter(number=seen).first() if seen else None) or newest
    path = next_path(parent.debate, parent)
    argument = Argument(
        debate=parent.debate,
        parent=parent,
        path=path,
        depth=depth_of(path),
        author=author,
        state=State.PUBLISHED,
        joint_with_id=None if joint_with is None else bundle_key(joint_with),
        answers_revision=answered,
        stale_since=None if answered is None or says_the_same(answered, newest) else timezone.now(),
    )
    lay_text(argument, text, author)
    if anchored is not None:
        anchored.argument = argument
        anchored.save()
    anchor_quotes(argument)
    rescore([argument], StandingChange.Cause.POSTED, argument)
    argument_posted.send(Argument, argument=argument)
    return argument
