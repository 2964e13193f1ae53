"""Forms: a bookmark with its note and its lists, and a list with its title."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.bookmarks.models import NOTE_LENGTH, TITLE_LENGTH, ArgumentList


class Words(forms.CharField):
    """Words of several lines; a line's end counts as one character, as browsers count it."""

    def to_python(self, value: Any) -> str:
        """Return the words. Any: what was sent."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class BookmarkForm(forms.Form):
    """What a member says of an argument that they keep."""

    note = Words(
        label=_("Your note"),
        help_text=_("Nobody else reads it."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "data-count": True}),
    )
    lists = forms.ModelMultipleChoiceField(
        label=_("In your lists"),
        queryset=ArgumentList.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_list = forms.CharField(
        label=_("In a new list"),
        help_text=_("Its title; the list is private until you share it."),
        required=False,
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, own: Any, **kwargs: Any) -> None:
        """Offer the member’s `own` lists. Any: Django's own signature, and a queryset of lists."""
        super().__init__(*args, **kwargs)
        self.fields["lists"].queryset = own  # type: ignore[attr-defined]  # a field of models has one
        if not own.exists():
            del self.fields["lists"]


class ListForm(forms.Form):
    """What a list is called and what it says of itself."""

    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    description = Words(
        label=_("Description"),
        help_text=_("Who reads the list finds it above the arguments."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "data-count": True}),
    )
