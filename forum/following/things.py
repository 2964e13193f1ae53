"""The kinds of things that can be followed, each with how it is named in an address and who may know of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.models import Argument, Debate, Source, Tag
from debates.models.source import family_of
from debates.models.tag import tag_named
from debates.models.visibility import Viewer, listed
from forum.accounts.models import User

type Followed = Debate | Argument | Tag | Source | User
COLUMNS = {"debate": "debate", "argument": "argument", "tag": "tag", "source": "source", "member": "who"}
"""The kinds, and the column of `Follow` that holds each."""


@dataclass(frozen=True)
class Thing:
    """Something that can be followed."""

    kind: str
    row: Followed

    @property
    def column(self) -> str:
        """Return the column of `Follow` that holds it."""
        return COLUMNS[self.kind]

    @property
    def name(self) -> str:
        """Return by which word a form names it."""
        if isinstance(self.row, Debate):
            return self.row.slug
        if isinstance(self.row, Argument | Source):
            return self.row.public_id
        return self.row.name if isinstance(self.row, Tag) else self.row.get_username()

    @property
    def words(self) -> str:
        """Return what a reader knows it by."""
        return self.row.label if isinstance(self.row, Tag) else str(self.row)

    @property
    def url(self) -> str:
        """Return its address."""
        return (
            reverse("tag", args=[self.row.name]) if isinstance(self.row, Tag) else self.row.get_absolute_url()
        )

    @property
    def kind_words(self) -> str:
        """Return what it is; of an argument, that its branch is meant."""
        return {
            "debate": _("Debate"),
            "argument": _("Branch"),
            "tag": _("Tag"),
            "source": _("Source"),
            "member": _("Member"),
        }[self.kind]

    @property
    def rows(self) -> Q:
        """Return the condition of the rows of `Follow` that speak of it: of itself, and of what was merged into it."""
        if self.kind == "argument":
            return Q(argument__in=argument_family(self.name))
        if self.kind == "source":
            return Q(source__in=family_of(self.row.pk))
        return Q(**{self.column: self.row.pk})


def argument_family(public_id: str) -> RawSQL:
    """Return the keys of an argument and of everything that was merged into it, also by way of another, for `…__in=`."""
    return RawSQL(
        "WITH RECURSIVE family (id) AS (SELECT a.id FROM debates_argument a WHERE a.public_id = %s"
        " UNION SELECT a.id FROM debates_argument a JOIN family f ON a.merged_into_id = f.id)"
        " SELECT id FROM family",
        [public_id],
    )


def thing_of(row: Model | None) -> Thing | None:
    """Return a row as a thing, None where it is nothing that can be followed."""
    kinds: dict[type[Model], str] = {
        Debate: "debate",
        Argument: "argument",
        Tag: "tag",
        Source: "source",
        User: "member",
    }
    for model, kind in kinds.items():
        if isinstance(row, model):
            return Thing(kind, row)  # type: ignore[arg-type]  # the model is one of the five
    return None


def thing_named(kind: str, name: str, viewer: Viewer) -> Thing | None:
    """Return what a form names, None where there is no such thing or its viewer may not know of it."""
    name = name.replace("\0", "")
    row: Followed | None = None
    if kind == "debate":
        row = Debate.objects.visible_to(viewer).filter(slug=name).first()
    elif kind == "argument":
        led = Argument.objects.named(name)
        seen = Argument.objects.visible_to(viewer).select_related("debate")
        row = seen.filter(pk=led.pk).first() if led else None
    elif kind == "source":
        source = Source.objects.named(name)
        row = Source.objects.visible_to(viewer).filter(pk=source.pk).first() if source else None
    elif kind == "tag":
        tag = tag_named(name)
        row = tag if tag is not None and tag.pk in carried([tag.pk]) else None
    elif kind == "member":
        row = User.objects.filter(username=name, is_active=True).first()
    return Thing(kind, row) if row is not None else None


def carried(tags: list[int]) -> set[int]:
    """Return those of some tags that have a page: the vocabulary, and topics that a text which everyone may read carries."""
    on_arguments = Tag.objects.filter(listed("argument_tags__content_object__", "debate"))
    on_debates = Tag.objects.filter(listed("debate_tags__content_object__"))
    kept = Tag.objects.filter(
        Q(kind=Tag.Kind.REBUTTAL) | Q(pk__in=on_arguments.values("pk")) | Q(pk__in=on_debates.values("pk")),
        pk__in=tags,
    )
    return set(kept.values_list("pk", flat=True))
