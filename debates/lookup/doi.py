"""Look a work up by its DOI: the registry sends on to the agency, which gives the record as CSL-JSON (content negotiation).

Crossref (crossref.org/documentation/retrieve-metadata/content-negotiation/), DataCite and mEDRA do; of another agency the
answer is the work's web page, and that is said in a sentence.

Not here: an ISBN, since no register of books is open to all without a key (`NO_ISBN`), and a PubMed number: who has one finds
the DOI beside it. A number of arXiv's is a DOI: `arxiv_doi`.
"""

import json
from typing import Any
from urllib.parse import quote, urlsplit

from debates.bibliography.identifiers import read_arxiv, read_doi, same_arxiv, shown
from debates.lookup.decoding import decoded
from debates.lookup.guard import Answer, Fetch
from debates.lookup.item import shaped
from debates.sentence import SentenceError, gettext_noop

CSL_JSON = "application/vnd.citationstyles.csl+json"
REGISTRY = "https://doi.org/"
NO_ISBN = gettext_noop(
    "A book cannot be looked up by its ISBN here: no register of books is open to all; fill in the form instead."
)


class DoiError(SentenceError):
    """Say in one sentence why a DOI led to no record."""


class NotRegistered(DoiError):
    """Nobody has registered it."""

    def __init__(self, doi: str) -> None:
        super().__init__(
            gettext_noop("Nobody has registered the DOI %(doi)s: is a character of it missing or mistyped?"),
            doi=shown(doi),
        )


class NotGiven(DoiError):
    """It is registered, and whoever registered it gives no record that a program can read."""

    def __init__(self, doi: str) -> None:
        super().__init__(
            gettext_noop(
                "The DOI %(doi)s leads to a page and to no record: fill in the form from that page."
            ),
            doi=shown(doi),
        )


class NoAnswer(DoiError):
    """The registry or the agency is not well, or has had enough of us."""

    def __init__(self, doi: str, host: str, status: int) -> None:
        super().__init__(
            gettext_noop(
                "%(host)s could not say what the DOI %(doi)s is (status %(status)s): try again later."
            ),
            doi=shown(doi),
            host=shown(host),
            status=status,
        )


class BrokenRecord(DoiError):
    """What came calls itself a record and cannot be read as one."""

    def __init__(self, doi: str) -> None:
        super().__init__(
            gettext_noop(
                "The record that came for the DOI %(doi)s is broken or empty: fill in the form instead."
            ),
            doi=shown(doi),
        )


def look_up_doi(doi: str, fetch: Fetch, registry: str = REGISTRY) -> dict[str, Any]:
    """Return the work of a DOI as one CSL-JSON item without an id, as `shaped` makes it. Any: JSON.

    `registry` is the address that a DOI is put behind. Raises a `RecordError` for what is no DOI, a `DoiError` where there is
    no record, and what `fetch` raises.
    """
    bare = read_doi(doi)
    # A DOI may hold anything: “#” and “?” must not cut it short.
    answer = fetch(registry + quote(bare, safe="/:;()"), accept=CSL_JSON)
    return read_record(answer, bare)


def read_record(answer: Answer, doi: str) -> dict[str, Any]:
    """Read the answer of an agency about a bare DOI. Any: JSON."""
    if answer.status in (404, 410) and not answer.chain:
        raise NotRegistered(doi)
    if answer.status in (204, 404, 406, 410, 415):
        raise NotGiven(doi)
    if answer.status != 200:
        raise NoAnswer(doi, urlsplit(answer.address).hostname or "", answer.status)
    text = decoded(answer.body, answer.charset).strip()
    if text.startswith("<"):  # whatever type it claims
        raise NotGiven(doi)
    try:
        raw = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise BrokenRecord(doi) from error
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if isinstance(raw, dict) and isinstance(raw.get("message"), dict):
        raw = raw["message"]  # Crossref's own format around the record
    if not isinstance(raw, dict):
        raise BrokenRecord(doi)
    item = shaped(raw)
    if "title" not in item:
        raise BrokenRecord(doi)
    return {"DOI": doi, "URL": REGISTRY + quote(doi, safe="/:;()"), **item}


def arxiv_doi(arxiv: str) -> str:
    """Return the DOI that arXiv registers for each of its numbers: of the work, whatever the version.

    Raises a `RecordError` for what is no such number.
    """
    bare = read_arxiv(arxiv)
    return f"10.48550/arxiv.{same_arxiv(bare)}" if bare else ""
