"""The forms of a suggested edit: to suggest one, and to decide on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.suggest_edit import LONGEST_WHY
from debates.forms.unfinished import PatientForm


class WordingForm(PatientForm):
    """A claim and what explains it."""

    claim = forms.CharField(
        label=_("Claim"),
        error_messages={"required": _("Write the claim: one sentence that can be true or false.")},
        widget=forms.Textarea(attrs={"rows": 3, "data-count": "true"}),
    )
    elaboration = forms.CharField(
        label=_("Elaboration"),
        help_text=_("Markdown, with [^1] for the first source, as its author wrote it."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        """Take how many characters the claim may have. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.fields["claim"].widget.attrs["maxlength"] = longest

    def clean_claim(self) -> str:
        """Return the claim as one line; a browser sends a line break as two characters and counts one."""
        return " ".join(self.cleaned_data["claim"].split())


class SuggestionForm(WordingForm):
    """Another wording, and why."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("A sentence for its author, who decides."),
        max_length=LONGEST_WHY,
        error_messages={"required": _("Say why: it helps the author to decide.")},
    )


class DecisionForm(WordingForm):
    """The suggested wording, to be taken as it is or with changes, and a word on it."""

    word = forms.CharField(
        label=_("A word on it"),
        help_text=_("Whoever suggested it will read this. Needed where you decline."),
        max_length=LONGEST_WHY,
        required=False,
    )

    def __init__(self, *args: Any, logged: bool, **kwargs: Any) -> None:
        """Say where a moderator decides for another that this is their reason. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        if logged:
            self.fields["word"].label = _("Reason")
            self.fields["word"].help_text = _(
                "You decide for its author: both of them, and the public log, will show it."
            )
