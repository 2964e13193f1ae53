"""The description in OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1): what the framework leaves out of it is put in here.

These are the answers that the door gives, the fields in the head of every answer, and that problems have a type of their
own. Parameters lose what a program that reads the description would only stumble over: that an absent one is “null”.
"""

from typing import Any

from django.utils.translation import gettext_noop
from pydantic.json_schema import models_json_schema

from debates.api.answers import PROBLEM
from debates.api.shapes import Problem

PLAIN = "application/json"
HEADERS: dict[str, dict[str, Any]] = {  # Any: JSON
    "ETag": {
        "description": gettext_noop(
            "Send it back in If-None-Match, and an answer that is the same is not sent again."
        ),
        # Weak where the answer is compressed: its bytes differ from one time to the next, what it says does not.
        "schema": {"type": "string", "pattern": r'^(W/)?"[0-9a-f]{32}"$'},
        "required": True,
    },
    "Cache-Control": {
        "description": gettext_noop("How long the answer may be kept."),
        "schema": {"type": "string"},
        "required": True,
    },
    "Link": {
        "description": gettext_noop("The address of the next page, with rel=next; not on the last page."),
        "schema": {"type": "string"},
    },
    "Location": {
        "description": gettext_noop("Where it is now."),
        "schema": {"type": "string", "format": "uri-reference"},
        "required": True,
    },
    "RateLimit": {
        "description": gettext_noop(
            "How many requests are left (r), and in how many seconds there are new ones (t)."
        ),
        "schema": {"type": "string", "pattern": r'^"[a-z]+";r=\d+;t=\d+$'},
    },
    "RateLimit-Policy": {
        "description": gettext_noop("How many requests an address has (q) in how many seconds (w)."),
        "schema": {"type": "string", "pattern": r'^"[a-z]+";q=\d+;w=\d+$'},
    },
    "Retry-After": {
        "description": gettext_noop("In how many seconds to ask again."),
        "schema": {"type": "integer", "minimum": 1},
        "required": True,
    },
}
LIMITS = ("RateLimit", "RateLimit-Policy")
SAID = {
    "200": gettext_noop("What was asked for."),
    "304": gettext_noop("Nothing has changed since the ETag that was sent along."),
    "307": gettext_noop("It has another address now."),
    "404": gettext_noop("There is nothing of that name, or it is no longer shown."),
    "422": gettext_noop("A parameter cannot be taken as it is; “errors” says which, and why."),
    "429": gettext_noop("Too many requests from this address."),
}
"""What each status means."""

IN_ADDRESS = {
    "slug": (gettext_noop("The debate, as its own address names it."), "harbour"),
    "argument_id": (gettext_noop("The argument’s id."), "a2b3c4d5e"),
    "source_id": (gettext_noop("The source’s id."), "s9r8q7p6n"),
    "name": (gettext_noop("The tag’s name, or another word for it."), "memory"),
}
"""What stands in addresses: what it is, and an example."""


def complete(described: dict[str, Any]) -> None:
    """Put in what the framework leaves out. Any: a description, which is JSON."""
    components = described["components"]
    _refs, shapes = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    components["schemas"] |= shapes["$defs"]
    components["headers"] = HEADERS
    described.pop("servers", None)
    for shape in components["schemas"].values():
        _without_titles(shape)
    for methods in described["paths"].values():
        for operation in methods.values():
            operation["parameters"] = [_parameter(one) for one in operation["parameters"]]
            operation["responses"] = _responses(operation["responses"], components["schemas"])


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter without what says that an absent one is null. Any: JSON."""
    schema = dict(parameter["schema"])
    kinds = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    for kind in kinds:
        schema |= kind
    for name in ("title", "description", "examples", "include_in_schema"):
        schema.pop(name, None)
    if schema.get("default", 0) is None:
        del schema["default"]
    whole = {key: value for key, value in parameter.items() if key not in ("schema", "examples")}
    if examples := parameter.get("examples"):
        whole["example"] = examples[0]
    if parameter["in"] == "path":
        whole["description"], whole["example"] = IN_ADDRESS[parameter["name"]]
    return {**whole, "schema": schema}


def _without_titles(shape: Any) -> None:
    """Take away the titles that only repeat the name of a field, from a shape and all within it. Any: JSON."""
    for field in shape.get("properties", {}).values():
        field.pop("title", None)


def _responses(
    responses: dict[Any, dict[str, Any]], shapes: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the answers of an operation, with those of the door, each with its fields. Any: JSON."""
    given = {str(status): dict(answer) for status, answer in responses.items()}
    for status in ("304", "422", "429"):
        given.setdefault(status, {})
    is_list = "next" in shapes[_shape_of(given["200"])]["properties"]
    whole = {}
    for status in sorted(given):
        answer = {"description": SAID[status], "headers": _headers(status, is_list=is_list)}
        if status == "200":
            answer["content"] = given[status]["content"]
        elif status >= "400":
            answer["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        whole[status] = answer
    return whole


def _headers(status: str, *, is_list: bool) -> dict[str, dict[str, str]]:
    names = [*LIMITS, "Cache-Control"]
    if status in ("200", "304"):
        names += ["ETag", "Link"] if is_list else ["ETag"]
    if status == "307":
        names.append("Location")
    if status == "429":
        names.append("Retry-After")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(names)}


def _shape_of(answer: dict[str, Any]) -> str:
    """Return the name of the shape that an answer has. Any: JSON."""
    return str(answer["content"][PLAIN]["schema"]["$ref"]).rpartition("/")[2]
