"""Members check citations: does the source say this?"""

from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.text import CitationText
from debates.models import Citation, CitationCheck
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, con, signed_in


def citation(scene: Scene) -> Citation:
    return scene.rebuttal.citations.get()


def address(scene: Scene) -> str:
    return reverse("check", args=[citation(scene).pk])


def test_ada_checks_what_ben_cites_and_the_balance_shows(client: Client, cast: Cast, scene: Scene) -> None:
    assert signed_in(cast.ada).post(address(scene), {"verdict": "yes", "locator": "p. 13"}).status_code == 302
    assert (
        signed_in(cast.dan)
        .post(address(scene), {"verdict": "no", "note": "It names two cranes."})
        .status_code
        == 302
    )
    page = client.get(scene.rebuttal.get_absolute_url()).content.decode()
    assert "1 of 2 find it there" in page
    assert "It names two cranes." in signed_in(cast.dan).get(address(scene)).content.decode()


def test_ben_does_not_check_his_own(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ben).post(address(scene), {"verdict": "yes"})
    assert answer.status_code == 403
    assert not CitationCheck.objects.exists()


def test_one_answer_a_member_which_may_change(cast: Cast, scene: Scene) -> None:
    assert check_citation(cast.ada, citation(scene), "yes")
    assert not check_citation(cast.ada, citation(scene), "yes"), "Saying it again changes nothing."
    assert check_citation(cast.ada, citation(scene), "no")
    assert CitationCheck.objects.get().verdict == "no"


def test_ben_is_told_that_his_source_does_not_say_it(cast: Cast, scene: Scene) -> None:
    check_citation(cast.ada, citation(scene), "yes")
    assert not Notice.objects.filter(recipient=cast.ben, kind="citation-checked").exists()
    check_citation(cast.dan, citation(scene), "no", "It names two cranes.")
    page = signed_in(cast.ben).get(reverse("notices")).content.decode()
    assert "does not say this" in page
    assert "It names two cranes." in page


def test_an_edit_sets_the_answers_aside(client: Client, cast: Cast, scene: Scene) -> None:
    check_citation(cast.dan, citation(scene), "no", "Page 12 is a picture.")
    row = citation(scene)
    mended = con(
        scene.rebuttal.claim,
        rebuttal_tags=("factual-error",),
        citations=(
            CitationText(source=row.source, locator_label="page", locator="14", quotation=row.quotation),
        ),
    )
    edit_argument(cast.ben, scene.rebuttal, mended, 1)
    page = signed_in(cast.dan).get(address(scene)).content.decode()
    assert "For an earlier version" in page, "What was said of another state counts no longer, and is kept."
    assert "find it there" not in client.get(scene.rebuttal.get_absolute_url()).content.decode()


def test_the_lists_lead_to_what_waits(client: Client, cast: Cast, scene: Scene) -> None:
    waiting = reverse("checks")
    assert scene.rebuttal.claim in client.get(waiting).content.decode()
    check_citation(cast.ada, citation(scene), "unavailable")
    assert scene.rebuttal.claim in client.get(waiting).content.decode(), "Nobody has looked yet."
    check_citation(cast.dan, citation(scene), "no")
    assert scene.rebuttal.claim not in client.get(waiting).content.decode()
    assert scene.rebuttal.claim in client.get(waiting + "?failed=1").content.decode()


def test_what_is_hidden_is_neither_listed_nor_checked(client: Client, cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "Spam.", "spam")
    assert scene.rebuttal.claim not in client.get(reverse("checks")).content.decode()
    assert signed_in(cast.dan).get(address(scene)).status_code == 404
    assert signed_in(cast.dan).post(address(scene), {"verdict": "yes"}).status_code == 404


def test_an_answer_is_asked_for(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.dan).post(address(scene), {"note": "Hm."})
    assert answer.status_code == 422
    assert "Choose an answer" in answer.content.decode()
    assert "Hm." in answer.content.decode()


def test_a_visitor_signs_in_first_and_finds_the_answer_again(cast: Cast, scene: Scene) -> None:
    client = Client()
    assert client.post(address(scene), {"verdict": "no", "note": "Two cranes."}).status_code == 302
    client.force_login(cast.dan)
    assert "Two cranes." in client.get(address(scene)).content.decode()
