"""Let the database itself refuse to change what the log says, whoever asks it: triggers on both databases.

Who may write the schema can take the triggers away, too; that is what the seals are for.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from debates.models.log import LogEntry, LogSeal

GUARDED = (LogEntry, LogSeal)
SENTENCE = "The log is append-only: write a new entry in place of changing an old one."
FUNCTION = "debates_log_is_append_only"


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Return the triggers by name: their table, and the statement that makes them where they are not."""
    made = {}
    for model in GUARDED:
        table, key = model._meta.db_table, model._meta.pk.column
        if connection.vendor == "postgresql":
            name = f"{table}_append_only"
            when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
            made[name] = (table, f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION {FUNCTION}()")
            continue
        refuse = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            made[name] = (table, f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} {refuse}")
        # INSERT OR REPLACE would write over a row, and SQLite calls that neither an update nor a deletion.
        name = f"{table}_no_replace"
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - names of our own tables
        made[name] = (table, f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE INSERT ON {table} {taken} {refuse}")
    return made


def guard_log(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing. On SQLite a table that a migration makes anew loses its own, hence after each."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
            )
        for _table, statement in _triggers(connection).values():
            cursor.execute(statement)


def unguard_log(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests that empty their database, and for nothing else."""
    with connection.cursor() as cursor:
        for name, (table, _statement) in _triggers(connection).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not there, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    return sorted(set(_triggers(connection)) - there)
