"""Tell whether two addresses are the same page."""

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl"
    r"|_hsenc|_hsmi|mkt_tok|oly_anon_id|oly_enc_id|vero_id|wickedid|ref_src|ref_url|cmpid|s_cid|at_medium|at_campaign",
    re.IGNORECASE,
)
"""Parameters with which senders of links count readers; they do not change the page."""
_PORTS = {"http": 80, "https": 443}
_SAFE = "!$&'()*+,;=:@/-._~"
"""What stands in a path or a query unencoded (RFC 3986, `pchar` and the slash)."""


def normal_address(url: str) -> str:
    """Return an address for comparing, without its scheme; empty where it is none of the web's.

    Two addresses that differ in the letter case of the host, `www.`, the default port, the fragment, a slash at the end,
    percent-encoding (RFC 3986, 6.2.2), tracking parameters, the order of the others, or http against https are one page.
    A fragment that begins with `!` or `/` stays: there a script makes the pages of a site.
    """
    try:
        address = urlsplit(url.strip())
        port = address.port
    except ValueError:
        return ""
    host = (address.hostname or "").rstrip(".")
    if address.scheme not in _PORTS or not host:
        return ""
    host = _ascii(host.removeprefix("www.") if host.count(".") > 1 else host)
    if port not in (None, _PORTS[address.scheme]):
        host = f"{host}:{port}"
    path = _encoded(address.path).rstrip("/")
    parts = [_encoded(part) for part in address.query.split("&") if part]
    # Sorted by name alone: where one name comes twice, the order of its values may matter.
    kept = sorted(
        (part for part in parts if not _TRACKING.fullmatch(part.partition("=")[0])),
        key=lambda part: part.partition("=")[0],
    )
    query = f"?{'&'.join(kept)}" if kept else ""
    fragment = f"#{_encoded(address.fragment)}" if address.fragment.startswith(("!", "/")) else ""
    return f"{host}{path}{query}{fragment}"


def _ascii(host: str) -> str:
    """Return a host as the name servers know it; one that they cannot know stays as it is."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _encoded(text: str) -> str:
    """Percent-encode what must be, decode what need not be, and write the digits in capitals."""
    pieces = re.split(r"((?:%[0-9A-Fa-f]{2})+)", text)
    return "".join(
        # An encoded reserved character (%2F) is another thing than the character, so it stays encoded.
        quote(unquote_to_bytes(piece), safe="-._~")
        if number % 2
        else quote(piece, safe=_SAFE + "%?", errors="replace")
        for number, piece in enumerate(pieces)
    )
