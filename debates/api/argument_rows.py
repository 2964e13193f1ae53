"""From rows to answers: what is told of arguments, a whole page of them in a fixed number of statements."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest

from debates.api import shapes
from debates.api.addresses import argument_url, page_url, source_url
from debates.models import (
    Appearance,
    Argument,
    ArgumentTag,
    Citation,
    Link,
    Origin,
    Revision,
    Source,
    State,
)
from debates.models.argument import ArgumentQuerySet, Stance
from debates.models.authorship import shown_author
from debates.models.visibility import listed

TOLD = (Argument.Kind.THESIS, Argument.Kind.ARGUMENT)
"""What takes part in the reckoning of standings."""


def with_rows(arguments: ArgumentQuerySet) -> QuerySet[Argument]:
    """Attach what is told of arguments, in a fixed number of statements; nothing among it that is not listed."""
    return (
        arguments.select_related("author", "voice", "debate", "standing", "joint_with", "parent")
        .defer(
            "debate__summary",
            "joint_with__elaboration",
            "joint_with__elaboration_html",
            "parent__elaboration",
            "parent__elaboration_html",
        )
        .prefetch_related(
            Prefetch(
                "argument_tags", queryset=ArgumentTag.objects.select_related("tag").order_by("tag__name")
            ),
            Prefetch("citations", queryset=cited()),
            Prefetch(
                "links",
                queryset=Link.objects.filter(listed("parent__", "debate"))
                .select_related("parent__debate")
                .order_by("created_at", "pk"),
            ),
            Prefetch(
                "linked_children",
                queryset=Link.objects.filter(listed("argument__", "debate"))
                .select_related("argument__debate")
                .order_by("created_at", "pk"),
            ),
            Prefetch(
                "origins",
                queryset=Origin.objects.filter(listed("document__source__")).select_related(
                    "document__source"
                ),
            ),
        )
    )


def cited() -> QuerySet[Citation]:
    """Return the citations whose source may be named, with what members say of them, in order."""
    return (
        Citation.objects.filter(listed("source__"))
        .select_related("source")
        .defer("source__formatted")  # the longest of its columns
        .with_balance()
        .order_by("position", "pk")
    )


@dataclass
class Beside:
    """What is counted beside the rows of a page, by the key of the argument."""

    replies: dict[int, Counter[str]] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    known: dict[tuple[int, int], str] = field(default_factory=dict)
    """How the name of a voice is known, by the keys of voice and debate."""


def beside(rows: Sequence[Argument]) -> Beside:
    """Count what stands beside the rows of a page, in four statements."""
    keys = [row.pk for row in rows]
    found = Beside(replies=_replies(keys))
    revisions = Revision.objects.filter(argument__in=keys).order_by().values_list("argument_id")
    found.revisions = dict(revisions.annotate(count=Count("pk")))
    voices = Appearance.objects.filter(
        voice__in={row.voice_id for row in rows if row.voice_id is not None},
        debate__in={row.debate_id for row in rows},
    )
    found.known = {(one.voice_id, one.debate_id): one.known for one in voices}
    return found


def _replies(keys: Collection[int]) -> dict[int, Counter[str]]:
    """Count what answers each claim, by side, and notes under “”; those that stand there as in a further place, too."""
    found: dict[int, Counter[str]] = {key: Counter() for key in keys}
    at_home = Argument.objects.filter(listed("", "debate"), parent__in=keys)
    elsewhere = Link.objects.filter(
        listed("argument__", "debate"), parent__in=keys, relation=Link.Relation.ANSWERS
    )
    for rows in (at_home, elsewhere):
        counted = rows.order_by().values_list("parent_id", "stance").annotate(count=Count("pk"))
        for key, stance, count in counted:
            found[key][stance] += count
    return found


def argument_fields(request: HttpRequest, row: Argument, more: Beside) -> dict[str, Any]:
    """Return what is told of one row that came through `with_rows`. Any: the fields of the shape."""
    replies = more.replies[row.pk]
    citations = list(row.citations.all())
    return {
        "id": row.public_id,
        "url": argument_url(request, row.public_id),
        "page": page_url(request, row),
        "debate": row.debate.slug,
        "kind": row.kind,
        "stance": row.stance or None,
        "attacks": row.attacks or None,
        "rebuttal": row.stance == Stance.CON and bool(row.rebuttal_tags) and bool(citations),
        "claim": row.claim,
        "elaboration": row.elaboration,
        "elaboration_html": row.elaboration_html,
        "by": _by(request, row, more),
        "posted": row.created_at,
        "edited": row.edited_at,
        "parent": place(request, row.parent) if row.parent is not None else None,
        "depth": row.depth,
        "joint_with": row.joint_with.public_id if row.joint_with and row.joint_with.is_published else None,
        "tags": [
            shapes.Tagging.model_validate({"name": one.tag.name, "kind": one.tag.kind})
            for one in row.argument_tags.all()
        ],
        "citations": [citation(request, one) for one in citations],
        "origin": next((_origin(request, one) for one in row.origins.all()), None),
        "replies": shapes.Replies(pro=replies[Stance.PRO], con=replies[Stance.CON], notes=replies[""]),
        "stands_also": [_tie(request, one, one.parent) for one in row.links.all()],
        "answered_also": [_tie(request, one, one.argument) for one in row.linked_children.all()],
        "revisions": more.revisions.get(row.pk, 0),
        "behind": row.stale_since is not None,
        "standing": standing(row),
    }


def arguments_of(request: HttpRequest, rows: Sequence[Argument]) -> list[shapes.Argument]:
    """Return the answers of a page of rows that came through `with_rows`."""
    more = beside(rows)
    return [shapes.Argument.model_validate(argument_fields(request, row, more)) for row in rows]


def whole_argument(request: HttpRequest, row: Argument) -> shapes.WholeArgument:
    """Return one argument with what stands above it."""
    above = Argument.objects.filter(debate_id=row.debate_id, path__in=row.ancestor_paths)
    ancestors = [place(request, one) for one in above.only("public_id", "state").order_by("path")]
    fields = argument_fields(request, row, beside([row]))
    return shapes.WholeArgument.model_validate({**fields, "ancestors": ancestors})


def place(request: HttpRequest, above: Argument) -> shapes.Place:
    """Return an argument above another, as pages show it: where it is not shown, as a place and no more."""
    shown = above.state == State.PUBLISHED
    return shapes.Place(
        id=above.public_id,
        state="shown" if shown else "not shown",
        url=argument_url(request, above.public_id) if shown else None,
    )


def _by(request: HttpRequest, row: Argument, more: Beside) -> shapes.By | None:
    if row.voice is not None:
        known = more.known.get((row.voice.pk, row.debate_id))
        said = {"kind": "voice", "name": row.voice.name, "page": None, "note": shapes.RESTATED}
        return shapes.By.model_validate({**said, "known": known})
    by = shown_author(row)
    if not by.name:
        return None
    page = request.build_absolute_uri(by.url) if by.url else None
    return shapes.By(kind="member", name=by.name, page=page, note=None, known=None)


def _origin(request: HttpRequest, row: Origin) -> shapes.Origin:
    name = row.document.source.public_id
    return shapes.Origin(
        source=name,
        url=source_url(request, name),
        place=row.place,
        first_word=row.first_word,
        last_word=row.last_word,
    )


def _tie(request: HttpRequest, link: Link, other: Argument) -> shapes.Tie:
    return shapes.Tie.model_validate(
        {
            "id": other.public_id,
            "url": argument_url(request, other.public_id),
            "debate": other.debate.slug,
            "relation": link.relation,
            "stance": link.stance or None,
            "attacks": link.attacks or None,
        }
    )


def standing(row: Argument) -> shapes.Standing | None:
    """Return how an argument stands; None for what takes no part, or was never reckoned."""
    held = getattr(row, "standing", None)
    if held is None or row.kind not in TOLD:
        return None
    return shapes.Standing.model_validate(
        {
            "word": held.word,
            "strength": round(held.strength, 4),
            "second_word": held.second_word,
            "second_strength": round(held.second_strength, 4),
            "objections": held.label,
            "reviewers": held.people,
            "method": held.method,
        }
    )


def use_fields(row: Any) -> dict[str, Any]:
    """Return what is told of the use of a source. Any: a citation that came `with_balance`; the fields of the shape."""
    return {
        "number": row.position,
        "locator_label": row.locator_label or None,
        "locator": row.locator or None,
        "quotation": row.quotation or None,
        "quotation_state": row.quotation_state or None,
        "purpose": row.purpose or None,
        "checks": shapes.Checks(yes=row.said_yes, partly=row.said_partly, no=row.said_no),
    }


def citation(request: HttpRequest, row: Citation) -> shapes.Citation:
    """Return a citation that came through `cited`."""
    return shapes.Citation.model_validate({**use_fields(row), "source": source_name(request, row.source)})


def source_name(request: HttpRequest, row: Source) -> shapes.SourceName:
    """Return a source as lists name it."""
    return shapes.SourceName(
        id=row.public_id,
        url=source_url(request, row.public_id),
        page=page_url(request, row),
        title=row.title,
        short=row.record.short(),
    )


def mention(request: HttpRequest, row: Argument) -> shapes.Mention:
    """Return an argument as lists name it; its debate must be at hand."""
    return shapes.Mention.model_validate(
        {
            "id": row.public_id,
            "url": argument_url(request, row.public_id),
            "claim": row.claim,
            "debate": row.debate.slug,
            "kind": row.kind,
            "stance": row.stance or None,
        }
    )


def in_order(rows: Iterable[Argument], keys: Sequence[int]) -> list[Argument]:
    """Return rows in the order of keys; what is no longer listed since it was found is left out."""
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
