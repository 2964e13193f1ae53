"""The forms with which moderators move, merge and split arguments, and undo that."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.actions.writing.text import ArgumentText, CitationText
from debates.forms.place import LONGEST_ADDRESS, PlaceForm, argument_named
from debates.forms.unfinished import PatientForm
from debates.models import Argument, Citation
from debates.models.argument import CLAIM_LENGTH
from debates.models.visibility import Viewer

PART = [("first", _("The first claim")), ("second", _("The second claim"))]


def reason_field(help_text: Any) -> forms.CharField:
    """Return the field in which a moderator says why. Any: a lazy translation."""
    return forms.CharField(
        label=_("Reason"),
        help_text=help_text,
        max_length=LONGEST_REASON,
        error_messages={"required": _("Give a reason: the public log will show it.")},
    )


def claim_field(label: Any) -> forms.CharField:
    """Return the field of one of two claims. Any: a lazy translation."""
    return forms.CharField(
        label=label,
        help_text=_("One sentence that can be true or false, at most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": CLAIM_LENGTH, "data-count": "true"}),
        error_messages={"required": _("Write the claim: one sentence that can be true or false.")},
    )


class MoveForm(PatientForm, PlaceForm):
    """On which side an argument stands under its new claim, and why it is moved; a note takes no side."""

    reason = reason_field(_("The public log will show it, and whoever wrote the argument will read it."))

    def __init__(self, *args: Any, argument: Argument, **kwargs: Any) -> None:
        """Take what is moved. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        if argument.kind == Argument.Kind.NOTE:
            del self.fields["stance"], self.fields["attacks"]

    @property
    def side(self) -> tuple[str, str]:
        """Return stance and attacks; call it on a valid form only."""
        data = self.cleaned_data
        stance = data.get("stance", "")
        return stance, data.get("attacks", "") if stance == "con" else ""


class OtherArgumentForm(forms.Form):
    """The address of an argument that says the same."""

    other = forms.CharField(
        label=_("The other argument"),
        help_text=_("Its address here, or the last part of that."),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Give the address of the other argument.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, argument: Argument, **kwargs: Any) -> None:
        """Take who looks and what the other one is the same as. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.viewer, self.argument = viewer, argument

    def clean_other(self) -> Argument:
        """Return the argument that is meant, as it stands now."""
        written = self.cleaned_data["other"]
        found = argument_named(written, self.viewer)
        if found is None:
            raise forms.ValidationError(
                _t("“%(text)s” is not the address of an argument that you can read; copy it from its page.")
                % {"text": written[:80]}
            )
        if found.pk == self.argument.pk:
            raise forms.ValidationError(_t("That is this argument itself; choose another."))
        return found


class MergeArgumentsForm(PatientForm, OtherArgumentForm):
    """Which of two arguments stands for both, and why they are one."""

    kept = forms.ChoiceField(
        label=_("Which one stands for both?"),
        help_text=_("Its words are shown; the other wording stays beside it."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that stands for both.")},
    )
    reason = reason_field(
        _("The public log will show it, and whoever wrote or rated the other will read it.")
    )

    def __init__(self, *args: Any, pair: list[Argument], **kwargs: Any) -> None:
        """Take the two. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.fields["other"].widget = forms.HiddenInput()
        self.fields["kept"].choices = [(one.public_id, one.claim) for one in pair]  # type: ignore[attr-defined]  # the field is a ChoiceField


class SplitForm(PatientForm):
    """The two claims of one argument, and what goes to the second: replies, citations, ratings."""

    first_claim = claim_field(_("The first claim: it keeps the address, the elaboration and the history"))
    second_claim = claim_field(_("The second claim: it becomes an argument of its own beside it"))
    second_elaboration = forms.CharField(
        label=_("Why, for the second claim"),
        help_text=_("Optional. Markdown, as in every argument."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )
    citations = forms.MultipleChoiceField(
        label=_("Which sources does the second claim cite as well?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ratings = forms.ChoiceField(
        label=_("Whom do the ratings belong to?"),
        choices=[
            ("first", _("To the first claim; the second starts without any")),
            ("both", _("To both: whoever rated the whole rated each part")),
        ],
        initial="first",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which claim the ratings belong to.")},
    )
    reason = reason_field(
        _("The public log will show it, and whoever wrote or rated the argument will read it.")
    )

    def __init__(self, *args: Any, argument: Argument, replies: list[Argument], **kwargs: Any) -> None:
        """Take what is split and its replies, each of which gets a question of its own. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.cited = {str(one.pk): one for one in argument.citations.select_related("source")}
        chosen = self.fields["citations"]
        chosen.choices = [(key, _cited_words(one)) for key, one in self.cited.items()]  # type: ignore[attr-defined]  # the field is a MultipleChoiceField
        if not self.cited:
            del self.fields["citations"]
        self.replies = replies
        for reply in replies:
            self.fields[f"reply-{reply.pk}"] = forms.ChoiceField(
                label=reply.claim,
                choices=PART,
                initial="first",
                widget=forms.RadioSelect,
                error_messages={"required": _("Say which claim this answers.")},
            )

    @property
    def reply_fields(self) -> list[forms.BoundField]:
        """Return the questions about the replies, in their order."""
        return [self[f"reply-{reply.pk}"] for reply in self.replies]

    def second(self) -> ArgumentText:
        """Return the second claim as written; call it on a valid form only."""
        data = self.cleaned_data
        chosen = [self.cited[key] for key in data.get("citations", ())]
        return ArgumentText(
            claim=data["second_claim"],
            elaboration=data["second_elaboration"],
            citations=tuple(
                CitationText(
                    source=one.source,
                    locator_label=one.locator_label,
                    locator=one.locator,
                    quotation=one.quotation,
                    purpose=one.purpose,
                )
                for one in chosen
            ),
        )

    def replies_to_second(self) -> list[int]:
        """Return the keys of the replies that go to the second claim; call it on a valid form only."""
        return [reply.pk for reply in self.replies if self.cleaned_data[f"reply-{reply.pk}"] == "second"]


class UndoForm(PatientForm):
    """Why a move, a merge or a split is undone."""

    reason = reason_field(_("The public log will show it."))


def _cited_words(citation: Citation) -> str:
    """Return a citation as a choice: its number, the work and the place."""
    place = f", {citation.place}" if citation.place else ""
    return f"[{citation.position}] {citation.source}{place}"
