"""Digests: one in a period, whatever happens to the run or the clock, and nothing in it that was hidden since."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, State
from forum.accounts.models import User
from forum.notices.actions import lay_digests as laying
from forum.notices.actions.lay_digests import lay_digests, period_of
from forum.notices.actions.mark_seen import mark_seen
from forum.notices.actions.send_letters import send_letters
from forum.notices.actions.set_preferences import set_preferences
from forum.notices.models import Letter, Notice
from tests.conftest import Cast, Scene, con, make_cast, make_scene
from tests.forum.post_office import Box, confirm, post_office, text_of

DAILY, WEEKLY = Letter.Kind.DAILY, Letter.Kind.WEEKLY
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
NEXT_DAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def box() -> Iterator[Box]:
    """Give a mail server that runs."""
    with post_office() as running:
        yield running


def said(cast: Cast, scene: Scene, *claims: str) -> list[Argument]:
    """Let Ben answer Ada on a Saturday, who hears of it once a day."""
    confirm(cast.ada, cast.ben)
    Notice.objects.all().delete()
    with time_machine.travel(SATURDAY, tick=False):
        return [post_argument(cast.ben, scene.reason, con(claim)) for claim in claims]


def on(moment: datetime) -> int:
    """Run both steps at a moment; return how many letters went out."""
    with time_machine.travel(moment, tick=False):
        lay_digests(DAILY)
        return send_letters().sent


def test_a_digest_tells_of_the_day_before_once(cast: Cast, scene: Scene, box: Box) -> None:
    said(cast, scene, "One.", "Two.")
    assert on(SATURDAY + timedelta(hours=1)) == 0, "The day is not over."
    assert on(NEXT_DAY) == 1
    assert on(NEXT_DAY + timedelta(hours=5)) == 0
    (mail,) = box.letters
    assert mail["Subject"] == "Counterpoint: 2 notices of the day"
    for kind in ("plain", "html"):
        assert "One." in text_of(mail, kind)
        assert "Two." in text_of(mail, kind)
    assert "/mail/unsubscribe/" in mail["List-Unsubscribe"]
    assert on(NEXT_DAY + timedelta(days=1)) == 0, "What one letter told, no other tells."


def test_a_weekly_digest_waits_for_monday(cast: Cast, scene: Scene, box: Box) -> None:
    with time_machine.travel(SATURDAY - timedelta(days=1)):
        set_preferences(cast.ada, {"answers": "weekly"})
    said(cast, scene, "One.")
    assert [lay_digests(WEEKLY, NEXT_DAY), lay_digests(DAILY, NEXT_DAY)] == [0, 0]
    monday = SATURDAY + timedelta(days=2)
    assert [lay_digests(WEEKLY, monday), lay_digests(WEEKLY, monday)] == [1, 0]
    assert Letter.objects.get().key == "2026-W48"


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "removed", "pending", "debate", "above"])
def test_nothing_hidden_since_is_in_a_digest(cast: Cast, scene: Scene, box: Box, way: str) -> None:
    secret, open_ = said(cast, scene, "A secret claim.", "An open claim.")
    with time_machine.travel(NEXT_DAY, tick=False):
        assert lay_digests(DAILY) == 1
    if way == "hidden":
        hide(cast.cleo, secret, "A secret reason.", "person")
    elif way == "withdrawn":
        withdraw_argument(cast.ben, secret)
    elif way in ("removed", "pending"):
        Argument.objects.filter(pk=secret.pk).update(state=State(way))
    elif way == "debate":
        hide(cast.cleo, scene.debate, "By order.", "unlawful")
    else:
        hide(cast.cleo, scene.reason, "A secret reason.", "person")
    mark_seen(cast.ada, Notice.objects.filter(kind="hidden").values_list("pk", flat=True).first() or 0)
    Letter.objects.filter(kind="once").delete()
    sent = on(NEXT_DAY + timedelta(hours=1))
    if way == "debate":
        assert sent == 0, "A letter with nothing in it is not sent."
        return
    (mail,) = [one for one in box.letters if "of the day" in one["Subject"]]
    for kind in ("plain", "html"):
        text = text_of(mail, kind)
        assert open_.claim in text
        if way != "above":
            assert secret.claim not in text
            assert secret.public_id not in text
            assert "2 notices" not in mail["Subject"], "A number tells of it, too."


def test_what_was_read_in_the_site_is_not_mailed(cast: Cast, scene: Scene, box: Box) -> None:
    said(cast, scene, "One.")
    mark_seen(cast.ada)
    assert on(NEXT_DAY) == 0
    assert not Letter.objects.filter(member=cast.ada, kind=DAILY).exists()


def test_who_chose_digests_later_gets_no_old_news(cast: Cast, scene: Scene, box: Box) -> None:
    with time_machine.travel(SATURDAY - timedelta(days=1)):
        set_preferences(cast.ada, {"answers": "site"})
    said(cast, scene, "One.")
    with time_machine.travel(SATURDAY + timedelta(hours=3)):
        set_preferences(cast.ada, {"answers": "daily"})
    assert on(NEXT_DAY) == 0


def test_days_without_a_run_lose_nothing(cast: Cast, scene: Scene, box: Box) -> None:
    said(cast, scene, "One.")
    assert on(SATURDAY + timedelta(days=5)) == 1
    assert "One." in text_of(box.letters[0])


def test_a_run_killed_half_way_mails_nobody_twice_and_forgets_nobody(
    cast: Cast, scene: Scene, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(cast, scene, "One.")
    with time_machine.travel(SATURDAY, tick=False):
        post_argument(cast.ada, scene.rebuttal, con("Not so."))
    real = laying._lay
    laid: list[tuple[object, ...]] = []

    def dies_at_the_second(*args: object) -> bool:
        if laid:
            raise KeyboardInterrupt
        laid.append(args)
        return real(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(laying, "_lay", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        on(NEXT_DAY)
    assert Letter.objects.count() == 1
    monkeypatch.setattr(laying, "_lay", real)
    assert on(NEXT_DAY) == 2
    assert sorted(str(mail["To"]) for mail in box.letters) == ["ada@example.org", "ben@example.org"]
    assert on(NEXT_DAY + timedelta(minutes=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_mail_everybody_once() -> None:
    cast = make_cast()
    scene = make_scene(cast)
    readers = [
        User.objects.create_user(f"reader{number}", f"reader{number}@example.org") for number in range(8)
    ]
    confirm(*readers)
    past = timezone.now() - timedelta(days=1)
    for reader in readers:
        Notice.objects.create(recipient=reader, kind="answered", argument=scene.reason, created_at=past)
    start = threading.Barrier(3)
    made: list[int] = []

    def run() -> None:
        start.wait()
        try:
            made.append(lay_digests(DAILY))
            send_letters()
        finally:
            connection.close()

    with post_office() as box:
        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        send_letters()
        to = sorted(str(mail["To"]) for mail in box.letters)
    assert to == sorted(reader.email for reader in readers)
    assert sum(made) == 8


@pytest.mark.parametrize(
    ("zone", "moment", "key", "start"),
    [
        # The night in which the clock is put forward, and the one in which an hour comes twice.
        ("Europe/Berlin", "2026-03-29T12:00+00:00", "2026-03-29", "2026-03-28T23:00+00:00"),
        ("Europe/Berlin", "2026-10-25T00:30+00:00", "2026-10-25", "2026-10-24T22:00+00:00"),
        ("Europe/Berlin", "2026-10-25T01:30+00:00", "2026-10-25", "2026-10-24T22:00+00:00"),
        # Where there is no midnight that day: the clock goes from 23:59 to 1:00.
        ("America/Santiago", "2026-09-06T12:00+00:00", "2026-09-06", "2026-09-06T04:00+00:00"),
        ("Pacific/Auckland", "2026-11-21T12:00+00:00", "2026-11-22", "2026-11-21T11:00+00:00"),
    ],
)
def test_a_day_is_a_day_when_the_clock_changes(zone: str, moment: str, key: str, start: str) -> None:
    with override_settings(TIME_ZONE=zone):
        assert period_of(DAILY, datetime.fromisoformat(moment)) == (key, datetime.fromisoformat(start))


def test_a_clock_set_back_mails_nobody_twice(cast: Cast, scene: Scene, box: Box) -> None:
    said(cast, scene, "One.")
    assert on(NEXT_DAY) == 1
    with time_machine.travel(SATURDAY, tick=False):
        post_argument(cast.ben, scene.reason, con("Two."))
    assert on(NEXT_DAY - timedelta(hours=11)) == 0
    assert on(NEXT_DAY + timedelta(days=1)) == 1


def test_the_command_lays_and_sends(
    cast: Cast, scene: Scene, box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    said(cast, scene, "One.")
    with time_machine.travel(NEXT_DAY, tick=False):
        call_command("senddigests")
    assert "1 digests laid.\n1 letters sent" in capsys.readouterr().out


def test_a_long_digest_leads_to_the_rest(cast: Cast, scene: Scene, box: Box) -> None:
    confirm(cast.ada)
    with time_machine.travel(SATURDAY, tick=False):
        Notice.objects.bulk_create(
            Notice(recipient=cast.ada, kind="answered", argument=scene.rebuttal) for _ in range(53)
        )
    on(NEXT_DAY)
    assert "3 more stand in the site" in text_of(box.letters[0])
