"""Turn rows into what the export says of them: cells with a name for programs, and a label and words for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model, Prefetch
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debates.models import Argument, Citation
from debates.models.authorship import shown_editor
from forum.accounts.models import User
from forum.bookmarks.models import ArgumentList, ListEntry
from forum.own_data.references import NAMED, References
from forum.own_data.relations import RELATIONS, model_of, rows_of

BATCH = 200
"""Rows that are in memory at a time."""


@dataclass(frozen=True)
class Cell:
    """One column of one row."""

    name: str
    label: str
    value: Any
    """What programs read: JSON, times as datetime. Any: of every kind."""
    words: str = ""
    """What people read instead, where that differs."""


type Row = list[Cell]


def columns_of(key: str) -> list[Field[Any, Any]]:
    """Return the columns of a relation that the export shows. Any: of whichever kind."""
    model, own = model_of(key)
    omit = {own, *RELATIONS[key].omit}
    if not model._meta.auto_created:
        omit.add("id")
    return [field for field in model._meta.concrete_fields if field.name not in omit and field.name != "id"]


def unnamed_columns(key: str) -> list[str]:
    """Return the columns of a relation that lead to what the export has no name for; a test wants none."""
    return [
        field.name
        for field in columns_of(key)
        if isinstance(field, ForeignKey) and field.related_model not in NAMED
    ]


def batches(key: str, member: User) -> Iterator[list[Row]]:
    """Yield the rows of a relation, in the order in which they were made, some at a time."""
    columns = columns_of(key)
    keys = [column for column in columns if isinstance(column, ForeignKey)]
    rows, last = rows_of(key, member).order_by("pk"), 0
    if rows.model is Argument:
        rows = rows.select_related("debate", "author", "voice").prefetch_related(
            "revisions",
            "argument_tags__tag",
            Prefetch("citations", Citation.objects.order_by("position", "pk")),
        )
    if rows.model is ArgumentList:
        rows = rows.prefetch_related("entries")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        references = References(member, batch, keys)
        cited = _cited(batch, member) if rows.model is Argument else {}
        gathered = _gathered(batch, member) if rows.model is ArgumentList else {}
        yield [
            [_cell(column, row, references) for column in columns]
            + (_of_argument(row, member, cited) if isinstance(row, Argument) else [])
            + ([Cell("arguments", _("Arguments"), gathered[row.pk])] if row.pk in gathered else [])
            for row in batch
        ]


def _cell(column: Field[Any, Any], row: Model, references: References) -> Cell:
    """Return one column of one row. Any: of whichever kind."""
    label = capfirst(str(column.verbose_name))
    if isinstance(column, ForeignKey):
        return Cell(column.name, label, references.named(column, row))
    value = getattr(row, column.attname)
    if column.name == "body":  # a draft's form, as a browser sends it
        value = {name: values for name, values in QueryDict(value).lists() if any(values)}
    words = str(getattr(row, f"get_{column.name}_display")()) if column.choices and value != "" else ""
    return Cell(column.name, label, value, words)


def _cited(arguments: list[Argument], member: User) -> dict[int, dict[str, Any]]:
    """Return what the citations of some arguments cite, by key. Any: JSON."""
    citations = [one for argument in arguments for one in argument.citations.all()]
    column = Citation._meta.get_field("source")
    references = References(member, citations, [column])
    return {one.source_id: references.named(column, one) or {} for one in citations}


def _gathered(lists: list[ArgumentList], member: User) -> dict[int, list[dict[str, Any]]]:
    """Return what stands in some lists, in its order, by the key of the list. Any: JSON."""
    entries = [one for gathered in lists for one in gathered.entries.all()]
    column = ListEntry._meta.get_field("argument")
    references = References(member, entries, [column])
    return {one.pk: [references.named(column, entry) or {} for entry in one.entries.all()] for one in lists}


def _of_argument(argument: Argument, member: User, cited: dict[int, dict[str, Any]]) -> Row:
    """Return what belongs to an argument: tags, citations and all versions. Any: JSON."""
    citations = [
        {
            "source": cited.get(one.source_id),
            "locator": f"{one.locator_label} {one.locator}".strip(),
            "quotation": one.quotation,
            "quotation_state": one.quotation_state,
            "purpose": one.purpose,
        }
        for one in argument.citations.all()
    ]
    versions = [
        {
            "number": one.number,
            "claim": one.claim,
            "elaboration": one.elaboration,
            "stance": one.stance,
            "attacks": one.attacks,
            "tags": one.tags,
            "note": one.note,
            "by": shown_editor(one, argument, member),
            "created_at": one.created_at,
        }
        for one in sorted(argument.revisions.all(), key=lambda one: one.number)
    ]
    return [
        Cell("tags", _("Tags"), [row.tag.name for row in argument.argument_tags.all()]),
        Cell("citations", _("Citations"), citations),
        Cell("versions", _("Versions"), versions),
    ]


def account_of(member: User) -> Row:
    """Return what the account itself says, secrets left out."""
    return [
        Cell("name", _("Name"), member.username),
        Cell("email", _("E-mail"), member.email),
        Cell("first_name", _("First name"), member.first_name),
        Cell("last_name", _("Last name"), member.last_name),
        Cell("date_joined", _("Joined"), member.date_joined),
        Cell("last_login", _("Last signed in"), member.last_login),
        Cell("is_staff", _("Sees the admin"), member.is_staff),
        Cell("is_superuser", _("Administrator"), member.is_superuser),
        Cell("has_password", _("Has a password"), member.has_usable_password()),
    ]
