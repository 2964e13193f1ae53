"""What can be reported: an argument, a citation, a source, a member, a topic; what is common to all five."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from debates.models import Argument, Citation, Source, Tag
from forum.accounts.models import User
from forum.moderation.models import Report

type Reportable = Argument | Citation | Source | User | Tag


@dataclass(frozen=True)
class Thing:
    """One thing, as a report keeps and a page shows it."""

    kind: Report.Kind
    about: str
    """The name under which reports of it are found, for good."""
    name: str
    """By which word the log and an address name it; of a citation the number."""
    heading: str
    url: str
    texts: tuple[str, ...] = ()
    """What its author wrote; a passage is marked in one of them."""
    owner_id: int | None = None
    """Who is answerable for it, and cannot report it."""
    columns: dict[str, Any] = field(default_factory=dict)
    """The columns of a report that lead there. Any: rows."""


def thing_of(item: Reportable) -> Thing:
    """Return what reporting needs to know of something."""
    if isinstance(item, Argument):
        return Thing(
            Report.Kind.ARGUMENT,
            f"argument:{item.pk}",
            item.public_id,
            item.claim,
            item.get_absolute_url(),
            (item.claim, item.elaboration),
            item.author_id,
            {"argument": item},
        )
    if isinstance(item, Citation):
        return Thing(
            Report.Kind.CITATION,
            f"citation:{item.pk}",
            str(item.pk),
            str(item.source),
            item.argument.get_absolute_url(),
            (item.quotation, item.purpose),
            item.argument.author_id,
            {"citation": item, "argument": item.argument, "source": item.source},
        )
    if isinstance(item, Source):
        return Thing(
            Report.Kind.SOURCE,
            f"source:{item.pk}",
            item.public_id,
            item.title or str(item),
            item.get_absolute_url(),
            columns={"source": item},
        )
    if isinstance(item, Tag):
        return Thing(
            Report.Kind.TOPIC,
            f"topic:{item.pk}",
            item.name,
            item.label,
            reverse("tag", args=[item.name]),
            columns={"topic": item},
        )
    return Thing(
        Report.Kind.MEMBER,
        f"member:{item.pk}",
        item.get_username(),
        item.get_username(),
        item.get_absolute_url(),
        owner_id=item.pk,
        columns={"member": item},
    )
