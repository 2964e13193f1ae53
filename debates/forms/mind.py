"""The forms about changes of mind: a sentence why, and a moderator's reason to hide one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.actions.weighing.change_mind import LONGEST_WHY
from debates.forms.unfinished import PatientForm


class MindForm(PatientForm):
    """What changed, and why?"""

    why = forms.CharField(
        label=_("What changed, and why?"),
        help_text=_("One sentence, as in: I had not known that half of them came from elsewhere."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": ""}),
        error_messages={"required": _("Say in a sentence what changed, and why: others will read it.")},
    )


class HideDeltaForm(PatientForm):
    """Why is it hidden, or restored?"""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the public log."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Give a reason: the public log will show it.")},
    )
