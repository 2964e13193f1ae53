"""Text is never lost and never posted twice: drafts on the server, with and without a script."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from debates.actions.moderating.hide import hide
from debates.actions.moderating.lock import lock
from debates.models import (
    Argument,
)
from forum.accounts.models import User
from forum.drafts.actions.mark_posted import mark_posted
from forum.drafts.fields import digest_of, excerpt_of, to_keep
from forum.drafts.middleware import without_slip
from forum.drafts.models import Draft
from forum.drafts.places import read_place
from forum.drafts.slip import read_slip
from tests.conftest import Cast, Scene, signed_in
from tests.debates.test_once import SENDERS, TIMES, a_form, all_at_once, crowd, reply_to, text_of

__all__ = ["crowd"]
HOUR = "An hour of careful writing."


def a_slip(place: str, tab: object = "", version: int = 0) -> dict[str, str]:
    """Return the hidden fields of a form that lead to its draft."""
    return {"draft-place": place, "draft-tab": str(tab or uuid.uuid4()), "draft-version": str(version)}


def keep(
    client: Client, place: str, claim: str = HOUR, tab: object = "", version: int = 0, **more: Any
) -> Any:
    """Keep a form as the script does while one types. Any: further fields; the test client's response."""
    member = client.session.get("_auth_user_id", "0")
    form = {**a_form(claim), **a_slip(place, tab, version), "draft-member": member, **more}
    return client.post(reverse("drafts_keep"), form)


def claim_in(response: Any) -> str:
    """Return what stands in the claim’s field. Any: the test client's response."""
    return str(response.context["form"]["claim"].value() or "")


@pytest.fixture
def ben(cast: Cast) -> Client:
    """Give Ben's browser."""
    return signed_in(cast.ben)


# -------------------------------------------------------------------------------------------------- kept and restored


def test_what_was_typed_comes_back_when_the_form_is_opened_again(ben: Client, scene: Scene) -> None:
    assert keep(ben, reply_to(scene.reason), elaboration="With its reasons.").status_code == 200
    page = text_of(ben.get(reply_to(scene.reason)))
    assert HOUR in page, "A draft must come back where it was begun."
    assert "With its reasons." in page
    assert "Restored from your draft of" in page, "Nobody should wonder where the text came from."


def test_it_comes_back_where_the_form_is_opened_in_place(ben: Client, scene: Scene) -> None:
    keep(ben, reply_to(scene.reason))
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{scene.debate.get_absolute_url()}"}
    piece = text_of(ben.get(reply_to(scene.reason), headers=headers))
    assert HOUR in piece
    assert 'data-hx-get="/arguments/' in piece, "Starting afresh happens in place, too."


def test_what_is_unfinished_is_not_called_wrong(ben: Client, scene: Scene) -> None:
    keep(
        ben,
        reply_to(scene.reason),
        claim="",
        elaboration="Only reasons so far, no side and no claim.",
        stance="",
    )
    page = text_of(ben.get(reply_to(scene.reason)))
    assert "Only reasons so far" in page
    assert "field-wrong" not in page, "A draft was not sent: nothing in it is a mistake yet."
    assert "aria-invalid" not in page


def test_for_and_against_are_two_forms(ben: Client, scene: Scene) -> None:
    keep(ben, f"{reply_to(scene.reason)}?stance=pro", "Said in favour.")
    other = ben.get(f"{reply_to(scene.reason)}?stance=con")
    assert claim_in(other) == ""
    assert "A draft of yours is kept:" in text_of(other), (
        "But whoever takes the wrong link must still find it."
    )


def test_without_a_script_a_button_keeps_it(ben: Client, scene: Scene) -> None:
    form = {**a_form(HOUR), **a_slip(reply_to(scene.reason))}
    answer = ben.post(reverse("drafts_keep"), form, follow=True)
    assert answer.redirect_chain[0][0].startswith(reply_to(scene.reason)), "It leads back to the form."
    assert HOUR in text_of(answer)
    assert f'formaction="{reverse("drafts_keep")}"' in text_of(answer)


def test_the_address_of_a_draft_that_was_posted_opens_no_other(ben: Client, scene: Scene) -> None:
    place, tab = reply_to(scene.reason), uuid.uuid4()
    keep(ben, place, tab=tab)
    posted = Draft.objects.get().address
    keep(ben, place, "Of another tab.")
    ben.post(place, {**a_form(HOUR), **a_slip(place, tab, 1)})
    answer = ben.get(posted)
    assert claim_in(answer) == "", "Words that a browser puts back must not stand over another draft."
    assert "A draft of yours is kept:" in text_of(answer)


def test_starting_afresh_gives_an_empty_form_and_the_way_back(ben: Client, scene: Scene) -> None:
    keep(ben, reply_to(scene.reason))
    answer = ben.get(f"{reply_to(scene.reason)}?draft=none")
    page = text_of(answer)
    assert claim_in(answer) == ""
    assert "A draft of yours is kept:" in page
    assert Draft.objects.get().address in page.replace("&amp;", "&"), "Starting afresh can be undone."
    assert Draft.objects.get().thrown_at is None


@pytest.mark.parametrize(
    "secret",
    [
        {"password": "of-nobody"},
        {"csrfmiddlewaretoken": "a-token"},
        {"new-password2": "of-nobody"},
        {"draft-member": "7"},
        {"post": "1"},
    ],
)
def test_no_secret_and_no_button_is_kept(secret: dict[str, str]) -> None:
    kept = to_keep(QueryDict(urlencode({"claim": HOUR, **secret})))
    assert list(kept) == ["claim"], f"{next(iter(secret))} has no place in a draft."


def test_an_empty_form_is_no_draft_and_empties_none(ben: Client, scene: Scene) -> None:
    keep(ben, reply_to(scene.reason), claim="   ")
    assert not Draft.objects.exists()
    tab = uuid.uuid4()
    keep(ben, reply_to(scene.reason), tab=tab)
    keep(ben, reply_to(scene.reason), claim="", tab=tab, version=1)
    assert Draft.objects.get().excerpt == HOUR, (
        "Whoever empties a form by mistake finds the last words again."
    )


# ----------------------------------------------------------------------------------------------- refused, broken, lost


def test_a_refused_form_leaves_its_text_on_the_server(ben: Client, scene: Scene, cast: Cast) -> None:
    lock(cast.cleo, scene.reason, "It has run its course.")
    answer = ben.post(reply_to(scene.reason), {**a_form(HOUR), **a_slip(reply_to(scene.reason))})
    assert answer.status_code == 409
    assert Draft.objects.get().excerpt == HOUR, "Without a script, too, what was refused is kept."
    assert 'name="draft-version" value="1"' in text_of(answer), (
        "The page goes on with the row that was written."
    )


def test_a_mistake_keeps_the_form_on_its_draft(ben: Client, scene: Scene) -> None:
    tab = uuid.uuid4()
    answer = ben.post(reply_to(scene.reason), {**a_form("x" * 301), **a_slip(reply_to(scene.reason), tab)})
    assert answer.status_code == 422
    assert str(tab) in text_of(answer)
    mended = {**a_form("Short enough."), **a_slip(reply_to(scene.reason), tab, 1)}
    assert ben.post(reply_to(scene.reason), mended).status_code == 302
    assert not Draft.objects.live(User.objects.get(username="ben")).exists()


def test_a_view_that_breaks_has_kept_the_text(
    ben: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("debates.views.writing.reply.post_argument", broken)
    ben.raise_request_exception = False
    form = {**a_form(HOUR), **a_slip(reply_to(scene.reason))}
    assert ben.post(reply_to(scene.reason), form).status_code == 500
    monkeypatch.undo()
    assert HOUR in text_of(ben.get(reply_to(scene.reason))), "A fault of ours costs nobody their text."
    assert ben.post(reply_to(scene.reason), form).status_code == 302
    assert Argument.objects.filter(claim=HOUR).count() == 1


def test_an_expired_sign_in_keeps_the_text_and_its_draft(cast: Cast, scene: Scene, ben: Client) -> None:
    tab = uuid.uuid4()
    keep(ben, reply_to(scene.reason), "An hour of", tab=tab)
    ben.session.flush()
    ben.cookies.clear()
    place = reply_to(scene.reason)
    assert (
        ben.post(reverse("drafts_keep"), {**a_slip(place), "draft-member": "1", "claim": HOUR}).status_code
        == 403
    )
    answer = ben.post(place, {**a_form(HOUR), **a_slip(place, tab, 1)})
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]
    ben.force_login(cast.ben)
    page = ben.get(place)
    assert HOUR in text_of(page), "What was sent last is newer than the draft."
    again = {**a_form(HOUR, page.context["key"]), **a_slip(place, tab, 1)}
    assert f'value="{tab}"' in text_of(page), "The form goes on with the draft that it was."
    assert ben.post(place, again).status_code == 302
    assert not Draft.objects.live(cast.ben).exists(), "One text, posted once, leaves no draft."


def test_the_button_leads_visitors_to_sign_in_and_back_to_their_text(cast: Cast, scene: Scene) -> None:
    visitor, place = Client(), reply_to(scene.reason)
    answer = visitor.post(reverse("drafts_keep"), {**a_form(HOUR), **a_slip(place)})
    assert "login" in answer.headers["Location"]
    visitor.force_login(cast.ben)
    assert HOUR in text_of(visitor.get(place))


def test_the_script_of_another_member_keeps_nothing_here(cast: Cast, scene: Scene, ben: Client) -> None:
    another: dict[str, Any] = {"draft-member": str(cast.ada.pk)}  # Any: as `keep` takes it
    assert keep(ben, reply_to(scene.reason), **another).status_code == 403
    assert not Draft.objects.exists(), (
        "A tab of Ada's must not write into the drafts of Ben, who signed in since."
    )


# --------------------------------------------------------------------------------------------------- posted, only once


@pytest.mark.parametrize("htmx", [False, True])
def test_posting_removes_the_draft_and_a_late_copy_does_not_bring_it_back(
    cast: Cast, scene: Scene, ben: Client, htmx: bool
) -> None:
    place, tab, key = reply_to(scene.reason), uuid.uuid4(), uuid.uuid4()
    keep(ben, place, tab=tab, key=str(key))
    headers = {"HX-Request": "true"} if htmx else {}
    answer = ben.post(place, {**a_form(HOUR, key), **a_slip(place, tab, 1)}, headers=headers)
    assert answer.status_code == (200 if htmx else 302)
    assert not Draft.objects.live(cast.ben).exists(), "What was posted is no draft."
    late = keep(ben, place, tab=tab, version=1, key=str(key))
    assert "data-posted" in text_of(late), (
        "A browser that never saw the answer must learn that it was posted."
    )
    assert not Draft.objects.live(cast.ben).exists()
    assert Draft.objects.get().body == "", "Nothing of the text is left in it."


def test_a_preview_posts_nothing_and_keeps_the_draft(cast: Cast, scene: Scene, ben: Client) -> None:
    place = reply_to(scene.reason)
    assert ben.post(place, {**a_form(HOUR), **a_slip(place), "preview": "1"}).status_code == 200
    assert Draft.objects.live(cast.ben).count() == 1


def test_another_text_after_posting_is_a_draft_of_its_own_with_a_key_of_its_own(
    cast: Cast, scene: Scene, ben: Client
) -> None:
    place, tab, key = reply_to(scene.reason), uuid.uuid4(), uuid.uuid4()
    ben.post(place, {**a_form(HOUR, key), **a_slip(place, tab)})
    keep(ben, place, "And one thing more.", tab=tab, version=1, key=str(key))
    page = ben.get(place)
    assert "And one thing more." in text_of(page)
    assert page.context["key"] != key, "The key belongs to what was posted with it."
    again = {**a_form("And one thing more.", page.context["key"]), **a_slip(place, tab)}
    assert ben.post(place, again).status_code == 302


def test_a_restored_form_whose_key_was_used_gets_a_new_one(cast: Cast, scene: Scene, ben: Client) -> None:
    place, key = reply_to(scene.reason), uuid.uuid4()
    keep(ben, place, key=str(key))
    assert ben.get(place).context["key"] == key, "Sent twice, before and after a fall, it is posted once."
    ben.post(place, a_form("Posted from a tab without drafts.", key))
    page = ben.get(place)
    assert page.context["key"] != key
    assert ben.post(place, a_form(HOUR, page.context["key"])).status_code == 302


def test_the_slip_makes_no_two_texts_of_one(cast: Cast, scene: Scene, ben: Client) -> None:
    place, tab, form = reply_to(scene.reason), uuid.uuid4(), a_form(HOUR)
    answers = [ben.post(place, form | a_slip(place, tab, version)) for version in (0, 1)]
    assert [answer.status_code for answer in answers] == [302, 302], (
        "Sent again after a reload, it is the same form."
    )
    assert Argument.objects.filter(claim=HOUR).count() == 1


def test_one_form_sent_two_hundred_times_at_once_leaves_one_argument_and_no_draft(
    crowd: tuple[Cast, Scene],
) -> None:
    cast, scene = crowd
    place, tab = reply_to(scene.reason), uuid.uuid4()
    keep(signed_in(cast.ben), place, tab=tab)
    assert Draft.objects.live(cast.ben).count() == 1
    form = {**a_form(HOUR), **a_slip(place, tab, 1)}
    clients = [signed_in(cast.ben) for _ in range(SENDERS)]
    rounds = all_at_once(
        [lambda one=one: [one.post(place, form) for _ in range(TIMES)] for one in clients]  # type: ignore[misc]  # mypy does not see the default
    )
    answers = [answer for one in rounds for answer in one]
    assert len(answers) == 200
    assert {answer.status_code for answer in answers} == {302}
    assert Argument.objects.filter(claim=HOUR).count() == 1
    assert not Draft.objects.live(cast.ben).exists()
    assert Draft.objects.count() == 1


# ------------------------------------------------------------------------------------------------------------ two tabs


def test_two_tabs_that_began_with_one_draft_part_and_the_newer_wins(
    cast: Cast, scene: Scene, ben: Client
) -> None:
    place, tab, key = reply_to(scene.reason), uuid.uuid4(), uuid.uuid4()
    keep(ben, place, "Begun.", tab=tab, key=str(key))
    keep(ben, place, "Begun, gone on in the first tab.", tab=tab, version=1, key=str(key))
    second = keep(ben, place, "Begun, gone on in the second tab.", tab=tab, version=1, key=str(key))
    parted = text_of(second)
    assert str(tab) not in parted, "The second tab writes to a row of its own from now on."
    assert sorted(Draft.objects.values_list("excerpt", flat=True)) == [
        "Begun, gone on in the first tab.",
        "Begun, gone on in the second tab.",
    ], "Neither tab may overwrite the other."
    opened = ben.get(place)
    assert claim_in(opened) == "Begun, gone on in the second tab."
    assert opened.context["key"] != key, "Two texts that may both be posted need two keys."
    assert "Another version is kept:" in text_of(opened)
    first = Draft.objects.get(tab=tab)
    assert "Begun, gone on in the first tab." in text_of(ben.get(first.address))


def test_a_tab_learns_that_another_wrote_something_newer(scene: Scene, ben: Client) -> None:
    place, tab = reply_to(scene.reason), uuid.uuid4()
    keep(ben, place, "In the first.", tab=tab)
    keep(ben, place, "In the second.")
    looking: dict[str, Any] = {"draft-look": "1"}  # Any: as `keep` takes it
    look = text_of(keep(ben, place, "Not kept by a look.", tab=tab, version=1, **looking))
    assert Draft.objects.get(tab=tab).excerpt == "In the first."
    assert "A newer version was written in another tab:" in look
    assert "In the second." in look


def test_what_one_tab_posts_is_not_what_another_wrote(cast: Cast, scene: Scene, ben: Client) -> None:
    place, tab = reply_to(scene.reason), uuid.uuid4()
    keep(ben, place, "Begun.", tab=tab)
    keep(ben, place, "Gone on elsewhere.", tab=tab, version=1)
    ben.post(place, {**a_form("Begun."), **a_slip(place, tab, 1)})
    assert [one.excerpt for one in Draft.objects.live(cast.ben)] == ["Gone on elsewhere."]


def test_what_another_tab_writes_while_one_posts_stays(cast: Cast, scene: Scene, ben: Client) -> None:
    place, tab = reply_to(scene.reason), uuid.uuid4()
    keep(ben, place, "Begun.", tab=tab)
    slip = read_slip(a_slip(place, tab, 1))
    assert slip is not None
    slip.now(Draft.objects.get())
    keep(ben, place, "Gone on elsewhere.", tab=tab, version=1)
    assert not mark_posted(cast.ben, slip), "Only the version that was sent is posted."
    assert Draft.objects.live(cast.ben).get().excerpt == "Gone on elsewhere."


# ------------------------------------------------------------------------------------------------- the list, who reads


def test_the_list_says_what_when_and_the_first_words(ben: Client, scene: Scene) -> None:
    keep(ben, reply_to(scene.reason))
    page = text_of(ben.get(reverse("drafts")))
    assert HOUR in page
    assert scene.reason.claim in page
    assert "Answer" in page
    assert Draft.objects.get().address in page


def test_an_empty_list_invites(ben: Client) -> None:
    assert "Nothing is waiting." in text_of(ben.get(reverse("drafts")))


def test_thrown_away_and_taken_back(cast: Cast, scene: Scene, ben: Client) -> None:
    keep(ben, reply_to(scene.reason))
    row = Draft.objects.get()
    page = text_of(ben.post(reverse("drafts_throw", args=[row.pk]), follow=True))
    assert "Take it back" in page
    assert "Restored" not in text_of(ben.get(reply_to(scene.reason)))
    ben.post(reverse("drafts_restore", args=[row.pk]))
    assert HOUR in text_of(ben.get(reply_to(scene.reason)))
    assert ben.get(reverse("drafts_throw", args=[row.pk])).status_code == 405, "Reading throws nothing away."


@pytest.mark.parametrize("reader", ["ada", "cleo", "visitor"])
def test_nobody_else_reads_a_draft(cast: Cast, scene: Scene, ben: Client, reader: str) -> None:
    keep(ben, reply_to(scene.reason))
    row = Draft.objects.get()
    other = Client() if reader == "visitor" else signed_in(getattr(cast, reader))
    for address in (
        reverse("draft", args=[row.pk]),
        reverse("drafts_throw", args=[row.pk]),
        reverse("drafts_restore", args=[row.pk]),
    ):
        for answer in (other.get(address), other.post(address)):
            assert answer.status_code in ((302,) if reader == "visitor" else (404, 405))
            assert HOUR not in text_of(answer)
    for address in (row.address, reverse("drafts"), reply_to(scene.reason)):
        assert HOUR not in text_of(other.get(address, follow=True)), (
            f"{reader} must not read it at {address}."
        )
    row.refresh_from_db()
    assert row.thrown_at is None


def test_the_text_outlives_what_it_was_written_for(cast: Cast, scene: Scene, ben: Client) -> None:
    keep(ben, reply_to(scene.reason))
    hide(cast.cleo, scene.reason, "It insults.", "person")
    row = Draft.objects.get()
    assert ben.get(row.address).status_code == 404
    for address in (reverse("drafts"), reverse("draft", args=[row.pk])):
        page = text_of(ben.get(address))
        assert HOUR in page, "What was hidden is somebody else's text, not this one."
        assert "can no longer be read" in page
        assert scene.reason.claim not in page, "The list must not tell what was hidden."
        assert row.address not in page


def test_a_lock_does_not_close_a_draft(cast: Cast, scene: Scene, ben: Client) -> None:
    keep(ben, reply_to(scene.reason))
    lock(cast.cleo, scene.reason, "It has run its course.")
    answer = ben.get(reply_to(scene.reason))
    assert answer.status_code == 409
    assert HOUR in text_of(answer)


# ------------------------------------------------------------------------------------------------- old ones, bad input


def test_old_drafts_are_forgotten(cast: Cast, scene: Scene, ben: Client) -> None:
    for days, claim in ((179, "Almost old."), (181, "Old.")):
        keep(ben, reply_to(scene.reason), claim)
        Draft.objects.filter(excerpt=claim).update(changed_at=timezone.now() - timedelta(days=days))
    keep(ben, reply_to(scene.reason), "Thrown away.")
    Draft.objects.filter(excerpt="Thrown away.").update(thrown_at=timezone.now() - timedelta(days=31))
    call_command("forgetdrafts")
    assert [one.excerpt for one in Draft.objects.all()] == ["Almost old."]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"draft-place": "/"}, 400),
        ({"draft-place": "//evil.example/arguments/x/reply/"}, 400),
        ({"draft-place": "https://evil.example/"}, 400),
        ({"draft-place": "/arguments/\0/reply/"}, 400),
        ({"draft-place": "http://[/"}, 400),
        ({"draft-place": "/arguments/" + "x" * 600 + "/reply/"}, 400),
        ({"draft-tab": "nonsense"}, 400),
        ({"draft-version": "9" * 40}, 200),
        ({"draft-version": "-1"}, 200),
        ({"claim": "NUL \0 and \ud800".encode("utf-8", "replace").decode()}, 200),
        ({"draft-place": "/arguments/nothinghere/reply/"}, 200),
        ({"draft-place": "/citations/99999999999999999999/check/"}, 200),
        ({"elaboration": "ж" * 90_000}, 413),
    ],
)
def test_bad_input_gets_a_sentence(ben: Client, scene: Scene, changed: dict[str, Any], status: int) -> None:
    """Any: what a form may say."""
    answer = keep(ben, reply_to(scene.reason), **changed)
    assert answer.status_code == status
    assert ben.get(reverse("drafts")).status_code == 200


@given(st.text(max_size=300))
def test_any_place_is_read_or_refused(written: str) -> None:
    place = read_place(written)
    assert place is None or place.path.startswith("/")


@given(st.dictionaries(st.sampled_from(["claim", "note", "cite-0-title"]), st.text(max_size=60), min_size=1))
def test_a_key_and_an_order_make_no_other_text(form: dict[str, str]) -> None:
    one, other = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, value in form.items():
        one[name] = value
    for name, value in reversed([("key", "k"), ("draft-tab", "t"), *form.items()]):
        other[name] = value
    assert digest_of(to_keep(one)) == digest_of(to_keep(other))
    assert len(excerpt_of(to_keep(one))) <= 160
    assert "draft-tab" not in without_slip(other)


def test_a_member_has_no_end_of_drafts(ben: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.drafts.actions.keep_draft.MOST", 2)
    answers = [keep(ben, reply_to(scene.reason), f"Number {number}.").status_code for number in range(3)]
    assert answers == [200, 200, 409]


def test_the_list_costs_the_same_however_long(
    ben: Client, scene: Scene, django_assert_max_num_queries: Any
) -> None:
    """Any: pytest-django's fixture, which has no type of its own."""
    for number in range(12):
        keep(
            ben,
            [reply_to(scene.reason), reply_to(scene.thesis), "/debates/open/"][number % 3],
            f"Number {number}.",
        )
    with django_assert_max_num_queries(10):
        ben.get(reverse("drafts"))
