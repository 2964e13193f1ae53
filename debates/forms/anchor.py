"""The part of an answer's form that ties it to words of the article."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.anchor_words import FIELD, AnchorText, check_anchor, read_place
from debates.bibliography.selector import CONTEXT
from debates.forms.unfinished import PatientForm
from debates.models import Debate
from debates.models.visibility import Viewer
from debates.permissions import Refused


class AnchorForm(PatientForm):
    """Which passage is answered, and which words of it; without words, the whole of it.

    What nobody types takes any text: a passage that is none is refused at the words, where somebody can see it.
    """

    passage = forms.Field(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("The words that you answer"),
        help_text=_("Paste them as they stand in the text, or leave this empty to answer the whole passage."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )
    before = forms.Field(required=False, widget=forms.HiddenInput)
    after = forms.Field(required=False, widget=forms.HiddenInput)
    untied = forms.BooleanField(label=_("Post it without a tie to the article"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, debate: Debate, **kwargs: Any) -> None:
        """Take who answers, and in which debate. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.viewer, self.debate = viewer, debate

    @property
    def place(self) -> str:
        """Return the place of the passage, empty where what was sent is none."""
        return read_place(str(self["passage"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """Look for the words. Any: cleaned values."""
        data = super().clean() or {}
        text = self.text()
        if text is not None and not self.errors:
            try:
                check_anchor(self.viewer, self.debate, text)
            except Refused as refusal:
                self.add_error(FIELD, refusal.sentence)
        return data

    def text(self) -> AnchorText | None:
        """Return what the answer is tied to, None where its author wants no tie; call it on a bound form."""
        data = self.cleaned_data
        if data.get("untied"):
            return None
        return AnchorText(
            place=self.place,
            words=data.get("words", ""),
            before=str(data.get("before") or "")[-CONTEXT:],
            after=str(data.get("after") or "")[:CONTEXT],
        )
