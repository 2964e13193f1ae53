"""The form of an argument: side, claim, elaboration, tags; a rebuttal also says what is wrong."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.stance import THESIS_BEARS_ON_NOTHING
from debates.actions.writing.text import ArgumentText, CitationText
from debates.forms.unfinished import PatientForm
from debates.models import Argument
from debates.models.argument import CLAIM_LENGTH, Attacks, Stance
from debates.models.tag import VOCABULARY, rebuttal_choices

MOST_TOPICS = 8
SIDES = [
    (Stance.PRO, _("For: it supports the claim")),
    (Stance.CON, _("Against: it speaks against the claim")),
    ("note", _("Neither: a remark or a question")),
]
ATTACKS = [(Attacks.CLAIM, _("It is not true")), (Attacks.BEARING, _("True or not, it does not matter here"))]


class ArgumentForm(PatientForm):
    """An answer to a claim; `parent` is that claim. Of a thesis nobody can say that it does not matter here."""

    stance = forms.ChoiceField(
        label=_("For or against?"),
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a side, or neither.")},
    )
    attacks = forms.ChoiceField(
        label=_("If against: what is wrong with it?"),
        choices=ATTACKS,
        widget=forms.RadioSelect,
        required=False,
    )
    claim = forms.CharField(
        label=_("Your claim"),
        error_messages={"required": _("Write the claim: one sentence that can be true or false.")},
        help_text=_("One sentence that can be true or false, at most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": CLAIM_LENGTH, "data-count": "true"}),
        strip=True,
    )
    elaboration = forms.CharField(
        label=_("Why"),
        help_text=_(
            "Optional. Markdown: *emphasis*, [a link](https://…), lists, > quotations, and [^1] for the first source below."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )
    topics = forms.CharField(
        label=_("Topics"), help_text=_("Optional, separated by commas."), max_length=500, required=False
    )

    def __init__(self, *args: Any, parent: Argument | None = None, **kwargs: Any) -> None:
        """Take what is answered. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.bears_on_nothing = parent is not None and parent.kind == Argument.Kind.THESIS
        if self.bears_on_nothing:
            attacks = self.fields["attacks"]
            attacks.choices = ATTACKS[:1]  # type: ignore[attr-defined]  # the field is a ChoiceField
            attacks.error_messages["invalid_choice"] = THESIS_BEARS_ON_NOTHING

    def clean_claim(self) -> str:
        """Return the claim as one line; a browser sends a line break as two characters and counts one."""
        return " ".join(self.cleaned_data["claim"].split())

    def clean_topics(self) -> list[str]:
        """Return the topics, each once."""
        names = [" ".join(name.split()) for name in self.cleaned_data["topics"].split(",")]
        names = [name for name in dict.fromkeys(names) if name]
        if len(names) > MOST_TOPICS:
            raise forms.ValidationError(
                _t("There are %(count)d topics; keep the %(most)d that matter most.")
                % {"count": len(names), "most": MOST_TOPICS}
            )
        for name in names:
            if len(name) > 60:
                raise forms.ValidationError(
                    _t("A topic has at most 60 characters; shorten “%(name)s…”.") % {"name": name[:40]}
                )
            if name.lower() in (key.replace("-", " ") for key in VOCABULARY):
                raise forms.ValidationError(
                    _t("“%(name)s” says what is wrong with a claim; it is a tag of rebuttals, not a topic.")
                    % {"name": name}
                )
        return names

    def clean(self) -> dict[str, Any]:
        """Ask a con what it attacks. Any: cleaned values."""
        data = super().clean() or {}
        if data.get("stance") != Stance.CON or data.get("attacks") or "attacks" in self.errors:
            return data
        if self.bears_on_nothing:
            data["attacks"] = Attacks.CLAIM
        else:
            self.add_error(
                "attacks", _t("Say what is wrong with the claim: is it not true, or does it not matter here?")
            )
        return data

    def text(self, citations: tuple[CitationText, ...]) -> ArgumentText:
        """Return what was typed; call it on a valid form only."""
        data = self.cleaned_data
        stance = data.get("stance", Stance.CON)
        note = stance == "note"
        return ArgumentText(
            kind=Argument.Kind.NOTE if note else Argument.Kind.ARGUMENT,
            stance="" if note else stance,
            attacks=data["attacks"] if stance == Stance.CON else "",
            claim=data["claim"],
            elaboration=data["elaboration"],
            rebuttal_tags=tuple(data.get("rebuttal_tags", ())),
            topic_tags=tuple(data["topics"]),
            citations=citations,
        )


class RebuttalForm(ArgumentForm):
    """A con that says what is wrong and brings a source."""

    rebuttal_tags = forms.MultipleChoiceField(
        label=_("What is wrong with it?"),
        choices=rebuttal_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one: it is the charge that your rebuttal makes.")},
    )
    field_order = ("rebuttal_tags", "attacks", "claim", "elaboration", "topics")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the side: a rebuttal is against. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        del self.fields["stance"]
        self.fields["attacks"].label = _("Is it not true, or does it not matter here?")
        self.fields["attacks"].required = True
        self.fields["attacks"].initial = Attacks.CLAIM


class ThesisForm(ArgumentForm):
    """The text of a thesis, for editing: it takes no side."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the side. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        del self.fields["stance"], self.fields["attacks"]

    def text(self, citations: tuple[CitationText, ...]) -> ArgumentText:
        """Return what was typed; call it on a valid form only."""
        data = self.cleaned_data
        return ArgumentText(
            kind=Argument.Kind.THESIS,
            claim=data["claim"],
            elaboration=data["elaboration"],
            topic_tags=tuple(data["topics"]),
            citations=citations,
        )


class PremiseForm(ThesisForm):
    """A further premise of an argument, on whose side it stands."""

    def __init__(self, *args: Any, joint_with: Argument, **kwargs: Any) -> None:
        """Take the argument. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.joint_with = joint_with
        self.fields["claim"].label = _("The further premise")

    def text(self, citations: tuple[CitationText, ...]) -> ArgumentText:
        """Return what was typed; call it on a valid form only."""
        premise = super().text(citations)
        side = self.joint_with
        return replace(premise, kind=side.kind, stance=side.stance, attacks=side.attacks)
