"""The API keeps to its own description: schemathesis asks it whatever the description allows, and what it forbids.

It runs with all of its checks. Nothing is left out; two things that no description can say are put into what it asks, and
only where it asks for what is allowed: a cursor that was given out (they are signed), and names of what is really there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.api.v1 import api
from tests.conftest import Cast, Scene, con, pro

type Case = schemathesis.Case[Any]
"""One request that schemathesis makes up. Any: what it is made up from."""
DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema()))


def asking(mode: str, examples: int) -> OpenApiSchema:
    """Return what asks the API: in which mode, and with how many examples beside the edge cases."""
    how = {"mode": mode, "max-examples": examples, "deterministic": True}
    config = SchemathesisConfig.from_dict({"seed": 8713, "generation": how})
    schema = schemathesis.openapi.from_dict(DESCRIPTION, config=config)
    schema.app = get_wsgi_application()
    return schema


PLAINLY = {"Accept-Encoding": "identity"}
"""schemathesis asks for compressed answers and, where it calls the program itself, does not unpack them."""
everything = asking("all", 15)
what_is_allowed = asking("positive", 10)
# The database is the same for all examples of an operation: nothing here writes.
with_patience = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass
class Site:
    """A debate with several of everything, the names of what is there, and a cursor of every list."""

    names: dict[str, str]
    cursors: dict[str, str]


@pytest.fixture
def site(cast: Cast, scene: Scene) -> Iterator[Site]:
    """Give the site, whose requests leave open the connection in which it stands, and are not logged."""
    source = scene.rebuttal.citations.get().source
    for number in range(3):
        post_argument(cast.ben, scene.reason, pro(f"Reason {number}.", topic_tags=("memory", f"t{number}")))
        text = con(
            f"Objection {number}.", rebuttal_tags=("outdated",), citations=(CitationText(source=source),)
        )
        post_argument(cast.ada, scene.reason, text)
    names = {
        "slug": scene.debate.slug,
        "argument_id": scene.reason.public_id,
        "source_id": source.public_id,
        "name": "memory",
        "under": scene.thesis.public_id,
    }
    site = Site(names, cursors_of(names))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    logging.disable(logging.CRITICAL)
    yield site
    logging.disable(logging.NOTSET)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def cursors_of(names: dict[str, str]) -> dict[str, str]:
    """Return a cursor of every list that has more than one item, by the path of the description."""
    found = {}
    for path, methods in DESCRIPTION["paths"].items():
        if any(one["name"] == "cursor" for one in methods["get"]["parameters"]):
            page = Client().get(
                path.format(**names), {"limit": 1} | ({"q": "cranes"} if "search" in path else {})
            )
            if (following := page.json()["next"]) is not None:
                found[path] = parse_qs(urlsplit(following).query)["cursor"][0]
    return found


def is_allowed(case: Case) -> bool:
    """Say whether a case is one that the description allows."""
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


def test_the_description_is_valid() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    everything.validate()


@everything.parametrize()
@with_patience
def test_whatever_is_asked_the_answer_is_as_described(case: Case, site: Site) -> None:
    if is_allowed(case) and "cursor" in case.query:
        # None of its own, where a list has but one page: a cursor of another list is refused by right.
        case.query = {key: value for key, value in case.query.items() if key != "cursor"} | (
            {"cursor": site.cursors[case.path]} if case.path in site.cursors else {}
        )
    case.call_and_validate(headers=PLAINLY)


@what_is_allowed.parametrize()
@with_patience
def test_what_is_there_is_told_as_described(case: Case, site: Site) -> None:
    case.path_parameters = {name: site.names[name] for name in case.path_parameters}
    case.query = {
        **{key: value for key, value in case.query.items() if key not in ("cursor", "under")},
        **({"under": site.names["under"]} if "under" in case.query else {}),
        **(
            {"cursor": site.cursors[case.path]}
            if "cursor" in case.query and case.path in site.cursors
            else {}
        ),
    }
    assert case.call_and_validate(headers=PLAINLY).status_code == 200
