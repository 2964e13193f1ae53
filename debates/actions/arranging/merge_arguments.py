"""Merge two arguments that say the same: answers, replies, citations and places are joined, and it can be undone."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.bundle import bundle_of
from debates.actions.arranging.changed_rows import Changes
from debates.actions.arranging.circle import circle_with
from debates.actions.arranging.join_anchors import join_anchors
from debates.actions.arranging.join_answers import fill_requests, join_answers, join_opinions, join_requests
from debates.actions.arranging.join_citations import join_citations, join_tags
from debates.actions.arranging.join_links import home_as_link, join_links
from debates.actions.arranging.lock_links import lock_places
from debates.actions.arranging.move_argument import raters_of
from debates.actions.arranging.placing import check_anonymity, lock_arguments
from debates.actions.arranging.put_under import put_under
from debates.actions.moderating.log import write_log
from debates.actions.weighing.rescore import recount, rescore
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.lay_version import lay_version
from debates.models import Argument, LogEntry, Opinion, Rearrangement, StandingChange, State, Wording
from debates.models.visibility import Viewer, listed
from debates.permissions import Refused, check_moderate
from debates.signals import arguments_rearranged

FIELD = "other"
"""The field that names the other argument."""


def check_merge(viewer: Viewer, gone: Argument, kept: Argument) -> None:
    """Refuse to merge what cannot be one argument; call it once the places are locked."""
    check_moderate(viewer)
    if gone.pk == kept.pk:
        raise Refused(_("An argument cannot be merged into itself; choose another."), FIELD, 400)
    check_anonymity(gone.debate, kept.debate, FIELD)
    for one in (gone, kept):
        if one.merged_into_id is not None:
            raise Refused(
                _("One of the two was merged meanwhile; look at both again before you go on."), FIELD, 409
            )
        if one.state != State.PUBLISHED or one.debate.state != State.PUBLISHED:
            raise Refused(
                _("“%(claim)s” is not shown to everyone; only what is published can be merged.")
                % {"claim": one.claim},
                FIELD,
                409,
            )
        if bundle_of(one).count() > 1:
            raise Refused(
                _("“%(claim)s” works only together with other premises, so it cannot be merged alone.")
                % {"claim": one.claim},
                FIELD,
                409,
            )
    _check_kinds(gone, kept)
    _check_apart(gone, kept)


@transaction.atomic
def merge_arguments(moderator: Viewer, gone: Argument, kept: Argument, reason: str) -> Rearrangement:
    """Let one argument stand for two; the address of the other leads to it, and both wordings are kept.

    Where the other stood under another claim, the kept one stands there, too, by a link of the same side.
    """
    lock_places((gone.debate_id, kept.debate_id))
    gone, kept = lock_arguments(gone, kept)
    check_merge(moderator, gone, kept)
    entry = write_log(moderator, LogEntry.Act.MERGE, gone, reason)
    changes = Changes()
    changes.touched |= {gone.pk, kept.pk}
    raters = _raters(gone)
    changes.change(gone, state=State.REMOVED, merged_into=kept)
    place = home_as_link(gone, kept, changes)
    links = join_links(gone, kept, changes)
    citations = join_citations(gone, kept, changes)
    join_tags(gone, kept, changes)
    join_anchors(gone, kept, changes)
    fill_requests(kept, changes)
    join_requests(gone, kept, changes)
    if kept.kind == Argument.Kind.THESIS:
        join_opinions(gone, kept, changes)
    else:
        join_answers(gone, kept, place, changes)
    version = lay_version(kept, moderator, entry.reason)
    # In every state: what is hidden or withdrawn may be shown again.
    put_under(list(gone.children.select_related("debate", "parent").order_by("path")), kept, changes)
    for wording in Wording.objects.filter(argument=gone):
        changes.change(wording, argument=kept)
    merge = Rearrangement.objects.create(
        kind=Rearrangement.Kind.MERGE,
        argument=gone,
        other=kept,
        before=changes.as_json(
            citations=citations,
            version=version.pk,
            place=place.pk if place is not None else None,
            links=[link.pk for link in (*links, place) if link is not None],
        ),
        by=moderator,
        by_name=moderator.get_username(),
        reason=entry.reason,
    )
    Wording.objects.create(
        argument=kept, of=gone, claim=gone.claim, elaboration=gone.elaboration, merge=merge
    )
    rescore_merged(gone, kept)
    arguments_rearranged.send(
        Rearrangement, rearrangement=merge, undone=False, actor=moderator, raters=raters
    )
    return merge


def rescore_merged(gone: Argument, kept: Argument) -> None:
    """Look anew for what is quoted from what is gone or back, count answers, and compute all that either bears on."""
    anchor_quotes(gone)
    for one in (gone, kept):
        if one.kind == Argument.Kind.ARGUMENT:
            recount(one)
    above = [gone.parent] if gone.parent is not None else []
    further = Argument.objects.filter(linked_children__argument__in=[gone, kept]).distinct()
    rescore([kept, gone, *above, *further], StandingChange.Cause.REARRANGED, kept)


def _check_kinds(gone: Argument, kept: Argument) -> None:
    kinds = {gone.kind, kept.kind}
    if Argument.Kind.THESIS in kinds and len(kinds) > 1:
        raise Refused(
            _("One of the two is a thesis and carries a debate; only two theses can be merged."), FIELD, 409
        )
    if kept.kind == Argument.Kind.NOTE != gone.kind:
        raise Refused(
            _("“%(claim)s” is a note, which takes no answers; let the other one stand.")
            % {"claim": kept.claim},
            "kept",
            409,
        )
    theses = Argument.objects.filter(listed(), debate=gone.debate_id, kind=Argument.Kind.THESIS)
    if gone.kind == Argument.Kind.THESIS and not theses.exclude(pk__in=[gone.pk, kept.pk]).exists():
        if gone.debate_id != kept.debate_id:
            raise Refused(
                _("“%(claim)s” is the only thesis of its debate, which would be left without one.")
                % {"claim": gone.claim},
                "kept",
                409,
            )


def _check_apart(gone: Argument, kept: Argument) -> None:
    """Refuse where one of the two bears on the other: the one argument would then rest on itself."""
    for one, above in ((gone, kept), (kept, gone)):
        if one.debate_id == above.debate_id and one.path.startswith(above.path):
            raise Refused(
                _(
                    "“%(claim)s” stands in the branch below “%(above)s”: an argument is not the same as what it answers."
                )
                % {"claim": one.claim, "above": above.claim},
                FIELD,
                409,
            )
        if circle_with(above.pk, one.pk) is not None:
            raise Refused(
                _("“%(above)s” rests on “%(claim)s” by way of a link: merged, it would rest on itself.")
                % {"claim": one.claim, "above": above.claim},
                FIELD,
                409,
            )
    same_place = gone.parent_id is not None and gone.parent_id == kept.parent_id
    if same_place and gone.stance and kept.stance and gone.stance != kept.stance:
        raise Refused(
            _("One speaks for the claim above and the other against it, so they do not say the same."),
            FIELD,
            409,
        )


def _raters(gone: Argument) -> list[int]:
    """Return the keys of those who are told: whose answers about what is gone count elsewhere now."""
    if gone.kind != Argument.Kind.THESIS:
        return raters_of([gone])
    return list(Opinion.objects.filter(thesis=gone).order_by("member").values_list("member", flat=True))
