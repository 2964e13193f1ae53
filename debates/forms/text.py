"""The form that attaches a source's text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models import Document

LONGEST_FILE = 6_000_000
"""Bytes: more than the longest text that is kept, in any alphabet."""


class TextForm(forms.Form):
    """A pasted text or a file, who may read it, and its licence."""

    text = forms.CharField(
        label=_("The text"),
        help_text=_("Paste it as it stands, with a blank line between paragraphs."),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Plain text in UTF-8."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,text/plain"}),
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
                data["text"] = decoded(file.read())
            except UnicodeDecodeError as error:
                self.add_error(
                    "file",
                    _t(
                        "The file is not in UTF-8: byte %(byte)d (%(value)s) cannot be read. Save it as UTF-8 and try again."
                    )
                    % {"byte": error.start, "value": f"{error.object[error.start]:#04x}"},
                )
        return data


def decoded(raw: bytes) -> str:
    """Return a file as text: UTF-8, or UTF-16 where it declares itself by its first two bytes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    return raw.decode("utf-8-sig")
