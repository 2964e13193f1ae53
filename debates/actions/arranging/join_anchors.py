"""Carry along what arguments answer in their article, where two become one or one becomes two; and part it again."""

from debates.actions.arranging.changed_rows import Changes
from debates.actions.writing.find_anchors import find_anchors
from debates.models import Anchor, Argument, Document

WHERE = ("document_id", "place", "passage_id", "start", "end", "exact", "prefix", "suffix")


def join_anchors(gone: Argument, kept: Argument, changes: Changes) -> None:
    """Move the anchors that the kept argument lacks; of two that begin at the same character the longer one stands.

    The rows are changed through `Changes`, so undoing gives back each as it was. The shorter row stays with what is gone.
    """
    own = {_begins(one): one for one in Anchor.objects.filter(argument=kept)}
    for anchor in Anchor.objects.filter(argument=gone).order_by("pk"):
        same = own.get(_begins(anchor))
        if same is None:
            changes.change(anchor, argument=kept)
        elif anchor.end > same.end:
            changes.change(same, end=anchor.end, exact=anchor.exact, suffix=anchor.suffix)


def part_anchors(gone: Argument, kept: Argument) -> None:
    """Look for the words of two parted arguments again: their text may have been given anew since they were joined."""
    rows = Anchor.objects.filter(argument__in=[gone, kept])
    for document in Document.objects.filter(pk__in=rows.values("document")):
        find_anchors(document, rows.filter(document=document).order_by("pk"))


def copy_anchors(argument: Argument, second: Argument, changes: Changes) -> None:
    """Let the second part of an argument answer the same words as the whole did."""
    changes.make(
        Anchor(argument=second, **{name: getattr(row, name) for name in WHERE})
        for row in Anchor.objects.filter(argument=argument).order_by("pk")
    )


def _begins(anchor: Anchor) -> tuple[int, str, int]:
    """Return by what two anchors of one argument would be the same row."""
    return anchor.document_id, anchor.place, anchor.start
