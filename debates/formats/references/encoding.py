"""Make text of the bytes of a file: UTF-8, UTF-16, what the file declares, or what it plainly is; else say why not."""

import codecs
import re
import unicodedata

from debates.bibliography.identifiers import shown
from debates.formats.references.guessing import guess
from debates.formats.references.readout import ReadingError
from debates.sentence import gettext_noop

_KINDS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX, ODT, EPUB"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3\x00", "SQLite"),
)
"""How files begin that are no plain text, and what they are."""
_DECLARED = (
    re.compile(rb"^\s*%+\s*Encoding:\s*([\w.:-]+)", re.IGNORECASE | re.MULTILINE),  # JabRef
    re.compile(rb"-\*-.{0,80}?coding:\s*([\w.-]+)", re.IGNORECASE),  # Emacs
    re.compile(rb"^\s*%\s*!\s*(?:TeX|BIB)\s+encoding\s*=\s*([\w.-]+)", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.IGNORECASE),
    re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w.:-]+)", re.IGNORECASE),
)
_HEAD = 2_048
"""Bytes at the beginning within which a file declares its encoding."""
_TEXTUAL = re.compile(
    r"(?:utf_?(?:8|8_sig|16|16_be|16_le|32)|ascii|latin_?1|iso8859_\d{1,2}|cp\d{3,4}|koi8_[rtu]|kz1048|mac_\w+|ptcp154"
    r"|shift_jis\w*|euc_\w+|gb2312|gbk|gb18030|big5\w*|johab|hp_roman8|tis_620)"
)
"""What Python calls encodings of text. It has others (`rot13`, `zip`), and `utf-7`, which hides markup."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The first bytes by which a file names its encoding; UTF-32 before UTF-16, which begins alike."""


class EncodingError(ReadingError):
    """Say in one sentence why the bytes of a file are no text that we can read."""


def decode(data: bytes, name: str = "") -> str:
    """Return the text of a file's bytes, without a byte-order mark; `name`, if given, stands in the sentence.

    UTF-8 is tried first, whatever the file declares: other bytes are hardly ever UTF-8 by chance. UTF-16 without a mark is
    taken where half of the bytes show it. Otherwise the file must say what it is in its first lines, or be plainly one thing.
    """
    called = f" “{shown(name)}”" if name else ""
    for start, kind in _KINDS:
        if data.startswith(start):
            raise EncodingError(
                gettext_noop(
                    "The file%(name)s is no plain text (%(kind)s): save its text as UTF-8, or paste it."
                ),
                name=called,
                kind=kind,
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, len(mark), called), called)
    if b"\x00" in data:
        return _checked(_unmarked(data, called), called)
    try:
        return _checked(data.decode(), called)
    except UnicodeDecodeError as error:
        return _checked(_other(data, error, called), called)


def _strict(data: bytes, encoding: str, before: int, called: str) -> str:
    """Decode bytes that name their encoding; `before` counts those that stand before them."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(
            gettext_noop(
                "The file%(name)s says that it is %(encoding)s, but byte %(byte)d (%(value)s) is not: save it as UTF-8."
            ),
            name=called,
            encoding=encoding.upper(),
            **_place(error, before),
        ) from None


def _place(error: UnicodeDecodeError, before: int = 0) -> dict[str, object]:
    """Return which byte cannot be read, counted from 0 as editors of bytes do, and its value."""
    return {"byte": before + error.start, "value": f"0x{error.object[error.start]:02X}"}


def _unmarked(data: bytes, called: str) -> str:
    """Decode UTF-16 that does not say so: of every second byte most are NUL, of the others none."""
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        zeros = high.count(0)
        if len(data) % 2 == 0 and zeros == data.count(0) and 2 * zeros > len(high):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(unicodedata.category(char) in ("Cn", "Co") for char in set(text)):
                return text
    raise EncodingError(
        gettext_noop(
            "The file%(name)s is no plain text (byte %(byte)d is a NUL): save its text as UTF-8, or paste it."
        ),
        name=called,
        byte=data.index(0),
    )


def _other(data: bytes, error: UnicodeDecodeError, called: str) -> str:
    """Decode what is not UTF-8: as the file declares, or as it plainly is."""
    declared = _declared(data[:_HEAD])
    if declared not in ("", "utf-8", "ascii"):
        # What is called ISO-8859-1 is windows-1252 wherever they differ: the former has control characters there.
        western = declared == "iso8859-1" and re.search(rb"[\x80-\x9f]", data)
        return _strict(data, "windows-1252" if western else declared, 0, called)
    encoding, likeliest = guess(data)
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            likeliest = ""
    template = gettext_noop(
        "The file%(name)s is not UTF-8 (byte %(byte)d, %(value)s), and which encoding it has cannot be told: save it as UTF-8."
    )
    if likeliest:
        template = gettext_noop(
            "The file%(name)s is not UTF-8 (byte %(byte)d, %(value)s); it looks like %(encoding)s: save it as UTF-8."
        )
    raise EncodingError(template, name=called, encoding=likeliest, **_place(error))


def _declared(head: bytes) -> str:
    """Return the encoding that a file declares in its first lines, as Python calls it; empty if it names none we know."""
    for pattern in _DECLARED:
        if match := pattern.search(head):
            try:
                found = codecs.lookup(match[1].decode("ascii", "replace")).name
            except LookupError:
                continue
            if _TEXTUAL.fullmatch(found.replace("-", "_")):
                return found
    return ""


def _checked(text: str, called: str) -> str:
    """Refuse a text with a NUL in it, which no database stores."""
    if "\x00" in text:
        raise EncodingError(
            gettext_noop(
                "The file%(name)s is no plain text (character %(place)d is a NUL): take it out, or paste the text."
            ),
            name=called,
            place=text.index("\x00"),
        )
    return text
