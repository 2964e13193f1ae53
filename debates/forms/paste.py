"""References that are pasted into a form: what each becomes, and what could not be read."""

import json
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from debates.bibliography.identifiers import Identifier
from debates.bibliography.named import FIELDS, record_named
from debates.bibliography.record import Record, record_from_csl
from debates.formats.references.reading import Wanted, read_references
from debates.formats.references.readout import Entry
from debates.forms.citation import MOST
from debates.forms.sentences import sentence
from debates.models import Source
from debates.models.visibility import Viewer


@dataclass
class Pasted:
    """What came of a paste: rows of citation forms, sentences about the rest, and the text that is left to mend."""

    rows: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    left: str = ""
    known: int = 0
    """How many of the rows are works that the library seems to have."""

    @property
    def summary(self) -> str:
        """Return what was read, in a sentence; empty when nothing was pasted."""
        if not self.rows:
            return ""
        said = ngettext("%(count)d reference was read.", "%(count)d references were read.", len(self.rows))
        if self.known:
            said += " " + ngettext(
                "%(known)d of them seems to be in the library already.",
                "%(known)d of them seem to be in the library already.",
                self.known,
            )
        return said % {"count": len(self.rows), "known": self.known}


def read_paste(text: str, viewer: Viewer, most: int) -> Pasted:
    """Read what was pasted; at most `most` become rows, the rest stays in the text with a sentence."""
    pasted = Pasted()
    if not text.strip():
        return pasted
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    paste = read_references(text)
    works: list[Entry | Wanted] = [*paste.entries, *paste.wanted]
    works.sort(key=lambda one: one.line)
    kept, beyond = works[:most], works[most:]
    records = [_record(work) for work in kept]
    alike = Source.objects.to_cite(viewer).same_works(records)
    for work, same in zip(kept, alike, strict=True):
        pasted.known += bool(same)
        if isinstance(
            work, Entry
        ):  # where the library seems to have it, the form asks whether it is the same
            pasted.rows.append({"item": json.dumps(work.item, ensure_ascii=False)})
        elif same:
            pasted.rows.append({"source": same[0].public_id})
        else:
            pasted.rows.append({FIELDS[work.kind]: work.value})
    pasted.faults = [sentence(fault.error) for fault in paste.faults]
    if beyond:
        pasted.faults.append(
            ngettext(
                "%(count)d reference is left below: an argument cites at most %(most)d sources.",
                "%(count)d references are left below: an argument cites at most %(most)d sources.",
                len(beyond),
            )
            % {"count": len(beyond), "most": MOST}
        )
    left = {one.line for one in (*beyond, *paste.faults)}
    pasted.left = _lines_from(text, left, {one.line for one in (*works, *paste.faults)})
    return pasted


def _record(work: Entry | Wanted) -> Record:
    """Return the record of what was read: whole, or no more than an identifier."""
    if isinstance(work, Entry):
        return record_from_csl(work.item)
    return record_named(Identifier(work.kind, work.value))


def _lines_from(text: str, left: set[int], starts: set[int]) -> str:
    """Return the entries of a text that begin in the lines `left`; each ends where the next of `starts` begins."""
    kept, keeping = [], False
    for number, line in enumerate(text.split("\n"), 1):
        if number in starts:
            keeping = number in left
        if keeping:
            kept.append(line)
    return "\n".join(kept)
