"""The form that grants a point."""

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.concede import LONGEST_WHY
from debates.forms.unfinished import PatientForm


class ConcedeForm(PatientForm):
    """Why a point that is granted does not carry."""

    why = forms.CharField(
        label=_("Why it does not carry"),
        help_text=_("Optional: one sentence, at most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_WHY, "data-count": "true"}),
        max_length=LONGEST_WHY,
        required=False,
    )

    def clean_why(self) -> str:
        """Return the sentence as one line; a browser sends a line break as two characters and counts one."""
        return " ".join(self.cleaned_data["why"].split())
