"""The form that mends what a debate is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.actions.writing.edit_debate import LONGEST_QUESTION, LONGEST_SLUG, LONGEST_SUMMARY
from debates.forms.unfinished import PatientForm
from debates.models import Debate


class EditDebateForm(PatientForm):
    """Question, summary, topics and address; a moderator says why."""

    question = forms.CharField(
        label=_("Question"),
        help_text=_("What people disagree about, as one open question."),
        max_length=LONGEST_QUESTION,
    )
    summary = forms.CharField(
        label=_("What it is about"),
        help_text=_("Optional: a few sentences for newcomers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_SUMMARY,
        required=False,
    )
    tags = forms.CharField(
        label=_("Topics"), help_text=_("Separated by commas."), max_length=500, required=False
    )
    slug = forms.CharField(
        label=_("Address"),
        help_text=_("Letters, digits and hyphens. The address before stays good: it leads to the new one."),
        max_length=LONGEST_SLUG,
    )
    anonymous = forms.BooleanField(
        label=_("Anonymous: members see numbers, moderators see names"),
        help_text=_(
            "It can be made so at any time, for what was written before, too; taken back only while nobody but its opener has"
            " written in it."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Stands in the public log."),
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: Any, logged: bool, **kwargs: Any) -> None:
        """Make the form; `logged`: a moderator acts, and gives a reason. Any: Django's own arguments."""
        super().__init__(*args, **kwargs)
        if not logged:
            del self.fields["reason"], self.fields["anonymous"]

    def clean_tags(self) -> list[str]:
        """Return the topics, each once."""
        names = (" ".join(tag.split()) for tag in self.cleaned_data["tags"].split(","))
        return [name for name in dict.fromkeys(names) if name]


def values_of(debate: Debate) -> dict[str, str | bool]:
    """Return what the form begins with."""
    return {
        "question": debate.question,
        "summary": debate.summary,
        "tags": ", ".join(debate.tags.order_by("name").values_list("name", flat=True)),
        "slug": debate.slug,
        "anonymous": debate.anonymous,
    }
