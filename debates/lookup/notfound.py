"""Tell a page that says “not found” although the server says 200 (a “soft 404”), by what it plainly says itself.

The name is from Bar-Yossef, Broder, Kumar and Tomkins, “Sic transit gloria telae” (2004), who ask the server for a page that
cannot exist and compare. That costs a second visit, so only words are read here, and only where they are all that is said:
an article about lost ships or about the number 404 must not die of its title.
"""

import re
from urllib.parse import urlsplit

from debates.lookup.guard import Answer
from debates.lookup.pieces import Pieces

_THING = (
    r"(?:the |this |that |your )?(?:requested )?(?:page|document|article|story|file|url|resource|content)"
    r"(?: (?:that )?you(?:'re| are| were|'ve| have)? (?:looking for|requested?|trying to (?:reach|view)))?"
)
_ABSENT = re.compile(
    rf"{_THING} (?:(?:was|is|could|can|has|does|do) )?(?:not|no longer|cannot|\w+n't|been|seems to have been) ?(?:be |been )?"
    r"(?:found|available|exists?|here|removed|deleted)"
    rf"|we (?:cannot|can't|could not|couldn't|are unable to) (?:find|locate) {_THING}"
    r"|(?:die )?seite (?:wurde )?(?:leider )?nicht gefunden|page (?:non trouvée|introuvable)|página no encontrada"
    r"|pagina non trovata|página não encontrada|pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)"
)
"""Words that are about the page and nothing else, in small letters and without marks."""
_FILLERS = ("404", "error", "http", "sorry", "oops", "whoops", "we're", "1")
"""Words around them."""
_PARTS = re.compile(r"\s+[|–—·•»«-]\s+|\s*[|»«]\s*")
_FRONT = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{3,5})?/?)?", re.IGNORECASE
)
SHORT_PAGE = 300
"""Characters of words up to which a page says little else than what it says first."""


def says_not_found(page: Pieces) -> bool:
    """Tell whether a page is plainly about its own absence: title or heading, part by part, the site's name left aside.

    “404” or “Not found” alone may be the name of a song: they count on a page that has few other words.
    """
    # Before a colon stands what follows is about (“Page not found: how servers say it”), so only the end after one counts.
    parts = [part for whole in (page.title, page.heading) for part in (*_PARTS.split(whole), whole)]
    said = [_bare(one) for part in parts for one in {part, part.rpartition(": ")[2]}]
    if any(_ABSENT.fullmatch(words) or (words == "not found" and number) for words, number in said):
        return True
    weak = any(words == "not found" or (not words and number) for words, number in said)
    return weak and len(page.words) <= SHORT_PAGE


def _bare(part: str) -> tuple[str, bool]:
    """Return the words of a part without those around them, and whether 404 was one."""
    words = _lowered(part).split()
    number = "404" in words
    while words and words[0] in _FILLERS:
        words.pop(0)
    while words and words[-1] in _FILLERS:
        words.pop()
    return " ".join(words), number


def _lowered(text: str) -> str:
    """Return words in small letters, without marks but apostrophes."""
    return " ".join(re.sub(r"[^\w']+", " ", text.replace("’", "'").lower()).split())


def leads_to_front(answer: Answer) -> bool:
    """Tell whether redirects led from a page within a site to the front page of the same site: where gone pages are sent.

    A language or a country in the path (`/en/`) is a front page, too. The rule, with the same site told by the last two parts
    of its name, is that of Wikimedia's DeadlinkChecker; to the front of another site a short link may lead rightly.
    """
    if not answer.chain:
        return False
    first, last = urlsplit(answer.chain[0].address), urlsplit(answer.address)
    deep = bool(first.query) or not _FRONT.fullmatch(first.path)
    sites = [(one.hostname or "").split(".")[-2:] for one in (first, last)]
    return deep and not last.query and sites[0] == sites[1] and _FRONT.fullmatch(last.path) is not None
