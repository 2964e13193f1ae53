"""The languages of BibLaTeX (babel's names), and those of CSL-JSON (codes, BCP 47)."""

_CODES = {
    "english": "en",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
    "german": "de",
    "ngerman": "de",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "nswissgerman": "de-CH",
    "french": "fr",
    "canadien": "fr-CA",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "brazilian": "pt-BR",
    "catalan": "ca",
    "latin": "la",
    "dutch": "nl",
    "danish": "da",
    "swedish": "sv",
    "norwegian": "no",
    "norsk": "nb",
    "nynorsk": "nn",
    "icelandic": "is",
    "finnish": "fi",
    "estonian": "et",
    "latvian": "lv",
    "lithuanian": "lt",
    "polish": "pl",
    "czech": "cs",
    "slovak": "sk",
    "slovene": "sl",
    "croatian": "hr",
    "serbian": "sr",
    "bulgarian": "bg",
    "russian": "ru",
    "ukrainian": "uk",
    "hungarian": "hu",
    "romanian": "ro",
    "greek": "el",
    "turkish": "tr",
    "hebrew": "he",
    "arabic": "ar",
    "persian": "fa",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "hindi": "hi",
    "vietnamese": "vi",
}
"""babel's names of languages (`langid`), and their codes (BCP 47); of two names for one, the first is written."""
_NAMES = {code: name for name, code in reversed(_CODES.items())}


def read_language(language: str, langid: str) -> str:
    """Return the code of a language that is named or coded in either field; a name that is not known stays."""
    written = language or langid
    return _CODES.get(written.lower(), written)


def write_language(language: str) -> tuple[str, str]:
    """Return BibLaTeX's field for a language, and what stands in it: babel's name if it has one, else the code."""
    name = _NAMES.get(language)
    return ("langid", name) if name else ("language", language)
