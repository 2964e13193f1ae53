"""The part of a form that cites: a known source or a new one, where in it, what it says, what for."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.text import CitationText, unprintable
from debates.bibliography.record import (
    TYPES,
    Record,
    RecordError,
    read_date,
    read_doi,
    read_isbn,
    read_locator,
    read_names,
)
from debates.models import Citation, Debate, Source
from debates.models.source import in_use
from debates.models.visibility import listed

MOST = 10
LONGEST = 5000
LONGEST_LOCATOR = 100  # without the word before it, as in p. or chapter


if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Source]
    _FormSet = BaseFormSet["CitationForm"]
else:  # Django's classes take no parameter when they run
    _Choice = forms.ModelChoiceField
    _FormSet = BaseFormSet


class SourceChoice(_Choice):
    """Offer the library, named by author, year and title."""

    def label_from_instance(self, source: Source) -> str:
        """Return what the list says of a source."""
        names = source.record.short()
        title = source.title if len(source.title) <= 80 else source.title[:79] + "…"
        return title if names.startswith(title[:40]) else f"{names}: {title}"


class CitationForm(forms.Form):
    """One citation; left empty, it cites nothing."""

    source = SourceChoice(
        Source.objects.none(),
        label=_("A source that is here already"),
        required=False,
        to_field_name="public_id",
        empty_label=_("Choose, or describe a new one below"),
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST, required=False)
    type = forms.ChoiceField(
        label=_("Kind of work"),
        choices=[(key, _(name)) for key, name in TYPES.items()],
        required=False,
        initial="book",
    )
    authors = forms.CharField(
        label=_("Authors"),
        help_text=_("One a line: Family, Given. A body without a comma."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )
    issued = forms.CharField(
        label=_("Year or date"), help_text=_("As in 1917 or 1917-11-07."), max_length=20, required=False
    )
    container = forms.CharField(
        label=_("In (journal, newspaper, site, book)"), max_length=500, required=False
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=500, required=False)
    url = forms.URLField(
        label=_("Address on the web"), max_length=2000, required=False, assume_scheme="https"
    )
    doi = forms.CharField(label=_("DOI"), max_length=300, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=40, required=False)
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

    def __init__(self, *args: Any, library: Any = None, **kwargs: Any) -> None:
        """Take the sources to offer. Any: Django's own signature, and a queryset of sources."""
        super().__init__(*args, **kwargs)
        if library is not None:
            self.fields["source"].queryset = library  # type: ignore[attr-defined]  # the field is a SourceChoice

    def has_changed(self) -> bool:
        """Say whether anything stands in it, be it new or as it was; the kind of work has a first value and does not count."""
        return any(bool(self[name].data) for name in self.fields if name != "type")

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into a citation, or say at the field what is wrong. Any: cleaned values."""
        data = super().clean() or {}
        if not self.has_changed() or self.errors:
            return data
        for name, value in data.items():
            if isinstance(value, str) and unprintable(value):
                self.add_error(
                    name,
                    _t(
                        "The text holds a character that cannot be stored (a NUL or half of a pair); remove it."
                    ),
                )
        if data.get("source") and data.get("title"):
            self.add_error(
                "title", _t("Choose a known source or describe a new one, not both: empty one of the two.")
            )
        elif not data.get("source") and not data.get("title"):
            self.add_error("source", _t("Choose a source from the list, or describe a new one by its title."))
        if self.errors:
            return data
        record = None
        if not data.get("source"):
            try:
                record = _record(data)
            except RecordError as error:
                self.add_error(error.field, str(error))
                return data
        label, locator = read_locator(data["locator"])
        if len(locator) > LONGEST_LOCATOR:
            self.add_error(
                "locator",
                _t("The place has %(count)d characters; shorten it to %(most)d.")
                % {"count": len(locator), "most": LONGEST_LOCATOR},
            )
            return data
        data["text"] = CitationText(
            source=data.get("source"),
            record=record,
            locator_label=label,
            locator=locator,
            quotation=data["quotation"],
            purpose=data["purpose"],
        )
        return data


def _record(data: dict[str, Any]) -> Record:
    """Return the record of a new source. Any: cleaned values."""
    return Record(
        type=data["type"] or "document",
        title=" ".join(data["title"].split()),
        authors=read_names(data["authors"]),
        issued=read_date(data["issued"]) if data["issued"] else (),
        container=data["container"],
        publisher=data["publisher"],
        url=data["url"],
        doi=read_doi(data["doi"]),
        isbn=read_isbn(data["isbn"]),
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
    data: Any, debate: Debate, initial: list[dict[str, Any]], rows: int, auto_id: str = "id_%s"
) -> BaseCitationForms:
    """Return the citation forms of a page, with the library sorted: what this debate cites comes first. Any: form data."""
    here = Citation.objects.filter(source=OuterRef("pk"), argument__debate=debate)
    # What an argument cites already stays on offer, even where a moderator hid it since: an edit must not lose it.
    cited = [row["source"] for row in initial if row.get("source")]
    library = (
        Source.objects.filter((listed() & in_use()) | Q(public_id__in=cited))
        .annotate(cited_here=Exists(here))
        .order_by("-cited_here", "title", "pk")
    )
    made = formset_factory(
        CitationForm,
        formset=BaseCitationForms,
        extra=rows,
        max_num=MOST,
        absolute_max=MOST + 1,  # however many a request announces, no more are built
        validate_max=True,
    )(data, prefix="cite", auto_id=auto_id, initial=initial, form_kwargs={"library": library})
    return cast("BaseCitationForms", made)  # the factory's stub forgets the formset it was given
