"""The form of a source's record, field by field; what it has no field for is kept as it was."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.log import LONGEST_REASON
from debates.actions.writing.text import UNPRINTABLE, unprintable
from debates.bibliography.dates import iso
from debates.bibliography.identifiers import (
    RecordError,
    read_address,
    read_arxiv,
    read_doi,
    read_isbn,
    read_pmid,
)
from debates.bibliography.record import TYPES, Name, Record, read_date, read_names
from debates.forms.sentences import sentence
from debates.forms.unfinished import PatientForm

LONGEST = 5000
LONGEST_LINE = 500

TEXTS = ("title", "container", "publisher", "place", "volume", "issue", "pages", "edition", "number")
NAMES = ("authors", "editors", "translators")
IDENTIFIERS: dict[str, Callable[[str], str]] = {
    "url": read_address,
    "archived_url": read_address,
    "doi": read_doi,
    "isbn": read_isbn,
    "pmid": read_pmid,
    "arxiv": read_arxiv,
}
DATES = ("issued", "original_date", "accessed", "archived_on")

ALWAYS = ("type", "title", "authors", "issued", "url")
ASKED: dict[str, tuple[str, ...]] = {
    "book": ("editors", "translators", "publisher", "place", "edition", "volume", "original_date", "isbn"),
    "chapter": ("container", "editors", "translators", "publisher", "place", "pages", "edition", "isbn"),
    "article": ("container", "doi", "arxiv", "number"),
    "article-journal": ("container", "volume", "issue", "pages", "doi", "pmid", "arxiv"),
    "article-newspaper": ("container", "place", "pages", "accessed"),
    "article-magazine": ("container", "volume", "issue", "pages", "accessed"),
    "webpage": ("container", "publisher", "accessed", "archived_url", "archived_on"),
    "post-weblog": ("container", "accessed", "archived_url", "archived_on"),
    "post": ("container", "accessed", "archived_url", "archived_on"),
    "pamphlet": ("publisher", "place", "edition"),
    "report": ("publisher", "place", "number", "doi", "isbn"),
    "entry-encyclopedia": ("container", "editors", "publisher", "place", "volume", "pages", "edition"),
    "speech": ("container", "publisher", "place"),
    "event": ("container", "place"),
    "interview": ("container", "publisher", "accessed"),
    "personal_communication": ("place",),
    "manuscript": ("container", "publisher", "place", "number"),
    "motion_picture": ("publisher", "place"),
    "legislation": ("container", "volume", "number", "pages", "place"),
    "thesis": ("publisher", "place", "number", "doi"),
    "dataset": ("publisher", "edition", "number", "doi"),
    "document": ("container", "publisher", "place", "number"),
}
"""What a record of each kind is asked for first, besides `ALWAYS`: what CSL's styles print of it."""


class RecordForm(PatientForm):
    """The fields of a record; those that its kind of work is asked for stand open, the others are folded away."""

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
        label=_("Year or date"), help_text=_("As in 1917 or 1917-11-07."), max_length=100, required=False
    )
    container = forms.CharField(
        label=_("In (journal, newspaper, site, book)"), max_length=LONGEST_LINE, required=False
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=LONGEST_LINE, required=False)
    url = forms.CharField(label=_("Address on the web"), max_length=2100, required=False)
    doi = forms.CharField(label=_("DOI"), max_length=300, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=40, required=False)

    editors = forms.CharField(
        label=_("Editors"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST, required=False
    )
    translators = forms.CharField(
        label=_("Translators"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST, required=False
    )
    place = forms.CharField(label=_("Place"), max_length=LONGEST_LINE, required=False)
    volume = forms.CharField(label=_("Volume"), max_length=100, required=False)
    issue = forms.CharField(label=_("Issue"), max_length=100, required=False)
    pages = forms.CharField(label=_("Pages"), max_length=100, required=False)
    edition = forms.CharField(label=_("Edition"), max_length=100, required=False)
    number = forms.CharField(
        label=_("Number"), help_text=_("Of a report, a law, a paper."), max_length=100, required=False
    )
    original_date = forms.CharField(
        label=_("First published"), help_text=_("As in 1867."), max_length=20, required=False
    )
    accessed = forms.CharField(
        label=_("Read on"), help_text=_("As in 2024-05-01."), max_length=20, required=False
    )
    archived_url = forms.CharField(label=_("Address of an archived copy"), max_length=2100, required=False)
    archived_on = forms.CharField(
        label=_("Date of the archived copy"), help_text=_("As in 2024-05-01."), max_length=20, required=False
    )
    pmid = forms.CharField(label=_("PubMed number"), max_length=100, required=False)
    arxiv = forms.CharField(label=_("arXiv number"), max_length=100, required=False)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST, required=False
    )

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that stand open: what this kind of work is asked for, and whatever holds something or is wrong."""
        first = {*ALWAYS, *ASKED.get(str(self["type"].value() or ""), ASKED["document"])}
        return [
            self[name] for name in self._order if name in first or self[name].value() or self.errors.get(name)
        ]

    @property
    def others(self) -> list[forms.BoundField]:
        """Return the fields that are folded away."""
        open_names = {field.name for field in self.asked}
        return [self[name] for name in self._order if name not in open_names]

    @property
    def _order(self) -> list[str]:
        """Return the names of the fields that this form has."""
        return [name for name in FIELD_ORDER if name in self.fields]


class SourceForm(RecordForm):
    """The whole record, what is missing in it in somebody's words, and why it is changed."""

    incomplete = forms.CharField(
        label=_("What is missing"),
        help_text=_("In your words; leave it empty when nothing is."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )
    reason = forms.CharField(label=_("Why you change it"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, old: Record, incomplete: str, logged: bool, **kwargs: Any) -> None:
        """Fill in the record as it stands; `logged`: whoever changes it says why to everyone. Any: Django's own signature."""
        kwargs["initial"] = {
            **shown_in_form(old),
            "incomplete": incomplete,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.old = old
        for name, field in self.fields.items():
            # An import may have brought more than is typed here; what is not touched must not stand in the way.
            length = len(str(self.initial.get(name) or ""))
            if isinstance(field, forms.CharField) and field.max_length and length > field.max_length:
                field.validators = [
                    one for one in field.validators if not isinstance(one, MaxLengthValidator)
                ]
                field.validators.append(MaxLengthValidator(length))
                field.widget.attrs["maxlength"] = str(length)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _(
            "Give the title; a record without one names nothing."
        )
        if old.type not in TYPES:  # CSL has more kinds than we offer
            self.fields["type"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
                *((key, _t(name)) for key, name in TYPES.items()),
                (old.type, old.type),
            ]
        if logged:
            self.fields["reason"].required = True
            self.fields["reason"].label = _("Reason")
            self.fields["reason"].help_text = _("The public log will show it.")
            self.fields["reason"].error_messages["required"] = _(
                "Give a reason: the public log, and whoever added the source, will read it."
            )

    def clean(self) -> dict[str, Any]:
        """Read the record, or say at each field what is wrong. Any: cleaned values."""
        data = super().clean() or {}
        for name, value in data.items():
            if isinstance(value, str) and unprintable(value):
                self.add_error(name, str(UNPRINTABLE))
        if not self.errors:
            record, wrong = read_record(data, self.old)
            for name, error in wrong.items():
                self.add_error(name, sentence(error))
            data["record"] = record
        return data


FIELD_ORDER = (
    *("type", "title", "authors", "editors", "translators", "issued", "original_date", "container"),
    *("publisher", "place", "edition", "volume", "issue", "pages", "number", "doi", "isbn", "pmid", "arxiv"),
    *("url", "accessed", "archived_url", "archived_on", "note", "incomplete"),
)
"""The fields of the record in the order in which a reference is read."""


def shown_in_form(record: Record) -> dict[str, str]:
    """Return a record as the fields show it: names one a line, dates as ISO 8601 writes them."""
    plain = {name: str(getattr(record, name)) for name in ("type", *TEXTS, *IDENTIFIERS, "note")}
    names = {name: _lines(getattr(record, name)) for name in NAMES}
    return {
        **plain,
        **names,
        "issued": record.date(),
        "original_date": iso(record.original_date),
        "accessed": iso(record.accessed),
        "archived_on": record.archived_on,
    }


def read_record(typed: Mapping[str, Any], old: Record) -> tuple[Record, dict[str, RecordError]]:
    """Return the record that the fields describe, and what is wrong by field. Any: cleaned values.

    What was not touched stays as it was to the letter: a name with its particle, a date with its range, and an address
    that would be refused if it were typed today. What is wrong stays as it was, too.
    """
    before = shown_in_form(old)
    now = {name: _unwrapped(str(typed.get(name) or "")) for name in before}
    touched = {name: written for name, written in now.items() if written != _unwrapped(before[name])}
    values: dict[str, Any] = {}  # Any: what the fields of a record hold
    wrong: dict[str, RecordError] = {}
    for name, written in touched.items():
        try:
            values[name] = _read(name, written)
        except RecordError as error:
            wrong[name] = error
    record = old
    if "issued" in values:
        # Besides the date itself there may be a range or words of it, which go with it.
        record = record.dated(touched["issued"])
        del values["issued"]
    return replace(record, **values), wrong


def _read(name: str, written: str) -> str | tuple[int, ...] | tuple[Name, ...]:
    """Return what one field says, in the shape in which the record holds it."""
    if name in NAMES:
        return read_names(written)
    if name in IDENTIFIERS:
        return IDENTIFIERS[name](written)
    if name == "archived_on":
        return iso(read_date(written)) if written.strip() else ""
    if name in DATES:
        return read_date(written) if written.strip() else ()
    return written.strip() if name == "note" else " ".join(written.split())


def _unwrapped(text: str) -> str:
    """Return a text with the line breaks of this side of the browser, and without outer space."""
    return "\n".join(text.splitlines()).strip()


def _lines(names: tuple[Name, ...]) -> str:
    return "\n".join(name.inverted() for name in names)
