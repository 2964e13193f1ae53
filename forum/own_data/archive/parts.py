"""Write a stream into the database, a part at a time."""

from __future__ import annotations

from forum.own_data.models import Export, ExportPart

PART = 256 * 1024
"""Bytes of a part."""


class PartWriter:
    """Take bytes as a file does that cannot go back: what `zipfile` needs of one, and no more."""

    def __init__(self, export: Export) -> None:
        self.export, self.number, self.size = export, 0, 0
        self._waiting = bytearray()

    def write(self, content: bytes) -> int:
        """Take bytes; return how many."""
        self._waiting += content
        while len(self._waiting) >= PART:
            self._lay(bytes(self._waiting[:PART]))
            del self._waiting[:PART]
        return len(content)

    def flush(self) -> None:
        """Do nothing: parts are written when they are full."""

    def finish(self) -> int:
        """Write what is left; return the bytes of the whole."""
        if self._waiting:
            self._lay(bytes(self._waiting))
            self._waiting.clear()
        return self.size

    def _lay(self, content: bytes) -> None:
        ExportPart.objects.create(export=self.export, number=self.number, content=content)
        self.number += 1
        self.size += len(content)
