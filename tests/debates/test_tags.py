"""Topics: one word, however it is spelt; its page; synonyms; merging and renaming in the staff room; the vocabulary."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.free_synonym import free_synonym
from debates.actions.moderating.hide import hide
from debates.actions.moderating.merge_tags import merge_tags
from debates.actions.moderating.name_synonym import name_synonym
from debates.actions.moderating.rename_tag import rename_tag
from debates.actions.weighing.rate import rate
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, ArgumentTag, DebateTag, LogEntry, Standing, Tag, TagSynonym
from debates.models.tag import tag_named, topic_key, topic_names, topics
from debates.permissions import Refused
from tests.conftest import Cast, Scene, con, pro, signed_in


def tagged(cast: Cast, scene: Scene, claim: str, *names: str) -> Argument:
    """Return an argument of Ada's with topics."""
    return post_argument(cast.ada, scene.thesis, pro(claim, topic_tags=names))


def page_of(name: str, query: str = "", client: Client | None = None) -> str:
    """Return the page of a tag."""
    answer = (client or Client()).get(f"{reverse('tag', args=[name])}{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


# ------------------------------------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("économie", "Economie"),
        ("économie", unicodedata.normalize("NFD", "économie")),
        ("Straße", "STRASSE"),
        ("trade-union", "Trade  union"),
        ("Ἀθῆναι", "αθηναι"),
        ("ｗｉｄｅ", "wide"),
        ("har\u200bbour", "harbour"),
    ],
)
def test_case_accents_and_normal_forms_do_not_tell_topics_apart(one: str, other: str) -> None:
    assert topic_key(one) == topic_key(other), f"“{one}” and “{other}” would be two topics."


@pytest.mark.parametrize(("one", "other"), [("c", "c++"), ("мой", "мои"), ("が", "か"), ("war", "wars")])
def test_what_means_something_else_stays_apart(one: str, other: str) -> None:
    assert topic_key(one) != topic_key(other), f"“{one}” and “{other}” are two words."


@given(st.text(max_size=90))
def test_a_kept_name_is_kept_as_it_is_and_its_key_is_a_key(name: str) -> None:
    for kept in topic_names([name]):
        assert topic_names([kept]) == [kept], "A name that was kept would be kept otherwise the next time."
        assert kept.encode(), "Halves of a character cannot be stored."
        assert "\0" not in kept
        assert len(kept) <= 60
        assert len(topic_key(kept)) <= 90
        assert topic_key(topic_key(kept)) == topic_key(kept)


@pytest.mark.django_db
def test_a_topic_is_made_once_whoever_spells_it() -> None:
    first = topics(["économie", "Économie"])
    assert [tag.name for tag in first] == ["économie"]
    assert topics(["ECONOMIE"]) == first, "Another spelling made a second topic."
    assert topics(["c++"]) != topics(["c"])
    assert [tag.name for tag in topics(["c", "c++"])] == ["c", "c++"]


@pytest.mark.django_db
def test_a_word_of_rebuttals_never_becomes_a_topic() -> None:
    assert topics(["Factual  error", "factual-error"]) == []


def test_other_spellings_lead_to_the_page_and_take_the_query_along(cast: Cast, scene: Scene) -> None:
    tagged(cast, scene, "The harbour earns money.", "économie")
    for spelt in ("ÉCONOMIE", "economie", unicodedata.normalize("NFD", "économie")):
        answer = Client().get(f"/tags/{quote(spelt)}/?stance=pro")
        assert answer.status_code == 301
        assert answer["Location"] == f"/tags/{quote('économie')}/?stance=pro"
        assert "no-cache" in answer["Cache-Control"], "A word may become a topic of its own again."
    assert "The harbour earns money." in page_of("économie")


# ----------------------------------------------------------------------------------------------- the tag page


def test_the_page_has_debates_arguments_and_what_stands_beside(cast: Cast, scene: Scene) -> None:
    open_debate(cast.ada, "Should the harbour be deeper?", ["It should."], tags=["harbour", "trade"])
    open_debate(cast.ada, "Is the harbour too loud?", ["It is."], tags=["harbour", "trade", "noise"])
    page = page_of("harbour")
    for question in ("Should the harbour keep its cranes?", "Should the harbour be deeper?"):
        assert question in page
    assert reverse("tag", args=["trade"]) in page, "What stands there often is not named."
    assert reverse("tag", args=["noise"]) not in page, "Once is not often."


def test_a_topic_that_only_hidden_texts_carry_is_unknown_by_every_name(cast: Cast, scene: Scene) -> None:
    hidden = tagged(cast, scene, "Secret.", "zzsecret")
    tag = Tag.objects.get(name="zzsecret")
    TagSynonym.objects.create(name="zzother", tag=tag)
    hide(cast.cleo, hidden, "It insults.")
    for name in ("zzsecret", "ZZSECRET", "zzother"):
        assert Client().get(f"/tags/{name}/").status_code == 404, (
            f"“{name}” tells that a hidden text carries it."
        )
    assert "zzsecret" not in Client().get("/tags/").content.decode()


def test_sorts_and_filters_stay_in_the_address(cast: Cast, scene: Scene) -> None:
    tagged(cast, scene, "They are listed monuments.", "memory")
    post_argument(cast.ben, scene.thesis, con("Memory costs too much.", topic_tags=("memory",)))
    assert "Memory costs too much." not in page_of("memory", "?stance=pro")
    chosen = page_of("memory", "?stance=con&sort=strongest")
    assert "Memory costs too much." in chosen
    assert "They are listed monuments." not in chosen
    assert 'value="con" selected' in chosen
    assert "noindex" in chosen, "A filtered page is no page of its own for search engines."
    assert "Nothing here is like that." in page_of("memory", "?by=nobody")
    page_of("memory", "?sort=random&seed=-1&stance=%00&tag=%00&by=%00&debate=%00&page=-9")


def test_an_order_tells_a_member_nothing_about_what_they_may_rate_blindly(cast: Cast, scene: Scene) -> None:
    claims = [
        post_argument(cast.ada, scene.thesis, pro(f"Reason {number}.", topic_tags=("order",)))
        for number in range(3)
    ]
    for one, strength in zip(claims, (0.9, 0.1, 0.5), strict=True):
        Standing.objects.filter(pk=one.pk).update(strength=strength)

    def order(client: Client) -> list[str]:
        page = page_of("order", "?sort=strongest", client)
        return sorted(("Reason 0.", "Reason 1.", "Reason 2."), key=page.index)

    assert order(Client()) == ["Reason 0.", "Reason 2.", "Reason 1."]
    dan = signed_in(cast.dan)
    assert order(dan) == ["Reason 2.", "Reason 1.", "Reason 0."], (
        "What Dan has not rated stands in the order of posting: another one would say how it stands."
    )
    rate(cast.dan, claims[0], holds=3)
    assert order(dan)[0] == "Reason 0."
    Standing.objects.filter(pk=claims[1].pk).update(strength=0.99)
    assert order(dan) == ["Reason 0.", "Reason 2.", "Reason 1."]


def test_a_word_of_rebuttals_says_what_it_means_and_lists_by_debate(cast: Cast, scene: Scene) -> None:
    page = page_of("factual error")
    assert "What it states as a fact is not so." in page
    assert "Half of the cranes came from elsewhere." in page
    assert Client().get("/tags/factual-error/").status_code == 301
    assert "No rebuttal has had to say this yet." in page_of("circular")
    within = page_of("factual error", f"?{urlencode({'debate': scene.debate.slug})}")
    assert "Half of the cranes came from elsewhere." in within
    assert "Nothing here is like that." in page_of("factual error", "?debate=nothing")


def test_all_topics_and_the_vocabulary_stand_on_one_page(cast: Cast, scene: Scene) -> None:
    page = Client().get("/tags/").content.decode()
    assert reverse("tag", args=["harbour"]) in page
    assert "1 argument" in page
    assert "It takes for granted what it sets out to show." in page
    TagSynonym.objects.create(name="docks", tag=Tag.objects.get(name="harbour"))
    found = Client().get("/tags/?q=DOC&sort=most").content.decode()
    assert reverse("tag", args=["harbour"]) in found
    assert reverse("tag", args=["memory"]) not in found
    assert "No topic holds" in Client().get("/tags/?q=%00zzz&page=-1&sort=x").content.decode()


# ---------------------------------------------------------------------------------- synonyms, merging, renaming


def test_a_merge_moves_what_carried_it_once_each_and_the_name_leads_on(cast: Cast, scene: Scene) -> None:
    both = tagged(cast, scene, "Docks make harbours.", "docks", "harbour")
    only = tagged(cast, scene, "Docks are old.", "docks")
    debate = open_debate(cast.ada, "Are docks dear?", ["They are."], tags=["docks"])
    docks, harbour = Tag.objects.get(name="docks"), Tag.objects.get(name="harbour")
    TagSynonym.objects.create(name="quays", tag=docks)
    assert merge_tags(cast.cleo, docks, harbour, "The same thing.")
    assert not Tag.objects.filter(name="docks").exists()
    for argument in (both, only):
        names = [row.tag.name for row in ArgumentTag.objects.filter(content_object=argument)]
        assert names == ["harbour"], f"“{argument}” carries {names}."
    assert [row.tag.name for row in DebateTag.objects.filter(content_object=debate)] == ["harbour"]
    for word in ("docks", "quays", "Docks"):
        assert tag_named(word) == harbour, f"“{word}” leads nowhere."
        assert Client().get(f"/tags/{word}/")["Location"] == "/tags/harbour/"
    assert topics(["Docks"]) == [harbour], "Whoever types the old word makes the topic anew."
    assert "docks" in page_of("harbour")
    entry = LogEntry.objects.get(act=LogEntry.Act.MERGE_TOPICS)
    assert (entry.item_kind, entry.item_id, entry.reason) == ("topic", "docks", "The same thing.")
    assert not merge_tags(cast.cleo, docks, harbour, "Again."), (
        "It was merged before: nothing was left to do."
    )


def test_a_new_name_keeps_the_old_one_as_a_synonym_and_back(cast: Cast, scene: Scene) -> None:
    harbour = Tag.objects.get(name="harbour")
    assert rename_tag(cast.cleo, harbour, "Port", "The usual word.")
    assert [tag_named(word) for word in ("port", "harbour")] == [harbour, harbour]
    assert Client().get("/tags/harbour/")["Location"] == "/tags/port/"
    assert rename_tag(cast.cleo, harbour, "harbour", "It was better.")
    assert [one.name for one in harbour.synonyms.all()] == ["port"]
    assert Tag.objects.get(pk=harbour.pk).slug == "harbour"
    assert not rename_tag(cast.cleo, harbour, "Harbour", "The same.")


def test_a_word_that_is_freed_becomes_a_topic_of_its_own(cast: Cast, scene: Scene) -> None:
    harbour = Tag.objects.get(name="harbour")
    assert name_synonym(cast.cleo, harbour, "Häfen", "The German word.")
    assert not name_synonym(cast.cleo, harbour, "hafen", "Again.")
    assert topics(["hafen"]) == [harbour]
    assert free_synonym(cast.cleo, harbour, "hafen", "Nobody here writes German.")
    assert not free_synonym(cast.cleo, harbour, "hafen", "Again.")
    assert topics(["hafen"]) != [harbour]


def test_who_is_no_moderator_gives_no_reason_or_means_another_topic_is_refused(
    cast: Cast, scene: Scene
) -> None:
    harbour, memory = Tag.objects.get(name="harbour"), Tag.objects.get(name="memory")
    charge = Tag.objects.get(slug="circular")
    refused: list[Callable[[], bool]] = [
        lambda: merge_tags(cast.ada, memory, harbour, "Mine."),
        lambda: merge_tags(cast.cleo, memory, harbour, " "),
        lambda: merge_tags(cast.cleo, charge, harbour, "No."),
        lambda: rename_tag(cast.ada, memory, "remembrance", "Mine."),
        lambda: rename_tag(cast.cleo, memory, "HARBOUR", "No."),
        lambda: rename_tag(cast.cleo, memory, "...", "No."),
        lambda: name_synonym(cast.ada, memory, "remembrance", "Mine."),
        lambda: name_synonym(cast.cleo, memory, "harbour", "No."),
        lambda: name_synonym(cast.cleo, memory, "circular", "No."),
        lambda: free_synonym(cast.ada, memory, "remembrance", "Mine."),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()
    assert not LogEntry.objects.exists()
    assert {tag.name for tag in Tag.objects.filter(kind=Tag.Kind.TOPIC)} == {"harbour", "memory"}


def test_the_log_does_not_name_a_word_that_only_hidden_texts_hold(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, tagged(cast, scene, "Secret.", "zzsecret"), "It insults.")
    merge_tags(
        cast.cleo, Tag.objects.get(name="zzsecret"), Tag.objects.get(name="harbour"), "Not a word for it."
    )
    assert "zzsecret" not in Client().get("/moderation/log/").content.decode()


# ------------------------------------------------------------------------------------------------ the staff room


def change(client: Client, tag: Tag, **fields: str) -> str:
    """Post the form of a topic in the staff room; return the sentences of what it found wrong."""
    address = f"/admin/debates/tag/{tag.pk}/change/"
    opened = ", ".join(one.name for one in tag.synonyms.all())
    form = {"name": tag.name, "synonyms": opened, "initial-synonyms": opened, "reason": "It reads better."}
    answer = client.post(address, form | fields)
    return "" if answer.status_code == 302 else str(answer.content.decode())


def test_a_moderator_names_merges_and_frees_in_the_staff_room(cast: Cast, scene: Scene) -> None:
    cleo, harbour = signed_in(cast.cleo), Tag.objects.get(name="harbour")
    assert client_sees(cleo, harbour)
    assert not change(cleo, harbour, name="Port", synonyms="quays, docks")
    assert sorted(one.name for one in harbour.synonyms.all()) == ["docks", "harbour", "quays"]
    harbour.refresh_from_db()
    assert harbour.name == "port"
    assert "already. Tick" in change(cleo, harbour, name="memory"), (
        "Two topics became one without anybody having been asked."
    )
    assert not change(cleo, harbour, synonyms="harbour, memory", merge="on")
    assert tag_named("memory") == harbour
    assert tag_named("docks") is None
    assert "Write a word or two" in change(cleo, harbour, name="…")
    assert "word of rebuttals" in change(cleo, harbour, synonyms="circular", merge="on")
    assert "This field is required" in change(cleo, harbour, name="seaport", reason="")


def test_merging_in_the_staff_room_shows_what_stays(cast: Cast, scene: Scene) -> None:
    cleo, memory = signed_in(cast.cleo), Tag.objects.get(name="memory")
    answer = cleo.post(
        f"/admin/debates/tag/{memory.pk}/change/",
        {
            "name": "harbour",
            "synonyms": "",
            "initial-synonyms": "",
            "merge": "on",
            "reason": "The same.",
            "_continue": "1",
        },
    )
    harbour = Tag.objects.get(name="harbour")
    harbour = Tag.objects.get(name="harbour")
    assert answer["Location"] == f"/admin/debates/tag/{harbour.pk}/change/"
    assert not Tag.objects.filter(pk=memory.pk).exists()


def test_words_of_rebuttals_are_shown_and_not_changed(cast: Cast, scene: Scene) -> None:
    cleo, charge = signed_in(cast.cleo), Tag.objects.get(slug="circular")
    assert "circular" in client_sees(cleo, charge)
    assert cleo.post(f"/admin/debates/tag/{charge.pk}/change/", {"name": "round"}).status_code == 403


def client_sees(client: Client, tag: Tag) -> str:
    """Return the page of a tag in the staff room."""
    answer = client.get(f"/admin/debates/tag/{tag.pk}/change/")
    assert answer.status_code == 200
    return str(answer.content.decode())
