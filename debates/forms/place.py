"""The forms that place an argument under a further claim, and take it away there."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.actions.writing.stance import THESIS_BEARS_ON_NOTHING
from debates.forms.unfinished import PatientForm
from debates.models import Argument
from debates.models.argument import Attacks, Stance
from debates.models.visibility import Viewer

LONGEST_ADDRESS = 300
SIDES = [(Stance.PRO, _("For: it supports that claim")), (Stance.CON, _("Against: it speaks against it"))]
ATTACKS = [
    (Attacks.CLAIM, _("That claim is not true")),
    (Attacks.BEARING, _("True or not, that claim does not matter there")),
]


class ClaimForm(forms.Form):
    """The address of a further claim."""

    to = forms.CharField(
        label=_("The other claim"),
        help_text=_("Its address here, or the last part of that."),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Give the address of the other claim.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Take who looks. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_to(self) -> Argument:
        """Return the argument that is meant, as it stands now."""
        written = self.cleaned_data["to"]
        found = argument_named(written, self.viewer)
        if found is None:
            raise forms.ValidationError(
                _t("“%(text)s” is not the address of a claim that you can read; copy it from its page.")
                % {"text": written[:80]}
            )
        return found


class PlaceForm(ClaimForm):
    """The side that an argument takes under a further claim; `parent` is that claim."""

    stance = forms.ChoiceField(
        label=_("Does it speak for that claim, or against it?"),
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it speaks for that claim or against it.")},
    )
    attacks = forms.ChoiceField(
        label=_("If against: what is wrong with that claim?"),
        choices=ATTACKS,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, parent: Argument, **kwargs: Any) -> None:
        """Take the claim. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.fields["to"].widget = forms.HiddenInput()
        self.bears_on_nothing = parent.kind == Argument.Kind.THESIS
        if self.bears_on_nothing:
            attacks = self.fields["attacks"]
            attacks.choices = ATTACKS[:1]  # type: ignore[attr-defined]  # the field is a ChoiceField
            attacks.error_messages["invalid_choice"] = THESIS_BEARS_ON_NOTHING

    def clean(self) -> dict[str, Any]:
        """Ask a con what it attacks. Any: cleaned values."""
        data = super().clean() or {}
        if data.get("stance") != Stance.CON or data.get("attacks") or "attacks" in self.errors:
            return data
        if self.bears_on_nothing:
            data["attacks"] = Attacks.CLAIM
        else:
            self.add_error("attacks", _t("Say whether that claim is not true, or does not matter there."))
        return data


class UnlinkForm(PatientForm):
    """Why a moderator takes away what another placed."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The public log will show it."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Give a reason: the public log will show it.")},
    )


def argument_named(written: str, viewer: Viewer) -> Argument | None:
    """Return the argument whose address, or the last part of it, somebody wrote; None where they may not read it."""
    match = re.search(r"(?:^|arguments/|#a-)([0-9a-z]{1,12})/?(?:[a-z]+/)?(?:[?#].*)?$", written.strip())
    if match is None:
        return None
    named = Argument.objects.named(match[1])
    if named is None:
        return None
    return Argument.objects.visible_to(viewer).select_related("debate", "parent").filter(pk=named.pk).first()
