"""Check a seed against its schema, and say what was expected in words."""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from debates.formats.seed.faults import Fault, Place, listed, shown
from debates.formats.seed.yaml_file import SeedFile

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
"""The schema. Any: JSON."""


def check_schema(file: SeedFile) -> list[Fault]:
    branch = "library" if file.data.get("library") else "debate"
    validator = Draft202012Validator({"$ref": f"#/$defs/{branch}", "$defs": SCHEMA["$defs"]})
    errors = sorted(validator.iter_errors(file.data), key=lambda error: list(map(str, error.absolute_path)))
    faults = []
    for error in errors:
        place = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            faults += _unknown(file, place, error)
        else:
            faults.append(file.fault(place, _sentence(error)))
    return faults


def _unknown(file: SeedFile, place: Place, error: ValidationError) -> list[Fault]:
    """Name every field that the schema does not know, on its own line."""
    schema: Any = error.schema  # Any: JSON
    found: Any = error.instance  # Any: YAML
    known = sorted(schema.get("properties", {}))
    faults = []
    for key in map(str, found):
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}."
            faults.append(file.fault((*place, key), f"This field is not known here; {hint}"))
    return faults


def _sentence(error: ValidationError) -> str:
    """Say what was expected, in words for the kinds of mistake that people make."""
    found: Any = error.instance  # Any: YAML
    rule: Any = error.validator_value  # Any: JSON, as the schema has it
    value = shown(found)
    match error.validator:
        case "required":
            missing = [key for key in rule if key not in found]
            return f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        case "enum":
            return f"{value} is none of {', '.join(map(str, rule))}."
        case "const":
            return f"{value} was found where {shown(rule)} was expected."
        case "maxLength":
            return f"{len(found)} characters were found where at most {rule} fit."
        case "minLength" | "minItems" | "minProperties":
            return "It is empty, or shorter than it must be."
        case "type":
            kinds = rule if isinstance(rule, list) else [rule]
            return f"{value} was found where {' or '.join(_KINDS[kind] for kind in kinds)} was expected."
        case "pattern":
            return f"{value} was found where {_PATTERNS.get(rule, 'another form')} was expected."
    return f"{error.message}."


_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
}
_PATTERNS = {
    SCHEMA["$defs"]["key"]["pattern"]: "a name of lower-case letters, digits and hyphens",
    SCHEMA["$defs"]["reference"]["pattern"]: "debate/argument, as in example-town-hall/no-money,",
    SCHEMA["$defs"]["origin"][
        "pattern"
    ]: "a place and a digest of 16 digits, as in p4[12-40] 8d969eef6ecad3c2 (run sealseeds),",
    "^[0-9a-f]{64}$": "a SHA-256 of 64 digits",
    SCHEMA["$defs"]["debate"]["properties"]["article"]["properties"]["outline"]["items"]["properties"][
        "passages"
    ]["pattern"]: "a range, as in p1-p4,",
}
