"""The two probes: the process answers; the site is ready, or says what it waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@contextmanager
def no_database() -> Iterator[None]:
    """Let every statement fail, as when the server is gone."""

    def refuse(*_args: Any) -> Any:  # Any: the execute wrapper's own signature
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        yield


def test_the_process_answers_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")  # no `db` fixture: a statement would fail
    assert answer.status_code == 200
    assert answer.content == b"ok\n"


@pytest.mark.django_db
def test_ready_where_the_database_answers_and_is_migrated(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": "answers", "migrations_waiting": 0}


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    for name in MigrationLoader(connection).disk_migrations:
        if name[0] == "notices":
            MigrationRecorder(connection).record_unapplied(*name)
    answer = client.get("/readyz")
    assert answer.status_code == 503, "Traffic must not reach code that is newer than its tables."
    assert answer.json()["ready"] is False
    assert answer.json()["migrations_waiting"] >= 1


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client) -> None:
    with no_database():
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": "does not answer"}


@pytest.mark.django_db
def test_not_ready_where_no_connection_can_be_made(client: Client) -> None:
    with patch.object(connections["default"], "cursor", side_effect=OperationalError("refused")):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "refused" not in answer.content.decode(), "What the driver says may hold hosts and names."


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nobody_keeps_the_answer_of_a_probe(client: Client, address: str) -> None:
    answer = client.get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_a_broken_database_gives_a_plain_page(client: Client) -> None:
    client.raise_request_exception = False
    with no_database():
        answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode(), (
        "The error page must not need the database."
    )
