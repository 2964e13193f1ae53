"""The one table of everything that hangs on a member: what the export calls it, and what leaving does with it.

Whoever adds a model with a key to the member adds a line to `RELATIONS`; a test walks all models and fails until it is there.
A line says under which heading the rows stand in the export (empty: not at all, then `why` says why not), which columns are
left out of it, and what becomes of the rows when their member leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from debates.models import Argument
from forum.accounts.models import User

type Narrow = Callable[[QuerySet[Any], User], QuerySet[Any]]
"""What keeps some of the rows of a relation. Any: rows of whichever model."""


class Leave(Enum):
    """What leaving does with the rows of a relation."""

    GOES = auto()
    """They are deleted."""
    NAMELESS = auto()
    """They stay and point to what is left of the member: a number without name, address or any way in."""


@dataclass(frozen=True)
class Relation:
    """One key to the member."""

    leave: Leave
    section: str = ""
    """The name of the list in the export; a word of the format, never translated."""
    heading: str | Promise = ""
    """What a person reads above it."""
    why: str = ""
    """Why the export has none of it."""
    omit: tuple[str, ...] = ()
    """Columns that are left out: secrets, what others did, and what only the program understands."""
    narrow: Narrow | None = None


def _others_arguments(rows: QuerySet[Any], member: User) -> QuerySet[Any]:
    """Keep versions of others' arguments that one may read: those of one's own stand with the argument. Any: as in `Narrow`.

    A move, merge or split writes versions in the name of the moderator who did it; their words are the author's.
    """
    readable = Argument.objects.visible_to(member)
    return rows.filter(argument__in=readable.order_by().values("pk")).exclude(argument__author=member)


def _written_in(rows: QuerySet[Any], _member: User) -> QuerySet[Any]:
    """Keep drafts that hold a text: of a posted one only a digest is left. Any: as in `Narrow`."""
    return rows.filter(posted_at=None)


def _shown(rows: QuerySet[Any], member: User) -> QuerySet[Any]:
    """Keep the notices that their recipient may read. Any: as in `Narrow`."""
    return rows.shown_to(member)  # type: ignore[attr-defined, no-any-return]  # the manager of notices has it


OFFICE = "An act of office about somebody else's text or claim; it stands in the moderation log, which is exported."
COUNTED = ("matters_sum", "matters_count", "relevance", "weight", "second_weight")
GOES, NAMELESS = Leave.GOES, Leave.NAMELESS

RELATIONS: dict[str, Relation] = {
    # --- What one wrote
    "debates.Debate.opened_by": Relation(
        NAMELESS, "debates", _("Debates that you opened"), omit=("seed", "seed_digest")
    ),
    "debates.Argument.author": Relation(
        NAMELESS,
        "arguments",
        _("Arguments"),
        omit=(*("elaboration_html", "path", "depth", "voice", "answers_revision", "seed", "seed_digest"),),
    ),
    "debates.Revision.editor": Relation(
        NAMELESS, "versions", _("Versions of others’ arguments that you wrote"), narrow=_others_arguments
    ),
    "debates.Link.added_by": Relation(
        NAMELESS, "links", _("Further places of arguments"), omit=("seeded", *COUNTED)
    ),
    "debates.Suggestion.member": Relation(
        NAMELESS, "suggestions", _("Edits that you suggested"), omit=("revision", "result", "decided_by")
    ),
    "debates.Mask.member": Relation(NAMELESS, "numbers", _("Your numbers in anonymous debates")),
    "debates.Suggestion.decided_by": Relation(NAMELESS, why=OFFICE),
    "drafts.Draft.member": Relation(
        GOES, "drafts", _("Drafts"), omit=("tab", "version", "digest", "posted_at"), narrow=_written_in
    ),
    # --- Sources
    "debates.Source.added_by": Relation(
        NAMELESS,
        "sources",
        _("Sources that you added"),
        omit=("formatted", "merged_into", "seed", "seed_digest"),
    ),
    "debates.SourceRevision.editor": Relation(
        NAMELESS, "source_versions", _("Records of sources that you wrote")
    ),
    "debates.SourceRelation.added_by": Relation(
        NAMELESS, "source_relations", _("Sources that you related to each other")
    ),
    "debates.SourceMerge.by": Relation(
        NAMELESS, "source_merges", _("Sources that you merged"), omit=("citations", "debates", "document")
    ),
    "debates.Document.attached_by": Relation(
        NAMELESS, "texts_attached", _("Texts that you attached to sources"), omit=("outline", "layout")
    ),
    "debates.CitationCheck.member": Relation(
        NAMELESS, "citation_checks", _("Citations that you checked"), omit=("fingerprint",)
    ),
    "debates.SourceRequest_members.user": Relation(
        GOES, "source_requests", _("Claims that you asked a source for")
    ),
    # --- What one thinks
    "debates.Rating.member": Relation(NAMELESS, "ratings", _("Ratings")),
    "debates.LinkRating.member": Relation(NAMELESS, "link_ratings", _("Ratings of further places")),
    "debates.Opinion.member": Relation(NAMELESS, "opinions", _("What you think of theses")),
    "debates.Delta.member": Relation(NAMELESS, "changes_of_mind", _("Changes of mind")),
    "debates.Concession.member": Relation(NAMELESS, "concessions", _("Points that you granted")),
    # --- What one reads and hears
    "following.Follow.member": Relation(GOES, "follows", _("What you follow and mute")),
    "following.Follow.who": Relation(GOES, why="Who follows you is the data of whoever does."),
    "following.ReadMark.member": Relation(GOES, "read_marks", _("How far you have read")),
    "following.ReadArgument.member": Relation(GOES, "read_arguments", _("Arguments read singly")),
    "notices.Notice.recipient": Relation(
        GOES,
        "notices",
        _("Notices"),
        omit=("suggestion", "delta", "concession", "letter"),
        narrow=_shown,
    ),
    "notices.Preference.member": Relation(GOES, "preferences", _("Where you hear of what")),
    "notices.Letter.member": Relation(
        GOES, "letters", _("Letters to you"), omit=("tries", "next_try", "claimed_at")
    ),
    "notices.Mention.member": Relation(GOES, "mentions", _("Where others name you")),
    "bookmarks.Bookmark.member": Relation(GOES, "bookmarks", _("Bookmarks")),
    "bookmarks.ArgumentList.member": Relation(GOES, "lists", _("Lists of arguments"), omit=("secret",)),
    # --- Moderation
    "moderation.Report.reporter": Relation(NAMELESS, "reports", _("Reports"), omit=("decided_by",)),
    "moderation.Report.member": Relation(NAMELESS, why="Who reported a member is the reporter's own data."),
    "moderation.Appeal.member": Relation(NAMELESS, "appeals", _("Appeals"), omit=("decided_by",)),
    "moderation.Appeal.decided_by": Relation(NAMELESS, why=OFFICE),
    "moderation.Report.decided_by": Relation(NAMELESS, why=OFFICE),
    "debates.Rearrangement.by": Relation(
        NAMELESS, "rearrangements", _("Moves, merges and splits"), omit=("before",)
    ),
    "admin.LogEntry.user": Relation(
        NAMELESS,
        "admin_acts",
        _("What you did in the admin"),
        omit=("content_type", "object_repr", "change_message"),
    ),
    # --- The account
    "accounts.User_groups.user": Relation(GOES, "groups", _("Groups")),
    "accounts.User_user_permissions.user": Relation(GOES, "permissions", _("Permissions")),
    "accounts.FormerName.member": Relation(NAMELESS, "former_names", _("Former names"), omit=("skeleton",)),
    "accounts.Invitation.invited_by": Relation(
        NAMELESS, "invitations", _("Invitations that you made"), omit=("token", "used_by")
    ),
    "accounts.Invitation.used_by": Relation(
        NAMELESS, "invitation", _("The invitation that brought you here"), omit=("token", "invited_by")
    ),
    "accounts.VoiceClaim.member": Relation(GOES, "voice_claims", _("Voices"), omit=("decided_by",)),
    "accounts.VoiceClaim.decided_by": Relation(NAMELESS, why=OFFICE),
    "account.EmailAddress.user": Relation(GOES, "addresses", _("E-mail addresses")),
    "mfa.Authenticator.user": Relation(GOES, "second_factors", _("Second factors"), omit=("data",)),
    "usersessions.UserSession.user": Relation(GOES, "sessions", _("Sessions"), omit=("session_key", "data")),
    "socialaccount.SocialAccount.user": Relation(GOES, "connections", _("Connections to an issuer")),
    "debates.FormKey.member": Relation(
        GOES,
        why="A random key and a digest of what was sent, which keep a form from being carried out twice; it holds no words.",
    ),
    "own_data.Export.member": Relation(GOES, "exports", _("Exports"), omit=("token",)),
    "own_data.Leaving.member": Relation(GOES, "leaving", _("Leaving")),
}


def keys_to_member() -> set[str]:
    """Return every key to a member that any model has, as `app.Model.field`: of tables in between as well."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }


def model_of(key: str) -> tuple[type[Model], str]:
    """Return the model and the field of a line of the table."""
    label, _dot, field = key.rpartition(".")
    app, name = label.split(".")
    return apps.get_model(app, name), field


def rows_of(key: str, member: User) -> QuerySet[Any]:
    """Return the rows of one relation of a member, as far as the export shows them. Any: of whichever model."""
    model, field = model_of(key)
    rows: QuerySet[Any] = model._default_manager.filter(Q(**{field: member}))
    narrow = RELATIONS[key].narrow
    return rows if narrow is None else narrow(rows, member)
