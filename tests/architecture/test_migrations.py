"""Migrations are told once and for ever: they depend on nothing of ours that may change."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
MIGRATIONS = sorted(
    path
    for folder in ("debates", "forum")
    for path in (ROOT / folder).rglob("migrations/*.py")
    if path.name != "__init__.py"
)
WRITTEN_BY_DJANGO = {
    "debates.models.public_id": "the default of public_id: a function that must stay where it is",
    "debates.models.tag": "nothing of it acts: bases and choices that Django spells out",
    "forum.moderation.rules": "choices given as a function, so that a new rule needs no migration",
    "debates.models.argument": "choices and querysets that Django spells out",
    "forum.accounts.models": "a field that is a CharField to every database, and the default of a date: both must stay there",
    "forum.own_data.models": "the defaults of a name and of a date: functions that must stay there",
    "forum.accounts.names": "how names are folded: the column has to hold what the code of the day folds, whenever it runs",
}
"""Our modules that Django itself writes into migrations, each with the reason why that is bearable."""


@pytest.mark.parametrize("path", MIGRATIONS, ids=[str(path.relative_to(ROOT)) for path in MIGRATIONS])
def test_a_migration_imports_nothing_of_ours(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            if name.split(".")[0] in ("debates", "forum", "tests"):
                assert name in WRITTEN_BY_DJANGO, (
                    f"{path.relative_to(ROOT)}:{node.lineno} imports {name}: a migration runs years later, when that "
                    "has changed or gone. Write what it needs into the migration itself."
                )


def test_there_are_migrations_to_look_at() -> None:
    assert len(MIGRATIONS) >= 4, "The migrations have moved, and these tests look at none."


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit as stop:
        raise AssertionError(f"A model changed without a migration:\n{said.getvalue()}") from stop
