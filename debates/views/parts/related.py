"""Works that belong to a source and are not the same: what each is to it, read from both sides."""

from dataclasses import dataclass

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from debates.models import Source, SourceRelation
from debates.models.source import family_of
from debates.models.visibility import Viewer, is_moderator

THIS_IS = {
    SourceRelation.Kind.PREPRINT: gettext_noop("A preprint of"),
    SourceRelation.Kind.TRANSLATION: gettext_noop("A translation of"),
    SourceRelation.Kind.EDITION: gettext_noop("Another edition of"),
    SourceRelation.Kind.PART: gettext_noop("A part of"),
}
"""What a source is to the other, by the kind of relation that was written at it."""
THIS_HAS = {
    SourceRelation.Kind.PREPRINT: gettext_noop("Has a preprint:"),
    SourceRelation.Kind.TRANSLATION: gettext_noop("Has a translation:"),
    SourceRelation.Kind.EDITION: gettext_noop("Another edition of"),
    SourceRelation.Kind.PART: gettext_noop("Has as a part"),
}
"""The same relations, read from the other source."""


@dataclass(frozen=True)
class RelatedView:
    """A related work: what it is to the source, its name and address, and the key of the relation."""

    words: str
    name: str
    url: str
    relation: int
    may_part: bool
    """Whether who may relate the source may also part the two: who added it only what was written from its side."""


def related_works(shown: Source, viewer: Viewer) -> list[RelatedView]:
    """Return the works that a source is related to, as far as a viewer may read them.

    A relation of what was merged into a source is one of that source, and leads to what the other was merged into; two
    that fell together by a merge are not related to themselves. So nothing is written when sources are merged or parted.
    """
    family = family_of(shown.pk)
    rows = list(
        SourceRelation.objects.filter(Q(source_id__in=family) | Q(other_id__in=family))
        .annotate(
            from_here=Q(source_id__in=family),
            at=Case(When(from_here=True, then="other"), default="source"),
            at_merged=Case(When(from_here=True, then="other__merged_into"), default="source__merged_into"),
        )
        .order_by("kind", "pk")
    )
    if not rows:
        return []
    merged = {row.at for row in rows if row.at_merged is not None}
    standing = {row.at: row.at for row in rows} | (Source.objects.standing_of(merged) if merged else {})
    readable = Source.objects.visible_to(viewer).exclude(pk=shown.pk).in_bulk(set(standing.values()))
    moderates = is_moderator(viewer)
    views: dict[tuple[str, int], RelatedView] = {}
    for row in rows:
        words = _((THIS_IS if row.from_here else THIS_HAS)[SourceRelation.Kind(row.kind)])
        other = readable.get(standing[row.at])
        if other is not None:
            view = RelatedView(
                words, str(other), other.get_absolute_url(), row.pk, row.from_here or moderates
            )
            views.setdefault((words, other.pk), view)
    return list(views.values())
