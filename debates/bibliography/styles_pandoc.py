"""Run pandoc's citeproc: in a box, for a limited time, with limited memory, and with no files of ours."""

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from debates.sentence import SentenceError, gettext_noop

MEMORY = "512M"
"""Heap at most. 300 works take about a fifth of it."""


class StyleError(SentenceError):
    """Say in one sentence why references could not be set in a style."""


def pandoc() -> Path | None:
    """Return the pandoc that the package pypandoc-binary brings, None where there is none for the platform.

    Not pypandoc's own search, which takes the newest of whatever is on the path: what is stored should not depend on that.
    """
    try:
        folder = Path(str(files("pypandoc"))) / "files"
    except ModuleNotFoundError:
        return None
    return next((path for name in ("pandoc", "pandoc.exe") if (path := folder / name).is_file()), None)


def run(document: Mapping[str, Any], csl: str, *, seconds: float, what: str, count: int) -> dict[str, Any]:
    """Return a document in pandoc's JSON with its references set by a style file's text. Any: pandoc's JSON.

    `--sandbox` lets pandoc read nothing but what its command line names; the rest comes over its standard input. It sees an
    empty home folder and no environment. After `seconds` it and all that it started is killed. `what` and `count` (the style's
    words, the number of works) are for the sentence of the StyleError.
    """
    program = pandoc()
    if program is None:
        raise StyleError(
            gettext_noop("There is no pandoc on this computer to set references: install its package.")
        )
    with TemporaryDirectory(prefix="references-") as home:
        style = Path(home) / "style.csl"
        style.write_text(csl, encoding="utf-8")
        command = [str(program), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", "--citeproc", f"--csl={style}"]
        command += ["--from=json", "--to=json"]
        # The program is our package's, and no argument is anybody's text.
        with subprocess.Popen(  # noqa: S603
            command,
            cwd=home,
            env={"HOME": home, "LANG": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                answer, said = process.communicate(json.dumps(document).encode(), timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise StyleError(
                    gettext_noop(
                        "Setting %(count)s references in the style “%(what)s” took more than %(seconds)s seconds "
                        "and was stopped: set fewer at a time."
                    ),
                    count=count,
                    what=what,
                    seconds=f"{seconds:g}",
                ) from None
    document_set: object = None
    if not process.returncode:
        with suppress(ValueError):
            document_set = json.loads(answer)
    if not isinstance(document_set, dict):
        raise StyleError(
            gettext_noop(
                "Setting %(count)s references in the style “%(what)s” failed: pandoc ended with %(status)s and said "
                "“%(said)s”. Report it with these words."
            ),
            count=count,
            what=what,
            status=process.returncode,
            said=" ".join(said.decode(errors="replace").split())[:300],
        )
    return document_set
