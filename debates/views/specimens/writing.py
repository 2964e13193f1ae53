"""Specimens of forms: empty, filled, with every mistake, refused."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from debates.forms.argument import ArgumentForm, RebuttalForm
from debates.forms.citation import citation_forms
from debates.models import Argument
from debates.models.tag import VOCABULARY
from debates.models.visibility import NOBODY
from debates.permissions import Refused
from debates.views.finding.similar import Said
from debates.views.specimens.made import LONG, NOWHERE, SHORT, USUAL, Section, Specimen, a_card, a_con

FORM = "debates/reply.html#form"
EMPTY_ROWS = {"cite-TOTAL_FORMS": "1", "cite-INITIAL_FORMS": "0"}


class EveryField(forms.Form):
    """One field of every kind that the site's forms have."""

    words = forms.CharField(label="Words", help_text="One line.", max_length=60)
    text = forms.CharField(
        label="A text", help_text="Several lines.", widget=forms.Textarea(attrs={"rows": 3})
    )
    number = forms.IntegerField(
        label="A number",
        min_value=0,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    one = forms.ChoiceField(
        label="One of three",
        choices=[("a", "The first"), ("b", USUAL), ("c", "The third")],
        widget=forms.RadioSelect,
    )
    chosen = forms.ChoiceField(label="One from a list", choices=[("", "Choose"), ("a", "The first")])
    several = forms.MultipleChoiceField(
        label="Any of two",
        choices=[("a", "The first"), ("b", "The second")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="A box to tick", help_text="It stands before its label.")
    file = forms.FileField(label="A file", help_text="Plain text.")
    address = forms.URLField(
        label="An address", assume_scheme="https", widget=forms.TextInput(attrs={"inputmode": "url"})
    )


def writing_sections() -> list[Section]:
    """Return the sections about forms; none of them asks the database."""
    return [
        Section("fields", _("Fields"), _fields()),
        Section("forms", _("The form of an argument"), _forms()),
    ]


def _fields() -> list[Specimen]:
    shown = EveryField(auto_id="field_%s")
    wrong = EveryField({"number": "a hundred", "address": "nowhere at all"}, auto_id="wrong_%s")
    return [
        *(Specimen(str(field.label), "pages.html#field", {"field": field}) for field in shown),
        *(
            Specimen(
                _("%(field)s, with what is wrong") % {"field": field.label},
                "pages.html#field",
                {"field": field},
            )
            for field in wrong
        ),
    ]


def _forms() -> list[Specimen]:
    mistakes = {
        **EMPTY_ROWS,
        "claim": "",
        "topics": ",".join(f"topic {n}" for n in range(12)),
        "cite-0-locator": "p. 12",
    }
    filled = {
        **EMPTY_ROWS,
        "stance": "con",
        "attacks": "claim",
        "claim": SHORT,
        "elaboration": LONG,
        "topics": "harbour",
    }
    refusal = Refused(_("This branch is locked: it can be read, but not answered."), status=409)
    return [
        Specimen(_("An answer, empty"), FORM, _given("answer", ArgumentForm)),
        Specimen(_("A rebuttal, empty"), FORM, _given("rebuttal", RebuttalForm)),
        Specimen(
            _("Something like it is said already"),
            "debates/reply.html#similar",
            {"similar": [_said(a_card("said1")), _said(a_con("said2", claim=SHORT))]},
        ),
        Specimen(_("An answer, with every mistake"), FORM, _given("mistakes", ArgumentForm, mistakes)),
        Specimen(_("A rebuttal, with every mistake"), FORM, _given("wrong", RebuttalForm, mistakes)),
        Specimen(
            _("Refused, with everything that was typed"),
            FORM,
            _given("refused", ArgumentForm, filled, refusal=refusal),
        ),
        Specimen(
            _("Previewed"),
            FORM,
            _given("previewed", ArgumentForm, filled, preview=a_card("previewed", url="", public_id="")),
        ),
        Specimen(_("Posted, in the form’s place"), "debates/reply.html#posted", {"card": a_card("posted")}),
    ]


def _given(
    key: str, form_class: type[ArgumentForm], data: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """Return what the form of an answer is given. Any: a template's values."""
    parent = Argument(public_id=f"specimen{key}", claim=USUAL, kind=Argument.Kind.ARGUMENT)
    ids = f"{key}_%s"
    return {
        "parent": parent,
        "form": form_class(data, auto_id=ids, parent=parent),
        "citations": citation_forms(data, NOBODY, [], 1, ids),
        "key": uuid.UUID(int=0),
        "seen": 1,
        "rebuttal": form_class is RebuttalForm,
        "vocabulary": VOCABULARY.items(),
        "asks_similar": True,
        "in_place": True,
        **more,
    }


def _said(card: Any) -> Said:
    return Said(card, NOWHERE, _("Agree with this one"))
