"""The public log and the sums by month: filtered, followed, read by programs, and nothing private in any of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser  # type: ignore[import-untyped]  # published without types
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from debates.actions.moderating.hide import hide
from debates.actions.moderating.log import append
from debates.actions.moderating.restore import restore
from debates.actions.moderating.seal_log import seal_all
from debates.log_chain import BEFORE_THE_FIRST, digest_of
from debates.models import Debate, LogEntry
from forum.moderation.actions.decide import decline, uphold
from forum.moderation.actions.report import report
from forum.moderation.actions.suspend import suspend
from forum.moderation.models import Report
from forum.moderation.months import MONTHS, in_words, months_of_moderation
from tests.conftest import Cast, Scene, signed_in

LOG = "/moderation/log/"


def page(query: str = "") -> str:
    """Return the log as a visitor sees it."""
    return Client().get(LOG + query).content.decode()


def read_json(query: str = "") -> Any:
    """Return the log as a program reads it. Any: JSON."""
    return Client().get(reverse("log_feed", args=["json"]) + query).json()


@pytest.fixture
def acted(cast: Cast, scene: Scene) -> Scene:
    """Give the debate after Cleo hid the rebuttal, suspended Ben, and restored the rebuttal."""
    hide(cast.cleo, scene.rebuttal, "Off the claim.", "off-claim")
    suspend(cast.cleo, cast.ben, "Three times.", "person")
    restore(cast.cleo, scene.rebuttal, "By mistake.")
    seal_all()
    return scene


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("?act=hide", ["Off the claim."]),
        ("?kind=member", ["Three times."]),
        ("?rule=off-claim", ["Off the claim."]),
        ("?by=cleo", ["Off the claim.", "Three times.", "By mistake."]),
        ("?by=dan", []),
        ("?act=nonsense&before=x", ["Off the claim.", "Three times.", "By mistake."]),
    ],
)
def test_the_log_is_filtered(acted: Scene, query: str, reasons: list[str]) -> None:
    shown = page(query)
    for reason in ("Off the claim.", "Three times.", "By mistake."):
        assert (reason in shown) == (reason in reasons)
    assert {row["reason"] for row in read_json(query)["entries"]} == set(reasons), (
        "Programs read what people read."
    )


def test_the_log_is_read_to_its_end_whatever_comes_meanwhile(db: None) -> None:
    for number in range(120):
        append(act="hide", actor_name="cleo", item_kind="argument", item_id="x", reason=f"Reason {number}.")
    seen: list[int] = []
    query = ""
    while True:
        found = read_json(query)
        seen += [row["id"] for row in found["entries"]]
        append(act="hide", actor_name="cleo", item_kind="argument", item_id="x", reason="Later.")
        if found["older"] is None:
            break
        query = "?" + found["older"].partition("?")[2]
    assert len(seen) == len(set(seen)) == 120
    assert "Newest" in page(f"?before={seen[50]}")
    assert page(f"?act=hide&before={seen[0]}").count("act=hide") >= 2, (
        "The filter goes along to the next page."
    )


def test_feed_readers_follow_it(acted: Scene) -> None:
    response = Client().get(reverse("log_feed", args=["atom"]))
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert [one.title.split()[:2] for one in feed.entries] == [
        ["cleo", "restored"],
        ["cleo", "suspended"],
        ["cleo", "hid"],
    ]
    assert feed.entries[2].link.endswith(acted.rebuttal.get_absolute_url())
    again = Client().get(reverse("log_feed", args=["atom"]), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert Client().get("/moderation/log/feed.xml").status_code == 404


def test_whoever_reads_the_file_can_compute_the_seals(acted: Scene) -> None:
    entries = sorted(read_json()["entries"], key=lambda row: row["seal"]["number"])
    previous = BEFORE_THE_FIRST
    for row in entries:
        seal = row["seal"]
        previous = digest_of(previous, seal["number"], seal["salt"], seal["content"])
        assert previous == seal["digest"]
    assert previous in page(), "The last seal stands on the page, to be written down."


def test_what_is_left_out_cannot_be_found_by_trying(acted: Scene, cast: Cast, settings: Settings) -> None:
    settings.LOG_SIGNED = "role"
    told = (
        page() + json.dumps(read_json()) + Client().get(reverse("log_feed", args=["atom"])).content.decode()
    )
    assert "cleo" not in told, "The site has decided to name no moderator."
    assert "a moderator" in told
    assert "salt" not in told, "With the salt one could try the names of all moderators against the seal."
    assert "By mistake." in page("?by=dan"), "Nor does a filter tell who it was."


def test_a_debate_that_nobody_may_read_is_not_named(cast: Cast) -> None:
    secret = Debate.objects.create(question="Is it so?", slug="is-it-secretly-so")
    hide(cast.cleo, secret, "Unlawful.", "unlawful")
    seal_all()
    told = (
        page() + json.dumps(read_json()) + Client().get(reverse("log_feed", args=["atom"])).content.decode()
    )
    assert "secretly" not in told
    assert "salt" not in told
    assert "Unlawful." in told
    assert "secretly" in signed_in(cast.cleo).get(LOG).content.decode()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_no_address_breaks_it(words: str) -> None:
    client = Client()
    for name in ("before", "by", "act", "kind", "rule"):
        assert client.get(LOG, {name: words}).status_code == 200


test_no_address_breaks_it = pytest.mark.django_db(test_no_address_breaks_it)


@pytest.mark.parametrize("before", ["-1", "9" * 30, "٣", "\x00", "1e9"])
def test_no_number_breaks_it(db: None, before: str) -> None:
    assert Client().get(LOG, {"before": before}).status_code == 200


# ------------------------------------------------------------------------------------------------- by the month


def test_the_month_says_what_came_of_reports(cast: Cast, scene: Scene) -> None:
    report(cast.dan, scene.rebuttal, "off-claim", "")
    report(cast.dan, scene.reason, "person", "")
    report(cast.ben, scene.thesis, "spam", "")
    Report.objects.update(created_at=datetime.now(UTC) - timedelta(minutes=90))
    uphold(cast.cleo, scene.rebuttal, "So it is.")
    decline(cast.cleo, scene.reason, "Nothing personal.")
    now = months_of_moderation()[0]
    assert (now.decided, now.upheld, now.declined) == (2, 1, 1)
    assert (now.half, now.slowest) == ("2 hours", "2 hours")
    assert dict(now.acts) == {"hid": 1, "kept, and declined the reports of,": 1}
    shown = Client().get(reverse("transparency")).content.decode()
    assert "1 upheld, 1 declined" in shown
    assert "ben" not in shown.partition("<main")[2], "Who reported is nobody’s business."


def test_twelve_months_are_shown_at_most_and_none_before_the_first_report(cast: Cast, scene: Scene) -> None:
    made = Report.objects.filter(pk=report(cast.dan, scene.rebuttal, "off-claim", "").pk)
    for days, shown in ((0, 1), (70, 3), (400, 1)):
        made.update(created_at=timezone.localtime().replace(day=15) - timedelta(days=days))
        months = months_of_moderation()
        assert len(months) in (shown, shown + 1)
        assert [one.first for one in months] == sorted((one.first for one in months), reverse=True)
        assert sum(one.reported for one in months) == (days < 365)
    assert len(months) <= MONTHS
    assert "Nothing was reported" in Client().get(reverse("transparency")).content.decode()


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "1 hour"), (1.5, "2 hours"), (47, "47 hours"), (48, "2 days"), (49, "3 days")]
)
def test_times_are_said_in_hours_or_days(hours: float, words: str) -> None:
    assert in_words(timedelta(hours=hours)) == words


def test_an_act_of_an_older_version_does_not_break_the_page(db: None) -> None:
    append(act="no-act-of-today", actor_name="cleo", item_kind="argument", item_id="x", reason="So.")
    assert "no-act-of-today" in page()
    assert "no-act-of-today" in Client().get(reverse("transparency")).content.decode()
    assert LogEntry.objects.count() == 1
