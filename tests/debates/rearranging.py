"""A world of arguments to be moved, merged and split, and all that may be said of its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone

from debates.actions.arranging.link_argument import link_argument
from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.sources.check_quotation import check_quotations_of
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.opine import opine
from debates.actions.weighing.rate import rate
from debates.actions.weighing.rate_link import rate_link
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.models import (
    Anchor,
    Argument,
    ArgumentTag,
    Citation,
    CitationCheck,
    Concession,
    Debate,
    Delta,
    Document,
    DocumentPassage,
    Link,
    LinkRating,
    Opinion,
    Quote,
    Rating,
    Revision,
    SourceRequest,
    Standing,
    Wording,
)
from debates.models.rating import counted
from tests.conftest import Cast, Scene, a_book, con, pro

REASON = "It stands in the wrong place."
SAYS_WHO = "says the harbour master"


def note(claim: str) -> ArgumentText:
    """Return the text of a note."""
    return ArgumentText(claim=claim, kind=Argument.Kind.NOTE)


def cite(scene: Scene, locator: str = "12", quotation: str = "The third crane fell.") -> CitationText:
    """Return a further citation of the source of the rebuttal."""
    source = scene.rebuttal.citations.select_related("source").get().source
    return CitationText(
        source=source,
        locator_label="page",
        locator=locator,
        quotation=quotation,
        purpose="The fall is reported.",
    )


@dataclass
class World:
    """Two debates with arguments that were answered, rated, cited, checked, linked, granted and asked about."""

    cast: Cast
    scene: Scene
    other: Debate
    every: list[Argument] = field(default_factory=list)

    @property
    def theses(self) -> list[Argument]:
        """Return the theses of both debates."""
        return [self.scene.thesis, *self.other.arguments.filter(kind=Argument.Kind.THESIS).order_by("path")]


def a_world(cast: Cast, scene: Scene) -> World:
    """Make it: nearly each argument has answers of several people, so that merges have something to join."""
    other = open_debate(
        cast.ada, "Should the quay be rebuilt?", ["The quay should be rebuilt.", "It should go."]
    )
    first, second = other.arguments.order_by("path")
    world = World(cast, scene, other)
    twin = post_argument(
        cast.ben,
        scene.thesis,
        pro(
            "The town remembers by its cranes.",
            topic_tags=("town",),
            citations=(cite(scene), cite(scene, "40")),
        ),
    )
    deep = post_argument(cast.ada, scene.rebuttal, con("They were built here."))
    deeper = post_argument(
        cast.dan, deep, pro("The records say so.", citations=(cite(scene, "7", "Built here."),))
    )
    remark = post_argument(cast.dan, twin, note("Which records?"))
    hidden = post_argument(cast.dan, twin, con("Nobody remembers."))
    hide(cast.cleo, hidden, "Rude.")
    there = post_argument(cast.ben, first, pro("The quay carries the cranes."))
    against = post_argument(cast.dan, there, con("It does not.", topic_tags=("quay",)))
    post_argument(cast.ben, twin, pro("As Ben saw."))
    for number, argument in enumerate((scene.reason, twin, scene.rebuttal, deep, there, against)):
        for member in (cast.ada, cast.ben, cast.dan):
            if member.pk != argument.author_id and (number + member.pk) % 4:
                rate(member, argument, holds=(number + member.pk) % 5, matters=number % 5)
    link = link_argument(cast.dan, deep, there, "con", "claim")
    rate_link(cast.ben, link, 3)
    link_argument(cast.ada, against, scene.thesis, "pro")
    Link.objects.create(argument=twin, parent=there, relation=Link.Relation.SAME)
    change_mind(cast.dan, scene.reason, "I had forgotten the cranes.")
    change_mind(cast.dan, twin, "I had forgotten the town.")
    change_mind(cast.ada, twin, "I saw them anew.")
    for thesis in (first, second):
        opine(cast.ben, thesis, 5, "before")
    opine(cast.dan, second, 1, "before")
    check_citation(cast.dan, twin.citations.order_by("position")[0], "yes")
    check_citation(cast.ada, twin.citations.order_by("position")[1], "partly", "In part.")
    for argument in (there, against):
        request = SourceRequest.objects.create(argument=argument)
        request.members.set([cast.dan, cast.ada])
    leading = post_argument(
        cast.ada, scene.thesis, pro("Cranes that stand are seen.", citations=(a_book("Seen"),))
    )
    further = post_argument(cast.ada, scene.thesis, pro("What is seen is remembered."))
    Argument.objects.filter(pk=further.pk).update(joint_with=leading)
    post_argument(cast.dan, further, con("Not by everyone."))
    Concession.objects.create(argument=scene.rebuttal, member=cast.ada, why="True, but no matter.")
    tie_to_article(
        scene, [(scene.reason, 0, 9), (twin, 0, 16), (twin, 4, 9), (deep, 4, 9), (against, 10, 16)]
    )
    assert deeper.depth == 4, remark
    world.every = list(Argument.objects.order_by("pk"))
    return world


def tie_to_article(scene: Scene, ties: list[tuple[Argument, int, int]]) -> None:
    """Give the scene an article, and let arguments answer words of it: from a character to one past the last."""
    scene.debate.article = scene.rebuttal.citations.select_related("source").get().source
    scene.debate.save(update_fields=["article"])
    document = Document.objects.create(
        source=scene.debate.article, digest="0" * 64, reading="everyone", loaded_at=timezone.now()
    )
    text = "The crane stands here."
    passage = DocumentPassage.objects.create(
        document=document, place="p1", order=1, kind="paragraph", text=text
    )
    Anchor.objects.bulk_create(
        Anchor(
            argument=argument,
            document=document,
            place="p1",
            passage=passage,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[:start],
            suffix=text[end:],
        )
        for argument, start, end in ties
    )
    check_quotations_of(scene.debate.article)  # now that its text is here


def state_of(arguments: list[Argument]) -> dict[str, Any]:
    """Return everything that a rearrangement may touch of some arguments. Any: values of columns."""
    keys = [one.pk for one in arguments]
    of = {"argument__in": keys}

    def rows(queryset: Any, *columns: str) -> list[Any]:  # Any: querysets and values of columns
        return sorted(queryset.values_list(*columns), key=repr)

    return {
        "arguments": rows(
            Argument.objects.filter(pk__in=keys),
            *(
                "pk",
                "debate",
                "parent",
                "kind",
                "stance",
                "attacks",
                "claim",
                "elaboration",
                "elaboration_html",
            ),
            *("state", "depth", "answers_revision", "stale_since", "joint_with", "merged_into", "edited_at"),
        ),
        "order": list(
            Argument.objects.filter(pk__in=keys).order_by("debate", "path").values_list("pk", flat=True)
        ),
        "links": rows(
            Link.objects.all(),
            *(
                "pk",
                "argument",
                "parent",
                "relation",
                "stance",
                "attacks",
                "seeded",
                "matters_sum",
                "matters_count",
            ),
        ),
        "ratings": rows(
            Rating.objects.filter(**of),
            "argument",
            "member",
            "holds",
            "matters",
            "after_seeing",
            "asked_at",
            "changed_at",
        ),
        "link ratings": rows(LinkRating.objects.all(), "link", "member", "matters", "changed_at"),
        "opinions": rows(Opinion.objects.filter(thesis__in=keys), "thesis", "member", "before", "after"),
        "deltas": rows(Delta.objects.filter(**of), "argument", "member", "why", "state"),
        "concessions": rows(Concession.objects.filter(**of), "argument", "member", "why"),
        "citations": rows(
            Citation.objects.filter(**of),
            *(
                "pk",
                "argument",
                "source",
                "position",
                "locator",
                "quotation",
                "quotation_state",
                "fingerprint",
            ),
        ),
        "checks": rows(
            CitationCheck.objects.filter(citation__argument__in=keys),
            *("citation", "member", "verdict", "note", "fingerprint"),
        ),
        "tags": rows(ArgumentTag.objects.filter(content_object__in=keys), "content_object", "tag"),
        "requests": rows(SourceRequest.objects.filter(**of), "argument", "opened_at", "filled_at", "members"),
        "versions": rows(Revision.objects.filter(**of), "pk", "argument", "number", "claim"),
        "newest versions": [
            rows(
                one.revisions.order_by("-number")[:1],
                *("argument", "claim", "stance", "attacks", "tags", "citations"),
            )
            for one in arguments
        ],
        "wordings": rows(Wording.objects.all(), "argument", "claim"),
        "quotes": rows(Quote.objects.filter(**of), "argument", "position", "state", "target", "target_start"),
        "anchors": rows(
            Anchor.objects.filter(**of),
            "pk",
            "argument",
            "place",
            "passage",
            "start",
            "end",
            "exact",
            "suffix",
        ),
        "counters": rows(
            Standing.objects.filter(**of),
            "argument",
            "holds_sum",
            "holds_count",
            "matters_sum",
            "matters_count",
        ),
    }


def check_tree() -> None:
    """Say that the tree is a tree, that no claim rests on itself, and that counters equal rows."""
    rows = {one.pk: one for one in Argument.objects.all()}
    for one in rows.values():
        above = rows.get(one.parent_id or 0)
        if above is None:
            assert one.depth == 0, f"{one} hangs in the air."
            continue
        assert (one.debate_id, one.depth) == (above.debate_id, above.depth + 1), (
            f"{one} is not below {above}."
        )
        assert one.path[:-4] == above.path, f"The path of {one} does not lead through {above}."
        assert one.merged_into_id is not None or above.merged_into_id is None, f"{one} is lost below {above}."
        if one.joint_with_id is not None:
            assert rows[one.joint_with_id].parent_id == one.parent_id, "Premises were torn apart."
    ups: dict[int, set[int]] = {key: set() for key in rows}
    for one in rows.values():
        if one.parent_id is not None:
            ups[one.pk].add(one.parent_id)
    for link in Link.objects.filter(relation=Link.Relation.ANSWERS):
        ups[link.argument_id].add(link.parent_id)
    done: set[int] = set()
    for start in ups:
        _climb(start, ups, done)
    for one in rows.values():
        counted_rows = list(Rating.objects.filter(counted(), argument=one))
        standing = Standing.objects.filter(argument=one).first()
        assert (standing.holds_sum if standing else 0) == sum(row.holds or 0 for row in counted_rows), (
            f"The counters of {one} are not its rows."
        )
        assert all(row.member_id != one.author_id for row in counted_rows), (
            "Somebody rates their own argument."
        )
    for link in Link.objects.all():
        assert link.matters_sum == sum(row.matters or 0 for row in link.ratings.all())
        assert (
            link.parent_id != link.argument.parent_id
            or link.argument.merged_into_id
            or link.relation == "same"
        ), f"{link} says what its home says."
    assert not Argument.objects.filter(answers_revision__isnull=False).exclude(
        answers_revision__argument=F("parent")
    ), "A reply answers a version of another claim."


def _climb(start: int, ups: dict[int, set[int]], done: set[int]) -> None:
    """Go up from an argument; a claim that is met while it is still open rests on itself."""
    stack, open_ones = [(start, iter(ups.get(start, ())))], {start}
    while stack:
        key, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            open_ones.discard(key)
            done.add(key)
        elif following not in done:
            assert following not in open_ones, f"Argument {following} rests on itself."
            open_ones.add(following)
            stack.append((following, iter(ups.get(following, ()))))
