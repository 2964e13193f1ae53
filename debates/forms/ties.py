"""The forms that tie two sources together: merge them, undo that, relate them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.forms.unfinished import PatientForm
from debates.models import Source, SourceRelation
from debates.models.visibility import Viewer

LONGEST_ADDRESS = 300


class OtherForm(forms.Form):
    """The address of another source."""

    other = forms.CharField(
        label=_("The other source"),
        help_text=_("Its address here, or the last part of that."),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Give the address of the other source.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, source: Source, **kwargs: Any) -> None:
        """Take who looks and what the other one is tied to. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.viewer, self.source = viewer, source

    def clean_other(self) -> Source:
        """Return the source that is meant, as it stands now."""
        written = self.cleaned_data["other"]
        found = source_named(written, self.viewer)
        if found is None:
            raise forms.ValidationError(
                _t("“%(text)s” is not the address of a source that you can read; copy it from its page.")
                % {"text": written[:80]}
            )
        if found.pk == self.source.pk:
            raise forms.ValidationError(_t("That is this source itself; choose another."))
        return found


class MergeForm(PatientForm, OtherForm):
    """Which of two records stays, and why they are one."""

    kept = forms.ChoiceField(
        label=_("Which record stays?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the record that stays.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The public log will show it, and whoever added the other will read it."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Give a reason: the public log will show it.")},
    )

    def __init__(self, *args: Any, pair: list[Source], **kwargs: Any) -> None:
        """Take the two records. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.fields["other"].widget = forms.HiddenInput()
        self.fields["kept"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (one.public_id, f"{one} · {one.get_absolute_url()}") for one in pair
        ]


class UndoForm(PatientForm):
    """Why a merge is undone."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The public log will show it."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Give a reason: the public log will show it.")},
    )


class RelateForm(OtherForm):
    """What a source is to another."""

    kind = forms.ChoiceField(
        label=_("This source is a"),
        choices=[
            (SourceRelation.Kind.PREPRINT, _("preprint of the other")),
            (SourceRelation.Kind.TRANSLATION, _("translation of the other")),
            (SourceRelation.Kind.EDITION, _("different edition of the other")),
            (SourceRelation.Kind.PART, _("part of the other")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this source is to the other.")},
    )
    field_order = ("kind", "other")


def source_named(written: str, viewer: Viewer) -> Source | None:
    """Return the source whose address, or the last part of it, somebody wrote; None where they may not read it."""
    match = re.search(r"(?:^|sources/)([0-9a-z]{1,12})/?(?:[a-z]+/)?(?:[?#].*)?$", written.strip())
    if match is None:
        return None
    standing = Source.objects.named(match[1])
    return Source.objects.visible_to(viewer).filter(pk=standing.pk).first() if standing is not None else None
