"""Tell the encoding of bytes that are not UTF-8, or say that it cannot be told.

The readings of the bytes under each encoding that files have are compared, and those that no text has are struck out:
undefined bytes, two alphabets in one word, a capital after a small letter, a sign within a word. If one reading is left, and
its letters are those of a language, that is it. If several are left, one of them must have the letters of a language, no other
may, and the letters in which they differ must occur often enough; else nobody can tell, and a wrong guess would spoil names
without a word. charset-normalizer looks for frequent letters instead, and got a third of short texts with few accents wrong,
as references are; it is asked about Chinese, Japanese and Korean only, when every other reading is struck out.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from charset_normalizer import from_bytes

_READINGS = {
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1257": "windows-1257",
    "iso8859_2": "ISO-8859-2",
    "iso8859_5": "ISO-8859-5",
    "iso8859_7": "ISO-8859-7",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "mac_roman": "macintosh",
    "mac_cyrillic": "x-mac-cyrillic",
    "cp850": "IBM850",
    "cp852": "IBM852",
    "cp866": "IBM866",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp874": "windows-874",
}
"""Encodings of one byte a character, the likelier first, and their names (IANA)."""
_NO_CAPITALS = frozenset({"cp1255", "cp1256", "cp874"})
"""Encodings of alphabets without capitals: too little can be struck out, so that they are named but not taken."""
_YIELDING = frozenset({"mac_cyrillic", "cp866"})
"""Encodings that no program writes any more, and whose texts read as another are struck out: named if no other is left."""
_NOT_WRITTEN_NOW = _YIELDING | {"mac_roman", "cp850", "cp852"}
"""Encodings that no program writes any more: they are named but not taken."""
_WIDE = {
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "euc_jis_2004": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
}
"""Encodings of two and more bytes a character, by what charset-normalizer calls them, and their names (IANA)."""
_SAMPLE = 200_000
"""Bytes that are compared."""
_LEAST_WIDE = 200
"""Letters that charset-normalizer must have seen: with fewer it takes one of these encodings for another now and then."""
_LEAST_FOREIGN = 5

_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\u2500-\u259f]"
    r"|[^\W\d_][^\w\s\x00-\x7f’‘ʼ´–—‐·\xad\u200c\u200d]+[^\W\d_]"
    r"|[^\W\d_][²³¹ªº¼½¾][^\W\d_]"
    r"|[^\W\d_][¤¦¨¯¬¸ˇ˘˙˛˝¿¡]|[¤¦¨¯¬¸ˇ˘˙˛˝][^\W\d_]"
    r"|[^\W\d_\x00-\x7f]\d[^\W\d_\x00-\x7f]"
    "|[À-ÖØ-öø-ɏ]{4}|[A-Za-z][\u0591-\u06ff\u0e31-\u0e4e]"
)
"""Control characters, private ones, frames; signs within words or at the wrong end, digits too; four accents in a row."""
_TYPOGRAPHY = re.compile(rb"[\x85\x91-\x94\x96\x97]{2,}")
_IN_PLACE = re.compile(
    r"(?<![\w”’])[“‘](?=[\w“‘(\[…])|(?<=[\w.,;:!?)\]…”’%])[”’](?!\w)|(?<=\w)’(?=(?:s|t|re|ve|ll|d|m)\b)"
    r"|(?<=[\s\d])[–—](?=[\s\d])|…"
)
"""A quotation mark, an apostrophe of English, a dash, an ellipsis where it belongs."""

_WESTERN = (
    "ß",  # German, beside the letters below
    "àâæçèêëîïôœùûÿ",
    "áíñóú",
    "àáâãçêíóôõú",
    "àèìíîòóùú",
    "å",
    "æøå",
    "ëïèáóêâ",
    "áðíóúýþæ",
    "àçèíïòóú",
)
_LANGUAGES = (
    *_WESTERN,
    *("ąćęłńóśźż", "áčďěíňóřšťúůýž", "áčďíľňóôšťúýž", "áíóőúű", "ăâîșşțţ", "čćđšž"),
    *("ąčęėįšųūž", "āčēģīķļņšūž", "õšž", "çğıöşüâî"),
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "абвгдѓђежзѕијклљмнњопрстћќуфхцчџш",
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
)
"""The letters beyond ASCII of each language. What is rare in one (ĺ, ŕ) is left out."""
_EVERYWHERE = frozenset("éüöä")
"""Letters of names that are met in every language of Latin letters."""


def guess(data: bytes) -> tuple[str, str]:
    """Return the encoding, if it can be told, as Python calls it, and the name of the likeliest one; each may be empty."""
    sample = _sample(data)
    texts = {encoding: text for encoding in _READINGS if (text := _reading(sample, encoding))}
    if not texts:
        return _guess_wide(sample)
    texts = {encoding: text for encoding, text in texts.items() if encoding not in _YIELDING} or texts
    if "cp1252" in texts and _is_typography(sample, texts["cp1252"]):
        return "cp1252", _READINGS["cp1252"]
    spoken = [encoding for encoding, text in texts.items() if encoding in _NO_CAPITALS or _is_spoken(text)]
    likeliest = next(iter(spoken or texts))
    others = {text for text in texts.values() if text != texts[likeliest]}
    told = (
        likeliest in spoken
        and likeliest not in _NO_CAPITALS | _NOT_WRITTEN_NOW
        and _is_grounded(texts[likeliest])
        and not any(texts[encoding] in others for encoding in spoken)
        and all(_differs(texts[likeliest], other, likeliest == "cp1252") for other in others)
    )
    return likeliest if told else "", _READINGS[likeliest]


def _sample(data: bytes) -> bytes:
    """Return lines that are not plain ASCII, from the first such byte on: the others say nothing."""
    first = _HIGH.search(data)
    start = max(0, first.start() - 200) if first else 0
    lines = data[start : start + 10 * _SAMPLE].splitlines()
    return b"\n".join(line for line in lines if _HIGH.search(line))[:_SAMPLE]


def _words(text: str) -> list[str]:
    """Return the words that are not plain ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _reading(sample: bytes, encoding: str) -> str:
    """Return the sample as an encoding has it; empty if no text is like that."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return ""
    if _NO_TEXT.search(text):
        return ""
    return text if all(map(_is_word, set(_words(text)))) else ""


def _is_word(word: str) -> bool:
    """Say whether a word may be one: of one alphabet, without a capital after a small letter, with ς at its end only."""
    if len({_script(char) for char in word}) > 1 or "ς" in word[:-1]:
        return False
    return not any(
        first.islower() and second.isupper() and not (first + second).isascii()
        for first, second in pairwise(word)
    )


@lru_cache(maxsize=2_000)
def _script(char: str) -> str:
    """Return the alphabet of a letter, as Unicode names it: LATIN, CYRILLIC, GREEK …."""
    return unicodedata.name(char, "").partition(" ")[0]


def _is_spoken(text: str) -> bool:
    """Say whether the letters beyond ASCII are those of one language."""
    letters = {char for char in set(text.lower()) if char > "\x7f" and char.isalpha()}
    return any(letters <= _EVERYWHERE | set(language) for language in _LANGUAGES)


def _is_grounded(text: str) -> bool:
    """Say whether there is enough to go by: accents within words of ASCII, or some letters of another alphabet."""
    words = _words(text)
    if all(_script(char) == "LATIN" for word in words for char in word):
        return bool(words) and 2 * sum(any(map(str.isascii, word)) for word in words) > len(words)
    return sum(map(len, words)) >= _LEAST_FOREIGN


def _differs(text: str, other: str, western: bool) -> bool:
    """Say whether two readings differ in so many letters, often enough, that their being a language is no chance."""
    differing = [
        char for char, as_other in zip(text.lower(), other.lower(), strict=False) if char != as_other
    ]
    kinds = len(set(differing))
    return kinds >= 3 or len(differing) >= 10 if western else kinds >= 5 and len(differing) >= 20


def _is_typography(sample: bytes, text: str) -> bool:
    """Say whether all there is beyond ASCII is quotation marks, dashes and ellipses of Windows, each in its place."""
    beyond = b"".join(_HIGH.findall(sample))
    return _TYPOGRAPHY.fullmatch(beyond) is not None and len(_IN_PLACE.findall(text)) == len(beyond)


def _guess_wide(sample: bytes) -> tuple[str, str]:
    """Ask charset-normalizer which of the encodings of Chinese, Japanese and Korean it is."""
    best = from_bytes(sample).best()
    if best is None or best.encoding not in _WIDE:
        return "", ""
    scripts = [_script(char) for char in str(best) if char > "\x7f" and char.isalpha()]
    wide = sum(script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") for script in scripts)
    told = wide >= _LEAST_WIDE and 10 * wide > 9 * len(scripts)
    return best.encoding if told else "", _WIDE[best.encoding]
