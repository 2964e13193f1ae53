"""The page of searches: results in their place with the words marked, what was meant, and nothing that is hidden."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.weighing.rate import rate
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, SearchEntry, SearchWord, Source, Standing
from debates.models.standing import Word
from debates.search import search_arguments, search_sources
from debates.views.finding.found import Found
from tests.conftest import Cast, Scene, a_book, con, pro, signed_in

OPTION = 'role="option"'


def page_of(query: str, **more: str) -> str:
    """Return the page of a search."""
    answer = Client().get(reverse("search"), {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def hits_on(query: str, **more: str) -> list[Found]:
    """Return what the page of a search shows of arguments."""
    found: list[Found] = Client().get(reverse("search"), {"q": query, **more}).context["found"]
    return found


def mended(query: str) -> str:
    """Return what the page of a search offers in its place; nothing where it offers nothing."""
    offered: str = Client().get(reverse("search"), {"q": query}).context["mended"]
    return offered


def suggested(query: str) -> str:
    """Return what is offered while somebody types."""
    answer = Client().get(reverse("search_suggest"), {"q": query})
    assert answer.status_code == 200
    return answer.content.decode()


class TestResults:
    def test_the_words_are_marked_and_what_was_typed_is_escaped(self, cast: Cast, scene: Scene) -> None:
        text = "Long before. " * 40 + "There <b>cranes</b> stand."
        post_argument(cast.ada, scene.thesis, pro("Of <i>cranes</i>.", elaboration=text))
        page = page_of("crane there")
        assert "Of &lt;i&gt;<mark>cranes</mark>&lt;/i&gt;." in page
        assert "<mark>There</mark>" in page
        assert page.count("Long before.") < 10, "A long text is shown in part."

    def test_a_result_stands_in_its_place(self, cast: Cast, scene: Scene) -> None:
        below = scene.rebuttal
        for number in range(3):
            below = post_argument(cast.ada, below, pro(f"Step {number} of a stair."))
        (hit,) = hits_on('"step 2"')
        assert hit.debate == scene.debate
        assert hit.thesis is not None
        assert hit.thesis.claim == scene.thesis.claim
        assert hit.above is not None
        assert hit.above.claim == "Step 1 of a stair."
        assert hit.between == 3
        assert "3 claims between" in page_of('"step 2"')

    def test_it_says_how_it_was_answered_and_what_it_rests_on(self, cast: Cast, scene: Scene) -> None:
        hidden = post_argument(cast.ben, scene.reason, con("No."))
        hide(cast.cleo, hidden, "It insults.")
        (hit,) = hits_on("town")
        assert (hit.card.pro_count, hit.card.con_count) == (0, 1), "What is hidden is not counted."
        (cited,) = hits_on("elsewhere")
        assert cited.sources == 1
        assert cited.card.side_words == "Rebuttal"

    def test_a_hidden_claim_above_is_not_named(self, cast: Cast, scene: Scene) -> None:
        hide(cast.cleo, scene.reason, "It insults.")
        page = page_of("elsewhere")
        assert "a claim that is no longer shown" in page
        assert "memory" not in page

    def test_the_newest_first_where_it_is_asked_for(self, cast: Cast, scene: Scene) -> None:
        post_argument(cast.ada, scene.thesis, pro("Crane by crane, cranes."))
        post_argument(cast.ada, scene.thesis, pro("Of many things, among them one that is called a crane."))
        best, newest = hits_on("crane"), hits_on("crane", sort="newest")
        assert best[0].card.claim == "Crane by crane, cranes."
        assert newest[0].card.claim.startswith("Of many things")

    def test_debates_and_sources_are_found_by_their_words(self, scene: Scene) -> None:
        page = page_of("harbour keep")
        assert f'<a href="{scene.debate.get_absolute_url()}" dir="auto">' in page
        assert Source.objects.get().get_absolute_url() in page_of("marsh")
        assert Source.objects.get().get_absolute_url() not in page_of("marsh stance:for")

    def test_it_says_what_it_searched_for(self, scene: Scene) -> None:
        page = page_of('cranes "the town" -elephants author:ada stance:for after:2024-05-03 -is:note')
        assert (
            "Arguments that hold “cranes” and the phrase “the town”, that do not hold “elephants”, by ada,"
            " for the claim above, since 3 May 2024, no notes." in page
        )
        assert "Arguments: before 2024, since May 2023." in page_of("before:2024 after:2023-05")

    def test_what_was_not_understood_is_said_and_the_rest_is_found(self, scene: Scene) -> None:
        page = page_of("autor:ada stance:maybe town")
        assert "did you mean “author:”?" in page
        assert "“maybe” is nothing that “stance:” knows" in page
        assert scene.reason.get_absolute_url() in page

    def test_search_engines_stay_away(self, scene: Scene) -> None:
        assert '<meta name="robots" content="noindex' in page_of("cranes")
        assert Client().get(reverse("search_suggest"), {"q": "cr"})["X-Robots-Tag"] == "noindex"

    def test_an_odd_address_shows_the_page(self, scene: Scene) -> None:
        for more in ({"page": "-1"}, {"page": "9" * 30}, {"page": "x"}, {"sort": "\0"}):
            assert scene.reason.get_absolute_url() in page_of("town", **more)


class TestSlipsOfThePen:
    def test_a_word_that_nobody_wrote_is_mended(self, scene: Scene) -> None:
        meant = {
            "cranse": "cranes",
            "memroy": "memory",
            "mmory": "memory",
            "emmory": "memory",
            "elsewehre": "elsewhere",
            "harbuor cranes": "harbour cranes",
            "marhs": "marsh",
            "memroy author:ada": "memory author:ada",
        }
        assert {typed: mended(typed) for typed in meant} == meant
        assert "Did you mean" in page_of("cranse")

    def test_nothing_is_offered_that_finds_nothing(self, scene: Scene) -> None:
        for typed in ("memory", "cran", "memroy author:ben", "zzzzzz", "memroy zzzzzz", "-memroy"):
            assert mended(typed) == "", f"“{typed}” is answered with an offer that finds nothing."

    def test_a_hidden_word_is_never_offered(self, cast: Cast, scene: Scene) -> None:
        hidden = post_argument(cast.ada, scene.thesis, pro("A scandalous rhinoceros."))
        assert "rhinoceros" in page_of("rhinocerus")
        hide(cast.cleo, hidden, "It insults.")
        assert "rhinoceros" not in page_of("rhinocerus"), "A hidden text tells nothing, not even a word."

    def test_a_hidden_slip_hides_no_offer(self, cast: Cast, scene: Scene) -> None:
        hidden = post_argument(cast.ada, scene.thesis, pro("A memroy, a memboy."))
        hide(cast.cleo, hidden, "It insults.")
        assert mended("memroy") == "memory", (
            "That nothing is offered would tell that a hidden text holds the word, or one that is as near."
        )


class TestSuggestions:
    def test_what_begins_so_is_offered(self, scene: Scene) -> None:
        offered = {
            "au": "author:",
            "cranes -st": "cranes -stance:",
            "stance:": "stance:against ",
            "is:un": "is:unanswered ",
            "tag:mem": "tag:memory ",
            "tag:fact": "tag:&quot;factual error&quot; ",
            "mem": "tag:memory ",
            "author:B": "author:ben ",
            "debate:harb": "debate:should-the-harbour-keep-its-cranes ",
            "source:mar": "source:&quot;Cranes of the harbour&quot; ",
        }
        for typed, query in offered.items():
            assert f'data-query="{query}"' in suggested(typed), f"“{typed}” does not offer “{query}”."

    def test_debates_sources_and_claims_lead_to_their_pages(self, scene: Scene) -> None:
        offers = suggested("cranes harb")
        assert f'href="{scene.debate.get_absolute_url()}"' in offers
        assert f'href="{Source.objects.get().get_absolute_url()}"' in offers
        assert f'href="{scene.thesis.get_absolute_url()}"' in offers
        assert scene.reason.get_absolute_url() not in offers, "It holds one of the two words."

    def test_where_nothing_begins_so_nothing_is_offered(self, scene: Scene) -> None:
        for typed in ("", " ", "-", '"', "tag:", "doi:10.", "before:", "\0", "zzz", "%", "x" * 999):
            assert OPTION not in suggested(typed), f"“{typed}” offers something."

    def test_nothing_hidden_is_offered(self, cast: Cast, scene: Scene) -> None:
        text = pro("Rhinoceros.", topic_tags=("rhinology",), citations=(a_book("Rhinos of the harbour"),))
        hidden = post_argument(cast.dan, scene.thesis, text)
        for typed in ("rhino", "tag:rhino", "author:da", "source:rhino"):
            assert OPTION in suggested(typed)
        hide(cast.cleo, hidden, "It insults.")
        for typed in ("rhino", "tag:rhino", "author:da", "source:rhino"):
            assert OPTION not in suggested(typed), f"“{typed}” offers something of a hidden text."
        hide(cast.cleo, scene.debate, "It insults.")
        for typed in ("harb", "tag:harb", "debate:harb", "author:b", "mem"):
            assert OPTION not in suggested(typed), f"“{typed}” offers something of a hidden debate."


class TestReindexing:
    def test_what_was_lost_is_found_again(self, cast: Cast, scene: Scene) -> None:
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        assert not search_arguments("cranes")
        call_command("reindex", stdout=StringIO())
        assert len(search_arguments("cranes")) == 3
        assert search_sources("marsh").exists()
        assert {"cranes", "harbour", "marsh"} <= set(SearchWord.objects.values_list("word", flat=True))
        assert SearchEntry.objects.count() == Argument.objects.count() + Source.objects.count()

    def test_a_second_run_changes_nothing_and_forgets_words_that_are_gone(
        self, cast: Cast, scene: Scene
    ) -> None:
        edit_argument(cast.ada, scene.reason, pro("The cranes are ballast."), 1)
        before = list(SearchEntry.objects.order_by("pk").values_list("pk", "tokens"))
        call_command("reindex", stdout=StringIO())
        assert list(SearchEntry.objects.order_by("pk").values_list("pk", "tokens")) == before
        known = set(SearchWord.objects.values_list("word", flat=True))
        assert "memory" not in known
        assert "ballast" in known

    def test_it_goes_on_where_it_was_stopped(self, scene: Scene) -> None:
        SearchEntry.objects.all().delete()
        said = StringIO()
        call_command("reindex", arguments_after=scene.thesis.pk, stdout=said)
        assert {one.claim for one in search_arguments("cranes")} == {scene.reason.claim, scene.rebuttal.claim}
        assert f"--arguments-after {scene.rebuttal.pk} --sources-after 0" in said.getvalue()


class TestWhatMayNotBeKnownYet:
    """Ada's reason is contested; Ben may still rate it, and its page does not tell him."""

    def found(self, query: str, client: Client) -> set[str]:
        """Return the claims that a search finds for somebody."""
        found: list[Found] = client.get(reverse("search"), {"q": query}).context["found"]
        return {one.card.claim for one in found}

    def test_no_operator_tells_what_a_page_keeps_back(self, cast: Cast, scene: Scene) -> None:
        Standing.objects.filter(argument=scene.reason).update(word=Word.CONTESTED)
        reason, client = scene.reason.claim, signed_in(cast.ben)
        assert str(Word.CONTESTED.label) not in part_of_standing(client, scene)
        assert reason not in self.found("is:contested", client)
        assert reason not in self.found("-is:contested", client), "To be left out of both tells nothing."
        assert reason in self.found("cranes", client)
        assert (
            "What you can still rate is left out" in client.get("/search/?q=-is:contested").content.decode()
        )
        for other in (Client(), signed_in(cast.ada)):
            assert reason in self.found("is:contested", other), "Who cannot rate it sees it on its page, too."
            assert reason not in self.found("-is:contested", other)
        rate(cast.ben, scene.reason, holds=3)
        Standing.objects.filter(argument=scene.reason).update(word=Word.CONTESTED)
        assert reason in self.found("is:contested", client)

    def test_what_is_not_contested_is_kept_back_alike(self, cast: Cast, scene: Scene) -> None:
        for word in (Word.CONTESTED, Word.UNREVIEWED):
            Standing.objects.filter(argument=scene.reason).update(word=word)
            found = [self.found(typed, signed_in(cast.ben)) for typed in ("is:contested", "-is:contested")]
            assert found == [set(), {scene.thesis.claim, scene.rebuttal.claim}]

    def test_no_offer_tells_it_either(self, cast: Cast, scene: Scene) -> None:
        Standing.objects.filter(argument=scene.reason).update(word=Word.CONTESTED)
        typed = {"q": "memroy is:contested"}
        assert Client().get(reverse("search"), typed).context["mended"] == "memory is:contested"
        assert not signed_in(cast.ben).get(reverse("search"), typed).context["mended"]

    def test_feeds_are_nobodys(self, cast: Cast, scene: Scene) -> None:
        Standing.objects.filter(argument=scene.reason).update(word=Word.CONTESTED)
        for client in (Client(), signed_in(cast.ben)):
            assert scene.reason.claim in client.get("/feeds/search.atom?q=is:contested").content.decode()

    def test_a_page_says_no_more_than_visitors_need_to_hear(self, scene: Scene) -> None:
        assert "What you can still rate" not in page_of("is:contested")


def part_of_standing(client: Client, scene: Scene) -> str:
    """Return what the page of Ada's reason shows of that alone: its card, without what stands below it."""
    page: str = client.get(scene.reason.get_absolute_url()).content.decode()
    return page.split("<article", 1)[1].split("</article>", 1)[0]
