"""Name what a row of the export is about: others' things by their address, their words only where the member may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import ForeignKey, Model
from django.urls import reverse

from debates.models import Argument, Citation, Debate, Link, Source, SourceRequest, Tag, Voice
from forum.accounts.models import User
from forum.following.things import carried

type Named = dict[str, Any]
"""What stands for a row in JSON. Any: JSON."""

THROUGH: dict[type[Model], tuple[str, ...]] = {
    Citation: ("argument", "source"),
    Link: ("argument", "parent"),
    SourceRequest: ("argument",),
}
"""Rows that are named by what they tie together."""
NAMED = (Argument, Debate, Source, Tag, Voice, User, Group, Permission, *THROUGH)
"""The models that a key in the export may lead to; other keys are left out by name in `relations`."""


class References:
    """What the keys of some rows lead to; read in a fixed number of statements."""

    def __init__(self, member: User, rows: Sequence[Model], columns: Iterable[ForeignKey[Any, Any]]) -> None:
        """Read everything that the rows lead to. Any: keys to whichever models."""
        self.found: dict[tuple[type[Model], int], Named] = {}
        wanted: dict[type[Model], set[int]] = {}
        for column in columns:
            keys = {getattr(row, column.attname) for row in rows} - {None}
            wanted.setdefault(column.related_model, set()).update(keys)
        between = {
            model: list(model._default_manager.filter(pk__in=wanted.pop(model, set()))) for model in THROUGH
        }
        for model, ties in between.items():
            for tie in ties:
                for column in _ties_of(model):
                    wanted.setdefault(column.related_model, set()).add(getattr(tie, column.attname))
        self._arguments(member, wanted.get(Argument, set()))
        self._sources(member, wanted.get(Source, set()))
        self._debates(member, wanted.get(Debate, set()))
        self._others(member, wanted)
        for model, ties in between.items():
            for tie in ties:
                self.found[model, tie.pk] = {
                    column.name: self.named(column, tie) for column in _ties_of(model)
                }

    def named(self, column: ForeignKey[Any, Any], row: Model) -> Named | None:
        """Return what the key of one row leads to; None where it leads nowhere. Any: as above."""
        key = getattr(row, column.attname)
        return None if key is None else self.found.get((column.related_model, key), {})

    def _arguments(self, member: User, keys: set[int]) -> None:
        readable = dict(
            Argument.objects.visible_to(member).filter(pk__in=keys).order_by().values_list("pk", "claim")
        )
        for pk, name in Argument.objects.filter(pk__in=keys).order_by().values_list("pk", "public_id"):
            self.found[Argument, pk] = {"id": name, "url": absolute(reverse("argument", args=[name]))} | (
                {"claim": readable[pk]} if pk in readable else {}
            )

    def _sources(self, member: User, keys: set[int]) -> None:
        readable = dict(
            Source.objects.visible_to(member).filter(pk__in=keys).order_by().values_list("pk", "title")
        )
        for pk, name in Source.objects.filter(pk__in=keys).order_by().values_list("pk", "public_id"):
            self.found[Source, pk] = {"id": name, "url": absolute(reverse("source", args=[name]))} | (
                {"title": readable[pk]} if pk in readable else {}
            )

    def _debates(self, member: User, keys: set[int]) -> None:
        """Name the debates that can be read: the address of a debate holds the words of its question."""
        for debate in Debate.objects.visible_to(member).filter(pk__in=keys):
            self.found[Debate, debate.pk] = {
                "url": absolute(debate.get_absolute_url()),
                "question": debate.question,
            }

    def _others(self, member: User, wanted: dict[type[Model], set[int]]) -> None:
        tags = wanted.get(Tag, set())
        shown = carried(list(tags)) if tags else set()
        for tag in Tag.objects.filter(pk__in=shown):
            self.found[Tag, tag.pk] = {"name": tag.name}
        for voice in Voice.objects.filter(pk__in=wanted.get(Voice, set())):
            self.found[Voice, voice.pk] = {"name": voice.name}
        for other in User.objects.filter(pk__in=wanted.get(User, set()), is_active=True):
            self.found[User, other.pk] = {"name": other.get_username()}
        for model in (Group, Permission):
            for one in model.objects.filter(pk__in=wanted.get(model, set())):
                self.found[model, one.pk] = {"name": one.name}


def _ties_of(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Return the keys by which a row is named. The cast: they are keys, as `THROUGH` says. Any: to whichever models."""
    return [cast("ForeignKey[Any, Any]", model._meta.get_field(name)) for name in THROUGH[model]]


def absolute(path: str) -> str:
    """Return an address with the site's own before it: the archive is read elsewhere."""
    return f"{settings.SITE_ADDRESS}{path}"
