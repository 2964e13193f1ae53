"""The text of a source comes out of HTML and PDF as its readers see it, or a sentence says why not."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.pdf_text import PdfError, read_pdf
from debates.formats.web_text import WebTextError, read_web_page


def a_pdf(*pages: str) -> bytes:
    """Return a PDF with a line of text on each page; a bare one, drawn by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, line in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        drawn = f"BT /F1 12 Tf 20 300 Td ({line}) Tj ET".encode() if line else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


# ----------------------------------------------------------------------------------------------------- PDF


def test_a_pdf_gives_its_text_page_after_page() -> None:
    assert (
        read_pdf(a_pdf("The third crane fell.", "It was Tuesday."))
        == "The third crane fell.\n\nIt was Tuesday."
    )


def test_a_sentence_that_runs_over_a_page_stays_one() -> None:
    assert read_pdf(a_pdf("The third crane", "fell in spring.")) == "The third crane\nfell in spring."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (a_pdf(""), "pictures of pages and no text"),
        (b"", "cannot be read"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (a_pdf("x")[:200], "cannot be read"),
        (b"\x00" * 4000, "cannot be read"),
    ],
)
def test_a_pdf_without_text_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(PdfError, match=sentence):
        read_pdf(data)


def test_a_locked_pdf_is_named() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Secret."))))
    writer.encrypt("key", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(PdfError, match="password"):
        read_pdf(locked.getvalue())


def test_reading_a_pdf_ends_in_time() -> None:
    with pytest.raises(PdfError, match="took longer than 0 seconds"):
        read_pdf(a_pdf("x"), seconds=0.01)


# ---------------------------------------------------------------------------------------------------- HTML


def test_a_page_gives_a_paragraph_for_each_block() -> None:
    page = """<!doctype html><head><title>T</title><style>p{}</style></head><body><h1>The <em>third</em> crane</h1>
    <script>alert(1)</script><p>It fell<br>in spring &amp; nobody
    saw it.</p><div>One<p>Two</p>Three</div><p hidden>Not shown.</p><template>No.</template><ul><li>Four<li>Five</ul>"""
    assert read_web_page(page).split("\n\n") == [
        "The third crane",
        "It fell\nin spring & nobody saw it.",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
    ]


@pytest.mark.parametrize(
    "page", ["", "<p> </p>", "<script>document.write('x')</script>", "<!-- only this -->"]
)
def test_a_page_without_text_gets_a_sentence(page: str) -> None:
    with pytest.raises(WebTextError, match="holds no text"):
        read_web_page(page)


def test_a_page_may_nest_as_deep_as_pages_do_and_no_deeper() -> None:
    assert "deep down" in read_web_page("<div>" * 400 + "deep down")
    assert "one" in read_web_page("<p>one<br>" * 20_000), "Elements that end by themselves nest nothing."
    began = time.monotonic()
    with pytest.raises(WebTextError, match="more than 500 deep"):
        read_web_page("<div>" * 400_000)
    assert time.monotonic() - began < 5, "Refused before the parser, which takes the square of the depth."


@given(
    st.lists(
        st.text(
            st.characters(
                blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), blacklist_characters="<&\u00ad"
            ),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_every_word_of_a_page_comes_out(words: list[str]) -> None:
    assert read_web_page("".join(f"<p>{word}</p>" for word in words)).split("\n\n") == words
