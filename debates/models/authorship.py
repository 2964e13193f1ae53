"""The one place that says under which name somebody is shown as the writer of what.

In an anonymous debate that is a number, “Member 3”: the same for everything that a member writes there, and another one
elsewhere. Its moderators read the name beside it, and everybody knows their own. Nothing else may print the name of who
wrote an argument, suggested, checked, granted or changed their mind: `tests/debates/test_anonymous.py` opens every address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from debates.models.debate import Debate
from debates.models.mask import Mask
from debates.models.visibility import NOBODY, Viewer, is_moderator

if TYPE_CHECKING:
    from debates.models.argument import Argument
    from debates.models.revision import Revision
    from debates.models.source import Source

_NUMBER = re.compile(r"[0-9]{1,6}\Z")


@dataclass(frozen=True)
class Shown:
    """Who is shown: nobody where there is no name."""

    name: str = ""
    member: str = ""
    """The name of the member whose page may be named beside it; empty where none may."""
    voice: bool = False
    own: bool = False
    """Whether it is the reader's own."""

    @property
    def url(self) -> str:
        """Return the address of the member's page; empty where it would tell whose this is."""
        return reverse("member", args=[self.member]) if self.member else ""


def label(number: int | None) -> str:
    """Return what a member is called in an anonymous debate."""
    return _("A member") if number is None else _("Member %(number)d") % {"number": number}


def numbered(name: str) -> int | None:
    """Return the number of a label as somebody typed it, None for what is none."""
    found = _NUMBER.search(name)
    number = int(found[0]) if found else None
    return number if number is not None and label(number).casefold() == name.strip().casefold() else None


def shown_author(argument: Argument, viewer: Viewer = NOBODY) -> Shown:
    """Return who is shown as an argument's author; it came with its debate, author and voice, and this asks no more."""
    if argument.voice is not None:
        return Shown(argument.voice.name, voice=True)
    return shown_member(argument.author, argument.debate, argument.author_number, viewer)


def shown_member(member: Any, debate: Debate, number: int | None, viewer: Viewer = NOBODY) -> Shown:
    """Return under which name a member is shown in a debate; `number` is theirs there. Any: a member, None who has left.

    Without a number they are “A member”: what is not known tells nothing.
    """
    own = member is not None and viewer.is_authenticated and member.pk == viewer.pk
    if not debate.anonymous:
        name = member.get_username() if member is not None else ""
        return Shown(name, name, own=own)
    if member is None:
        return Shown(label(number) if number is not None else "")
    if own:
        words = _("%(label)s (you)") % {"label": label(number)} if number is not None else _("You")
        return Shown(words, member.get_username(), own=True)
    if is_moderator(viewer):
        name = member.get_username()
        return Shown(_("%(label)s (%(name)s)") % {"label": label(number), "name": name}, name)
    return Shown(label(number))


def shown_editor(revision: Revision, argument: Argument, viewer: Viewer = NOBODY) -> str:
    """Return who made a version: by the name of that day, or in an anonymous debate under the author's number."""
    if not argument.debate.anonymous or is_moderator(viewer) or not revision.editor_name:
        return revision.editor_name
    if argument.author_id is None:
        return label(argument.author_number)
    if revision.editor_id == argument.author_id:
        return shown_author(argument, viewer).name
    return _("a moderator")  # nobody else lays a version on what another wrote


def shown_adder(source: Source, name: str, member_id: int | None, viewer: Viewer = NOBODY) -> str:
    """Return who added a source, or laid a version of its record: nobody’s name where an anonymous debate cites it.

    That does not depend on who it was, so that a name that is missing tells nothing.
    """
    own = viewer.is_authenticated and member_id == viewer.pk
    if not name or not source.hushed or own or is_moderator(viewer):
        return name
    return _("a member")


def own_name(debate: Debate, viewer: Viewer) -> str:
    """Return how a member's next words in a debate will be signed, as they themselves read it; one query where anonymous."""
    number = None
    if debate.anonymous:
        number = Mask.objects.filter(debate=debate, member=viewer.pk).values_list("number", flat=True).first()
    return shown_member(viewer, debate, number, viewer).name


def number_in(debate: str, member: str) -> Subquery:
    """Return the number of a member in a debate as a column; both are paths to those columns."""
    masks = Mask.objects.filter(debate=OuterRef(debate), member=OuterRef(member))
    return Subquery(masks.values("number")[:1])


def signed(prefix: str = "") -> Q:
    """Return the condition that arguments stand under their authors' names: what lists by member, counts no others."""
    return Q(**{f"{prefix}debate__anonymous": False})
