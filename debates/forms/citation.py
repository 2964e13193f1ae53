"""The part of a form that cites: a work, where in it, what it says, what for."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.text import CitationText
from debates.bibliography.locator import last_page, past_the_end, read_locator
from debates.forms.work import WorkForm, known_sources
from debates.models.visibility import Viewer

MOST = 10
LONGEST = 5000  # characters of a quotation
LONGEST_LOCATOR = 100  # without the word before it, as in p. or chapter

if TYPE_CHECKING:
    _FormSet = BaseFormSet["CitationForm"]
else:  # Django's class takes no parameter when it runs
    _FormSet = BaseFormSet


class CitationForm(WorkForm):
    """One citation; left empty, it cites nothing."""

    locator = forms.CharField(
        label=_("Where in the source"),
        help_text=_("As in p. 111, chapter 42 or paragraph 3."),
        max_length=110,
        required=False,
    )
    quotation = forms.CharField(
        label=_("What it says, word for word"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )
    purpose = forms.CharField(label=_("What you cite it for"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Add to the work where in it, what it says and what for. Any: cleaned values."""
        data = super().clean()
        label, locator = read_locator(data.get("locator", ""))
        if len(locator) > LONGEST_LOCATOR:
            self.add_error(
                "locator",
                _t("The place has %(count)d characters; shorten it to %(most)d.")
                % {"count": len(locator), "most": LONGEST_LOCATOR},
            )
        if "text" in data and label == "page":
            self._check_page(data["text"], locator)
        if "text" in data:
            data["text"] = replace(
                data["text"],
                locator_label=label,
                locator=locator,
                quotation=data["quotation"],
                purpose=data["purpose"],
            )
        return data

    def _check_page(self, work: CitationText, locator: str) -> None:
        """Refuse a page after the last one of the work."""
        record = work.source.record if work.source else work.record
        last = last_page(record.pages, record.extra.get("number-of-pages")) if record else None
        if last is not None and past_the_end("page", locator, last):
            self.add_error(
                "locator",
                _t("The work ends on page %(last)d; which of its pages is “%(place)s”?")
                % {"last": last, "place": locator},
            )


class BaseCitationForms(_FormSet):
    """The citations of one argument."""

    def texts(self) -> tuple[CitationText, ...]:
        """Return the citations that were typed; call it on valid forms only."""
        return tuple(
            form.cleaned_data["text"]
            for form in self.forms
            if form.has_changed() and "text" in form.cleaned_data
        )


def citation_forms(
    data: Any,
    viewer: Viewer,
    initial: Sequence[dict[str, Any]],
    rows: int,
    auto_id: str = "id_%s",
    cited: Collection[str] = (),
) -> BaseCitationForms:
    """Return the citation forms of a page, as typed or as it stands; `cited` as `known_sources` takes it. Any: form data."""
    # However many a request announces, no more are built.
    made = formset_factory(
        CitationForm,
        formset=BaseCitationForms,
        extra=rows,
        max_num=MOST,
        absolute_max=MOST + 1,
        validate_max=True,
    )(
        data,
        prefix="cite",
        auto_id=auto_id,
        initial=list(initial),
        form_kwargs={"viewer": viewer, "known": known_sources(data, viewer, initial, cited=cited)},
    )
    return cast("BaseCitationForms", made)  # the factory's stub forgets the formset it was given
