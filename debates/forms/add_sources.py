"""The form that adds many works to the library: pasted, or from a file of a reference manager."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.bibliography.csl import check_item
from debates.bibliography.record import Record, record_from_csl
from debates.formats.references.encoding import decode
from debates.formats.references.reading import read_references
from debates.formats.references.readout import LONGEST_INPUT, MOST_ENTRIES
from debates.forms.sentences import sentence
from debates.forms.unfinished import PatientForm
from debates.models import Source
from debates.models.visibility import Viewer
from debates.sentence import SentenceError

LONGEST_FILE = 4 * LONGEST_INPUT
"""Bytes: the longest text that is read, in any alphabet."""


@dataclass
class Found:
    """One work that was read: its record, the sources that seem to be the same, and the value of its tick."""

    number: int
    record: Record
    alike: list[Source]


@dataclass
class Reading:
    """What was read, and the sentences about what could not be."""

    found: list[Found]
    faults: list[str]
    items: str
    """The works as CSL-JSON, as the second step of the form brings them back."""


class ReferencesForm(PatientForm):
    """References as text or as a file."""

    references = forms.CharField(
        label=_("References"),
        help_text=_("BibTeX, BibLaTeX, RIS or CSL-JSON, as a reference manager exports them."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "dir": "auto"}),
        max_length=LONGEST_INPUT,
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Ending in .bib, .ris or .json."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".bib,.ris,.json,.txt,text/plain,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the text from one of the two places. Any: cleaned values."""
        data = super().clean() or {}
        file = data.get("file")
        if file is not None:
            if file.size > LONGEST_FILE:
                self.add_error(
                    "file",
                    _("The file is longer than %(most)d bytes; divide it.") % {"most": LONGEST_FILE},
                )
                return data
            try:
                data["references"] = decode(file.read(), file.name)
            except SentenceError as error:
                self.add_error("file", sentence(error))
        elif not data.get("references", "").strip() and not self.errors:
            self.add_error(
                "references", _("Nothing was pasted: paste references, or choose a file that holds them.")
            )
        return data


def read_text(text: str, viewer: Viewer) -> Reading:
    """Read references and say of each whether the library seems to have it."""
    paste = read_references(text)
    faults = [sentence(fault.error) for fault in paste.faults]
    faults += [
        str(
            _(
                "Line %(line)d: “%(value)s” says which work it is, but not what it is called; cite it from an answer."
            )
        )
        % {"line": wanted.line, "value": wanted.value}
        for wanted in paste.wanted
    ]
    return _reading([entry.item for entry in paste.entries], faults, viewer)


def read_items(written: str, viewer: Viewer) -> Reading:
    """Read what the first step wrote into the second; raise ValueError for what it did not write."""
    items = json.loads(written)
    if not isinstance(items, list) or len(items) > MOST_ENTRIES:
        raise ValueError("not a list of works")
    if any(check_item(item) for item in items):
        raise ValueError("not works")
    return _reading(items, [], viewer)


def _reading(items: list[dict[str, Any]], faults: list[str], viewer: Viewer) -> Reading:
    """Put works beside the sources that seem the same. Any: CSL-JSON."""
    records = [record_from_csl(item) for item in items]
    alike = Source.objects.to_cite(viewer).same_works(records)
    found = [
        Found(number, record, same[:3])
        for number, (record, same) in enumerate(zip(records, alike, strict=True), 1)
    ]
    return Reading(found, faults, json.dumps(items, ensure_ascii=False))
