"""Follow a thing, mute it, or go back to the default: one row a member and thing, whatever is sent at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from debates.models import Argument, Debate
from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.accounts.models import User
from forum.following.actions.mark_read import begin_reading
from forum.following.models import Follow
from forum.following.things import Thing


def check_follow(viewer: Viewer, thing: Thing) -> None:
    """Refuse where a viewer cannot follow or mute a thing: any member may what they may read, but not themselves."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to follow or mute."), status=401)
    if thing.kind == "member" and thing.row.pk == viewer.pk:
        raise Refused(_("That is you: others can follow or mute you, and you hear of answers to you anyway."))


def follow(member: Viewer, thing: Thing) -> bool:
    """Let a member hear of what comes there; return whether that changed anything. In a debate, what is new is counted, too."""
    changed = _set(member, thing, Follow.Level.FOLLOW)
    if isinstance(thing.row, Debate):
        begin_reading(member, thing.row)
    elif isinstance(thing.row, Argument):
        begin_reading(member, thing.row.debate)
    return changed


def mute(member: Viewer, thing: Thing) -> bool:
    """Let a member hear nothing of what comes there; return whether that changed anything."""
    return _set(member, thing, Follow.Level.MUTE)


def unfollow(member: Viewer, thing: Thing) -> bool:
    """Go back to the default, from following or muting; return whether that changed anything."""
    return _set(member, thing, None)


@transaction.atomic
def _set(member: Viewer, thing: Thing, level: Follow.Level | None) -> bool:
    """Write what a member says of a thing. What they said of something that was merged into it is replaced by that."""
    check_follow(member, thing)
    # All that one member says waits in one line, so no two of their requests make, change and take a row at once.
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    rows = list(Follow.objects.filter(thing.rows, member=member))
    own = next((row for row in rows if getattr(row, f"{thing.column}_id") == thing.row.pk), None)
    others = [row.pk for row in rows if row is not own or level is None]
    Follow.objects.filter(pk__in=others).delete()
    if level is None:
        return bool(rows)
    if own is None:
        Follow.objects.create(member=member, level=level, **{thing.column: thing.row})
        return True
    if own.level == level:
        return bool(others)
    own.level = level
    own.save(update_fields=["level"])
    return True
