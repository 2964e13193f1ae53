"""Leave alone what is not finished: a form that was filled from a draft is not judged before it is sent."""

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict


class Unfinished(QueryDict):
    """What was typed into a form and not sent yet."""


class PatientForm(forms.Form):
    """A form that shows what is unfinished as it stands, without a word about what is missing."""

    def full_clean(self) -> None:
        """Check what was sent; of a draft nothing is wrong yet, and nothing is read."""
        if isinstance(self.data, Unfinished):
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()
