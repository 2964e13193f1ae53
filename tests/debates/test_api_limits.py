"""How many requests an address may send: counted exactly, by whichever process answers, whatever a request says of itself."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory
from pytest_django import Settings

from debates.api.limits import count, network_of
from tests.conftest import Scene

ASK = "/api/v1/tags"
ROOT = Path(__file__).parents[2]
PROCESS = """
import sys
from pathlib import Path
from debates.api.limits import count
for _ in range(int(sys.argv[2])):
    print(count(Path(sys.argv[1]), "one", 3600)[0])
"""


@pytest.fixture
def limited(scene: Scene, settings: Settings, tmp_path: Path) -> Path:
    """Let an address ask three times a minute; return the file in which that is counted."""
    settings.API_REQUESTS, settings.API_WINDOW = 3, 60
    settings.API_COUNTS = tmp_path / "counts" / "api.sqlite3"
    return Path(settings.API_COUNTS)


def ask(address: str = "192.0.2.1", forwarded: str | None = None) -> Any:
    """Ask from an address, with what a proxy, or a liar, says of it. Any: the test client's response."""
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return Client().get(ASK, headers=headers, REMOTE_ADDR=address)


def left(response: Any) -> str:
    """Return how many requests a response says are left. Any: as above."""
    return str(response["RateLimit"]).split(";")[1]


def test_every_answer_says_how_many_are_left_and_the_one_too_many_is_refused(limited: Path) -> None:
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False) as clock:
        assert ask()["RateLimit-Policy"] == '"reading";q=3;w=60'
        clock.shift(20)
        assert ask()["RateLimit"] == '"reading";r=1;t=40'
        assert left(Client().get("/api/v1/nothing", REMOTE_ADDR="192.0.2.1")) == "r=0", "A 404 costs, too."
        refused = ask()
        assert refused.status_code == 429
        assert refused["Retry-After"] == "40"
        assert refused["RateLimit"] == '"reading";r=0;t=40'
        assert refused["Cache-Control"] == "no-store"
        problem = refused.json()
        assert problem["type"].endswith("#quota-exceeded")
        assert problem["detail"] == (
            "That was more than 3 requests from your address; the next is answered in 40 seconds."
        )
        assert ask("192.0.2.2").status_code == 200, "Others are not punished."
        clock.shift(40)
        assert left(ask()) == "r=2", "A new window begins."
        clock.shift(-7200)
        assert left(ask()) == "r=2", "A clock that was set back locks nobody out."


def test_the_pages_of_the_site_are_not_counted(limited: Path) -> None:
    for _time in range(5):
        assert "RateLimit" not in Client().get("/api/", REMOTE_ADDR="192.0.2.1")
    assert Client().options(ASK, REMOTE_ADDR="192.0.2.1").status_code == 204
    assert left(ask()) == "r=2"


def test_a_forged_address_helps_nobody(limited: Path, settings: Settings) -> None:
    for number in range(3):
        ask("192.0.2.1", forwarded=f"198.51.100.{number}")
    assert ask("192.0.2.1", forwarded="203.0.113.9").status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(3):  # what stands before the proxy's own entry was sent along
        assert ask("192.0.2.1", forwarded=f"203.0.113.{number}, 198.51.100.7").status_code == 200
    assert ask("192.0.2.1", forwarded="203.0.113.77, 198.51.100.7").status_code == 429
    assert ask("192.0.2.1", forwarded="198.51.100.8").status_code == 200, "Behind a proxy each has their own."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
        ("unix:", "nonsense", False),
    ],
)
def test_a_household_is_one_address(one: str, other: str, same: bool) -> None:
    found = [network_of(RequestFactory().get(ASK, REMOTE_ADDR=address)) for address in (one, other)]
    assert (found[0] == found[1]) is same


def test_who_waited_and_looked_at_the_clock_earlier_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite3"
    with time_machine.travel("2026-11-01T12:00:01Z", tick=False) as clock:
        assert count(file, "one", 3600)[0] == 1
        clock.shift(-0.5)
        assert count(file, "one", 3600)[0] == 2, "Half a second back is no clock that was set back."
        clock.shift(-60)
        assert count(file, "one", 3600)[0] == 1, "A minute back is."


def test_processes_that_count_at_once_lose_no_request(tmp_path: Path) -> None:
    file, each, processes = tmp_path / "counts.sqlite3", 60, 4
    asking = [
        subprocess.Popen(  # noqa: S603  # our own interpreter
            [sys.executable, "-c", PROCESS, str(file), str(each)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _process in range(processes)
    ]
    counted = sorted(int(line) for one in asking for line in one.communicate()[0].split())
    assert counted == list(range(1, each * processes + 1)), "Two requests at once were counted as one."


def test_a_file_that_was_spoilt_is_begun_anew(limited: Path) -> None:
    ask()
    limited.write_bytes(b"This is no database. " * 400)
    assert left(ask()) == "r=2"
    assert left(ask()) == "r=1"


def test_whoever_cannot_count_lets_people_read(limited: Path, caplog: pytest.LogCaptureFixture) -> None:
    limited.parent.mkdir()
    limited.mkdir()
    response = ask()
    assert response.status_code == 200
    assert "RateLimit" not in response
    assert "cannot be counted" in caplog.text


def test_the_file_holds_no_address_and_forgets(tmp_path: Path, limited: Path) -> None:
    ask("198.51.100.23")
    assert b"198.51.100.23" not in limited.read_bytes()
    file = tmp_path / "counts.sqlite3"
    for number in range(200):
        count(file, f"visitor {number}", 1)
    size = file.stat().st_size
    with time_machine.travel(time.time() + 5):
        for number in range(200):
            count(file, f"later visitor {number}", 1)
    assert file.stat().st_size <= size, "Counts of windows that have ended pile up."
