"""Say that two works belong together and stay two: a preprint and its publication, a book and its translation."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.sources.lock_sources import lock_sources
from debates.models import Source, SourceRelation
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_relate


@transaction.atomic
def relate_sources(member: Viewer, source: Source, other: Source, kind: str) -> bool:
    """Tie one source to another; return whether that changed anything."""
    check_relate(member, source)
    if kind not in SourceRelation.Kind.values:
        raise Refused(_("Choose from the list what the first work is to the other."), "kind", 400)
    if source.pk == other.pk:
        raise Refused(_("A source cannot be related to itself; choose another."), "other", 400)
    rows = lock_sources([source.pk, other.pk])  # so that the two are not related both ways at once
    if any(one.merged_into_id for one in rows.values()):
        raise Refused(
            _("One of the two was merged meanwhile; look at it again before you go on."), "other", 409
        )
    if SourceRelation.objects.filter(source=other, other=source).exists():
        raise Refused(_("The two are related already, the other way round."), "other", 409)
    relation, made = SourceRelation.objects.get_or_create(
        source=source, other=other, defaults={"kind": kind, "added_by": member}
    )
    if made or relation.kind == kind:
        return made
    relation.kind = kind
    relation.save(update_fields=["kind"])
    return True


@transaction.atomic
def part_sources(member: Viewer, relation: SourceRelation) -> bool:
    """Take a relation away; return whether it was there."""
    check_relate(member, relation.source.standing)  # who added the record that stands for the work now
    return bool(SourceRelation.objects.filter(pk=relation.pk).delete()[0])
