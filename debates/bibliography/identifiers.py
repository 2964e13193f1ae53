"""What names a work: DOI, ISBN, PubMed number, arXiv number and address, read as people paste them."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from debates.sentence import SentenceError, gettext_noop

LONGEST_DOI = 200
LONGEST_ADDRESS = 2000

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/\S+")
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")
_AFTER_DOI = re.compile(r"/(?:abstract|e?pdf|full(?:text)?|html|meta|summary)$|\.pdf$", re.IGNORECASE)
"""What publishers append to a DOI in the addresses of their own pages."""
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    "|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV = re.compile(
    rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.[0-9]{{4}}|(?:1[5-9]|[2-9][0-9]){_MONTH}\.[0-9]{{5}}"
    rf"|(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/[0-9]{{2}}{_MONTH}[0-9]{{3}})(?:v[0-9]+)?",
    re.IGNORECASE,
)
"""Year, month and a number of four digits, since 2015 of five; before April 2007 with the archive (info.arxiv.org/help)."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#@:\\<>\"]+\.[^\s/?#@:\\<>\".0-9][^\s/?#@:\\<>\".]+(?::[0-9]+)?(?:[/?#]|$)")
"""A host as people write it without a scheme; its last part begins with no digit, or `10.1000/182` would be one."""
_NOT_IN_ADDRESSES = re.compile(r"[\s\\<>\"`]")
_ENDS = ".,;:\"'“”‘’»"


class RecordError(SentenceError):
    """Say in one sentence what in a record is not so; `field` is our name of the field, or empty for the whole."""

    def __init__(self, field: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


def shown(written: str, most: int = 80) -> str:
    """Return what somebody wrote as a sentence may repeat it: one line, no invisible marks, and not all of it."""
    text = " ".join("".join(char if char.isprintable() else " " for char in written).split())
    return text if len(text) <= most else text[: most - 1] + "…"


@dataclass(frozen=True)
class Identifier:
    """What names one work: the kind (`doi`, `isbn`, `pmid`, `arxiv` or `address`), and the value as it is kept."""

    kind: str
    value: str


def read_doi(written: str) -> str:
    """Return the bare DOI, in lower case, of what somebody pasted (with or without an address around it)."""
    text = _typed(written)
    if not text:
        return ""
    address = _split(text)
    if address and address.netloc:
        # The address of a resolver has the DOI percent-encoded; what follows `?` is not part of it.
        text = unquote(address.path).lstrip("/")
    match = _DOI.search(text)
    doi = _trimmed(match[0]) if match else ""
    if not _DOI.fullmatch(doi):
        raise RecordError(
            "doi",
            gettext_noop("“%(text)s” is not a DOI: one begins with 10., as in 10.1000/182."),
            text=shown(written),
        )
    if address and address.netloc and address.hostname not in _DOI_HOSTS:
        doi = _AFTER_DOI.sub("", doi)
    if len(doi) > LONGEST_DOI:
        raise RecordError(
            "doi",
            gettext_noop("The DOI has %(count)d characters; one has at most %(most)d."),
            count=len(doi),
            most=LONGEST_DOI,
        )
    return doi.lower()


def read_isbn(written: str) -> str:
    """Return the bare ISBN of 10 or 13 digits; refuse one whose check digit does not fit (ISO 2108)."""
    typed = _typed(written)
    if not typed:
        return ""
    text = re.sub(r"[\s‐-―-]|(?i:isbn(?:-1[03])?:?)", "", typed).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", text):
        valid = text[-1] == _check_10(text[:9])
    elif re.fullmatch(r"[0-9]{13}", text):
        valid = text[-1] == _check_13(text[:12])
    else:
        raise RecordError(
            "isbn",
            gettext_noop("“%(text)s” is not an ISBN: one has 10 or 13 digits."),
            text=shown(written),
        )
    if not valid:
        raise RecordError(
            "isbn",
            gettext_noop(
                "“%(text)s” is not an ISBN: its last digit does not fit the others. Is one mistyped?"
            ),
            text=shown(written),
        )
    if len(text) == 13 and not text.startswith(("978", "979")):
        raise RecordError(
            "isbn",
            gettext_noop("“%(text)s” is not an ISBN: one of 13 digits begins with 978 or 979."),
            text=shown(written),
        )
    return text


def isbn13(isbn: str) -> str:
    """Return a bare ISBN, as `read_isbn` gives it, in 13 digits."""
    return isbn if len(isbn) != 10 else f"978{isbn[:9]}{_check_13(f'978{isbn[:9]}')}"


def isbn10(isbn: str) -> str:
    """Return a bare ISBN, as `read_isbn` gives it, in 10 digits; empty where it has none (979)."""
    if len(isbn) == 10:
        return isbn
    return f"{isbn[3:12]}{_check_10(isbn[3:12])}" if isbn.startswith("978") else ""


def _check_10(nine: str) -> str:
    digit = -sum((10 - place) * int(one) for place, one in enumerate(nine)) % 11
    return "X" if digit == 10 else str(digit)


def _check_13(twelve: str) -> str:
    return str(-sum((3 if place % 2 else 1) * int(one) for place, one in enumerate(twelve)) % 10)


def read_pmid(written: str) -> str:
    """Return the bare PubMed number of what somebody pasted."""
    text = _typed(written)
    if not text:
        return ""
    address = _split(text)
    if address and _is_pubmed(address):
        text = address.path.strip("/").removeprefix("pubmed/")
    text = re.sub(r"(?i:^(?:pmid|pubmed)\s*:?\s*)", "", text)
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text):
        raise RecordError(
            "pmid",
            gettext_noop("“%(text)s” is not a PubMed number: one has 1 to 8 digits, as in PMID: 13054692."),
            text=shown(written),
        )
    return text


def read_arxiv(written: str) -> str:
    """Return the bare arXiv number of what somebody pasted, with its version if one was named."""
    text = _typed(written)
    if not text:
        return ""
    address = _split(text)
    if address and _is_arxiv(address):
        text = re.sub(r"^/(?:abs|pdf|html|format|ps)/|\.pdf$", "", address.path.rstrip("/"))
    elif address and address.hostname in _DOI_HOSTS:
        text = unquote(address.path).strip("/")
    text = re.sub(r"(?i:^arxiv\s*:?\s*)|\s*\[[\w.-]+\]$", "", text)
    text = re.sub(r"(?i:^10\.48550/arxiv\.)", "", text)
    if not _ARXIV.fullmatch(text):
        raise RecordError(
            "arxiv",
            gettext_noop(
                "“%(text)s” is not an arXiv number: one is as in arXiv:2101.01234 or arXiv:hep-th/9901001."
            ),
            text=shown(written),
        )
    archive, slash, number = text.partition("/")
    if not slash:
        return text.lower()
    # The class after the point (math.GT) is not part of the number, but people write it in capitals.
    archive, point, kind = archive.lower().partition(".")
    return f"{archive}{point}{kind.upper()}/{number.lower()}"


def same_arxiv(arxiv: str) -> str:
    """Return a bare arXiv number for comparing: without its version and, before 2007, the class within its archive."""
    return re.sub(r"v[0-9]+$|\.[A-Z]{2}(?=/)", "", arxiv)


def read_address(written: str) -> str:
    """Return an address on the web as it was written; without `https://` before a host, that is put there."""
    text = _unwrapped(_typed(written))
    if not text:
        return ""
    if not _SCHEME.match(text) and _HOST.match(text):
        text = f"https://{text}"
    if len(text) > LONGEST_ADDRESS:
        raise RecordError(
            "url",
            gettext_noop("The address has %(count)d characters; one has at most %(most)d."),
            count=len(text),
            most=LONGEST_ADDRESS,
        )
    address, template = _split(text), ""
    if not text.lower().startswith(("http:", "https:")):
        template = gettext_noop(
            "“%(text)s” is not an address on the web: one begins with https:// or http://."
        )
    elif _NOT_IN_ADDRESSES.search(text):
        template = gettext_noop(
            "“%(text)s” is not an address: there is a space, a backslash, a quotation mark or < > in it; copy it again."
        )
    elif address and (address.username is not None or address.password is not None):
        template = gettext_noop(
            "The address “%(text)s” has a user name before the @: remove that, the address is shown to everybody."
        )
    elif not address or not address.hostname:
        template = gettext_noop(
            "“%(text)s” is not an address: no host such as example.org can be read in it."
        )
    if template:
        raise RecordError("url", template, text=shown(written))
    return text


def read_identifier(text: str) -> Identifier | None:
    """Recognise what somebody pasted, if all of it is one identifier; return `None` otherwise, also for a mistyped one.

    A bare number is no PubMed number: it may be a year.
    """
    text = _unwrapped(_typed(text))
    if not text or len(text) > LONGEST_ADDRESS + 20:
        return None
    address = _split(text)
    readers = {"doi": read_doi, "isbn": read_isbn, "pmid": read_pmid, "arxiv": read_arxiv}
    kind = _kind_of_address(address) if address and address.netloc else _kind_of_words(text)
    if kind != "address":
        try:
            return Identifier(kind, readers[kind](text)) if kind else None
        except RecordError:
            if not (address and address.netloc):
                return None
    try:
        return Identifier("address", read_address(text))
    except RecordError:
        return None


def _kind_of_address(address: SplitResult) -> str:
    if address.hostname in _DOI_HOSTS:
        return "doi"
    return "arxiv" if _is_arxiv(address) else "pmid" if _is_pubmed(address) else "address"


def _kind_of_words(text: str) -> str:
    """Return which identifier a text without a scheme can be, or nothing."""
    bare = re.sub(r"(?i:^(?:(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*))", "", text)
    if _DOI.fullmatch(bare):
        return "doi"
    if re.match(r"(?i:pmid)", text):
        return "pmid"
    if re.match(r"(?i:arxiv\s*:)", text) or _ARXIV.fullmatch(text):
        return "arxiv"
    if re.match(r"(?i:isbn\b)", text) or re.fullmatch(r"[0-9][0-9\s‐-―-]{8,15}[0-9Xx]", text):
        return "isbn"
    return "address" if _HOST.match(text) and re.match(r"(?i:www\.)|[^/]+/", text) else ""


def _is_arxiv(address: SplitResult) -> bool:
    return (address.hostname or "").removeprefix("www.").removeprefix("export.") == "arxiv.org"


def _is_pubmed(address: SplitResult) -> bool:
    host = (address.hostname or "").removeprefix("www.")
    return host == "pubmed.ncbi.nlm.nih.gov" or (
        host == "ncbi.nlm.nih.gov" and address.path.startswith("/pubmed/")
    )


def _typed(written: str) -> str:
    """Return what somebody meant to type: the invisible marks that copying brings along are not part of an identifier."""
    return "".join(char for char in written if char.isprintable() or char.isspace()).strip()


def _unwrapped(text: str) -> str:
    """Take off the angle brackets in which mail and references set an address."""
    return text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text


def _split(text: str) -> SplitResult | None:
    """Split an address; return `None` for what urllib finds broken (a bracket, a port that is no number)."""
    try:
        address = urlsplit(text)
        _port = address.port
    except ValueError:
        return None
    return address


def _trimmed(doi: str) -> str:
    """Take off the end what belongs to the sentence around a DOI: a stop, a quotation mark, a bracket opened before it."""
    while doi and len(doi) <= 2 * LONGEST_DOI:
        last = doi[-1]
        opened = {")": "(", "]": "[", ">": "<"}.get(last)
        if last not in _ENDS and (opened is None or doi.count(last) <= doi.count(opened)):
            break
        doi = doi[:-1]
    return doi
