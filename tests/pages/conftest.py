"""One world, made once, and every state of every page as it answers; nothing of it changes from test to test."""

import logging
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.conftest import browser
from tests.pages.states import STATES, Shown, show
from tests.pages.world import make_world

__all__ = ["browser"]  # the fixture of tests/browser, here as well

HERE = Path(__file__).parent
NO_STATES = {"__init__", "conftest", "states", "world"}

for path in sorted(HERE.glob("*.py")):
    if path.stem not in NO_STATES and not path.stem.startswith("test_"):
        import_module(f"tests.pages.{path.stem}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A test database is made where a test of the run says that it needs one, and the fixture below cannot say so.
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@dataclass
class Answered:
    """What the states answered, by name, and what was answered otherwise than it should be."""

    shown: dict[str, Shown] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def answered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answered:
    """Ask for every state, once; afterwards the database is as empty as before."""
    answered = Answered()
    clients: dict[str, Client] = {}
    logging.disable(logging.CRITICAL)  # refusals are meant here, and writing them takes time
    with django_db_blocker.unblock():
        world = make_world()
        for name, one in STATES.items():
            try:
                answered.shown[name] = show(world, one, clients)
            except AssertionError as error:
                answered.wrong.append(str(error))
        call_command("flush", verbosity=0, interactive=False)
    logging.disable(logging.NOTSET)
    return answered


@pytest.fixture
def pages(answered: Answered) -> dict[str, Shown]:
    """Give every state's answer by its name, those that test_states.py finds wrong left out."""
    return answered.shown
