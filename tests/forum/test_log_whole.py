"""The log is whole: nobody changes or erases it, by the application or by SQL, and a gap shows."""

from __future__ import annotations

from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import F

from debates.actions.moderating.hide import hide
from debates.actions.moderating.log import append
from debates.actions.moderating.restore import restore
from debates.actions.moderating.seal_log import faults_of_log, newest_seal, seal, seal_all, unsealed
from debates.log_chain import BEFORE_THE_FIRST, digest_of
from debates.models import LogEntry, LogSeal
from debates.models.log import LogIsAppendOnly
from debates.models.log_guard import guard_log, missing_guards, unguard_log
from forum.moderation.actions.suspend import suspend
from tests.conftest import Cast, Scene, make_cast, make_scene


def an_entry(reason: str = "Because.") -> LogEntry:
    """Append something."""
    return append(act="hide", actor_name="cleo", item_kind="argument", item_id="x", reason=reason)


@pytest.fixture
def three(db: None) -> list[LogEntry]:
    """Give three sealed entries."""
    entries = [an_entry(f"Reason {number}.") for number in (1, 2, 3)]
    seal_all()
    return entries


def behind_its_back(statement: str, *values: int) -> None:
    """Do by SQL what the triggers refuse, as somebody does who may write the schema."""
    unguard_log(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    guard_log(connection)


# ---------------------------------------------------------------------------------------------- nobody erases it


@pytest.mark.parametrize("row", ["debates_logentry", "debates_logseal"])
@pytest.mark.parametrize("statement", ["UPDATE {row} SET {field} = 'x'", "DELETE FROM {row}"])
def test_sql_can_neither_change_nor_erase_it(three: list[LogEntry], row: str, statement: str) -> None:
    field = "reason" if row.endswith("entry") else "digest"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(row=row, field=field))
    assert not list(faults_of_log()), "What was refused must have changed nothing."


def test_sql_can_neither_write_over_an_entry_nor_empty_the_log(three: list[LogEntry]) -> None:
    statement, values = "TRUNCATE debates_logentry", []
    if connection.vendor != "postgresql":
        statement = (
            "INSERT OR REPLACE INTO debates_logseal (number, entry_id, salt, digest) VALUES (1, %s, '', 'x')"
        )
        values = [three[0].pk]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_the_application_refuses_before_the_database_does(three: list[LogEntry]) -> None:
    entry = three[0]
    for attempt in (
        entry.delete,
        entry.save,
        lambda: LogEntry.objects.all().delete(),
        lambda: LogEntry.objects.update(reason="x"),
        lambda: LogEntry.objects.filter(pk=entry.pk).update(reason=F("act")),
        lambda: LogEntry.objects.bulk_update([entry], ["reason"]),
        lambda: LogSeal.objects.all().delete(),
        lambda: newest_seal().delete(),  # type: ignore[union-attr]  # three are sealed
    ):
        with pytest.raises(LogIsAppendOnly):
            attempt()


def test_what_is_deleted_leaves_the_log_whole(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "Off the claim.", "off-claim")
    suspend(cast.cleo, cast.ben, "Three times.", "person")
    hide(cast.cleo, scene.debate, "By mistake.")
    seal_all()
    before = [entry.content for entry in LogEntry.objects.all()]
    for argument in scene.debate.arguments.order_by("-path"):
        argument.delete()
    scene.debate.delete()
    cast.ben.delete()
    cast.cleo.delete()
    assert [entry.content for entry in LogEntry.objects.all()] == before, (
        "Deleting a moderator, an author, an argument or a debate must not reach into the log."
    )
    assert not list(faults_of_log())


def test_the_guards_stand_and_come_back_with_the_next_migration(db: None) -> None:
    assert missing_guards(connection) == []
    unguard_log(connection)
    assert missing_guards(connection), "verifylog must say when the database does not refuse."
    call_command("migrate", verbosity=0)
    assert missing_guards(connection) == []


# --------------------------------------------------------------------------------------------------- a gap shows


def test_a_changed_entry_shows(three: list[LogEntry]) -> None:
    behind_its_back("UPDATE debates_logentry SET reason = 'Mercy.' WHERE id = %s", three[1].pk)
    faults = list(faults_of_log())
    assert len(faults) == 1
    assert f"Entry {three[1].pk} " in faults[0]


def test_an_erased_entry_shows_with_its_seal_and_without(three: list[LogEntry]) -> None:
    behind_its_back("DELETE FROM debates_logentry WHERE id = %s", three[1].pk)
    assert "it is gone" in " ".join(faults_of_log())
    behind_its_back("DELETE FROM debates_logseal WHERE entry_id = %s", three[1].pk)
    faults = " ".join(faults_of_log())
    assert "Seals 2 to 2 are missing" in faults
    assert f"Entry {three[2].pk} does not say" in faults, "Each seal holds the one before it."


def test_a_log_written_anew_does_not_pass_for_the_old_one(three: list[LogEntry]) -> None:
    last = newest_seal()
    assert last is not None
    assert not list(faults_of_log(last.digest))
    behind_its_back("UPDATE debates_logentry SET reason = 'Mercy.' WHERE id = %s", three[0].pk)
    behind_its_back("DELETE FROM debates_logseal WHERE number > 0")
    seal_all()
    assert not list(faults_of_log()), "Forged as a whole, the chain agrees with itself"
    assert list(faults_of_log(last.digest)), "but not with a seal that somebody wrote down."


def test_verifylog_says_what_is_wrong_and_what_to_do(three: list[LogEntry]) -> None:
    said = StringIO()
    call_command("verifylog", stdout=said)
    assert "3 entries" in said.getvalue()
    an_entry("Written as the server was killed.")
    wrong = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verifylog", stderr=wrong)
    assert "run verifylog --seal" in wrong.getvalue()
    call_command("verifylog", seal=True, stdout=said)
    assert "4 entries" in said.getvalue()


def test_the_seal_is_what_the_documentation_says(three: list[LogEntry]) -> None:
    first = LogSeal.objects.get(number=1)
    assert first.digest == digest_of(
        BEFORE_THE_FIRST, 1, first.salt, LogEntry.objects.get(pk=three[0].pk).content
    )
    assert digest_of("0" * 64, 1, "salt", {"reason": "x"}) == (
        "ac9ad03f9ab8d3b65d267ff2eebf0c6fe9b4c29ddb49ae05e65c0619e8be947d"
    ), "Another way to compute the seal would make every seal that was written down worthless."


# ------------------------------------------------------------------------------------------------------ at once


@pytest.mark.django_db(transaction=True)
def test_every_act_is_sealed_once_it_is_committed() -> None:
    cast = make_cast()
    scene = make_scene(cast)
    hide(cast.cleo, scene.rebuttal, "Off the claim.")
    assert unsealed() == []
    with transaction.atomic():
        restore(cast.cleo, scene.rebuttal, "By mistake.")
        transaction.set_rollback(True)
    assert (newest_seal() or LogSeal()).number == 1, "What was rolled back is neither told nor sealed."


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_chain() -> None:
    make_cast()
    wrong: list[BaseException] = []

    def act(number: int) -> None:
        try:
            entry = an_entry(f"Reason {number}.")
            seal([entry.pk])  # a second time
        except BaseException as error:  # told below, in the thread of the test
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=act, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert (newest_seal() or LogSeal()).number == 20
    assert not list(faults_of_log())
    assert unsealed() == []
