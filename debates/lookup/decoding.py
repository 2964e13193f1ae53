"""Turn the bytes of an answer into text, whatever it says of its own encoding."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_TEXTUAL = re.compile(
    r"utf_?(?:8|16|32)|cp\d+|iso\d+|koi8|mac|big5|gb|euc|shift_jis|johab|hz$|tis_620|ptcp154|kz1048|ascii"
)
"""The codecs of Python that read text as people write it: not `unicode_escape`, `punycode` or `utf_7`."""


def decoded(body: bytes, declared: str = "") -> str:
    """Return a body as text: by its mark, as UTF-8 if it is that, as declared (there, or in HTML's `meta`), as Windows-1252.

    UTF-8 comes before what is declared, since no other text of any length is UTF-8 by accident, while servers declare
    Latin-1 for all they have; a few broken characters in it, or one that our limit has cut, do not make it another. What
    cannot be read becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if 2 * broken < beyond_ascii or not broken:
        return text
    found = _META.search(body[:2048])
    for name in (declared, found[1].decode("ascii") if found else ""):
        try:
            codec = codecs.lookup(name).name.replace("-", "_")
        except LookupError:
            continue
        if codec not in {"utf_8", "ascii", "iso8859_1"} and _TEXTUAL.match(codec):
            return body.decode(name, "replace")
    return body.decode("cp1252", "replace")
