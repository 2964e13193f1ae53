"""The locks say what was asked for, to the byte, and nothing about where anybody fetched it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
LOCKS = ["base", "dev"]
ADVICE = "run `make lock` and commit what it writes"


def asked(name: str) -> list[Requirement]:
    """Return the requirements that an .in file states itself, without those it takes from another."""
    lines = (
        line.partition("#")[0].strip() for line in (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    )
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def entries(name: str) -> list[str]:
    """Return a lock's entries, each with its continuation lines (hashes and comments)."""
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    return [entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if entry and entry[0] != "#"]


def locked(name: str) -> dict[str, str]:
    """Return the locked version of each package of a lock, by its canonical name."""
    pins = (re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", entry) for entry in entries(name))
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_stands_in_its_lock(name: str) -> None:
    pins = locked(name)
    for requirement in asked(name):
        version = pins.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is in {name}.in but not in {name}.txt: {ADVICE}"
        assert Version(version) in requirement.specifier, (
            f"{name}.txt has {requirement.name} {version}: {ADVICE}"
        )


@pytest.mark.parametrize("name", LOCKS)
def test_nothing_is_locked_for_a_requirement_that_has_gone(name: str) -> None:
    """Uv notes beside each package who asked for it; an .in file named there must still ask."""
    direct = {canonicalize_name(requirement.name) for source in LOCKS for requirement in asked(source)}
    for entry in entries(name):
        package = canonicalize_name(re.split(r"[=\[]", entry, maxsplit=1)[0])
        if re.search(r"#.*-r \S+\.in", entry):
            assert package in direct, f"no .in file asks for {package} any more: {ADVICE}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash(name: str) -> None:
    for entry in entries(name):
        assert re.match(r"[\w.-]+(\[[^]]*\])?==", entry), (
            f"not an exact pin in {name}.txt: {entry.splitlines()[0]}"
        )
        assert "--hash=sha256:" in entry, f"no hash in {name}.txt: {entry.splitlines()[0]}"


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("address", ["://", "--index", "--extra-index", "--find-links", " @ "])
def test_no_lock_names_a_place(name: str, address: str) -> None:
    """A lock says what to install; from where is the business of whoever installs it."""
    assert address not in (REQUIREMENTS / f"{name}.txt").read_text(), f"{name}.txt names an address: {ADVICE}"


def test_both_locks_agree() -> None:
    """What the tests run on is what the site runs on."""
    dev = locked("dev")
    for package, version in locked("base").items():
        assert dev.get(package) == version, (
            f"base.txt has {package} {version}, dev.txt {dev.get(package)}: {ADVICE}"
        )


WEB = Path(__file__).parents[2] / "tools/web"


def web_lock() -> dict[str, Any]:
    """Return the lock of the checkers that come from npm. Any: JSON, written by npm."""
    lock: dict[str, Any] = json.loads((WEB / "package-lock.json").read_text())
    return lock


def test_the_lock_of_npm_holds_what_is_asked_for() -> None:
    asked = json.loads((WEB / "package.json").read_text())["devDependencies"]
    root, *packages = web_lock()["packages"].items()
    assert root[1]["devDependencies"] == asked, (
        "package-lock.json is older than package.json: run `npm install` there."
    )
    for name, package in packages:
        assert package.get("integrity", "").startswith("sha512-"), f"No checksum of {name} is locked."


def test_the_lock_of_npm_names_no_place() -> None:
    for name, package in web_lock()["packages"].items():
        assert "resolved" not in package, f"{name} is locked with an address: .npmrc says not to."
        rest = json.dumps({key: value for key, value in package.items() if key != "funding"})
        assert "://" not in rest, f"{name} is locked with an address."
    settings = (WEB / ".npmrc").read_text()
    assert "omit-lockfile-registry-resolved=true" in settings
    assert "://" not in settings, "Where packages come from is the business of whoever installs them."
