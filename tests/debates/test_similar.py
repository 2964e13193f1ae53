"""What is already said in a debate is offered before it is said again: in other words and another order, never in the way."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, SearchEntry, State
from debates.models.visibility import NOBODY, Viewer
from debates.similar import LEAST, Similar, similar_to
from debates.stemming import stems
from tests.conftest import Cast, Scene, con, pro, signed_in

HTMX = {"HX-Request": "true"}
OTHERS = (
    "The quay needs the room for houses.",
    "Ships no longer unload in this harbour.",
    "Repairing the rust costs more than the town can pay.",
    "Visitors come to the town for its skyline.",
    "Gulls nest where nobody walks.",
    "A museum could show one crane and sell the rest.",
    "The steel is worth little as scrap.",
    "Children of the harbour workers vote for the houses.",
)
CLAIM = "Repairing the rust costs more than the town can pay."


@pytest.fixture
def debate(cast: Cast, scene: Scene) -> Scene:
    """Give a debate in which enough is said for some words to be common."""
    for number, claim in enumerate(OTHERS):
        post_argument(cast.ada, scene.thesis, pro(claim) if number % 2 else con(claim))
    return scene


def found(scene: Scene, claim: str, stance: str = "", viewer: Viewer = NOBODY) -> list[str]:
    """Return the claims that are found."""
    return [one.argument.claim for one in similar_to(viewer, scene.debate, claim, stance)]


# ---------------------------------------------------------------------------------------------------- what is alike


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (CLAIM, CLAIM),
        ("The town cannot pay for repairs of the rust, which cost too much", CLAIM),
        ("RUST: repairs cost the town more than it pays", CLAIM),
        ("No ship unloads in the harbour any longer", "Ships no longer unload in this harbour."),
        ("Houses need the room on the quay", "The quay needs the room for houses."),
        ("the skyline brings visitors into town", "Visitors come to the town for its skyline."),
        ("As scrap, steel isn’t worth much", "The steel is worth little as scrap."),
    ],
)
def test_much_the_same_is_found_in_other_words_and_another_order(
    debate: Scene, typed: str, said: str
) -> None:
    assert found(debate, typed)[0] == said


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "the of and", "…!?", "not", "The mayor was elected in spring.", "Trains should run at night."],
)
def test_what_is_new_finds_nothing(debate: Scene, typed: str) -> None:
    assert found(debate, typed) == []


@pytest.mark.parametrize(
    "typed",
    ["It should be there where it is for the others in this one.", "The town", "Town, for it is the town."],
)
def test_common_words_and_one_subject_make_no_claim_alike(debate: Scene, typed: str) -> None:
    """Whoever begins to type has typed one word."""
    assert found(debate, typed) == []


def test_common_words_take_little_from_a_score(debate: Scene) -> None:
    talk = " That is what it is, and so it has to be for all of us."
    assert similar_to(NOBODY, debate.debate, CLAIM + talk)[0].score > 0.7


def test_a_claim_of_one_word_is_found_by_it(cast: Cast, debate: Scene) -> None:
    post_argument(cast.ben, debate.thesis, con("It is too expensive."))
    assert found(debate, "Expensive!") == ["It is too expensive."]


def test_a_score_is_one_for_the_same_words_and_never_less_than_the_least(debate: Scene) -> None:
    hits: list[Similar] = similar_to(
        NOBODY, debate.debate, "The town can pay more than the rust costs, repairing."
    )
    assert hits[0].score == pytest.approx(1.0, abs=0.05)
    assert all(LEAST <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_beside_the_same_claim_a_remote_one_is_not_shown(cast: Cast, debate: Scene) -> None:
    post_argument(cast.ben, debate.thesis, con("Repairing is done by children of the town."))
    assert found(debate, "Repairing is done by the town.")[0].startswith("Repairing is done")
    assert len(found(debate, CLAIM)) == 1


def test_no_more_are_shown_than_asked_for(cast: Cast, debate: Scene) -> None:
    for place in ("north", "south", "east", "west", "far", "near"):
        post_argument(cast.ben, debate.thesis, con(f"The tallest crane leans to the {place}."))
    assert len(found(debate, "The tallest crane leans.")) == 5
    assert len(similar_to(NOBODY, debate.debate, "The tallest crane leans.", limit=2)) == 2


def test_the_wanted_side_comes_first_among_equals(cast: Cast, debate: Scene) -> None:
    for text in (pro("The tallest crane leans."), con("The tallest crane leans.")):
        post_argument(cast.ben, debate.thesis, text)
    for stance in ("pro", "con"):
        assert (
            similar_to(NOBODY, debate.debate, "The tallest crane leans", stance)[0].argument.stance == stance
        )


def test_only_the_claim_counts_and_not_what_explains_it(cast: Cast, debate: Scene) -> None:
    post_argument(
        cast.ben, debate.thesis, pro("It is late.", elaboration="Nobody paints masts in winter here.")
    )
    assert found(debate, "Nobody paints masts in winter here.") == []


def test_an_edit_changes_what_is_found(cast: Cast, debate: Scene) -> None:
    edit_argument(cast.ada, debate.reason, pro("Lighthouses guide nobody."), 1)
    assert found(debate, "Nobody is guided by a lighthouse") == ["Lighthouses guide nobody."]
    assert found(debate, "The cranes are the town’s memory.") == []


def test_other_scripts_are_found_too(cast: Cast, debate: Scene) -> None:
    for claim in ("港のクレーンは町の記憶である", "Кранът е паметта на града."):
        post_argument(cast.ben, debate.thesis, pro(claim))
    assert found(debate, "クレーンは町の記憶") == ["港のクレーンは町の記憶である"]
    assert found(debate, "Паметта на града е кранът") == ["Кранът е паметта на града."]


# ------------------------------------------------------------------------------------------------ who sees what


def test_only_what_stands_in_lists_is_found(cast: Cast, debate: Scene) -> None:
    said = Argument.objects.get(claim=CLAIM)
    for state in State:
        if state != State.PUBLISHED:
            Argument.objects.filter(pk=said.pk).update(state=state)
            for viewer in (NOBODY, cast.ada, cast.cleo):
                assert found(debate, CLAIM, viewer=viewer) == [], f"What is {state} is nothing to agree with."


def test_only_this_debate_is_looked_at(cast: Cast, debate: Scene) -> None:
    other = open_debate(cast.ada, "And the lighthouse?", ["Lighthouses guide nobody."])
    assert found(debate, "Lighthouses guide nobody.") == []
    assert similar_to(NOBODY, other, "Lighthouses guide nobody.")


# ---------------------------------------------------------------------------------------------------- what it costs


def grow(scene: Scene, start: int, stop: int) -> None:
    """Add arguments straight to the table."""
    Argument.objects.bulk_create(
        Argument(
            debate=scene.debate,
            parent=scene.thesis,
            stance="pro",
            claim=f"Crane {n} leans to the {OTHERS[n % 8][4:]}",
            path=f"{scene.thesis.path}z{n:03}",
            depth=1,
        )
        for n in range(start, stop)
    )
    fresh = Argument.objects.filter(path__startswith=f"{scene.thesis.path}z", search_entry=None)
    SearchEntry.objects.bulk_create(
        SearchEntry(argument=one, tokens=" ".join(stems(one.claim))) for one in fresh
    )


def test_it_takes_two_queries_however_large_the_debate(debate: Scene) -> None:
    taken = []
    for start, stop in ((0, 50), (50, 300)):
        grow(debate, start, stop)
        with CaptureQueriesContext(connection) as queries:
            hits = similar_to(
                NOBODY, debate.debate, "Some cranes lean to the quay, which needs the room for houses"
            )
            assert [hit.argument.debate for hit in hits] == [debate.debate] * 5
            assert hits[0].argument.get_absolute_url()
        taken.append(len(queries))
    assert taken == [2, 2]


def test_the_best_is_found_where_only_a_part_of_the_debate_is_counted(
    debate: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.similar.COUNTED", 30)
    monkeypatch.setattr("debates.similar.LOOKED_AT", 5)
    grow(debate, 0, 200)
    assert found(debate, "Repairs of the rust cost more than the town pays")[0] == CLAIM


# ------------------------------------------------------------------------------------------------------ at the form


def words(response: Any) -> str:
    """Return a page as its reader sees it. Any: the test client's response."""
    return unescape(response.content.decode())


def ask(scene: Scene, claim: str, client: Client | None = None, **more: Any) -> str:
    """Return what the field of the claim is answered. Any: form values."""
    answer = (client or Client()).get(at("similar", scene), {"claim": claim, **more}, headers=HTMX)
    assert answer.status_code == 200
    return words(answer)


def at(name: str, scene: Scene) -> str:
    """Return an address of the thesis."""
    return reverse(name, args=[scene.thesis.public_id])


def form(**more: Any) -> dict[str, Any]:
    """Return what a browser sends. Any: form values."""
    return {"stance": "pro", "claim": CLAIM, "cite-TOTAL_FORMS": "0", "cite-INITIAL_FORMS": "0", **more}


def before(page: str) -> str:
    """Return the block above the buttons; nothing where there is none."""
    match = re.search(r'<section class="said-before".*?</section>', page, re.DOTALL)
    return match[0] if match else ""


def below(page: str) -> str:
    """Return what stands below the field of the claim."""
    return page[page.index('<div class="said-already"') :].split("</div>")[0]


def test_what_is_typed_is_answered_with_side_claim_and_a_way_to_use_it(debate: Scene) -> None:
    said, shown = Argument.objects.get(claim=CLAIM), ask(debate, "Rust costs more than the town can pay")
    assert "<html" not in shown, "It is a piece for the place under the field."
    assert "One argument is much like this." in shown
    assert f'href="{said.get_absolute_url()}"' in shown
    assert f'href="{said.get_absolute_url()}rate/"' in shown, "One agrees with what answers the same claim."
    assert CLAIM in shown
    assert "Against" in shown
    assert shown.count('target="_blank"') == 2, "What is typed stays where it is."


def test_what_answers_another_claim_is_offered_a_place_here_too(debate: Scene) -> None:
    said = Argument.objects.get(claim=CLAIM)
    address = reverse("similar", args=[debate.reason.public_id])
    answer = Client().get(
        address, {"claim": "Rust costs more than the town can pay"}, headers={"HX-Request": "true"}
    )
    place = f'href="{said.get_absolute_url()}link/?to={debate.reason.public_id}"'
    assert place in answer.content.decode(), "One argument in two places, and not the same words twice."


def test_what_is_new_is_answered_with_nothing(debate: Scene) -> None:
    assert ask(debate, "Trains should run at night.").strip() == ""


def test_what_is_answered_is_not_offered_itself(debate: Scene) -> None:
    """Whoever denies a claim uses its words."""
    assert ask(debate, "The harbour should not keep its cranes.").strip() == ""
    assert found(debate, "The harbour should not keep its cranes.") == [debate.thesis.claim]


def test_what_members_write_is_no_markup(cast: Cast, debate: Scene) -> None:
    post_argument(cast.ben, debate.thesis, pro("A <b>bold</b> lighthouse guides nobody."))
    answer = Client().get(at("similar", debate), {"claim": "bold lighthouse guides nobody"}, headers=HTMX)
    assert b"<b>" not in answer.content
    assert b"lighthouse" in answer.content


def test_without_a_script_the_address_leads_to_the_form_with_what_was_typed(
    cast: Cast, debate: Scene
) -> None:
    ben = signed_in(cast.ben)
    answer = ben.get(at("similar", debate), {"claim": CLAIM, "stance": "con"})
    assert answer.status_code == 302
    page = words(ben.get(answer["Location"]))
    assert f">\n{CLAIM}</textarea>" in page
    assert re.search(r'name="stance"[^>]*value="con"[^>]*checked', page)
    assert CLAIM in below(page)
    assert "HX-Request" in answer["Vary"], "A cache must not give the one for the other."


def test_a_field_whose_sign_in_ran_out_is_answered_all_the_same(debate: Scene) -> None:
    """It would otherwise be led away, and what was typed with it."""
    assert CLAIM in ask(debate, CLAIM, Client())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_of_what_may_not_be_read_nothing_is_asked(cast: Cast, debate: Scene, headers: dict[str, str]) -> None:
    hide(cast.cleo, debate.thesis, "person", "It insults.")
    answer = Client().get(at("similar", debate), {"claim": CLAIM}, headers=headers)
    assert answer.status_code == 404
    assert (b"<html" in answer.content) == (not headers), "No page stands within a form."


@pytest.mark.parametrize("typed", ["x " * 5000, "\0", "⟦" * 300, "%00%ff"])
def test_odd_questions_are_answered(debate: Scene, typed: str) -> None:
    assert ask(debate, typed).strip() == ""


def test_the_field_asks_at_pauses_and_the_latest_question_counts(cast: Cast, debate: Scene) -> None:
    for name in ("reply", "rebut"):
        page = words(signed_in(cast.ben).get(at(name, debate)))
        field = re.search(r'<textarea[^>]*name="claim"[^>]*>', page)
        assert field is not None
        assert f'hx-get="{at("similar", debate)}"' in field[0]
        assert 'hx-trigger="input changed delay:' in field[0]
        assert 'hx-sync="this:replace"' in field[0]
        assert 'hx-params="claim,stance"' in field[0], (
            "Neither the token nor the rest of the form belongs in an address."
        )
        assert '<div class="said-already"' in page[field.end() :]
        assert "said-count" not in page


def test_the_form_of_an_edit_asks_nothing(cast: Cast, debate: Scene) -> None:
    page = words(signed_in(cast.ada).get(reverse("edit", args=[debate.reason.public_id])))
    assert "said-already" not in page
    assert at("similar", debate) not in page


@pytest.mark.parametrize("name", ["reply", "rebut"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in place"])
def test_a_preview_and_a_post_that_failed_show_it_above_the_buttons(
    cast: Cast, debate: Scene, name: str, headers: dict[str, str]
) -> None:
    ben, count = signed_in(cast.ben), Argument.objects.count()
    failed = ben.post(
        at(name, debate), form(stance="sideways", post="1", rebuttal_tags=["nothing"]), headers=headers
    )
    assert failed.status_code == 422
    preview = ben.post(at("reply", debate), form(preview="1"), headers=headers)
    assert preview.status_code == 200
    for page in (words(failed), words(preview)):
        assert CLAIM in before(page)
        assert "use-this" in before(page)
        assert page.count("said-count") == 1
        assert page.index("said-before") < page.index('class="form-acts"')
        assert f">\n{CLAIM}</textarea>" in page, "What was typed is there."
    assert Argument.objects.count() == count


def test_a_button_asks_where_no_script_runs(cast: Cast, debate: Scene) -> None:
    ben, count = signed_in(cast.ben), Argument.objects.count()
    page = words(ben.get(at("reply", debate)))
    assert re.search(r'<noscript>.*?<button[^>]*name="similar"[^>]*formnovalidate', page)
    answer = ben.post(
        at("reply", debate), form(similar="1", stance="", elaboration="I looked.", topics="rust")
    )
    shown = words(answer)
    assert answer.status_code == 200
    assert CLAIM in below(shown), "The answer stands where the question was asked."
    assert before(shown) == ""
    assert 'class="wrong"' not in shown, "It is a question and not a post."
    for typed in (f">\n{CLAIM}</textarea>", "I looked.", 'value="rust"'):
        assert typed in shown
    assert Argument.objects.count() == count


def test_it_never_keeps_anybody_from_posting(cast: Cast, debate: Scene) -> None:
    answer = signed_in(cast.ben).post(at("reply", debate), form(post="1"))
    assert answer.status_code == 302
    assert Argument.objects.filter(claim=CLAIM).count() == 2


def test_what_was_kept_while_somebody_signed_in_is_looked_at_too(cast: Cast, debate: Scene) -> None:
    client = Client()
    client.post(at("reply", debate), form())
    client.force_login(cast.ben)
    assert CLAIM in below(words(client.get(at("reply", debate))))
