"""What a line of an outline shows of an argument: fewer columns than a card, and no words of a text that is gone."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Case, Exists, F, OuterRef, Value, When

from debates.models import Argument, ArgumentTag, Citation, Tag
from debates.models.argument import ArgumentQuerySet, Stance
from debates.models.authorship import shown_author
from debates.models.visibility import Viewer, seen_by
from debates.views.parts.card import Card


def with_line_texts(
    rows: ArgumentQuerySet, viewer: Viewer, chosen: ArgumentQuerySet | None = None, *, standing: bool = False
) -> ArgumentQuerySet:
    """Attach what a line shows, in the same statement. The words of a text that may not be read stay in the database.

    `chosen` are the rows that a filter keeps; `standing` attaches how each stands, too.
    """
    charged = ArgumentTag.objects.filter(content_object=OuterRef("pk"), tag__kind=Tag.Kind.REBUTTAL)
    cited = Citation.objects.filter(seen_by(viewer, "source__added_by", of="source"), argument=OuterRef("pk"))
    matches = Value(1) if chosen is None else Exists(chosen.filter(pk=OuterRef("pk")).order_by())
    related = ["author", "voice", "debate", "joint_with", *(["standing"] if standing else [])]
    return (
        rows.select_related(*related)
        .defer("claim", "elaboration", "elaboration_html", "debate__summary")
        .defer("joint_with__claim", "joint_with__elaboration", "joint_with__elaboration_html")
        .annotate(
            words=Case(When(seen_by(viewer, "author", "debate"), then=F("claim")), default=Value("")),
            charged=Exists(charged),
            cited=Exists(cited),
            matches=matches,
        )
    )


def card_of_line(row: Argument, viewer: Viewer) -> Card:
    """Return what a line shows of a row that came through `with_line_texts`; of a text that is gone its place."""
    words: str = row.words  # type: ignore[attr-defined]  # annotated
    card = Card(
        public_id=row.public_id,
        kind=row.kind,
        stance=row.stance,
        attacks=row.attacks,
        state=row.state,
        state_words="" if row.is_published else str(row.get_state_display()),
    )
    if not words:
        return card
    return replace(
        card,
        url=row.get_absolute_url(),
        claim=words,
        rebuttal=row.stance == Stance.CON and row.charged and row.cited,  # type: ignore[attr-defined]  # annotated
        by=shown_author(row, viewer).name,
        voice=row.voice is not None,
        posted=row.created_at,
        passing=not row.matches,  # type: ignore[attr-defined]  # annotated
        joint=row.joint_with.public_id if row.joint_with else "",
    )
