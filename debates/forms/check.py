"""The form that checks a citation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.forms.unfinished import PatientForm
from debates.models import CitationCheck


class CheckForm(PatientForm):
    """Does the source say this?"""

    verdict = forms.ChoiceField(
        label=_("Does the source say this?"),
        choices=CitationCheck.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer; “I cannot get at it” is one, too.")},
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Optional: what it says instead, or what is missing."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    locator = forms.CharField(
        label=_("A better place in the source"),
        help_text=_("Optional, as in p. 113."),
        max_length=110,
        required=False,
    )
