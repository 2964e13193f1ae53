"""Split an argument that makes two claims: the second becomes an argument of its own beside it."""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.arranging.bundle import bundle_key, bundle_of
from debates.actions.arranging.changed_rows import Changes
from debates.actions.arranging.join_anchors import copy_anchors
from debates.actions.arranging.join_answers import copy_ratings
from debates.actions.arranging.lock_links import lock_places
from debates.actions.arranging.move_argument import raters_of
from debates.actions.arranging.placing import lock_arguments, next_path
from debates.actions.arranging.put_under import put_under
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import recount, rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.overtaking import overtake_replies
from debates.actions.writing.text import ArgumentText, CitationText, lay_text
from debates.models import Argument, LogEntry, Rating, Rearrangement, StandingChange, State
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from debates.signals import arguments_rearranged
from debates.tree import depth_of

type Ratings = Literal["first", "both"]
LAID = ("claim", "elaboration", "elaboration_html", "edited_at", "stance", "attacks", "kind")
"""The columns that a text is laid into."""


def check_split(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot split an argument: moderators may, what everyone reads."""
    check_moderate(viewer)
    if argument.state != State.PUBLISHED or argument.debate.state != State.PUBLISHED:
        raise Refused(_("This argument is not shown to everyone, so it cannot be split."), status=409)
    if bundle_of(argument).count() > 1:
        raise Refused(
            _(
                "It is one of several premises that work only together; let it stand alone before it is split."
            ),
            status=409,
        )


@transaction.atomic
def split_argument(
    moderator: Viewer,
    argument: Argument,
    first_claim: str,
    second: ArgumentText,
    replies_to_second: Collection[int],
    ratings: Ratings,
    reason: str,
    seen: int | None = None,
) -> Rearrangement:
    """Leave the first claim where it is and put the second beside it: by the same author, on the same side.

    Of `second` claim, elaboration and citations are taken; side and tags are those of the whole. `replies_to_second` are the
    keys of the replies that go to it; with "both" the ratings count for it, too, otherwise only for the first. `seen` is the
    number of the version that was split; refuses when there is a newer one.
    """
    lock_places([argument.debate_id])
    (argument,) = lock_arguments(argument)
    check_split(moderator, argument)
    before = newest_version(argument)
    if seen is not None and before is not None and before.number != seen:
        raise Refused(
            _("The argument was edited meanwhile. Your text is below; compare, then split it again."),
            status=409,
        )
    if not first_claim.strip() or " ".join(first_claim.split()) == " ".join(second.claim.split()):
        raise Refused(_("Write two claims that differ."), "first_claim", 400)
    chosen = _chosen(argument, set(replies_to_second))
    entry = write_log(moderator, LogEntry.Act.SPLIT, argument, reason)
    changes = Changes()
    new = _second(argument, second, moderator, entry.reason)
    _lay_first(argument, first_claim, changes, moderator, entry.reason)
    written = newest_version(argument)
    put_under(chosen, new, changes)
    if written is not None:
        overtake_replies(argument, before, written)
    if ratings == "both":
        copy_ratings(Rating.objects.filter(argument=argument), new, changes)
    copy_anchors(argument, new, changes)
    changes.touched |= {argument.pk, new.pk}
    split = Rearrangement.objects.create(
        kind=Rearrangement.Kind.SPLIT,
        argument=argument,
        other=new,
        before=changes.as_json(version=written.pk if written is not None else None),
        by=moderator,
        by_name=moderator.get_username(),
        reason=entry.reason,
    )
    for one in (argument, new):
        anchor_quotes(one)
        if one.kind == Argument.Kind.ARGUMENT:
            recount(one)
    above = [argument.parent] if argument.parent is not None else []
    rescore([argument, new, *above], StandingChange.Cause.REARRANGED, argument)
    arguments_rearranged.send(
        Rearrangement, rearrangement=split, undone=False, actor=moderator, raters=raters_of([argument])
    )
    return split


def _chosen(argument: Argument, keys: set[int]) -> list[Argument]:
    """Return the replies that go to the second claim, in order; premises that work only together go together."""
    replies = list(argument.children.select_related("debate", "parent").order_by("path"))
    if not keys <= {reply.pk for reply in replies}:
        raise Refused(
            _("A reply that was to go to the second claim no longer stands here; look at them again."),
            status=409,
        )
    bundles = {bundle_key(reply) for reply in replies if reply.pk in keys}
    chosen = [reply for reply in replies if bundle_key(reply) in bundles]
    for reply in chosen:
        if reply.pk not in keys and reply.is_published:  # what is not shown was not asked about
            raise Refused(
                _(
                    "“%(claim)s” works only together with other premises: let all of them answer the same claim."
                )
                % {"claim": reply.claim},
                f"reply-{reply.pk}",
                409,
            )
    return chosen


def _second(argument: Argument, text: ArgumentText, moderator: Viewer, note: str) -> Argument:
    """Write the second argument beside the first: what is not said of it is as it is there."""
    path = next_path(argument.debate, argument.parent)
    new = Argument(
        debate=argument.debate,
        parent=argument.parent,
        path=path,
        depth=depth_of(path),
        author=argument.author,
        voice=argument.voice,
        state=State.PUBLISHED,
        answers_revision=argument.answers_revision,
        stale_since=argument.stale_since,
    )
    rebuttal = tuple(tag.slug for tag in argument.rebuttal_tags) if text.citations else ()
    whole = replace(
        text,
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        rebuttal_tags=rebuttal,
        topic_tags=tuple(tag.name for tag in argument.topic_tags),
    )
    lay_text(new, whole, moderator, note[:300])
    return new


def _lay_first(argument: Argument, claim: str, changes: Changes, moderator: Viewer, note: str) -> None:
    """Lay the first claim on the argument, and keep all that this changes: columns, and what its citations are checked for."""
    citations = list(argument.citations.select_related("source").order_by("position", "pk"))
    laid = {column: getattr(argument, column) for column in LAID}
    prints = {one.pk: {"fingerprint": one.fingerprint, "position": one.position} for one in citations}
    text = ArgumentText(
        claim=claim,
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        elaboration=argument.elaboration,
        rebuttal_tags=tuple(tag.slug for tag in argument.rebuttal_tags),
        topic_tags=tuple(tag.name for tag in argument.topic_tags),
        citations=tuple(
            CitationText(
                source=one.source,
                locator_label=one.locator_label,
                locator=one.locator,
                quotation=one.quotation,
                purpose=one.purpose,
            )
            for one in citations
        ),
    )
    argument.edited_at = timezone.now()
    lay_text(argument, text, moderator, note[:300])
    changes.note(argument, laid)
    for one in argument.citations.filter(pk__in=prints):
        changes.note(one, prints[one.pk])
