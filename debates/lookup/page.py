"""Look a page up by its address: what it says of itself, as one item of CSL-JSON.

What says most comes first: linked data about a work, Highwire's tags, linked data about a mere page, Dublin Core, Open Graph,
the title; an author who stands only in the text is looked for last, by trafilatura.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit

from debates.bibliography.identifiers import shown
from debates.lookup.decoding import decoded
from debates.lookup.guard import Fetch
from debates.lookup.item import names_of, shaped
from debates.lookup.linked_data import linked_data, nodes_of, site_name
from debates.lookup.metatags import dublin_core, highwire, open_graph, plain_tags
from debates.lookup.notfound import leads_to_front, says_not_found
from debates.lookup.pieces import Pieces, pieces_of
from debates.lookup.spelled import people_of
from debates.sentence import SentenceError, gettext_noop

ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
HTML = ("text/html", "application/xhtml+xml", "")
_ON_SITES = ("article-newspaper", "post", "post-weblog", "webpage")
"""Works that appear on a site and have no other container."""
_SEPARATORS = "|-–—·•:»«"


class PageError(SentenceError):
    """Say in one sentence why nothing could be learnt from a page."""


class NoPage(PageError):
    """The server has no such page, or does not show it."""

    def __init__(self, address: str, status: int) -> None:
        super().__init__(
            gettext_noop(
                "%(address)s could not be read (status %(status)s): is it still there, and open to all?"
            ),
            address=shown(address, 120),
            status=status,
        )


class SaysNotFound(PageError):
    """The server says that all is well, and the page says that there is none."""

    def __init__(self, address: str) -> None:
        super().__init__(
            gettext_noop(
                "The page at %(address)s says of itself that it was not found: is the address right?"
            ),
            address=shown(address, 120),
        )


class NoHtml(PageError):
    """What is there is no web page: a PDF, a picture, data."""

    def __init__(self, address: str, content_type: str) -> None:
        super().__init__(
            gettext_noop(
                "%(address)s is no web page but “%(type)s”, which does not say what it is: fill in the form."
            ),
            address=shown(address, 120),
            type=shown(content_type, 60),
        )


class SaysNothing(PageError):
    """The page has not even a title."""

    def __init__(self, address: str) -> None:
        super().__init__(
            gettext_noop("The page at %(address)s does not say what it is called: fill in the form instead."),
            address=shown(address, 120),
        )


class LedAway(PageError):
    """The server sends all that it does not have to its front page."""

    def __init__(self, address: str, host: str) -> None:
        super().__init__(
            gettext_noop("%(address)s leads to the front page of %(host)s: the page seems to be gone."),
            address=shown(address, 120),
            host=shown(host),
        )


def look_up_page(address: str, fetch: Fetch) -> dict[str, Any]:
    """Return the page at an address as one CSL-JSON item without an id. Any: JSON.

    Raises a `PageError` where nothing can be learnt from it, and what `fetch` raises.
    """
    answer = fetch(address, accept=ACCEPT)
    if answer.status != 200:
        raise NoPage(answer.address, answer.status)
    if leads_to_front(answer):
        raise LedAway(address, urlsplit(answer.address).hostname or "")
    return read_page(answer.body, f"{answer.type}; charset={answer.charset}", answer.address)


def read_page(html: bytes, content_type: str, address: str) -> dict[str, Any]:
    """Return a page as one CSL-JSON item without an id: `address` is where it was found, `content_type` the field's value.

    The item is as `shaped` makes it; its date is one that the page gives for itself, or none. Any: JSON.
    """
    media, _, declared = content_type.partition(";")
    if media.strip().lower() not in HTML or html[:5] == b"%PDF-":
        raise NoHtml(address, "PDF" if html[:5] == b"%PDF-" else media.strip())
    page = pieces_of(decoded(html, declared.partition("=")[2].strip(" \"'")))
    if says_not_found(page):
        raise SaysNotFound(address)
    url = canonical(page, address)
    item = shaped({**_merged(page, [address, url]), "URL": url})
    if "title" not in item:
        raise SaysNothing(address)
    if "author" not in item and (authors := names_of(_authors_in(page, url))):
        item["author"] = authors
    return item


def canonical(page: Pieces, address: str) -> str:
    """Return the address that a page calls its own, if that is on the same site and no mere front page; else the one given."""
    given = [href for rel, href in page.links if rel == "canonical"][:1] + list(page.held("og:url"))[:1]
    for href in given:
        try:
            url = urljoin(address, href)
            here, there = urlsplit(address), urlsplit(url)
            hosts = [(one.hostname or "").removeprefix("www.") for one in (here, there)]
        except ValueError:
            continue
        same = hosts[0] == hosts[1] or any(
            one.endswith(f".{other}") for one, other in (hosts, hosts[::-1]) if "." in other
        )
        front = (
            there.path in ("", "/") and not there.query and (here.path not in ("", "/") or bool(here.query))
        )
        if (
            there.scheme in ("http", "https")
            and "@" not in there.netloc
            and same
            and not front
            and len(url) <= 2000
        ):
            return url
    return address


def _merged(page: Pieces, addresses: list[str]) -> dict[str, Any]:
    """Return the first that each field is said to be, from the source that says most to the one that says least. Any: JSON."""
    nodes = nodes_of(page.linked_data)
    linked = linked_data(nodes, addresses, [page.heading, page.title, *page.held("og:title")])
    tags = highwire(page)
    first = [linked, tags] if linked.get("type", "webpage") != "webpage" else [tags, linked]
    sources = [*first, dublin_core(page), open_graph(page), plain_tags(page)]
    found: dict[str, Any] = {}
    for source in sources:
        found = {**source, **found}
    kinds = (source["type"] for source in sources if source.get("type", "webpage") != "webpage")
    found["type"] = next(kinds, "webpage")
    site = next(page.held("og:site_name"), "") or site_name(nodes)
    publisher = found.get("publisher", "")
    if found["type"] in _ON_SITES:
        found.setdefault("container-title", site or publisher)
        if found["type"] == "article-newspaper" or publisher == found["container-title"]:
            found.pop("publisher", None)
    if "author" in found:  # some name an author in each of two ways
        found["author"] = list({tuple(sorted(name.items())): name for name in found["author"]}.values())
    if "title" in found:
        found["title"] = _without(found["title"], [site, publisher, found.get("container-title", "")])
    return found


def _without(title: str, sites: list[str]) -> str:
    """Return a title without the name of the site that stands before or after it."""
    for site in sites:
        for head, tail in ((title.removesuffix(site), ""), (title.removeprefix(site), "head")):
            bare = head.strip()
            if site and bare and bare != title and bare[0 if tail else -1] in _SEPARATORS:
                return bare.strip(_SEPARATORS + " ")
    return title


def _authors_in(page: Pieces, address: str) -> list[dict[str, str]]:
    """Return authors that stand in the text, as trafilatura finds them; never its date, which may be a comment's.

    It is given the page without scripts, since what it does with a broken one takes the square of its length, and not more
    of it than `LONGEST_BODY`.
    """
    if not page.body.strip():
        return []
    from trafilatura.metadata import extract_metadata  # a third of a second that only this needs

    try:
        author = extract_metadata(page.body, default_url=address, extensive=False).author
    except Exception:  # whatever it falls over: the rest of the record is worth more than an author
        return []
    return people_of(author) if author else []
