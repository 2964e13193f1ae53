"""An anonymous debate: whatever address a member opens, nobody’s name stands there but their own.

The world holds everything that a name can be beside: arguments, versions, suggestions, checks, sentences, points that were
granted, links, moves, merges and splits, sources, notices. The names of those who wrote are words that stand nowhere else, so
a page that holds one has told; and the addresses are those of `test_visibility`, which has a row for every route.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.sources.check_citation import check_citation
from debates.actions.sources.edit_source import edit_source
from debates.actions.weighing.change_mind import change_mind
from debates.actions.writing.concede import concede
from debates.actions.writing.decline_suggestion import decline_suggestion
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.edit_debate import edit_debate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.take_suggestion import take_suggestion
from debates.actions.writing.text import ArgumentText, CitationText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.bibliography.record import Name, Record
from debates.models import Argument, Mask, Source, State
from debates.permissions import Refused
from forum.accounts.groups import OPENERS
from forum.accounts.models import User
from forum.following.models import Follow
from forum.moderation.models import Report
from forum.notices.models import Notice
from forum.notices.sentences import told as tell
from forum.notices.sentences import with_what_is_said
from tests.conftest import PASSWORD, Cast, Scene, con, pro, signed_in
from tests.debates.test_visibility import (
    BROKEN,
    Item,
    Row,
    World,
    a_document,
    addresses,
    answers,
    from_document,
    quiet,  # noqa: F401  # a fixture
)

AUTHORS = ("zzanselmzz", "zzbertildezz", "zzcorneliazz")
"""Who writes in the anonymous debate: the opener, and two who answer."""
SAID = "zzsaidzz"
"""Stands in every claim of the anonymous debate and nowhere else."""
WORK = "zzworkzz"
"""Stands in the title of the source that one of them added."""
REASON = "So that it reads better."


def writers() -> list[User]:
    """Make the three whose names nobody may read."""
    found = [User.objects.create_user(name, f"{name}@example.org", PASSWORD) for name in AUTHORS]
    found[0].groups.add(Group.objects.get(name=OPENERS))
    return found


def build_world(cast: Cast, *, anonymous_from_the_start: bool = True) -> World:
    """Let three members argue in an anonymous debate, and do there whatever can be done."""
    anselm, bertilde, cornelia = writers()
    article = Source()
    article.take(Record(type="book", title="The harbour article", authors=(Name("Marsh", "Lena"),)))
    article.save()
    hub = open_debate(
        anselm,
        "Should finddebatepublished stay?",
        [f"It should, {SAID} findargumentpublished."],
        "",
        ["harbour", "sharedtopic"],
        CitationText(source=article),
        anonymous=anonymous_from_the_start,
    )
    thesis = hub.arguments.get()
    document = a_document(article, "upon a time")
    record = Record(
        type="book", title=f"{WORK} findsourcepublished", authors=(Name("Marsh", "Lena"),), issued=(1999,)
    )
    reason = post_argument(
        bertilde,
        thesis,
        pro(
            f"A reason, {SAID} findargumentpublished.",
            topic_tags=("sharedtopic",),
            citations=(CitationText(record=record, quotation="The third crane fell."),),
        ),
    )
    citation = reason.citations.get()
    edit_source(bertilde, citation.source, replace(record, publisher="Quay Press"), "", "")
    rebuttal = post_argument(
        cornelia,
        reason,
        con(
            f"A rebuttal, {SAID}.",
            rebuttal_tags=("factual-error",),
            topic_tags=("sharedtopic",),
            citations=(CitationText(source=citation.source, quotation="The third crane stood."),),
        ),
    )
    answer = post_argument(bertilde, rebuttal, con(f"An answer, {SAID}."))
    beside = post_argument(cornelia, thesis, con(f"Beside, {SAID}."))
    edit_argument(cornelia, beside, con(f"Beside it, {SAID}.", topic_tags=("sharedtopic",)), 1, "Clearer.")
    check_citation(cornelia, citation, "no", "I looked.")
    check_citation(anselm, rebuttal.citations.get(), "yes")
    change_mind(anselm, rebuttal, "I had not thought of it.")
    concede(bertilde, rebuttal, "It does not carry it.")
    concede(cornelia, rebuttal, "Nor does this.")
    link_argument(anselm, answer, beside, "pro")
    taken = suggest_edit(cornelia, reason, f"A better reason, {SAID}.", "", REASON, 1)
    take_suggestion(bertilde, taken, 1)
    decline_suggestion(cornelia, suggest_edit(anselm, rebuttal, f"Hm, {SAID}.", "", REASON, 1), "No.")
    suggest_edit(anselm, answer, f"Waiting, {SAID}.", "", REASON, 1)
    twins = [post_argument(one, thesis, pro(f"Twin {one.pk}, {SAID}.")) for one in (bertilde, cornelia)]
    merge_arguments(cast.cleo, twins[0], twins[1], "The same.")
    whole = post_argument(bertilde, thesis, pro(f"Two, {SAID}."))
    split_argument(cast.cleo, whole, f"One, {SAID}.", ArgumentText(f"Other, {SAID}."), [], "first", REASON)
    move_argument(
        cast.cleo, post_argument(cornelia, thesis, pro(f"Moved, {SAID}.")), beside, "pro", "", REASON
    )
    away = post_argument(cornelia, reason, con(f"Gone, {SAID}."))
    Argument.objects.filter(pk=away.pk).update(state=State.HIDDEN)
    from_document(reason, document)
    Report.objects.create(argument=rebuttal, reporter=cast.dan, rule="person", words="Look at this.")
    for recipient in (anselm, bertilde, cornelia, cast.dan):
        Notice.objects.create(recipient=recipient, kind=Notice.Kind.MENTIONED, argument=answer)
        for why in ("own", "branch", "debate", "tag", "source"):
            Notice.objects.create(recipient=recipient, kind=Notice.Kind.FOLLOWED, argument=beside, why=why)
    people = {
        "dan": cast.dan,
        "cleo": cast.cleo,
        **dict(zip(AUTHORS, (anselm, bertilde, cornelia), strict=True)),
    }
    world = World(people, hub, reason, citation.source, document)
    for one in (reason, rebuttal, answer, beside, twins[1], away):
        one.refresh_from_db()
    world.items = [
        *(
            Item("argument", State(one.state), "", {"tag": "sharedtopic"}, one)
            for one in (reason, rebuttal, answer, beside, twins[1], away)
        ),
        Item("debate", State.PUBLISHED, "", {"tag": "sharedtopic"}, hub),
        Item("source", State.PUBLISHED, "", {}, citation.source),
    ]
    world.clients = {
        role: signed_in(people[role]) if role in people else Client() for role in ("visitor", *people)
    }
    for client in world.clients.values():
        client.raise_request_exception = False
    return world


NOBODY_SUCH = "zznobodyzz"
FRESH = re.compile(
    r'name="(?:csrfmiddlewaretoken|key|tab)" value="[^"]*"|"X-CSRFToken": ?"[^"]*"'
    r"|<updated>[^<]*</updated>|seed=[0-9]+|T[0-9:.]{8,15}\+00:00"
)
"""What is new at every request, and says nothing."""


def asking_by_name(world: World, name: str) -> Iterator[str]:
    """Yield the addresses that ask for what somebody wrote, by their name."""
    views = ("debate", "outline", "latest", "debate_map", "brief", "cruxes")
    yield from (f"{reverse(one, args=[world.hub.slug])}?by={name}" for one in views)
    yield f"{reverse('argument', args=[world.reason.public_id])}?by={name}"
    yield f"{reverse('tag', args=['sharedtopic'])}?by={name}"
    for question in (f"author:{name}", f"author:{name} {SAID}", f"@{name}"):
        for route in (reverse("search"), reverse("api:search"), reverse("search_feed", args=["atom"])):
            yield f"{route}?q={question}"
        yield f"{reverse('search_suggest')}?q={question}"


def of_the_thesis(world: World) -> Iterator[str]:
    """Yield the addresses of the thesis, which the rows do not build: it stands under nothing."""
    thesis = world.hub.arguments.get(parent=None)
    for route in ("argument", "history", "why", "mind", "reply", "branch", "argument_picture"):
        yield reverse(route, args=[thesis.public_id])


def told(world: World, role: str) -> Iterator[tuple[str, str]]:
    """Yield what a role is told of who wrote what: the name of the route, and a sentence."""
    plain = Row(lambda _world: [])
    thesis = (("thesis", plain, address, None) for address in of_the_thesis(world))
    for route, row, address, _item in (*addresses(world, role), *thesis):
        asked = unquote(address).casefold()
        for how, text in answers(world.clients[role], row, address):
            where = f"{role} at {how} {address}"
            if text == BROKEN:
                yield route, f"{where}: it breaks"
            for name in AUTHORS:
                if name == role:
                    continue
                if name not in asked and name in text:
                    yield route, f"{where}: names {name}"
                if name in asked and (SAID in text or WORK in text):
                    yield route, f"{where}: holds what {name} wrote"


TELLING = {
    *("argument", "debate", "outline", "latest", "branch", "article", "thesis"),
    *("history", "suggestion", "check", "mind", "minds"),
    *("source", "source_history", "search", "tag", "notices"),
    *("site_feed", "debate_feed", "argument_feed", "tag_feed", "source_feed", "search_feed", "member_feed"),
    *("api:debate_arguments", "api:argument", "api:search"),
    *("member", "member_references"),
}
"""Where a member learns who wrote what in a debate that is not anonymous: the world would show a page that forgot."""


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("role", ["visitor", AUTHORS[1]])
def test_no_address_tells_who_wrote_what(cast: Cast, role: str) -> None:
    world = build_world(cast)
    wrong = dict.fromkeys(sentence for _route, sentence in told(world, role))
    assert not wrong, f"{len(wrong)} faults, as {role}:\n" + "\n".join(wrong)


@pytest.mark.usefixtures("quiet")
def test_a_debate_that_becomes_anonymous_takes_back_every_name(cast: Cast) -> None:
    world = build_world(cast, anonymous_from_the_start=False)
    before = {route for route, _sentence in told(world, "dan")}
    assert before >= TELLING, f"The world no longer shows names where there are some: {TELLING - before}"
    turn(cast, world)
    wrong = dict.fromkeys(sentence for _route, sentence in told(world, "dan"))
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)


@pytest.mark.parametrize("role", ["visitor", AUTHORS[1]])
def test_asking_by_a_name_tells_no_more_than_asking_by_nobodys(cast: Cast, role: str) -> None:
    world = build_world(cast)
    for name in AUTHORS:
        for address, nowhere in zip(
            asking_by_name(world, name), asking_by_name(world, NOBODY_SUCH), strict=True
        ):
            one, other = (
                FRESH.sub("", world.clients[role].get(asked).content.decode()).replace(word, "NAME")
                for asked, word in ((address, name), (nowhere, NOBODY_SUCH))
            )
            if name == role:  # their own name stands in the head of every page
                continue
            assert one == other, (
                f"{address}: whoever tries all names learns whose the debate’s arguments are."
            )


def turn(cast: Cast, world: World) -> None:
    """Let a moderator make the debate anonymous by its form."""
    address = reverse("edit_debate", args=[world.hub.slug])
    page = signed_in(cast.cleo).get(address)
    form = page.context["form"].initial | {"seen": page.context["seen"], "anonymous": "on", "reason": REASON}
    response = signed_in(cast.cleo).post(address, form)
    assert response.status_code == 302, response.content.decode()


@pytest.mark.usefixtures("quiet")
def test_a_moderator_reads_the_names_beside_the_numbers(cast: Cast) -> None:
    world = build_world(cast)
    client = world.clients["cleo"]
    numbers = {mask.member_id: mask.number for mask in Mask.objects.filter(debate=world.hub)}
    assert [numbers[world.cast[name].pk] for name in AUTHORS] == [1, 2, 3], (
        "In the order of their first words."
    )
    page = client.get(reverse("debate", args=[world.hub.slug]), {"open": "all"}).content.decode()
    for name in AUTHORS:
        label = f"Member {numbers[world.cast[name].pk]}"
        assert f"{label} ({name})" in page, "A moderator who sees no name cannot act on what somebody does."
    read = [
        reverse("argument", args=[world.reason.public_id]),
        reverse("outline", args=[world.hub.slug]) + "?depth=9",
        reverse("source", args=[world.shared.public_id]),
        reverse("source_history", args=[world.shared.public_id]),
        reverse("history", args=[world.reason.public_id]),
        reverse("minds"),
        reverse("admin:debates_argument_changelist"),
    ]
    for address in read:
        text = client.get(address).content.decode()
        assert any(name in text for name in AUTHORS), (
            f"{address}: moderators read names, so that they can moderate."
        )


def test_numbers_say_in_which_order_members_came_and_stay(cast: Cast) -> None:
    debate = open_debate(cast.ada, "Who saw it?", ["Somebody saw it."], anonymous=True)
    thesis = debate.arguments.get()
    first = post_argument(cast.dan, thesis, pro("I did."))
    post_argument(cast.ben, first, con("You did not."))
    post_argument(cast.dan, thesis, con("Perhaps not."))
    assert dict(debate.masks.values_list("member__username", "number")) == {"ada": 1, "dan": 2, "ben": 3}
    cast.dan.delete()
    post_argument(cast.cleo, thesis, pro("I saw that."))
    numbers = dict(debate.masks.exclude(member=None).values_list("member__username", "number"))
    assert numbers == {"ada": 1, "ben": 3, "cleo": 4}, "The number of who has left is nobody else’s."
    page = Client().get(first.get_absolute_url()).content.decode()
    assert "Member 2" in page, "Who answers whom can be followed although they have left."
    mine = signed_in(cast.ben).get(debate.get_absolute_url(), {"open": "all"}).content.decode()
    assert "Member 3 (you)" in mine
    assert "Anonymous: members see numbers" in mine
    again = open_debate(cast.ada, "And this?", ["That."], anonymous=True)
    post_argument(cast.ben, again.arguments.get(), pro("Yes."))
    assert again.masks.get(member=cast.ben).number == 2, "In another debate they are another number."


def test_the_promise_is_taken_back_only_while_nobody_relies_on_it(cast: Cast) -> None:
    debate = open_debate(cast.ada, "Who saw it?", ["Somebody saw it."], anonymous=True)
    said: tuple[str, str, list[str], str] = ("Who saw it?", "", [], debate.slug)
    with pytest.raises(Refused, match="Only a moderator"):
        edit_debate(cast.ada, debate, *said, anonymous=False)
    assert edit_debate(cast.cleo, debate, *said, anonymous=False, reason=REASON)
    assert edit_debate(cast.cleo, debate, *said, anonymous=True, reason=REASON)
    answer = post_argument(cast.ben, debate.arguments.get(), pro("I did."))
    withdraw_argument(cast.ben, answer)
    with pytest.raises(Refused, match="stays anonymous"):
        edit_debate(cast.cleo, debate, *said, anonymous=False, reason=REASON)
    cast.ben.delete()
    with pytest.raises(Refused, match="stays anonymous"):
        edit_debate(cast.cleo, debate, *said, anonymous=False, reason=REASON)


def test_nothing_crosses_the_border_of_an_anonymous_debate(cast: Cast, scene: Scene) -> None:
    debate = open_debate(cast.ada, "Who saw it?", ["Somebody saw it."], anonymous=True)
    inside = post_argument(cast.ben, debate.arguments.get(), pro("I did."))
    carries: list[Callable[[], object]] = [
        lambda: move_argument(cast.cleo, inside, scene.thesis, "pro", "", REASON),
        lambda: move_argument(
            cast.cleo, scene.rebuttal, debate.arguments.get(parent=None), "con", "claim", REASON
        ),
        lambda: merge_arguments(cast.cleo, inside, scene.reason, REASON),
        lambda: merge_arguments(cast.cleo, scene.reason, inside, REASON),
    ]
    for carry in carries:
        with pytest.raises(Refused, match="is anonymous"):
            carry()


def test_a_move_is_not_undone_into_a_debate_that_became_anonymous(cast: Cast, scene: Scene) -> None:
    other = open_debate(cast.ada, "Who saw it?", ["Somebody saw it."])
    row = move_argument(cast.cleo, scene.rebuttal, other.arguments.get(), "con", "claim", REASON)
    edit_debate(
        cast.cleo,
        scene.debate,
        scene.debate.question,
        "",
        ["harbour"],
        scene.debate.slug,
        anonymous=True,
        reason=REASON,
    )
    with pytest.raises(Refused, match="anonymous by now"):
        undo_rearrangement(cast.cleo, row, REASON)


def test_who_follows_or_mutes_a_member_learns_nothing_there(cast: Cast) -> None:
    debate = open_debate(cast.ada, "Who saw it?", ["Somebody saw it."], anonymous=True)
    Follow.objects.create(member=cast.dan, level=Follow.Level.FOLLOW, who=cast.ben)
    Follow.objects.create(member=cast.cleo, level=Follow.Level.MUTE, who=cast.ben)
    post_argument(cast.ben, debate.arguments.get(), pro("I saw it, and so did @cleo."))
    assert not Notice.objects.filter(recipient=cast.dan).exists(), "A follower would be told who it is."
    mentioned = with_what_is_said(Notice.objects.shown_to(cast.cleo)).get(kind=Notice.Kind.MENTIONED)
    assert mentioned.argument is not None, "Whoever muted them would know by the silence."
    answered = with_what_is_said(Notice.objects.shown_to(cast.ada)).get(kind=Notice.Kind.ANSWERED)
    assert tell(answered, cast.ada).plain == "Member 2 answered you:"
