"""Let the made-up readers answer in the seeded debates and in the demonstrations: rows in bulk, then the standings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rescore_debates import rescore_debate
from debates.models import Argument, Debate, Delta, Link, LinkRating, Opinion, Rating, StandingChange
from debates.models.rating import SURE
from debates.models.visibility import listed
from debates.tree import WIDTH
from forum.accounts.demo import about_a_library, about_this_site
from forum.accounts.demo.chance import Answer, Chance, Latent, View, answers, latent, views
from forum.accounts.demo.members import make_readers
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User

DEMONSTRATIONS = (about_this_site.QUESTION, about_a_library.QUESTION)
PLANNED: Mapping[str, Latent] = {**about_this_site.LATENTS, **about_a_library.LATENTS}
"""How claims of the demonstrations strike the readers; what every word looks like should not hang on chance."""
DRIFTS: Mapping[str, float] = about_a_library.DRIFTS
WAVES = 3
"""In how many parts the readers come, so that the history of a thesis has more than one step."""
SENTENCES = (
    "Demonstration: a made-up reader says here what this changed in what they think, and why.",
    "Demonstration: somebody who had not thought of this before would say so here.",
    "Demonstration: the readers of a real debate write a sentence of their own in this place.",
    "Demonstration: this sentence was written by a program; nobody’s mind was changed.",
)


@dataclass
class _Answered:
    """What the readers answer in one debate, not yet written."""

    debate: Debate
    ratings: list[Rating] = field(default_factory=list)
    links: list[LinkRating] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    deltas: list[Delta] = field(default_factory=list)


@transaction.atomic
def rate_debates() -> int:
    """Let the readers answer wherever they have not yet; return in how many debates they did.

    A debate in which any reader has rated anything is left alone: what was posted there since is new, and stays new.
    """
    only_in_demo()
    readers = make_readers()
    due = list(_unanswered(readers))
    found = [_answers_in(debate, readers) for debate in due]
    for debate in due:
        if debate.question == about_this_site.QUESTION:
            about_this_site.check_as_readers(debate, readers[:6])
    for turn in range(WAVES):
        wave = {one.pk for one in readers[turn::WAVES]}
        for answered in found:
            lock_tree(answered.debate.pk)
            _write(answered, wave)
        for debate in due:
            # After all have been written: an argument may stand in the debates of others, too.
            rescore_debate(debate.pk, StandingChange.Cause.RATED)
    return len(due)


def _unanswered(readers: Sequence[User]) -> QuerySet[Debate]:
    """Return the seeded debates and the demonstrations in which no reader has rated anything yet."""
    answered = Rating.objects.filter(member__in=readers).values("argument__debate")
    ours = Q(seed__isnull=False) | Q(question__in=DEMONSTRATIONS)
    return Debate.objects.listed().filter(ours).exclude(pk__in=answered).order_by("pk")


def _answers_in(debate: Debate, readers: Sequence[User]) -> _Answered:
    """Return what the readers answer in one debate."""
    found, now = _Answered(debate), timezone.now()
    opinions: dict[str, list[View]] = {}
    sides: dict[str, int] = {}
    shown = set(Argument.objects.filter(debate=debate).listed().values_list("pk", flat=True))
    for argument in Argument.objects.filter(debate=debate).order_by("path"):
        name = _name(argument)
        # For the thesis in the end: what is against something that is against it speaks for it.
        above = sides.get(argument.path[:-WIDTH], 1)
        sides[argument.path] = -above if argument.stance == "con" else above
        if argument.pk not in shown:
            continue
        if argument.kind == Argument.Kind.THESIS:
            given = views(name, len(readers), DRIFTS.get(argument.claim, 0))
            opinions[argument.path] = sorted(given, key=lambda one: one.reader)
            found.opinions += (_opinion(argument, readers[one.reader], one, now) for one in given)
        elif argument.kind == Argument.Kind.ARGUMENT:
            here = opinions.get(argument.path[:WIDTH])
            if here is None:  # its thesis was hidden
                continue
            strikes = PLANNED.get(argument.claim) or latent(name)
            said = list(answers(name, strikes, sides[argument.path], [one.lean for one in here]))
            found.ratings += (_rating(argument, readers[one.reader], one, now) for one in said)
            found.deltas += _deltas(argument, name, [here[one.reader] for one in said], readers)
    links = Link.objects.filter(
        listed("argument__", "debate"), parent__in=shown, relation=Link.Relation.ANSWERS
    )
    for link in links.select_related("argument", "parent").order_by("pk"):
        found.links += _link_ratings(link, readers, now)
    return found


def _name(argument: Argument) -> str:
    """Return what stays the same of an argument at every load: its name in the seed, or what it says."""
    return argument.seed or argument.claim


def _opinion(thesis: Argument, reader: User, view: View, now: datetime) -> Opinion:
    return Opinion(
        thesis=thesis,
        member=reader,
        before=view.before,
        before_at=now,
        after=view.after,
        after_at=None if view.after is None else now,
    )


def _rating(argument: Argument, reader: User, answer: Answer, now: datetime) -> Rating:
    return Rating(
        argument=argument,
        member=reader,
        holds=answer.holds,
        matters=answer.matters,
        after_seeing=answer.after_seeing,
        asked_at=now if answer.after_seeing else None,
        first_at=now,
        changed_at=now,
    )


def _deltas(
    argument: Argument, name: str, readers_of_it: Iterable[View], readers: Sequence[User]
) -> list[Delta]:
    """Return the sentences of those who say that an argument changed their mind: of some who read it and did change."""
    chance = Chance(f"deltas {name}")
    moved = [one for one in readers_of_it if one.moved]
    if not chance.happens(0.08):
        return []
    return [
        Delta(argument=argument, member=readers[one.reader], why=chance.some(SENTENCES, 1)[0])
        for one in chance.some(moved, chance.count(1, 4))
    ]


def _link_ratings(link: Link, readers: Sequence[User], now: datetime) -> list[LinkRating]:
    """Return what the readers answer about an argument in a further place."""
    chance = Chance(f"link {_name(link.argument)} under {_name(link.parent)}")
    matters = chance.between(0.15, 0.95)
    return [
        LinkRating(link=link, member=reader, matters=chance.near(matters * SURE, SURE), changed_at=now)
        for reader in chance.some(readers, chance.count(0, 14))
    ]


def _write(answered: _Answered, members: set[int]) -> None:
    """Write what some of the readers answer in a debate, and count the answers about its links."""
    Rating.objects.bulk_create(one for one in answered.ratings if one.member_id in members)
    Opinion.objects.bulk_create(one for one in answered.opinions if one.member_id in members)
    Delta.objects.bulk_create(one for one in answered.deltas if one.member_id in members)
    LinkRating.objects.bulk_create(one for one in answered.links if one.member_id in members)
    links = list(
        Link.objects.filter(pk__in={one.link_id for one in answered.links}).annotate(
            total=Sum("ratings__matters"), number=Count("ratings__matters")
        )
    )
    for link in links:
        link.matters_sum, link.matters_count = link.total or 0, link.number
    Link.objects.bulk_update(links, ["matters_sum", "matters_count"])
