"""A file is read in the encoding that it has, or refused in a sentence that names it."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.references.encoding import EncodingError, decode

GERMAN = "@book{a,\n  title = {Über die Brücken},\n  author = {Müller, Jörg},\n  publisher = {Größer}\n}\n"
FRENCH = (
    "@book{a,\n  title = {Où sont passées les grues du port? Étude complète, précédée d’une préface},\n"
    "  author = {Lefèvre, Anaïs and Bênoit, Hélène},\n  note = {déjà traduit; être là, à côté de la forêt}\n}\n"
)
POLISH = (
    "@book{a,\n  title = {Żurawie w porcie: mała książka o dźwigach},\n  author = {Łęcka, Świętosława}\n}\n"
)
RUSSIAN = "@book{a,\n  title = {Краны гавани: небольшая книга о языке},\n  author = {Ильина, Юлия}\n}\n"
GREEK = "@book{a,\n  title = {Οι γερανοί του λιμανιού και οι γλάροι},\n  author = {Δήμου, Χριστίνα}\n}\n"
JAPANESE = (
    "@book{a,\n  title = {港のクレーンについての小さな本です。船と綱とかもめの話もあります。}\n}\n" * 12
)


@pytest.mark.parametrize("text", ["", "a", GERMAN, RUSSIAN, JAPANESE, "\u202e😀\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_with_or_without_a_mark(text: str, mark: bytes, encoding: str) -> None:
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zeros(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == GERMAN


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=40))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"%PDF-", b"PK", b"{\\rtf", b"GIF8")):
        assert decode(data) == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("% Encoding: ISO-8859-1\n\n", "latin-1"),
        ("%% Encoding: windows-1252\n", "cp1252"),
        ("% This file was written by hand.\n% Encoding: Cp1252\n", "cp1252"),
        ("% -*- coding: latin-1 -*-\n", "latin-1"),
        ("% !TeX encoding = ISO-8859-15\n", "iso8859-15"),
        ("% !BIB encoding = latin1\n", "latin-1"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>\n", "latin-1"),
        ('<html><head><meta charset="windows-1252">\n', "cp1252"),
        (
            '<html><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">\n',
            "latin-1",
        ),
        ("% Encoding: MacRoman\n", "mac_roman"),
        ("% Encoding: IBM850\n", "cp850"),
    ],
)
def test_a_declared_encoding_is_believed(head: str, encoding: str) -> None:
    text = head + "@book{a, title = {Crème}}\n"
    assert decode(text.encode(encoding)) == text


def test_what_is_called_iso_8859_1_has_the_quotation_marks_of_windows() -> None:
    assert decode(b"% Encoding: ISO-8859-1\n\x93x\x94 \xe9") == "% Encoding: ISO-8859-1\n“x” é"


def test_utf_8_is_utf_8_whatever_is_declared() -> None:
    text = "% Encoding: ISO-8859-1\n@book{a, title = {Crème}}"
    assert decode(text.encode()) == text, "Editors convert a file and leave the line."


@pytest.mark.parametrize(
    "name", ["rot13", "hex", "zip", "utf-7", "idna", "unicode_escape", "UTF-8", "x" * 60]
)
def test_a_declaration_of_what_is_no_encoding_of_text_is_not_followed(name: str) -> None:
    with pytest.raises(EncodingError, match=r"is not UTF-8 .* it looks like windows-1252"):
        decode(f"% Encoding: {name}\nprobl".encode() + b"\xe8me +ADw-script+AD4-")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (GERMAN, "latin-1"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("It’s “plain” enough – we’d say … so.\n", "cp1252"),
    ],
)
def test_what_is_plainly_another_encoding_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_late_accent_is_found() -> None:
    data = b"Nothing but ASCII in this line.\n" * 80_000 + GERMAN.encode("cp1252")
    assert decode(data).endswith(GERMAN)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"x" * 120 + b"probl\xe8me",
            r"is not UTF-8 \(byte 125, 0xE8\); it looks like windows-1252: save it as UTF-8\.",
        ),
        (b"\xe8 Praha", r"\(byte 0, 0xE8\); it looks like windows-1252"),
        ("Dvořák a přítel".encode("cp1250"), "it looks like windows-1250"),
        ("Мир".encode("cp1251"), "it looks like"),
        ("café Öl".encode("mac_roman"), "it looks like macintosh"),
        ("שלום לכולם, זה ספר".encode("cp1255"), "it looks like"),
        (b"c'\xe8 l\xec per\xf2 pi\xf9 " * 9, "it looks like windows-1252"),
        ("title = {关系}".encode("gb18030"), "is not UTF-8"),
        (b"\xff", r"\(byte 0, 0xFF\)"),
        (
            b"a\x81\x8d\x8f b\x98c\xff\xfe\xfd1\xa1\xa11",
            "which encoding it has cannot be told: save it as UTF-8",
        ),
        (codecs.BOM_UTF16_LE + b"a", r"says that it is UTF-16-LE, but byte 2 \(0x61\) is not"),
        (codecs.BOM_UTF8 + b"a\xff", r"says that it is UTF-8, but byte 4 \(0xFF\) is not"),
        (b"% Encoding: Shift_JIS\n\x82\xa0\xff", r"says that it is SHIFT_JIS, but byte 24 \(0xFF\) is not"),
    ],
)
def test_what_cannot_be_told_is_refused_and_named(data: bytes, said: str) -> None:
    with pytest.raises(EncodingError, match=said):
        decode(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP, DOCX, ODT, EPUB"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC, XLS"),
        (b"\x1f\x8b\x08\x00", "GZIP"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(EncodingError, match="is no plain text") as refusal:
        decode(data, "cranes.bib")
    assert str(refusal.value).startswith(f"The file “cranes.bib” is no plain text ({kind})")


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"abc\0",
        b"abcd\0efg",
        b"\0" * 8,
        bytes(range(256)),
        codecs.BOM_UTF8 + b"a\0",
        b"a\0\0\0b\0\0\0",
    ],
)
def test_a_nul_is_in_no_text(data: bytes) -> None:
    with pytest.raises(EncodingError, match="is a NUL"):
        decode(data)


def test_the_name_of_a_file_is_shown_without_marks_of_direction() -> None:
    with pytest.raises(EncodingError, match=r"^The file “gpj\.bib” is no plain text"):
        decode(b"%PDF-", "\u202egpj\0.bib".replace("\0", ""))


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused_in_a_sentence(data: bytes) -> None:
    with suppress(EncodingError):
        text = decode(data)
        assert "\0" not in text
        assert text.encode().decode() == text, "Every text that is let through can be stored."
