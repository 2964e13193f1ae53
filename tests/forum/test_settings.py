"""Settings: a wrong value stops at the door with one sentence; right ones start. Each case is a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import json
from forum import settings
names = "DEBUG ALLOWED_HOSTS SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE MODE"
database = settings.DATABASES["default"]
print(json.dumps({name: getattr(settings, name, None) for name in names.split()}
    | {"options": database.get("OPTIONS", {}), "engine": database["ENGINE"], "demo": settings.DEMO}))
"""
GOOD = {
    "COUNTERPOINT_MODE": "production",
    "COUNTERPOINT_SECRET_KEY": "k3" * 30,
    "COUNTERPOINT_ALLOWED_HOSTS": "counterpoint.example",
    "COUNTERPOINT_DATABASE_URL": "postgres://counterpoint@localhost/counterpoint",
}
DEMO_KEY = "demo-key-for-the-loopback-only-and-worth-nothing-anywhere-else"


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process that has this environment and no other."""
    return subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings(environment: dict[str, str]) -> dict[str, Any]:
    """Return what the settings came to. Any: JSON."""
    started = start(environment)
    assert started.returncode == 0, started.stderr
    return dict(json.loads(started.stdout))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"COUNTERPOINT_SECRET_KEY": DEMO_KEY}, "COUNTERPOINT_SECRET_KEY is missing, short or the demo's"),
        ({"COUNTERPOINT_SECRET_KEY": ""}, "COUNTERPOINT_SECRET_KEY is missing, short or the demo's"),
        ({"COUNTERPOINT_SECRET_KEY": "k" * 49}, "COUNTERPOINT_SECRET_KEY is missing, short or the demo's"),
        ({"COUNTERPOINT_DEBUG": "1"}, "COUNTERPOINT_DEBUG is on in production"),
        ({"COUNTERPOINT_ALLOWED_HOSTS": ""}, "COUNTERPOINT_ALLOWED_HOSTS is empty"),
        ({"COUNTERPOINT_DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "Production on SQLite serves one writer"),
        ({"COUNTERPOINT_DATABASE_URL": "nonsense"}, "COUNTERPOINT_DATABASE_URL"),
        ({"COUNTERPOINT_DATABASE_URL": "mysql://localhost/x"}, "COUNTERPOINT_DATABASE_URL must begin with"),
        (
            {"COUNTERPOINT_DATABASE_URL": "postgres://u:p@localhost:port/x"},
            "COUNTERPOINT_DATABASE_URL cannot be read",
        ),
        ({"COUNTERPOINT_MODE": "demo"}, "The demo's members have public passwords"),
        ({"COUNTERPOINT_MODE": "prod"}, "COUNTERPOINT_MODE is “prod”; it must be one of"),
    ],
)
def test_a_wrong_value_stops_at_the_door_with_a_sentence(change: dict[str, str], says: str) -> None:
    started = start({**GOOD, **change})
    assert started.returncode != 0, f"{change} must not start a production site."
    last = started.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last, f"{change} ends in a traceback and not in a sentence: {last}"
    assert says in last
    assert last.endswith("."), "A sentence ends with a full stop."
    for secret in (GOOD["COUNTERPOINT_SECRET_KEY"], "u:p@"):
        assert secret not in last, "The sentence must not carry a secret into a log."


def test_the_database_alone_is_not_guessed_in_production() -> None:
    started = start({name: value for name, value in GOOD.items() if name != "COUNTERPOINT_DATABASE_URL"})
    assert started.returncode != 0
    assert "Production on SQLite" in started.stderr


def test_good_values_start_a_safe_site() -> None:
    found = settings(GOOD)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["counterpoint.example"]
    assert found["demo"] is False
    for name in ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert found[name], f"{name} is off in production."


def test_sqlite_in_production_starts_where_it_is_asked_for(tmp_path: Path) -> None:
    found = settings(
        {
            **GOOD,
            "COUNTERPOINT_DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
            "COUNTERPOINT_SQLITE_IN_PRODUCTION": "1",
        }
    )
    assert found["options"]["transaction_mode"] == "IMMEDIATE", "Without it two writers meet half-way."


def test_postgresql_keeps_a_pool_of_connections_outside_tests() -> None:
    assert settings({**GOOD, "COUNTERPOINT_POOL_SIZE": "5"})["options"] == {
        "pool": {"min_size": 1, "max_size": 5}
    }
    assert not settings({**GOOD, "COUNTERPOINT_MODE": "test"})["options"], (
        "A pool would hold connections to test databases that are to be dropped."
    )


@pytest.mark.parametrize("mode", ["development", "demo", "test"])
def test_outside_production_the_site_answers_on_this_machine_alone(mode: str, tmp_path: Path) -> None:
    found = settings(
        {"COUNTERPOINT_MODE": mode, "COUNTERPOINT_DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    )
    assert set(found["ALLOWED_HOSTS"]) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}
    assert found["demo"] is (mode == "demo")
    assert found["DEBUG"] is (mode == "development")


@pytest.mark.parametrize("entry", ["forum.wsgi", "forum.asgi"])
def test_who_serves_the_site_means_production(entry: str) -> None:
    served = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", f"import {entry}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode != 0, f"{entry} started with no settings at all."
    assert "COUNTERPOINT_SECRET_KEY" in served.stderr
