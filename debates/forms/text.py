"""The form that attaches a source's text."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.formats.pdf_text import read_pdf
from debates.formats.references.encoding import decode
from debates.formats.web_text import read_web_page
from debates.forms.sentences import sentence
from debates.forms.unfinished import PatientForm
from debates.models import Document
from debates.sentence import SentenceError

LONGEST_FILE = 20_000_000
"""Bytes: a thick book as a PDF; of a plain text more than the longest that is kept, in any alphabet."""


class TextForm(PatientForm):
    """A pasted text or a file, who may read it, and its licence."""

    text = forms.CharField(
        label=_("The text"),
        help_text=_("Paste it as it stands, with a blank line between paragraphs."),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Plain text, a web page (HTML) or a PDF that holds text."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".txt,.html,.htm,.pdf,text/plain,text/html,application/pdf"}
        ),
    )
    reading = forms.ChoiceField(
        label=_("Who may read the whole of it?"),
        help_text=_(
            "The licence decides. Quotations are checked under every rule, and shown with the passage around them."
        ),
        choices=Document.Reading.choices,
        initial=Document.Reading.PASSAGES,
        widget=forms.RadioSelect,
    )
    licence = forms.CharField(
        label=_("Licence"),
        help_text=_("As the text names it; “none named” if it names none."),
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Take the text from one of the two places. Any: cleaned values."""
        data = super().clean() or {}
        file = data.get("file")
        if file and data.get("text"):
            self.add_error("file", _t("Paste the text or choose a file, not both."))
        elif file and file.size > LONGEST_FILE:
            self.add_error(
                "file",
                _t("The file is larger than %(most)d MB; attach the part that is cited.")
                % {"most": LONGEST_FILE // 1_000_000},
            )
        elif file:
            try:
                data["text"] = text_of(file.read(), file.name)
            except SentenceError as error:
                self.add_error("file", sentence(error))
        return data


def text_of(raw: bytes, name: str) -> str:
    """Return the text of a file: a PDF’s text layer, the words of a web page, or the file itself."""
    if raw.startswith(b"%PDF-"):
        return read_pdf(raw)
    text = decode(raw, name)
    if re.match(r"\s*(<!doctype html|<html\b|<head\b|<body\b)", text, re.IGNORECASE):
        return read_web_page(text)
    return text
