"""Mend a debate's question, summary, topics and address; an address that it leaves leads to it for good."""

import hashlib
import json
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from debates.actions.moderating.log import write_log
from debates.actions.writing.mask import check_anonymous, set_anonymous
from debates.actions.writing.text import check_printable
from debates.models import Debate, DebateAddress, DebateTag, LogEntry, State
from debates.models.tag import topics
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused

LONGEST_QUESTION, LONGEST_SUMMARY, LONGEST_SLUG = 300, 5000, 80
RESERVED = frozenset({"open"})
"""Words that are addresses of other pages at the same place."""


def check_edit_debate(viewer: Viewer, debate: Debate) -> None:
    """Refuse where a viewer cannot mend what a debate is called: who opened it may, and moderators."""
    if is_moderator(viewer):
        return
    if not viewer.is_authenticated or debate.opened_by_id != viewer.pk:
        raise Refused(_("Only the one who opened a debate, or a moderator, can mend it."))
    if debate.state not in (State.PUBLISHED, State.PENDING, State.DRAFT):
        raise Refused(
            _("This debate is %(state)s and cannot be mended.") % {"state": debate.get_state_display()},
            status=409,
        )
    if debate.locked_at:
        raise Refused(_("This debate is locked, so a moderator mends it."), status=409)


def state_of(debate: Debate) -> str:
    """Return a digest of what can be mended, by which a form tells whether somebody was faster."""
    said = [debate.question, debate.summary, debate.slug, _topic_names(debate), debate.anonymous]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


@transaction.atomic
def edit_debate(
    editor: Viewer,
    debate: Debate,
    question: str,
    summary: str,
    tags: Sequence[str],
    slug: str,
    *,
    seen: str | None = None,
    reason: str = "",
    anonymous: bool | None = None,
) -> bool:
    """Lay these on a debate; return whether anything changed. A moderator gives a reason, which the log shows.

    `anonymous` says whether members are shown under numbers, None for as it is; moderators change that.
    `seen` is the digest (`state_of`) of what the editor had in sight; what was mended since is not written over.
    """
    current = Debate.objects.select_for_update().get(pk=debate.pk)
    check_edit_debate(editor, current)
    question, summary = " ".join(question.split()), summary.strip()
    _check_words(question, summary, reason)
    slug = _read_slug(slug)
    wanted = topics(list(tags))
    before = (current.question, current.summary, current.slug, _topic_names(current))
    turned = anonymous is not None and anonymous != current.anonymous
    if before == (question, summary, slug, sorted(tag.name for tag in wanted)) and not turned:
        return False
    if seen is not None and seen != state_of(current):
        raise Refused(
            _(
                "The debate was mended meanwhile, in another window. Yours is below; compare, then save again."
            ),
            status=409,
        )
    if anonymous is not None and turned:
        check_anonymous(editor, current, anonymous)
        set_anonymous(current, anonymous)
    _move_to(current, slug)
    current.question, current.summary = question, summary
    current.save(update_fields=["question", "summary"])
    current.debate_tags.exclude(tag__in=wanted).delete()
    kept = set(current.debate_tags.values_list("tag", flat=True))
    DebateTag.objects.bulk_create(
        DebateTag(content_object=current, tag=tag) for tag in wanted if tag.pk not in kept
    )
    if is_moderator(editor):  # after the change: the line leads to where the debate is now
        write_log(editor, LogEntry.Act.EDIT_DEBATE, current, reason)
    debate.question, debate.summary, debate.slug = current.question, current.summary, current.slug
    debate.anonymous = current.anonymous
    return True


def _topic_names(debate: Debate) -> list[str]:
    return sorted(debate.debate_tags.values_list("tag__name", flat=True))


def _check_words(question: str, summary: str, reason: str) -> None:
    if not question:
        raise Refused(_("Write the question that the debate is about."), "question", 400)
    for field, words, most in (
        ("question", question, LONGEST_QUESTION),
        ("summary", summary, LONGEST_SUMMARY),
    ):
        check_printable(field, words)
        if len(words) > most:
            raise Refused(
                _("This has %(count)d characters; shorten it to %(most)d.")
                % {"count": len(words), "most": most},
                field,
                400,
            )
    check_printable("reason", reason)


def _read_slug(typed: str) -> str:
    """Return what was typed as an address: letters, digits and hyphens."""
    check_printable("slug", typed)
    slug = slugify(typed, allow_unicode=True)[:LONGEST_SLUG].strip("-_")
    if not slug:
        raise Refused(
            _("Write an address of letters or digits, such as should-the-harbour-keep-its-cranes."),
            "slug",
            400,
        )
    return slug


def _move_to(debate: Debate, slug: str) -> None:
    """Give a debate another address and keep the one it leaves; refuse one that is or ever was another debate's."""
    old = debate.slug
    if slug == old:
        return
    taken = Refused(
        _("The address “%(slug)s” is taken, or was another debate’s once; choose another.") % {"slug": slug},
        "slug",
        409,
    )
    # In this order: a debate that leaves the address between the two questions has kept it by the second.
    others = Debate.objects.exclude(pk=debate.pk).filter(slug=slug)
    kept = DebateAddress.objects.exclude(debate=debate).filter(slug=slug)
    if slug in RESERVED or others.exists() or kept.exists():
        raise taken
    debate.slug = slug
    try:
        with transaction.atomic():
            debate.save(update_fields=["slug"])
            # An own old address that it goes back to keeps its row: which one came first names its feed.
            DebateAddress.objects.get_or_create(slug=old, defaults={"debate": debate})
    except IntegrityError as error:  # somebody took it at this very moment
        raise taken from error
