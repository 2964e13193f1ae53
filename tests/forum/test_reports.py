"""Reporting anything that can break a rule, and seeing what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.models import Citation, LogEntry, State, Tag
from debates.permissions import Refused
from forum.moderation.actions.decide import close_gone, decline, uphold
from forum.moderation.actions.report import OPEN_AT_ONCE, open_at_once, report
from forum.moderation.models import Report
from forum.moderation.rules import APPLIES, RULES
from forum.moderation.things import Reportable
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, con, make_cast, make_scene, signed_in

KINDS: dict[str, Callable[[Cast, Scene], Reportable]] = {
    "argument": lambda _cast, scene: scene.rebuttal,
    "citation": lambda _cast, scene: scene.rebuttal.citations.get(),
    "source": lambda _cast, scene: scene.rebuttal.citations.get().source,
    "member": lambda cast, _scene: cast.ben,
    "topic": lambda _cast, _scene: Tag.objects.get(name="memory"),
}
"""Something of each kind, all of it Ben's or common."""
every_kind = pytest.mark.parametrize("kind", KINDS)


def address_of(kind: str, scene: Scene) -> str:
    """Return where something of a kind is reported."""
    citation = scene.rebuttal.citations.get()
    return {
        "argument": reverse("report", args=[scene.rebuttal.public_id]),
        "citation": reverse("report_citation", args=[citation.pk]),
        "source": reverse("report_source", args=[citation.source.public_id]),
        "member": reverse("report_member", args=["ben"]),
        "topic": reverse("report_tag", args=["memory"]),
    }[kind]


# -------------------------------------------------------------------------------------------------- reporting


@every_kind
def test_dan_reports_it_and_sees_what_came_of_it(cast: Cast, scene: Scene, kind: str) -> None:
    dan, address = signed_in(cast.dan), address_of(kind, scene)
    form = dan.get(address).content.decode()
    rule = APPLIES[kind][0]
    for key in RULES:
        assert (f'value="{key}"' in form) == (key in APPLIES[kind]), (
            "The form offers the rules that such a thing can break, and no other."
        )
    dan.post(address, {"rule": rule, "words": "Look at this."})
    assert "A moderator will look at it." in dan.get(reverse("reports")).content.decode()
    decline(cast.cleo, KINDS[kind](cast, scene), "It is as it should be.")
    mine = dan.get(reverse("reports")).content.decode()
    assert "Declined." in mine
    assert "It is as it should be." in mine
    told = Notice.objects.get(recipient=cast.dan, kind=Notice.Kind.REPORT_DECLINED)
    assert told.reason == "It is as it should be."
    assert "It is as it should be." in dan.get(reverse("notices")).content.decode()
    assert LogEntry.objects.filter(act=LogEntry.Act.DECLINE).exists()
    assert "Look at this." not in signed_in(cast.ben).get(reverse("reports")).content.decode(), (
        "Only who reported, and the moderators, see a report."
    )


@every_kind
def test_one_report_waits_per_member_and_thing(cast: Cast, scene: Scene, kind: str) -> None:
    item = KINDS[kind](cast, scene)
    report(cast.dan, item, APPLIES[kind][0], "")
    with pytest.raises(Refused, match="already"):
        report(cast.dan, item, APPLIES[kind][-1], "")
    report(cast.ada, item, APPLIES[kind][0], "")
    uphold(cast.cleo, item, "So it is.")
    assert not Report.objects.open().exists(), "A decision answers everybody who reported the thing."
    report(cast.dan, item, APPLIES[kind][0], "Once more.")


@every_kind
def test_nobody_reports_without_an_account_or_by_a_rule_that_does_not_apply(
    cast: Cast, scene: Scene, kind: str
) -> None:
    assert Client().post(address_of(kind, scene), {"rule": APPLIES[kind][0]}).status_code in (302, 200)
    assert signed_in(cast.dan).post(address_of(kind, scene), {"rule": "nonsense"}).status_code == 422
    with pytest.raises(Refused, match="house rule"):
        report(cast.dan, KINDS[kind](cast, scene), "nonsense", "")
    assert not Report.objects.exists()


@pytest.mark.parametrize("kind", ["argument", "citation", "member"])
def test_nobody_reports_their_own(cast: Cast, scene: Scene, kind: str) -> None:
    with pytest.raises(Refused, match="your own"):
        report(cast.ben, KINDS[kind](cast, scene), APPLIES[kind][0], "")


def test_the_words_that_break_it_stand_there(cast: Cast, scene: Scene) -> None:
    made = report(cast.dan, scene.rebuttal, "person", "", "half  of\nthe CRANES")
    assert made.passage == "half of the CRANES"
    dan = signed_in(cast.dan)
    typed = {"rule": "person", "passage": "a tenth of the cranes", "words": "Long and careful."}
    back = dan.post(reverse("report", args=[scene.reason.public_id]), typed)
    assert back.status_code == 400
    assert "do not stand there" in back.content.decode()
    assert "Long and careful." in back.content.decode(), "Bad input loses nothing."
    queue = signed_in(cast.cleo).get(reverse("admin:moderation_report_change", args=[made.pk]))
    assert "<mark" in queue.content.decode()


def test_what_may_not_be_read_cannot_be_reported(cast: Cast, scene: Scene) -> None:
    addresses = [address_of(kind, scene) for kind in ("argument", "citation")]
    hide(cast.cleo, scene.rebuttal, "Off the claim.")
    hide(cast.cleo, scene.reason, "Off the claim.")  # which alone carried the topic
    for address in (*addresses, address_of("topic", scene)):
        assert signed_in(cast.dan).get(address).status_code == 404


# ------------------------------------------------------------------------------------------------ what comes of it


def test_upholding_hides_what_can_be_hidden(cast: Cast, scene: Scene) -> None:
    citation = scene.rebuttal.citations.get()
    for item, rule in ((scene.rebuttal, "person"), (citation.source, "source"), (citation, "misquoted")):
        report(cast.dan, item, rule, "")
        assert uphold(cast.cleo, item, "So it is.") == 1
    scene.rebuttal.refresh_from_db()
    citation.source.refresh_from_db()
    assert (scene.rebuttal.state, citation.source.state) == (State.HIDDEN, State.HIDDEN)
    assert LogEntry.objects.filter(act=LogEntry.Act.UPHOLD, rule="misquoted").exists()


def test_upholding_what_a_colleague_hid_stands_in_the_log(cast: Cast, scene: Scene) -> None:
    report(cast.dan, scene.rebuttal, "person", "")
    hide(cast.cleo, scene.rebuttal, "It insults.", "person")
    assert uphold(cast.cleo, scene.rebuttal, "So it is.") == 1
    assert LogEntry.objects.filter(act=LogEntry.Act.UPHOLD, reason="So it is.").exists(), (
        "Reports were decided, and the log does not say so."
    )
    assert LogEntry.objects.filter(act=LogEntry.Act.HIDE).count() == 1, "It was hidden once."


def test_abusive_reports_count_against_who_makes_them(cast: Cast, scene: Scene) -> None:
    for number in range(4):
        assert open_at_once(cast.dan) == OPEN_AT_ONCE - 5 * number
        report(cast.dan, scene.rebuttal, "person", "")
        decline(cast.cleo, scene.rebuttal, "Nothing of the kind.", abusive=True)
    with pytest.raises(Refused, match="declined as abusive"):
        report(cast.dan, scene.rebuttal, "person", "")
    assert "Declined as abusive" in signed_in(cast.dan).get(reverse("reports")).content.decode()
    Report.objects.update(decided_at=timezone.now() - timedelta(days=91))
    assert open_at_once(cast.dan) == OPEN_AT_ONCE, "After a quarter it is forgiven."
    report(cast.ada, scene.rebuttal, "person", "")
    decline(cast.cleo, scene.rebuttal, "A matter of taste.")
    assert open_at_once(cast.ada) == OPEN_AT_ONCE, "Being wrong is no abuse."


def test_who_was_reported_without_reason_is_not_named_in_public(cast: Cast, scene: Scene) -> None:
    report(cast.dan, cast.ben, "person", "He is a fool.")
    decline(cast.cleo, cast.ben, "He argues with claims.")
    [entry] = LogEntry.objects.filter(act=LogEntry.Act.DECLINE)
    assert (entry.item_id, entry.item_url) == ("", ""), "That somebody complained would stand there for good."
    log = Client().get(reverse("log"))
    assert "/members/ben/" not in log.content.decode()
    report(cast.dan, cast.ben, "person", "He is one after all.")
    uphold(cast.cleo, cast.ben, "He called her names.")
    assert LogEntry.objects.get(act=LogEntry.Act.UPHOLD).item_id == "ben"


def test_the_staff_room_declines_as_abusive(cast: Cast, scene: Scene) -> None:
    made = report(cast.dan, cast.ben, "person", "He is a fool.")
    signed_in(cast.cleo).post(
        reverse("admin:moderation_report_changelist"),
        {"action": "decline_abusive", "_selected_action": [made.pk], "decided": "1", "reason": "No."},
    )
    made.refresh_from_db()
    assert made.abusive
    assert made.outcome == Report.Outcome.DECLINED


@every_kind
def test_the_queue_shows_it_whatever_it_is(cast: Cast, scene: Scene, kind: str) -> None:
    made = report(cast.dan, KINDS[kind](cast, scene), APPLIES[kind][0], "Look at this.")
    cleo = signed_in(cast.cleo)
    assert "Look at this." in cleo.get(reverse("admin:moderation_report_changelist")).content.decode()
    assert (
        "Look at this."
        in cleo.get(reverse("admin:moderation_report_change", args=[made.pk])).content.decode()
    )
    page = cleo.get(reverse("admin:moderation_report_changelist"), {"q": "ben"})
    assert page.status_code == 200


def test_a_report_outlives_what_it_is_about(cast: Cast, scene: Scene) -> None:
    citation = scene.rebuttal.citations.get()
    report(cast.dan, citation, "misquoted", "It is not there.")
    report(cast.dan, cast.ben, "person", "He shouts.")
    edit_argument(cast.ben, scene.rebuttal, con("Half of them came from elsewhere."), 1)
    assert not Citation.objects.filter(pk=citation.pk).exists()
    cast.ben.delete()
    assert Report.objects.count() == 2, "What somebody reported is not lost with what they reported."
    assert signed_in(cast.dan).get(reverse("reports")).status_code == 200
    cleo = signed_in(cast.cleo)
    assert cleo.get(reverse("admin:moderation_report_changelist")).status_code == 200
    for one in Report.objects.all():
        page = cleo.get(reverse("admin:moderation_report_change", args=[one.pk])).content.decode()
        assert "Close, because it is gone" in page, "A queue must not hold what nobody can decide."
        assert close_gone(cast.cleo, one, "It was edited away.") == 1
    assert "It was edited away." in signed_in(cast.dan).get(reverse("reports")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_twenty_reports_at_once_one_is_made() -> None:
    cast = make_cast()
    scene = make_scene(cast)
    wrong: list[BaseException] = []

    def send() -> None:
        try:
            report(cast.dan, scene.rebuttal, "person", "")
        except Refused:
            pass
        except BaseException as error:  # told below, in the thread of the test
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert Report.objects.count() == 1
