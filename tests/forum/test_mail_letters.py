"""Letters: what goes out by SMTP, what its headers say, and that nothing goes out twice or is lost."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from forum.accounts.models import User
from forum.notices.actions.mark_seen import mark_seen
from forum.notices.actions.send_letters import WAITS, send_letters
from forum.notices.actions.set_preferences import chosen_by, set_preferences
from forum.notices.mail.compose import one_line
from forum.notices.models import Letter, Notice, Pause
from tests.conftest import Cast, Scene, con, make_cast, make_scene, pro
from tests.forum.post_office import Box, confirm, mailers_at, post_office, text_of

ONCE = {"answers": "once", "mentions": "once", "followed": "once"}


@pytest.fixture
def box() -> Iterator[Box]:
    """Give a mail server that runs."""
    with post_office() as running:
        yield running


def answered(cast: Cast, scene: Scene, claim: str = "Nobody remembers.") -> Letter:
    """Let Ben answer Ada, who hears of it by e-mail at once; return the letter that waits."""
    confirm(cast.ada)
    set_preferences(cast.ada, ONCE)
    post_argument(cast.ben, scene.reason, con(claim))
    return Letter.objects.latest("pk")


def test_an_answer_goes_out_at_once_in_plain_text_and_html(cast: Cast, scene: Scene, box: Box) -> None:
    letter = answered(cast, scene)
    assert send_letters().sent == 1
    (mail,) = box.letters
    assert box.envelopes == [["ada@example.org"]]
    assert mail["Subject"] == "ben answered you: Nobody remembers."
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == Letter.objects.get(pk=letter.pk).message_id
    answer = letter.notices.get().argument
    assert answer is not None
    above, about = (f"argument-{one.public_id}@" for one in (scene.reason, answer))
    assert above in mail["In-Reply-To"]
    assert mail["References"].index(above) < mail["References"].index(about), "The claim above comes first."
    for kind in ("plain", "html"):
        assert "Nobody remembers." in text_of(mail, kind)
        assert f"http://127.0.0.1:8000{answer.get_absolute_url()}" in text_of(mail, kind)
    assert "<bdi>" not in text_of(mail), "Plain text has no marks."
    assert send_letters().sent == 0, "What was sent is not sent again."


def stop_link(mail: EmailMessage) -> str:
    """Return the path of a letter’s link that stops its kind, as a mail program reads the raw header."""
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/mail/unsubscribe/\S+/)>", str(mail["List-Unsubscribe"]))
    assert found, f"{mail['List-Unsubscribe']!r} is no address in angle brackets (RFC 2369)."
    return found[1]


def test_one_post_stops_a_kind_without_signing_in_and_looking_changes_nothing(
    cast: Cast, scene: Scene, box: Box
) -> None:
    answered(cast, scene)
    send_letters()
    (mail,) = box.letters
    assert re.search(r"\nList-Unsubscribe: <http://\S+>\r\n", box.raw[0]), (
        "The address is whole and not in encoded words, which nobody reads here."
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = stop_link(mail)
    strict = Client(enforce_csrf_checks=True)
    for look in (strict.get, strict.head):
        assert look(path).status_code == 200
        assert chosen_by(cast.ada.pk)["answers"] == "once", "A program that follows links changed something."
    page = strict.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()
    assert chosen_by(cast.ada.pk)["answers"] == "site"
    assert chosen_by(cast.ada.pk)["mentions"] == "once", "Only this kind is stopped."
    assert "The letters are stopped" in page
    assert "ada" not in page, "Whoever gets a forwarded letter learns no name."
    undo = re.search(r'name="undo" value="([^"]+)"', page)
    assert undo
    strict.post(path, {"undo": undo[1]})
    assert chosen_by(cast.ada.pk)["answers"] == "once"
    for wrong in (path[:-3] + "x/", path.replace("answers", "mentions"), "/mail/unsubscribe/nonsense/"):
        assert strict.post(wrong).status_code == 404
    assert strict.post(path, {"undo": f"{undo[1]}x"}).status_code == 404


def test_what_was_laid_goes_not_out_once_it_is_stopped_read_or_hidden(
    cast: Cast, scene: Scene, box: Box
) -> None:
    for way in ("stopped", "read", "hidden"):
        letter = answered(cast, scene, f"Secretly {way}.")
        if way == "stopped":
            set_preferences(cast.ada, {"answers": "site"})
        elif way == "read":
            mark_seen(cast.ada)
        else:
            argument = letter.notices.get().argument
            assert argument is not None
            hide(cast.cleo, argument, "Rude.", "person")
        run = send_letters()
        assert (run.sent, run.needless) == (0, 1), way
    assert box.letters == []


def test_a_letter_goes_to_a_confirmed_address_only(cast: Cast, scene: Scene, box: Box) -> None:
    set_preferences(cast.ada, ONCE)
    post_argument(cast.ben, scene.reason, con("Nobody remembers."))
    assert not Letter.objects.exists(), "Anybody can sign up with the address of another."


@pytest.mark.parametrize("address", ["Ada+Cranes@Example.ORG", "o'neill@example.org"])
def test_an_address_is_written_as_it_is(cast: Cast, scene: Scene, box: Box, address: str) -> None:
    cast.ada.email = address
    answered(cast, scene)
    send_letters()
    assert box.envelopes == [[address]]
    assert box.letters[0]["To"] == address


@pytest.mark.parametrize(
    "claim",
    [
        "Ha\u2028Bcc: eve@example.org",
        "Cranes\u202e sdrawkcab",
        "e" + "\u0301" * 290,
        "Журавли нужны " * 15,
        "=?utf-8?q?x=0ABcc=3A_eve=40example=2Eorg?=",
    ],
)
def test_no_claim_writes_a_header(cast: Cast, scene: Scene, box: Box, claim: str) -> None:
    answered(cast, scene, claim)
    assert send_letters().sent == 1
    (mail,) = box.letters
    assert mail["Bcc"] is None
    assert box.envelopes == [["ada@example.org"]]
    assert "\u202e" not in mail["Subject"]
    assert all(len(line) <= 998 for line in box.raw[0].split("\r\n")), "RFC 5322, 2.1.1."


def test_a_name_of_combining_marks_is_one_line() -> None:
    assert len(one_line("a" + "\u0301" * 500, 90)) == 90
    assert one_line("a\r\nBcc: x\0\u202ey", 90) == "a Bcc: x y"


# ------------------------------------------------------------------------------------- what goes wrong


def test_nothing_is_lost_while_the_mail_server_is_down(cast: Cast, scene: Scene) -> None:
    letter = answered(cast, scene)
    with override_settings(MAILERS=mailers_at(1)):
        run = send_letters()
    assert run.unreachable
    assert run.postponed == 1
    letter.refresh_from_db()
    assert letter.state == "waiting"
    with post_office() as box:
        assert send_letters().sent == 0, "It waits a while before it tries again."
        assert send_letters(timezone.now() + timedelta(hours=2)).sent == 1
        assert len(box.letters) == 1


def test_a_server_that_puts_off_is_asked_less_and_less_often_and_not_for_ever(
    cast: Cast, scene: Scene, box: Box
) -> None:
    letter, box.says = answered(cast, scene), "451 later"
    now, waited = timezone.now(), []
    for _ in range(len(WAITS)):
        with time_machine.travel(now, tick=False):
            send_letters()
        letter.refresh_from_db()
        waited.append(letter.next_try - now)
        now = max(letter.next_try, now) + timedelta(seconds=1)
    assert letter.state == "failed"
    assert letter.fault == "451 later"
    assert waited[:-1] == WAITS[:-1]
    assert not Pause.objects.exists(), "The address was not refused."


def test_an_address_that_is_refused_for_good_is_paused(cast: Cast, scene: Scene, box: Box) -> None:
    answered(cast, scene)
    box.refuses["ada@example.org"] = "550 5.1.1 no such box"
    assert send_letters().failed == 1
    assert Pause.objects.get().address == "ada@example.org"
    assert Notice.objects.filter(recipient=cast.ada, kind="mail-paused").count() == 1
    post_argument(cast.ben, scene.reason, con("Once more."))
    assert Letter.objects.filter(state="waiting").count() == 0


def test_a_letter_whose_sender_was_killed_is_not_sent_again(cast: Cast, scene: Scene, box: Box) -> None:
    letter = answered(cast, scene)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(KeyboardInterrupt):
            send_letters()
    letter.refresh_from_db()
    assert letter.state == "sending"
    assert send_letters(timezone.now() + timedelta(minutes=59)).sent == 0
    assert send_letters(timezone.now() + timedelta(minutes=61)).failed == 1
    assert box.letters == [], "Nobody knows whether it arrived, so it goes out no second time."
    assert Notice.objects.shown_to(cast.ada).unseen().exists(), "What it told stands in the site."


@pytest.mark.django_db(transaction=True)
def test_four_runs_at_once_send_each_letter_once() -> None:
    cast = make_cast()
    scene = make_scene(cast)
    confirm(cast.ada)
    set_preferences(cast.ada, ONCE)
    with override_settings(MAILERS=mailers_at(1)):
        for number in range(12):
            post_argument(cast.ben, scene.thesis, pro(f"Reason number {number}."))
    Letter.objects.update(next_try=timezone.now(), state="waiting")
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        try:
            send_letters()
        finally:
            connection.close()

    with post_office() as box:
        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        subjects = sorted(str(mail["Subject"]) for mail in box.letters)
    assert len(subjects) == len(set(subjects)) == 12
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_the_command_says_what_it_did(
    cast: Cast, scene: Scene, box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(cast, scene)
    call_command("sendletters")
    assert "1 letters sent" in capsys.readouterr().out
    answered(cast, scene, "Once more.")
    with override_settings(MAILERS=mailers_at(1)):
        call_command("sendletters")
    assert "could not be reached" in capsys.readouterr().err


def test_who_left_gets_no_letter(cast: Cast, scene: Scene, box: Box) -> None:
    answered(cast, scene)
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert send_letters().needless == 1
