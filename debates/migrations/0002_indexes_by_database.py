"""Lay the indexes that the two databases spell differently: the search index, and byte order for paths."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = [
    # Byte order: a range over (debate, path) is then a range of the index, whatever the database's language.
    'ALTER TABLE debates_argument ALTER COLUMN path TYPE varchar(2004) COLLATE "C"',
    "CREATE INDEX debates_search_words ON debates_searchentry USING gin (to_tsvector('simple', tokens))",
]
POSTGRESQL_BACK = [
    "DROP INDEX debates_search_words",
    'ALTER TABLE debates_argument ALTER COLUMN path TYPE varchar(2004) COLLATE "default"',
]
SQLITE = [
    """
    CREATE VIRTUAL TABLE debates_search_words
    USING fts5(tokens, content='debates_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0')
    """,
    """
    CREATE TRIGGER debates_search_insert AFTER INSERT ON debates_searchentry BEGIN
      INSERT INTO debates_search_words(rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER debates_search_delete AFTER DELETE ON debates_searchentry BEGIN
      INSERT INTO debates_search_words(debates_search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER debates_search_update AFTER UPDATE OF tokens ON debates_searchentry BEGIN
      INSERT INTO debates_search_words(debates_search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);
      INSERT INTO debates_search_words(rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER debates_search_update",
    "DROP TRIGGER debates_search_delete",
    "DROP TRIGGER debates_search_insert",
    "DROP TABLE debates_search_words",
]


def _run(schema_editor: BaseDatabaseSchemaEditor, postgresql: list[str], sqlite: list[str]) -> None:
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lay the indexes."""
    _run(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    _run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


class Migration(migrations.Migration):
    """Run what the database at hand understands."""

    dependencies = [("debates", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
