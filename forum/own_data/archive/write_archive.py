"""Write the whole archive: a ZIP file, streamed into parts, so that no process holds more than a few rows of it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from forum.own_data.archive.data_file import write_data
from forum.own_data.archive.pages import write_pages
from forum.own_data.archive.parts import PartWriter
from forum.own_data.archive.sections import sections
from forum.own_data.models import Export

DATA = "data.json"


def write_archive(export: Export) -> int:
    """Write the archive of an export into parts; return its bytes."""
    made_at = timezone.now()
    member, parts, shown = export.member, PartWriter(export), sections()
    # The cast: of a file, `zipfile` asks no more than this writer has.
    with ZipFile(parts, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]

        def open_file(name: str) -> AbstractContextManager[IO[bytes]]:
            opened: AbstractContextManager[IO[bytes]] = archive.open(name, "w", force_zip64=True)
            return opened

        with open_file(DATA) as file:
            write_data(file, member, shown, made_at)
        write_pages(open_file, member, shown, made_at)
    return parts.finish()
