"""Join the citations and tags of two arguments that become one; and part the citations again."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from debates.actions.arranging.changed_rows import Changes
from debates.models import Argument, ArgumentTag, Citation, CitationCheck, Source, Tag
from debates.models.argument import Stance

WORDS = ("locator_label", "locator", "quotation", "purpose")
CHECK = ("member_id", "verdict", "note", "locator", "text_digest", "created_at")


def join_citations(gone: Argument, kept: Argument, changes: Changes) -> list[dict[str, Any]]:
    """Move the citations that the kept argument lacks, after its own; return what `part_citations` needs. Any: JSON.

    The rows go along with their checks and their places in documents, and keep their addresses. Whoever checked whether the
    source says the one claim has checked it for both, because they say the same. Where both cite the same words of a source,
    the kept row also gets the checks of those who have not checked it.
    """
    own = {_said(one): one for one in kept.citations.all()}
    position = max((one.position for one in own.values()), default=0)
    moved: list[dict[str, Any]] = []
    for citation in gone.citations.select_for_update().order_by("position", "pk"):
        same = own.get(_said(citation))
        if same is not None:
            _copy_checks(_current(citation), same, changes)
            continue
        position += 1
        was = {
            "pk": citation.pk,
            "source": citation.source_id,
            "position": citation.position,
            "fingerprint": citation.fingerprint,
            "quotation_state": citation.quotation_state,
            "words": {name: getattr(citation, name) for name in WORDS},
        }
        checks = _current(citation)
        citation.argument, citation.position = kept, position
        citation.take_fingerprint(kept.claim)
        citation.save(update_fields=["argument", "position", "fingerprint"])
        moved.append(was | {"checks": _refer(checks, citation)})
    return moved


def part_citations(
    gone: Argument, kept: Argument, moved: list[dict[str, Any]], since: datetime, *, edited: bool
) -> None:
    """Give back the citations that were moved, with the checks of them. Any: JSON that `join_citations` returned.

    Where the kept argument was edited since, its author has saved them as its own: they stay, as its footnotes may refer to
    them, and what is parted from it cites the same again.
    """
    standing = Source.objects.standing_of(one["source"] for one in moved)
    for one in moved:
        citation = Citation.objects.filter(pk=one["pk"], argument=kept).first()
        if citation is None or edited:
            again = Citation.objects.create(
                argument=gone,
                source_id=standing[one["source"]],
                position=one["position"],
                fingerprint=one["fingerprint"],
                quotation_state=one["quotation_state"],
                **one["words"],
            )
            _copy_checks(CitationCheck.objects.filter(pk__in=one["checks"]), again)
            continue
        checks = _current(citation).filter(Q(pk__in=one["checks"]) | Q(created_at__gte=since))
        citation.argument, citation.position = gone, one["position"]
        citation.fingerprint = one["fingerprint"]
        citation.save(update_fields=["argument", "position", "fingerprint"])
        _refer(checks, citation)


def join_tags(gone: Argument, kept: Argument, changes: Changes) -> None:
    """Give the kept argument the tags that it lacks; those that say what is wrong with the claim above only where it is a con."""
    rows = gone.argument_tags.exclude(tag__in=kept.argument_tags.values("tag")).order_by("pk")
    if kept.stance != Stance.CON:
        rows = rows.exclude(tag__kind=Tag.Kind.REBUTTAL)
    changes.make(ArgumentTag(content_object=kept, tag_id=row.tag_id) for row in rows)


def _said(citation: Citation) -> tuple[object, ...]:
    """Return by what two citations are the same: the words of a source and their place."""
    return (citation.source_id, citation.locator_label, citation.locator, citation.quotation)


def _current(citation: Citation) -> Any:
    """Return the checks of a citation as it stands. Any: a queryset of CitationCheck."""
    return CitationCheck.objects.filter(citation=citation.pk, fingerprint=citation.fingerprint)


def _refer(checks: Any, citation: Citation) -> list[int]:
    """Let checks be of a citation as it stands now; return their keys. Any: a queryset of CitationCheck."""
    known = CitationCheck.objects.filter(citation=citation, fingerprint=citation.fingerprint).values("member")
    keys = list(
        checks.exclude(member__in=list(known.values_list("member", flat=True))).values_list("pk", flat=True)
    )
    CitationCheck.objects.filter(pk__in=keys).update(fingerprint=citation.fingerprint)
    return keys


def _copy_checks(checks: Any, citation: Citation, changes: Changes | None = None) -> None:
    """Copy the checks of those who have not checked a citation to it. Any: a queryset of CitationCheck."""
    known = set(_current(citation).values_list("member", flat=True))
    copies = [
        CitationCheck(
            citation=citation,
            fingerprint=citation.fingerprint,
            **{name: getattr(row, name) for name in CHECK},
        )
        for row in checks
        if row.member_id not in known
    ]
    if changes is None:
        CitationCheck.objects.bulk_create(copies)
    else:
        changes.make(copies, "verdict", "note")
