"""The part of a form that names a work: found in the library, pasted, or described."""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.writing.text import UNPRINTABLE, CitationText, unprintable
from debates.bibliography.csl import check_item
from debates.bibliography.identifiers import RecordError
from debates.bibliography.named import named_by, record_named
from debates.bibliography.record import Record, record_from_csl
from debates.forms.sentences import sentence
from debates.forms.source import FIELD_ORDER, RecordForm, read_record
from debates.models import Source
from debates.models.visibility import Viewer
from debates.search import find_sources

LONGEST_ITEM = 50_000  # characters of a record in JSON: a paper of a thousand authors
FOUND = 8
"""Sources that a search offers at once; more words find fewer."""
PUBLIC_ID = re.compile(r"[0-9a-z]{1,12}")
MOST_NAMED = 22
"""Sources that one form may name: ten citations, each with a choice of the same work, and one over."""

DESCRIBED = tuple(name for name in FIELD_ORDER if name not in ("type", "incomplete"))
"""The fields that describe a new source."""


def label_of(source: Source) -> str:
    """Return what a list says of a source: author, year and title."""
    names = source.record.short()
    title = source.title if len(source.title) <= 80 else source.title[:79] + "…"
    return title if names.startswith(title[:40]) else f"{names}: {title}"


class WorkForm(RecordForm):
    """One work; left empty, it names none."""

    find = forms.CharField(
        label=_("Find a source that is here already"),
        help_text=_("Words of its title, an author, a DOI, an ISBN or an address."),
        max_length=300,
        required=False,
    )
    source = forms.ChoiceField(label=_("Which one?"), required=False, widget=forms.RadioSelect, choices=())
    item = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_ITEM, required=False)
    # A field of the kind "url" may not show again what is no address.
    url = forms.URLField(
        label=_("Address on the web"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    same = forms.ChoiceField(
        label=_("Is it the same work?"), required=False, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, viewer: Viewer, known: dict[str, Source], **kwargs: Any) -> None:
        """Take who cites, and the sources that the page names already, by their public ids. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        self.viewer, self.known = viewer, known
        self.found, self.more = self._find()
        chosen = self.chosen
        choices = (
            [(source.public_id, label_of(source)) for source in self.found]
            if chosen is None
            # Under the name that was sent: it may be that of a record that was merged into this one since.
            else [(str(self["source"].value()), label_of(chosen))]
        )
        cast("forms.ChoiceField", self.fields["source"]).choices = (
            [*choices, ("", _("None of these"))] if choices else []
        )
        self.alike = self._alike()
        cast("forms.ChoiceField", self.fields["same"]).choices = (
            [
                *(
                    (source.public_id, _t("Yes: cite “%(source)s”") % {"source": label_of(source)})
                    for source in self.alike
                ),
                ("new", _("No, it is another work: add it")),
            ]
            if self.alike
            else []
        )

    @property
    def chosen(self) -> Source | None:
        """Return the source that is chosen in the library, if one is."""
        return self.known.get(str(self["source"].value() or ""))

    @property
    def described(self) -> bool:
        """Say whether a new source is described in the form's own fields."""
        return any(bool(self[name].value()) for name in DESCRIBED)

    @property
    def pasted(self) -> Record | None:
        """Return the record that was read from a pasted reference, if there is one that still stands."""
        written = str(self["item"].value() or "")
        if not written:
            return None
        try:
            item = json.loads(written)
            record = None if check_item(item) else record_from_csl(item)
            return record if record is not None and record.title else None
        except (
            ValueError,
            RecursionError,
        ):  # not what we wrote into the page: the form says so when it is sent
            return None

    def has_changed(self) -> bool:
        """Say whether anything stands in it, be it new or as it was; the kind of work has a first value and does not count."""
        return any(bool(self[name].data) for name in self.fields if name != "type")

    def _find(self) -> tuple[list[Source], bool]:
        """Return the sources to choose from, and whether there are more than are shown."""
        chosen = self.chosen
        words = str(self["find"].value() or "")
        if chosen is not None or not words.strip() or unprintable(words):
            return ([chosen] if chosen is not None else []), False
        found = list(find_sources(words, self.viewer)[: FOUND + 1])
        self.known.update({source.public_id: source for source in found})
        return found[:FOUND], len(found) > FOUND

    def _alike(self) -> list[Source]:
        """Return the sources that seem to be the work that was pasted, or that is described in a form that was sent."""
        if self.chosen is not None:
            return []
        record = self.pasted
        if record is None and self.described and self.is_bound:
            typed = {name: str(self[name].data or "") for name in (*DESCRIBED, "type")}
            record, wrong = self._described(typed)
            if wrong:
                return []
        if record is None:
            return []
        alike = list(Source.objects.to_cite(self.viewer).same_work(record).order_by("title", "pk")[:FOUND])
        self.known.update({source.public_id: source for source in alike})
        return alike

    def _described(self, data: dict[str, Any]) -> tuple[Record, dict[str, RecordError]]:
        """Return the record that the form’s fields describe, and what is wrong by field. Any: values as typed or cleaned."""
        return read_record({**data, "type": data.get("type") or "document"}, Record(type="", title=""))

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into a work, or say at the field what is wrong. Any: cleaned values."""
        data = super().clean() or {}
        if not self.has_changed() or self.errors:
            return data
        self._refuse_unprintable(data)
        source, record = self.chosen, None
        if source is not None and data.get("title"):
            self.add_error(
                "title", _t("Choose a known source or describe a new one, not both: empty one of the two.")
            )
        elif source is None and data.get("same") not in ("", "new", None):
            source = self.known.get(data["same"])
        if source is None and not self.errors:
            record = self._record(data)
        if not self.errors:
            data["text"] = CitationText(
                source=source, record=record, look_up=record is not None and not self._titled(data)
            )
        return data

    def _titled(self, data: dict[str, Any]) -> bool:
        """Say whether somebody gave the work its title. Any: cleaned values."""
        return bool(data.get("title") or data.get("item"))

    def _refuse_unprintable(self, data: dict[str, Any]) -> None:
        for name, value in data.items():
            if isinstance(value, str) and unprintable(value):
                self.add_error(name, UNPRINTABLE)

    def _record(self, data: dict[str, Any]) -> Record | None:
        """Return the record of a new source, or say what is wrong with it. Any: cleaned values."""
        record: Record | None
        if data.get("item"):
            record = self.pasted
            if record is None:
                self.add_error("find", _t("The pasted reference can no longer be read; paste it again."))
                return None
        else:
            record, wrong = self._described(data)
            for name, error in wrong.items():
                self.add_error(name, sentence(error))
            if wrong:
                return None
            if not record.title:
                record = self._untitled(record)
                if record is None:
                    return None
        if self.alike and data.get("same") != "new":
            self.add_error(
                "same",
                _t("The library has what looks like the same work. Is it the same, or another?"),
            )
        return record

    def _untitled(self, record: Record) -> Record | None:
        """Return a record that will be looked up, named by its identifier; refuse where there is no title and no look-up."""
        identifier = named_by(record)
        if identifier is None:
            self.add_error(
                "find",
                _t("Find a source in the library, paste a reference, or describe a new one by its title."),
            )
        elif not settings.LOOK_UP or identifier.kind not in ("doi", "arxiv", "address"):
            self.add_error(
                "title",
                _t("Give the title as well: this site does not ask others what “%(identifier)s” is.")
                % {"identifier": identifier.value},
            )
        else:
            return record_named(identifier, title=identifier.value)
        return None


def known_sources(
    data: Any,
    viewer: Viewer,
    initial: Sequence[dict[str, Any]],
    prefix: str = "cite",
    cited: Collection[str] = (),
) -> dict[str, Source]:
    """Return the sources that a form names, by public id, in one query. Any: form data.

    `cited` are those that the argument cites already: they stay on offer, even where a moderator hid one since, so that an
    edit does not lose it. Whatever else is named was typed by somebody, who sees of it what they may cite.
    """
    typed = [row.get(name) for row in initial for name in ("source", "same")]
    typed += [
        value
        for name, value in (data.items() if data is not None else ())
        if name.startswith(prefix) and name.endswith(("-source", "-same"))
    ]
    named = [name for name in typed if isinstance(name, str) and PUBLIC_ID.fullmatch(name)][:MOST_NAMED]
    found = (
        {source.public_id: source for source in Source.objects.filter(public_id__in=cited)} if cited else {}
    )
    wanted = [name for name in named if name not in found]
    if wanted:
        library = Source.objects.to_cite(viewer)
        found |= {source.public_id: source for source in library.filter(public_id__in=wanted)}
        # A form that was opened before a merge names the record that is gone: its choice is not lost.
        gone = Source.objects.filter(public_id__in=set(wanted) - found.keys(), merged_into__isnull=False)
        standing = {source.public_id: source.standing for source in gone.select_related("merged_into")}
        kept = set(library.filter(pk__in=[one.pk for one in standing.values()]).values_list("pk", flat=True))
        found |= {name: source for name, source in standing.items() if source.pk in kept}
    return found
