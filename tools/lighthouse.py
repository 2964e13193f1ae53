"""Run Lighthouse on the pages of a site and compare with what is wanted; `tools/lighthouse` calls this.

usage: lighthouse.py NODE LIGHTHOUSE ADDRESS FOLDER
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

DEBATE = "/debates/bolsheviks-and-workers-power/"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
"""Points, of 100, in each category."""
MOST_BYTES = 60_000
"""Over the wire for a first visit to a debate: the page with its styles and scripts; fonts come after and are kept."""
MOST_SHIFT = 0.005
"""Cumulative layout shift: less than rounds to 0.01, which is a word or two as its font comes."""
COUNTED = ("Document", "Stylesheet", "Script")


def pages_of(address: str) -> dict[str, str]:
    """Return the pages to look at, by name; those whose addresses are new with every load are found by their links."""
    with urlopen(f"{address}{DEBATE}") as answer:  # noqa: S310  # our own server, over http
        html = answer.read().decode()
    argument = re.search(r'href="(/arguments/[a-z0-9]+/)"', html)
    source = re.search(r'href="(/sources/[a-z0-9]{9}/)"', html)
    if not argument or not source:
        sys.exit(f"{DEBATE} links no argument or no source.")
    return {"home": "/", "debate": DEBATE, "argument": argument[1], "source": source[1]}


def look(node: str, lighthouse: str, url: str, report: Path) -> dict[str, Any]:
    """Return Lighthouse's report of a page, kept in a file too. Any: its JSON."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run"
    run = subprocess.run(  # noqa: S603  # the very program that the lock names
        [
            node,
            lighthouse,
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={flags}",
            "--no-enable-error-reporting",
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if run.returncode:
        sys.exit(f"Lighthouse failed on {url}:\n{run.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def wire(report: dict[str, Any]) -> tuple[int, int]:
    """Return the bytes over the wire: of the page with its styles and scripts, and of all. Any: Lighthouse's JSON."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    counted = sum(one["transferSize"] for one in requests if one.get("resourceType") in COUNTED)
    return counted, sum(one["transferSize"] for one in requests)


def lost(report: dict[str, Any]) -> list[str]:
    """Return what costs points: the title of each such audit with its value. Any: Lighthouse's JSON."""
    found = []
    for name in CATEGORIES:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                found.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return found


def main() -> None:
    """Look at every page, print, and say what falls short."""
    node, lighthouse, address, folder = sys.argv[1:]
    short = []
    sys.stdout.write(
        f"{'page':<14}" + "  ".join(f"{name:>14}" for name in CATEGORIES) + "   shift    bytes      all\n"
    )
    for name, path in pages_of(address).items():
        report = look(node, lighthouse, address + path, Path(folder) / f"{name}.json")
        scores = {one: round(report["categories"][one]["score"] * 100) for one in CATEGORIES}
        shift = float(report["audits"]["cumulative-layout-shift"]["numericValue"])
        counted, everything = wire(report)
        sys.stdout.write(
            f"{name:<14}"
            + "  ".join(f"{scores[one]:>14}" for one in CATEGORIES)
            + f"  {shift:>6.3f} {counted:>8,} {everything:>8,}\n"
        )
        for one in lost(report):
            sys.stdout.write(f"    {one}\n")
        short += [
            f"{name}: {one} {score}, at least {LEAST} is wanted"
            for one, score in scores.items()
            if score < LEAST
        ]
        if shift > MOST_SHIFT:
            short.append(f"{name}: things move by {shift:.3f} while it loads")
        if name == "debate" and counted >= MOST_BYTES:
            short.append(f"{name}: {counted:,} bytes over the wire, fewer than {MOST_BYTES:,} are wanted")
    if short:
        sys.exit("\n".join(["", *short]))


main()
