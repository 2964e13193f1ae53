"""The form that opens a debate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.forms.unfinished import PatientForm
from debates.models.argument import CLAIM_LENGTH


class DebateForm(PatientForm):
    """A question, its theses, tags; the article is a citation form beside it."""

    question = forms.CharField(
        label=_("Question"), help_text=_("What people disagree about, as one open question."), max_length=300
    )
    theses = forms.CharField(
        label=_("Theses"),
        help_text=_(
            "One a line, at most 300 characters each: sentences that people can argue for or against."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    summary = forms.CharField(
        label=_("What it is about"),
        help_text=_("Optional: a few sentences for newcomers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )
    tags = forms.CharField(
        label=_("Topics"), help_text=_("Separated by commas."), max_length=500, required=False
    )

    anonymous = forms.BooleanField(
        label=_("Anonymous: members see numbers, moderators see names"),
        help_text=_(
            "Nobody but moderators is told who wrote what here; it hides no style of writing, nor when something was written,"
            " and who knows a member well may still guess. It cannot be taken back once others have written."
        ),
        required=False,
    )

    def clean_theses(self) -> list[str]:
        """Return the theses, one a line; name the line that is too long."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["theses"].splitlines()]
        lines = [line for line in lines if line]
        for number, line in enumerate(lines, 1):
            if len(line) > CLAIM_LENGTH:
                raise forms.ValidationError(
                    _("Thesis %(number)d has %(count)d characters; shorten it to %(most)d.")
                    % {"number": number, "count": len(line), "most": CLAIM_LENGTH}
                )
        return lines

    def clean_tags(self) -> list[str]:
        """Return the topics, each once."""
        return [
            name
            for name in dict.fromkeys(" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(","))
            if name
        ]
