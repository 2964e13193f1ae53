"""The documentation of the API as a page of the site, drawn from its description: no script, and nothing from elsewhere.

The framework's own pages need scripts that write styles into the page, which our policy forbids, and rightly so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from debates.api import v1
from debates.api.description import PLAIN

PARTS = {
    "debates": gettext_noop("Debates"),
    "arguments": gettext_noop("Arguments"),
    "sources": gettext_noop("Sources"),
    "tags": gettext_noop("Tags"),
}
KINDS = {
    "string": gettext_noop("text"),
    "integer": gettext_noop("whole number"),
    "number": gettext_noop("number"),
    "boolean": gettext_noop("true or false"),
    "object": gettext_noop("object"),
    "date-time": gettext_noop("moment"),
    "date": gettext_noop("date"),
}
"""What a field can hold, by its type or format in the description."""
GIVEN = ("limit", "cursor")
"""Parameters of every list, which the lines to copy leave out."""

# JSON, as the description is.
type Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """A parameter or a field: its name, what it holds and what that means; `shape` leads to the object that it holds."""

    name: str
    holds: str
    words: str
    shape: str = ""
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """What can be asked: its address, its parameters, a line to copy, and an answer made of the examples."""

    name: str
    title: str
    words: str
    path: str
    parameters: list[Held]
    curl: str
    shape: str
    example: str
    try_url: str
    """Where a click shows it at work; empty where an address needs a name."""


@dataclass(frozen=True)
class Part:
    """The operations about one thing."""

    name: str
    title: str
    operations: list[Operation]


@dataclass(frozen=True)
class Shape:
    """An object of the answers with its fields."""

    name: str
    fields: list[Held]


def api(request: HttpRequest) -> HttpResponse:
    """Show how the API is read."""
    described = v1.api.get_openapi_schema()
    schemas = described["components"]["schemas"]
    root = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "debates/api.html",
        {
            "about": _(v1.ABOUT),
            "version": described["info"]["version"],
            "description_url": request.build_absolute_uri(reverse("api:openapi-json")),
            "debates_url": request.build_absolute_uri(reverse("api:debates")),
            "parts": parts_of(described, root),
            "shapes": [_shape(name, schemas[name]) for name in sorted(schemas)],
            "answers": _answers(described),
            "quota": settings.API_REQUESTS,
            "window": settings.API_WINDOW,
        },
    )


def parts_of(described: Schema, root: str) -> list[Part]:
    """Return the operations of a description by what they are about; `root` is the site's address, without a slash."""
    schemas = described["components"]["schemas"]
    found: dict[str, list[Operation]] = {name: [] for name in PARTS}
    for path, methods in described["paths"].items():
        operation = methods["get"]
        found[operation["tags"][0]].append(_operation(path, operation, schemas, root))
    return [Part(name, _(PARTS[name]), operations) for name, operations in found.items()]


def _operation(path: str, operation: Schema, schemas: Schema, root: str) -> Operation:
    address, asked = path, {}
    for one in operation["parameters"]:
        if one["in"] == "path":
            address = address.replace(f"{{{one['name']}}}", str(one["example"]))
        elif one.get("required"):
            asked[one["name"]] = one["example"]
    query = f"?{urlencode(asked)}" if asked else ""
    answer = operation["responses"]["200"]["content"][PLAIN]["schema"]
    return Operation(
        name=operation["operationId"],
        title=_(operation["summary"]),
        words=_(operation["description"]),
        path=path,
        parameters=[_parameter(one) for one in operation["parameters"]],
        curl=f"curl '{root}{address}{query}'",
        shape=_name_of(answer),
        example=json.dumps(example_of(answer, schemas), ensure_ascii=False, indent=2),
        try_url="" if "{" in path else address + query,
    )


def _parameter(parameter: Schema) -> Held:
    holds, _shape = words_of(parameter["schema"])
    return Held(
        parameter["name"], holds, _(parameter["description"]), required=bool(parameter.get("required"))
    )


def _shape(name: str, schema: Schema) -> Shape:
    fields = []
    for field, held in schema["properties"].items():
        holds, shape = words_of(held)
        fields.append(Held(field, holds, _(held.get("description", "")), shape))
    return Shape(name, fields)


def _answers(described: Schema) -> list[tuple[str, str]]:
    """Return every status that an operation answers with, and what it means."""
    found = {
        status: answer["description"]
        for methods in described["paths"].values()
        for status, answer in methods["get"]["responses"].items()
    }
    return [(status, _(found[status])) for status in sorted(found)]


def words_of(schema: Schema) -> tuple[str, str]:
    """Return what a value holds, in words, and the name of the shape in it, if there is one."""
    if name := _name_of(schema):
        return name, name
    if choices := [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]:
        said, shape = words_of(choices[0])
        return _("%(what)s, or null") % {"what": said}, shape
    if schema.get("type") == "array":
        said, shape = words_of(schema["items"])
        return _("list of %(what)s") % {"what": said}, shape
    if words := schema.get("enum"):
        return _("one of %(words)s") % {"words": ", ".join(map(str, words))}, ""
    if "const" in schema:
        return str(schema["const"]), ""
    return _with_bounds(_(KINDS[str(schema.get("format", schema["type"]))]), schema), ""


def _with_bounds(said: str, schema: Schema) -> str:
    if "minimum" in schema and "maximum" in schema:
        bounds = {"what": said, "least": schema["minimum"], "most": schema["maximum"]}
        said = _("%(what)s from %(least)s to %(most)s") % bounds
    if "default" in schema:
        said = _("%(what)s; without it %(default)s") % {"what": said, "default": schema["default"]}
    return said


def example_of(schema: Schema, schemas: Schema) -> Any:
    """Return an answer made of the examples that stand at its fields. Any: JSON."""
    if examples := schema.get("examples"):
        return examples[0]
    if name := _name_of(schema):
        return example_of(schemas[name], schemas)
    if choices := schema.get("anyOf"):
        return example_of(choices[0], schemas)
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return {name: example_of(field, schemas) for name, field in schema["properties"].items()}


def _name_of(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
