"""The text layer of a PDF, read by pypdf in a process of its own, with limits: a PDF is a program that draws.

Run as a script, the module is that process: a PDF on its standard input, its answer as JSON on its output.
"""

import json
import subprocess
import sys
from pathlib import Path

from debates.sentence import SentenceError, gettext_noop

SECONDS = 60.0
MOST_PAGES = 3000
MEMORY = 1 << 30  # bytes of address space: a thick book takes a fifth of it


class PdfError(SentenceError):
    """Say in one sentence why a PDF gives no text."""


REASONS = {
    "locked": gettext_noop("The PDF is locked with a password; save it without one, or paste its text."),
    "broken": gettext_noop("The PDF cannot be read; it may be damaged. Save it anew, or paste its text."),
    "pages": gettext_noop("The PDF has more than %(most)d pages; attach the part that is quoted."),
    "empty": gettext_noop(
        "The PDF holds pictures of pages and no text; run it through a text recognition, or paste its text."
    ),
    "slow": gettext_noop("Reading the PDF took longer than %(seconds)d seconds; paste its text instead."),
}


def read_pdf(data: bytes, seconds: float = SECONDS) -> str:
    """Return the text of a PDF, page after page; raise PdfError for one that has none or takes too long."""
    root = Path(__file__).resolve().parents[2]
    try:
        # -P leaves the folder of the script, and its neighbours' names, out of the child's imports.
        ended = subprocess.run(  # noqa: S603  # our own file, and no shell
            [sys.executable, "-P", str(Path(__file__).resolve())],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(REASONS["slow"], seconds=int(seconds)) from error
    try:
        answer = json.loads(ended.stdout)
    except ValueError as error:  # killed by one of its limits
        raise PdfError(REASONS["broken"]) from error
    if reason := answer.get("reason"):
        raise PdfError(REASONS[reason], **({"most": MOST_PAGES} if reason == "pages" else {}))
    return str(answer["text"])


def _limit() -> None:
    """Take away what reading a PDF never needs; where the system knows no limits, the time limit stands alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(data: bytes) -> dict[str, str]:
    """Return the text, or the name of the reason why there is none."""
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)  # it tells of every oddity of a file; the page says what matters
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"reason": "locked"}
        if len(reader.pages) > MOST_PAGES:
            return {"reason": "pages"}
        pages = [page.extract_text() for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        MemoryError,
    ):
        return {"reason": "broken"}
    text = join_pages(pages)
    return {"text": text} if text else {"reason": "empty"}


def join_pages(pages: list[str]) -> str:
    """Put pages together: a sentence that runs on stays one paragraph, one that ends ends it."""
    text = ""
    for page in pages:
        page = page.strip()
        if not page:
            continue
        ended = not text or text[-1] in '.!?:”"’»)'
        text += ("\n\n" if ended and text else "\n" if text else "") + page
    return text


if __name__ == "__main__":
    _limit()
    said = json.dumps(_answer(sys.stdin.buffer.read()))
    sys.stdout.write(said)
