"""Write a version of an argument whose tags, citations or stance changed while its words stayed; and take it away again."""

from django.utils.text import Truncator

from debates.actions.writing.overtaking import overtake_replies, says_the_same
from debates.models import Argument, Revision, Suggestion, Tag
from debates.models.visibility import Viewer

LONGEST_NOTE = 300
SAID = ("claim", "elaboration", "stance", "attacks", "tags", "citations")


def lay_version(argument: Argument, editor: Viewer, note: str) -> Revision:
    """Write a version of an argument as it stands, in the form that `lay_text` gives to those that it writes.

    Whoever has opened the argument to edit it is told by its number that it changed meanwhile.
    """
    tags = [row.tag for row in argument.argument_tags.select_related("tag")]
    last = argument.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        argument=argument,
        number=last + 1,
        claim=argument.claim,
        elaboration=argument.elaboration,
        stance=argument.stance,
        attacks=argument.attacks,
        tags=[
            *sorted(tag.slug for tag in tags if tag.kind == Tag.Kind.REBUTTAL),
            *sorted(tag.name for tag in tags if tag.kind != Tag.Kind.REBUTTAL),
        ],
        citations=[
            {
                "source": one.source.public_id,
                "short": str(one.source),
                "locator": f"{one.locator_label} {one.locator}".strip(),
                "quotation": one.quotation,
                "purpose": one.purpose,
            }
            for one in argument.citations.select_related("source").order_by("position", "pk")
        ],
        note=Truncator(note).chars(LONGEST_NOTE),
        editor=editor,
        editor_name=editor.get_username(),
    )


def newest_version(argument: Argument) -> Revision | None:
    """Return the version of an argument that stands."""
    return argument.revisions.order_by("-number").first()


def settle_version(argument: Argument, written: int | None, editor: Viewer, note: str) -> None:
    """Let the versions of an argument end with what it says, after a rearrangement that wrote one was undone.

    Where nobody edited it since or answered what it said meanwhile, that version is taken away: the argument reads as if
    nothing had been done, and what was done and undone stands in the log. Otherwise a further version is written.
    """
    newest, before = argument.revisions.order_by("-number")[:1].first(), None
    if newest is not None and newest.pk == written:
        before = argument.revisions.exclude(pk=written).order_by("-number").first()
    if before is not None and newest is not None:
        answered = Argument.objects.filter(answers_revision=newest)
        suggested = Suggestion.objects.filter(revision=newest)
        if says_the_same(newest, before) or not (answered.exists() or suggested.exists()):
            answered.update(answers_revision=before)
            suggested.update(revision=before)
            newest.delete()
            overtake_replies(argument, newest, before)
            return
    fresh = lay_version(argument, editor, note)
    if newest is not None and all(getattr(fresh, name) == getattr(newest, name) for name in SAID):
        fresh.delete()
    else:
        overtake_replies(argument, newest, fresh)
