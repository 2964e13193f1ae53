"""See to it that the log is guarded and sealed when the database is as the code wants it."""

from typing import Any

from django.db import connections

from debates.actions.moderating.seal_log import seal_all
from debates.models import LogEntry
from debates.models.log_guard import guard_log


def guard_after_migration(using: str, **_signal: Any) -> None:
    """Make the triggers that are missing, and seal what older versions wrote. Any: a signal's words."""
    tables = connections[using].introspection.table_names()
    if LogEntry._meta.db_table not in tables or "debates_logseal" not in tables:
        return  # migrated only so far that there is no log to guard
    guard_log(connections[using])
    seal_all()
