"""Leave the site: after a day, wholly or not at all, once; the replies of others stay whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.moderating.hide import hide
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.rate import rate
from debates.actions.weighing.rescore_debates import find_drift
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.models import Argument, Delta, LogEntry, Rating, Rearrangement, SearchWord, State, Suggestion
from debates.permissions import Refused
from forum.accounts.actions.rename import rename
from forum.accounts.gone import GONE
from forum.accounts.models import FormerName, User, check_free
from forum.drafts.models import Draft
from forum.following.models import Follow
from forum.moderation.actions.decide import uphold
from forum.moderation.actions.report import report
from forum.moderation.actions.suspend import readmit, suspend
from forum.moderation.models import Report
from forum.own_data.actions import leave_site as module
from forum.own_data.actions.cancel_leaving import cancel_leaving
from forum.own_data.actions.leave_site import leave_all_due, leave_site
from forum.own_data.actions.schedule_leaving import schedule_leaving
from forum.own_data.actions.take_texts_away import take_texts_away
from forum.own_data.demo import LEAVER, SAID
from forum.own_data.models import GRACE, Export, Leaving
from forum.own_data.relations import RELATIONS, Leave, model_of
from tests.conftest import PASSWORD, Cast, Scene, a_book, con, pro, signed_in
from tests.debates.test_once import all_at_once, crowd, text_of

__all__ = ["crowd"]
PAGE = "/account/leave/"
AWAY = "Its author took this text away."


def due(member: User, texts: str = "keep") -> None:
    """Let a member's day be over."""
    schedule_leaving(member, texts)
    Leaving.objects.filter(member=member).update(due_at=timezone.now() - timedelta(minutes=1))


def left(member: User, texts: str = "keep") -> User:
    """Let a member leave, and return what stays of them."""
    due(member, texts)
    assert leave_site(member.pk)
    return User.objects.get(pk=member.pk)


def cells() -> Iterator[tuple[str, str]]:
    """Yield every value of every column of every table, with where it stands."""
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*columns):
            yield from (
                (f"{model._meta.label}.{column}", str(value))
                for column, value in zip(columns, row, strict=True)
            )


def standing_in(*words: str) -> set[str]:
    """Return the columns in which any of some words stands, in whatever case."""
    return {place for place, value in cells() if any(word in value.lower() for word in words)}


@pytest.fixture
def zelda(cast: Cast, scene: Scene) -> User:
    """Give a member who has left something in every corner; her name and words stand nowhere else."""
    zelda = User.objects.create_user("zeldaquill", "quill@example.org", PASSWORD)
    EmailAddress.objects.create(user=zelda, email="quill@example.org", primary=True, verified=True)
    Authenticator.objects.create(user=zelda, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answered = post_argument(
        zelda,
        scene.thesis,
        pro(
            "Gantries zzquoclaim the skyline.",
            elaboration="Because zzquoelaboration.",
            citations=(a_book("Gantries"),),
        ),
    )
    edit_argument(
        zelda,
        answered,
        pro(
            "Gantries zzquonewer the skyline.", elaboration="And zzquomore.", citations=(a_book("Gantries"),)
        ),
        1,
        "Said zzquonote.",
    )
    post_argument(cast.ben, answered, con("They are rust."))
    post_argument(zelda, scene.reason, con("Unanswered zzquoalone."))
    rate(zelda, scene.reason, holds=4)
    change_mind(zelda, scene.rebuttal, "It was zzquowhy that did it.")
    suggest_edit(zelda, scene.reason, "The cranes are the zzquosuggested memory.", "", "A zzquoreason.", 1)
    Draft.objects.create(
        member=zelda, path="/x", place="/x", tab=uuid.uuid4(), body="claim=zzquodraft", digest=""
    )
    Follow.objects.create(member=cast.ben, who=zelda, level="follow")
    Follow.objects.create(member=zelda, who=cast.ben, level="follow")
    rename(zelda, "zelda.of.the.quay")
    return User.objects.get(pk=zelda.pk)


# ---------------------------------------------------------------------------------- nothing names who has left


@pytest.mark.parametrize("texts", Leaving.Texts.values)
def test_nothing_holds_the_name_or_address_of_who_left(zelda: User, texts: str) -> None:
    assert standing_in("zelda"), "The scene has lost its sense: nothing names her before."
    left(zelda, texts)
    assert not standing_in("zelda", "quill@"), "A name or address outlives its member."


def test_what_goes_goes_and_what_stays_is_nobodys(zelda: User) -> None:
    stays = left(zelda)
    for key, relation in RELATIONS.items():
        model, field = model_of(key)
        if relation.leave is Leave.GOES:
            assert not model._default_manager.filter(**{field: stays}).exists(), f"{key} outlives its member."
    assert (stays.is_active, stays.is_staff, stays.is_superuser, stays.email) == (False, False, False, "")
    assert not stays.has_usable_password()
    assert Rating.objects.filter(member=stays, holds=4).exists(), "A rating stays, and is counted once."
    assert Suggestion.objects.get().outcome == Suggestion.Outcome.WITHDRAWN


def test_pages_show_no_name_in_its_place(zelda: User, client: Client) -> None:
    argument = Argument.objects.get(claim__contains="zzquonewer")
    delta = Delta.objects.get()
    left(zelda)
    for address in (
        argument.get_absolute_url(),
        argument.debate.get_absolute_url(),
        f"{argument.get_absolute_url()}history/",
        reverse("minds"),
        reverse("mind", args=[delta.argument.public_id]),
    ):
        page = text_of(client.get(address))
        assert "#" + stays_of(zelda) not in page, f"{address} shows the number."
        assert "zelda" not in page
    page = text_of(client.get(argument.get_absolute_url()))
    assert GONE in page
    assert "Gantries zzquonewer the skyline." in page, "The text stays."
    assert client.get(reverse("member", args=[GONE])).status_code == 200
    for name in ("zeldaquill", "zelda.of.the.quay", "#" + stays_of(zelda)):
        assert client.get(reverse("member", args=[name])).status_code == 404


def stays_of(member: User) -> str:
    """Return the number that stands in place of a name, without its mark."""
    return User.objects.get(pk=member.pk).username.removeprefix("#")


@pytest.mark.parametrize(
    "name", ["zelda.of.the.quay", "ZELDA.of.the.quay", "zeIda.of.the.quay", "zeldaquill"]
)
def test_nobody_takes_the_name_of_who_left(zelda: User, name: str) -> None:
    left(zelda)
    with pytest.raises(ValidationError, match="has or had"):
        check_free(name)
    check_free("quite.another")
    assert FormerName.objects.filter(username__contains="zelda").count() == 0


def test_a_new_key_of_the_site_frees_no_name(zelda: User, settings: Any) -> None:
    left(zelda)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-for-the-loopback-only-and-worth-nothing"
    with pytest.raises(ValidationError):
        check_free("zeldaquill")


@pytest.mark.parametrize("name", [GONE, "Former-Member"])
def test_nobody_is_called_like_all_who_left(db: None, name: str) -> None:
    with pytest.raises(ValidationError, match="reserved"):
        check_free(name)


# --------------------------------------------------------------------------------------------- the three choices


def test_kept_texts_stay_as_they_were(zelda: User) -> None:
    before = list(Argument.objects.order_by("pk").values("claim", "elaboration", "state", "author"))
    left(zelda, "keep")
    assert list(Argument.objects.order_by("pk").values("claim", "elaboration", "state", "author")) == before


def test_blanked_words_stand_nowhere_any_more(zelda: User, cast: Cast) -> None:
    assert SearchWord.objects.filter(word="zzquoclaim").exists()
    left(zelda, "blank")
    assert not standing_in("zzquo"), "Words that their author took away stand somewhere still."
    blanked = Argument.objects.filter(author=zelda)
    assert {one.claim for one in blanked} == {AWAY}
    assert {one.state for one in blanked} == {State.PUBLISHED}, "The place stays, for what others said to it."
    answered = blanked.get(children__isnull=False)
    assert answered.citations.get().quotation == "The third crane fell.", "Sources stay, with what is quoted."
    assert answered.children.get().claim == "They are rust.", "Replies of others stay whole."
    assert answered.children.get().author == cast.ben


def test_what_nobody_answered_goes_and_the_rest_stays(zelda: User) -> None:
    left(zelda, "remove")
    own = Argument.objects.filter(author=zelda)
    assert own.get(state=State.REMOVED).claim == AWAY
    assert "zzquonewer" in own.get(state=State.PUBLISHED).claim
    assert not standing_in("zzquoalone")


def test_a_debate_without_anybody_else_goes_with_its_address(cast: Cast, scene: Scene) -> None:
    from debates.actions.writing.open_debate import open_debate

    alone = open_debate(cast.ada, "Should zzquoquays be longer?", ["Zzquoquays should be longer."])
    left(cast.ada, "remove")
    alone.refresh_from_db()
    scene.debate.refresh_from_db()
    assert alone.state == State.REMOVED
    assert scene.debate.state == State.PUBLISHED, "Ben wrote there."
    assert not standing_in("zzquoquays")


def test_undoing_a_merge_brings_no_blanked_words_back(zelda: User, cast: Cast, scene: Scene) -> None:
    gone = Argument.objects.get(claim__contains="zzquoalone")
    kept = post_argument(cast.ben, scene.reason, con("Kept instead."))
    merge_arguments(cast.cleo, gone, kept, "They say the same.")
    left(zelda, "blank")
    assert not standing_in("zzquo")
    undo_rearrangement(cast.cleo, Rearrangement.objects.get(), "They do not.")
    gone.refresh_from_db()
    assert gone.state == State.PUBLISHED
    assert not standing_in("zzquo"), "Undoing brought the words back."


@pytest.mark.parametrize("texts", Leaving.Texts.values)
def test_standings_are_what_they_would_be_computed_anew(zelda: User, texts: str, scene: Scene) -> None:
    left(zelda, texts)
    assert not find_drift(scene.debate.pk), "Somebody forgot to compute a standing."


def test_leaving_with_ones_texts_changes_no_standing(zelda: User, scene: Scene) -> None:
    from debates.models import Standing

    before = list(Standing.objects.order_by("pk").values("pk", "strength", "weight", "people"))
    left(zelda, "keep")
    assert list(Standing.objects.order_by("pk").values("pk", "strength", "weight", "people")) == before


# ------------------------------------------------------------------------------------------- a day, and once


def test_nothing_happens_for_a_day(zelda: User) -> None:
    schedule_leaving(zelda, "blank")
    call_command("leavesite")
    assert not leave_site(zelda.pk)
    assert standing_in("zzquoclaim")
    assert Leaving.objects.get().due_at - timezone.now() > GRACE - timedelta(minutes=1)


def test_who_stays_after_all_stays(zelda: User) -> None:
    due(zelda, "blank")
    assert cancel_leaving(zelda)
    assert not cancel_leaving(zelda)
    call_command("leavesite")
    assert User.objects.get(pk=zelda.pk).username == "zelda.of.the.quay"


def test_another_choice_begins_the_day_anew(zelda: User) -> None:
    due(zelda, "keep")
    assert schedule_leaving(zelda, "blank")
    assert leave_all_due() == (0, 0, 0)
    assert not schedule_leaving(zelda, "blank"), "The same choice changes nothing."


def test_a_run_that_is_killed_half_way_leaves_nothing_half(
    zelda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    due(zelda, "blank")

    def killed(_member: User) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "give_up_name", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("leavesite")
    assert standing_in("zzquoclaim"), "The words were taken away, the name was not: half of it."
    call_command("leavesite")
    assert not standing_in("zzquo", "zelda")


def test_one_who_cannot_leave_keeps_nobody_else_here(
    zelda: User, cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def broken(member: User, choice: str) -> int:
        if member.pk == cast.ben.pk:
            raise ValueError
        return take_texts_away(member, choice)

    due(cast.ben)
    due(zelda)
    monkeypatch.setattr(module, "take_texts_away", broken)
    call_command("leavesite")
    assert User.objects.get(pk=zelda.pk).has_left, (
        "A fault in one member’s rows keeps all others here, hour after hour."
    )
    assert not User.objects.get(pk=cast.ben.pk).has_left
    assert "1 could not leave because of a fault" in capsys.readouterr().err


def test_ten_runs_at_once_let_one_member_leave_once(crowd: tuple[Cast, Scene]) -> None:
    cast, scene = crowd
    due(cast.ben, "blank")
    done = all_at_once([lambda: leave_site(cast.ben.pk) for _ in range(10)])
    assert sorted(done) == [False] * 9 + [True], "Who has left leaves again."
    assert FormerName.objects.count() == 1
    scene.rebuttal.refresh_from_db()
    assert scene.rebuttal.claim == AWAY


def test_ada_and_ben_leave_at_once_and_neither_waits_for_the_other(crowd: tuple[Cast, Scene]) -> None:
    cast, _scene = crowd
    due(cast.ada, "blank")
    due(cast.ben, "remove")
    done = all_at_once([lambda: leave_site(cast.ada.pk), lambda: leave_site(cast.ben.pk)])
    assert done == [True, True]


# --------------------------------------------------------------------------------------------- who may not leave


def test_the_only_moderator_stays(cast: Cast) -> None:
    with pytest.raises(Refused, match="only moderator"):
        schedule_leaving(cast.cleo, "keep")
    page = text_of(signed_in(cast.cleo).get(PAGE))
    assert "only moderator" in page
    assert "<fieldset" not in page


def test_the_only_administrator_stays_though_somebody_moderates(cast: Cast) -> None:
    root = User.objects.create_superuser("root", "root@example.org", PASSWORD)
    with pytest.raises(Refused, match="only administrator"):
        schedule_leaving(root, "keep")
    assert schedule_leaving(cast.cleo, "keep"), "Root moderates, too."


def test_of_two_moderators_the_second_stays(cast: Cast) -> None:
    cast.dan.groups.set(cast.cleo.groups.all())
    due(cast.cleo)
    with pytest.raises(Refused, match="only moderator"):
        schedule_leaving(User.objects.get(pk=cast.dan.pk), "keep")
    Leaving.objects.create(member=cast.dan, texts="keep", due_at=timezone.now())  # in the same moment as Cleo
    assert leave_all_due() == (0, 2, 0), "Somebody has to stay until somebody else moderates."
    cancel_leaving(cast.dan)
    assert leave_all_due() == (1, 0, 0)


# ------------------------------------------------------------------------------------------------- the log


def test_the_log_keeps_its_words_and_its_page_hides_the_names(
    cast: Cast, scene: Scene, client: Client
) -> None:
    cast.dan.groups.set(cast.cleo.groups.all())
    hide(cast.cleo, scene.rebuttal, "It insults.")
    suspend(cast.cleo, cast.ben, "He insults everybody.")
    assert {"cleo", "ben"} <= set(
        text_of(client.get("/moderation/log/")).replace("<", " ").replace(">", " ").split()
    )
    left(cast.cleo)
    readmit(User.objects.get(pk=cast.dan.pk), cast.ben, "A day is over.")
    left(cast.ben)
    page = text_of(client.get("/moderation/log/"))
    words = set(page.replace("<", " ").replace(">", " ").replace('"', " ").split())
    assert not words & {"cleo", "ben"}, "The log's page names who has left."
    assert "It insults." in page
    assert GONE in words
    assert set(LogEntry.objects.values_list("actor_name", flat=True)) == {"cleo", "dan"}, (
        "The log never changes."
    )


def test_the_log_hides_every_spelling_of_a_name_that_left(cast: Cast, client: Client) -> None:
    suspend(cast.cleo, cast.ben, "He insults everybody.")
    readmit(cast.cleo, cast.ben, "A day is over.")
    rename(cast.ben, "Ben")
    suspend(cast.cleo, cast.ben, "Once more.")
    readmit(cast.cleo, cast.ben, "Another day is over.")
    left(User.objects.get(pk=cast.ben.pk))
    page = text_of(client.get("/moderation/log/"))
    assert "member ben" not in page, "The name as it was spelt first still stands there."
    assert "member Ben" not in page


def test_who_left_is_reported_and_logged_as_a_former_member(cast: Cast, client: Client) -> None:
    report(cast.dan, cast.ben, "person", "He goes on and on.")
    stays = left(cast.ben)
    uphold(cast.cleo, stays, "So he did, and has left.")
    entry = LogEntry.objects.latest("pk")
    assert entry.item_id == GONE, "The number that stays of somebody is shown to nobody."
    assert stays.username not in text_of(client.get("/moderation/log/"))


def test_words_that_go_go_from_what_others_suggested(zelda: User, cast: Cast) -> None:
    said = Argument.objects.get(claim__startswith="Unanswered")
    suggest_edit(cast.dan, said, "Unanswered zzquoalone, so far.", "", "Say since when.", 1)
    left(zelda, "blank")
    assert not standing_in("zzquoalone"), "An edit that waits would bring back what was taken away."
    told = Suggestion.objects.get(member=cast.dan)
    assert (told.outcome, told.word, told.why) == ("declined", AWAY, "Say since when.")


def test_an_earlier_spelling_of_who_left_stands_nowhere(cast: Cast, scene: Scene) -> None:
    cast.dan.groups.set(cast.cleo.groups.all())
    one, other = (
        post_argument(cast.ben, scene.thesis, pro(claim)) for claim in ("Cranes sway.", "They sway.")
    )
    moderator = User.objects.get(pk=cast.dan.pk)
    undo_rearrangement(moderator, merge_arguments(cast.cleo, one, other, "The same."), "They do not.")
    rename(moderator, "Dan")
    left(moderator)
    assert Rearrangement.objects.get().undone_by_name == GONE, (
        "The name in its first spelling still stands there."
    )


def test_words_that_go_go_from_reports(zelda: User, cast: Cast) -> None:
    said = Argument.objects.get(claim__startswith="Unanswered")
    report(cast.dan, said, "person", "Look.", "zzquoalone")
    left(zelda, "remove")
    assert Report.objects.get().passage == "", "A report still holds the words that their author took away."
    assert Report.objects.get().words == "Look.", "What the reporter says is the reporter's."


def test_nobody_readmits_a_number(zelda: User, cast: Cast) -> None:
    stays = left(zelda)
    with pytest.raises(Refused, match="has left"):
        readmit(cast.cleo, stays, "Why not.")


# ---------------------------------------------------------------------------------------------- on the site


def confirmed(member: User) -> Client:
    """Return a client in which a member has just given their password once more."""
    client = Client()
    client.force_login(member, backend="forum.accounts.backend.OneHashBackend")
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302, text_of(answer)
    return client


def test_leaving_asks_for_the_password_once_more(cast: Cast) -> None:
    client = signed_in(cast.ben)
    assert client.get(PAGE).status_code == 200, "What it would do can be read without."
    answer = client.post(PAGE, {"texts": "keep"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Leaving.objects.exists(), "A stolen session closes no account."
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert Leaving.objects.get().member == cast.ben, "What was sent before is carried out after it."


def test_leaving_is_told_by_letter_and_on_the_account_and_taken_back(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    client = confirmed(cast.ben)
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(client.post(PAGE, {"texts": "blank"}, follow=True))
    assert "You are leaving on" in page
    assert "Stay after all" in page
    assert "You are leaving on" in text_of(client.get("/account/"))
    (letter,) = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert "/account/own-data/" in str(letter.body)
    assert "Stay after all" not in text_of(client.post("/account/leave/cancel/", follow=True))
    assert not Leaving.objects.exists()


def test_the_page_counts_what_becomes_of_each_text(zelda: User) -> None:
    page = text_of(signed_in(zelda).get(PAGE))
    assert "Your 2 arguments stay where they are" in page
    assert "1 argument that nobody else answered is removed" in page
    assert "1 that others answered stays" in page
    assert "1 draft" in page


def test_who_left_hears_of_it_and_is_signed_out(
    zelda: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.post("/accounts/login/", {"login": "zelda.of.the.quay", "password": PASSWORD})
    own = signed_in(zelda)
    due(zelda)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        leave_site(zelda.pk)
    assert [letter.to for letter in mail.outbox] == [["quill@example.org"]]
    assert own.get("/account/").status_code == 302, "The session outlived its member."
    assert not UserSession.objects.filter(user=zelda).exists()


@pytest.mark.parametrize(
    "texts", ["", "everything", "keep\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")]
)
def test_a_choice_that_is_none_is_said(cast: Cast, texts: str) -> None:
    answer = confirmed(cast.ben).post(PAGE, {"texts": texts})
    assert answer.status_code == 422
    assert not Leaving.objects.exists()


def test_the_demo_shows_an_export_and_somebody_who_left_once(db: None, settings: Any, capsys: Any) -> None:
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("owndatademo")
    settings.DEMO = True
    call_command("makedemo")
    for _time in range(2):
        call_command("owndatademo")
    export = Export.objects.get()
    assert (export.member.username, export.state) == ("ada", Export.State.READY)
    said = Argument.objects.get(claim=SAID)
    assert said.author is not None
    assert said.author.get_username() == GONE
    assert not standing_in(LEAVER)
