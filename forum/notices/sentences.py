"""What each kind of notice says: the one place of its words. A text is read when the notice is, so nothing hidden is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, Source, State
from debates.models.visibility import Viewer, reads
from forum.moderation.rules import RULES
from forum.notices.models import Notice

Kind = Notice.Kind

SENTENCES: dict[str, Any] = {
    Kind.ANSWERED: _("{name} answered you:"),
    Kind.HIDDEN: _("A moderator hid your argument."),
    Kind.RESTORED: _("A moderator restored your argument."),
    Kind.APPROVED: _("A moderator approved your argument."),
    Kind.SOURCE_ARRIVED: _("A source you waited for is cited now."),
    Kind.CITATION_CHECKED: _(
        "Somebody looked your source up, and found that it does not say this, or only in part."
    ),
    Kind.OVERTAKEN: _("The claim that you answered was edited. See whether your answer still fits."),
    Kind.EDIT_SUGGESTED: _("{name} suggests an edit of your argument:"),
    Kind.EDIT_TAKEN: _("The edit that you suggested was taken."),
    Kind.EDIT_CHANGED: _("The edit that you suggested was taken, with changes."),
    Kind.EDIT_DECLINED: _("The edit that you suggested was declined."),
    Kind.EDIT_TAKEN_FOR: _("A moderator took an edit that was suggested of your argument."),
    Kind.EDIT_DECLINED_FOR: _("A moderator declined an edit that was suggested of your argument."),
    Kind.CONCEDED: _("{name} grants you this: true, but it does not carry the claim that you answered."),
    Kind.GRANTED: _(
        "{name} grants you the claim that this speaks against: true, but it does not carry what stands above it."
    ),
    Kind.MIND_CHANGED: _("{name} says that your argument changed their mind:"),
    Kind.MOVED: _("Your argument was moved; it stands elsewhere now."),
    Kind.MERGED: _("Your argument was merged into another that says the same; your wording is kept there."),
    Kind.MERGED_HERE: _("Another argument that says the same was merged into yours."),
    Kind.RATED_MERGED: _(
        "An argument that you rated was merged into another that says the same; your answers went along."
    ),
    Kind.SPLIT: _("Your argument was split, because it made more than one claim."),
    Kind.MOVE_UNDONE: _("The move of your argument was undone."),
    Kind.MERGE_UNDONE: _("The merge of your argument with another was undone."),
    Kind.SPLIT_UNDONE: _("The split of your argument was undone."),
    Kind.SOURCE_HIDDEN: _("A moderator hid a source that you added."),
    Kind.SOURCE_RESTORED: _("A moderator restored a source that you added."),
    Kind.SOURCE_APPROVED: _("A moderator approved a source that you added."),
    Kind.SOURCE_EDITED: _("A moderator mended the record of a source that you added."),
    Kind.SOURCE_MERGED: _("A moderator merged a source that you added with another record of the same work."),
    Kind.SOURCE_PARTED: _("A moderator undid the merge of a source that you added."),
    Kind.REPORT_UPHELD: _("Your report was upheld: the argument is hidden."),
    Kind.REPORT_DECLINED: _("Your report was looked at: the argument stays."),
}
"""Any: lazy translations."""

GONE: dict[str, Any] = {
    Kind.ANSWERED: _("Somebody answered you; the answer is no longer shown."),
    Kind.EDIT_SUGGESTED: _("Somebody suggested an edit of your argument, which is no longer shown."),
    Kind.CONCEDED: _("Somebody granted you a point in an argument that is no longer shown."),
    Kind.GRANTED: _("Somebody granted you a point in an argument that is no longer shown."),
    Kind.MIND_CHANGED: _("Somebody said that your argument changed their mind; that is no longer shown."),
}
"""What is said where the text that it is about may no longer be read; nobody is named then. Any: lazy translations."""

SAID = {
    Kind.EDIT_SUGGESTED: _("Why:"),
    Kind.EDIT_TAKEN: _("In their words:"),
    Kind.EDIT_CHANGED: _("In their words:"),
    Kind.EDIT_DECLINED: _("Why:"),
    Kind.EDIT_DECLINED_FOR: _("Why:"),
    Kind.EDIT_TAKEN_FOR: _("Why:"),
    Kind.CONCEDED: _("Why:"),
    Kind.GRANTED: _("Why:"),
    Kind.MIND_CHANGED: _("In their words:"),
}
"""How somebody's own words are introduced; those of moderators are a reason."""


@dataclass(frozen=True)
class Told:
    """One notice as its recipient reads it."""

    notice: Notice
    sentence: SafeString
    text: str = ""
    url: str = ""
    rule: Any = ""
    """A lazy translation."""
    lead: Any = ""
    """A lazy translation: what stands before the words."""
    words: str = ""


def told(notice: Notice, readable: bool, viewer: Viewer) -> Told:
    """Return a notice in words; `readable` says whether its recipient may read its argument."""
    kind = notice.kind
    argument = notice.argument if readable else None
    if kind in GONE and (argument is None or not _stands(notice)):
        return Told(notice, format_html("{}", GONE[kind]))
    text, url = "", ""
    if argument is not None:
        text, url = argument.claim, _leads_to(notice, argument)
    elif (source := source_named(notice.source, viewer)) is not None:
        text, url = source.title, source.get_absolute_url()
    return Told(
        notice,
        format_html(str(SENTENCES[kind]), name=format_html("<bdi>{}</bdi>", _name(notice))),
        text,
        url,
        RULES.get(notice.rule, ("",))[0],
        SAID.get(Kind(kind), _("Reason:")),
        notice.reason if argument is None else _words(notice),
    )


def source_named(source: Source | None, viewer: Viewer) -> Source | None:
    """Return the source of a notice, if its reader may still read it; whoever added one always may."""
    return source if source is not None and reads(viewer, source.state, source.added_by_id) else None


def _stands(notice: Notice) -> bool:
    """Say whether what a member wrote for the notice can still be read."""
    return notice.delta is None or notice.delta.state == State.PUBLISHED


def _name(notice: Notice) -> str:
    """Return who did it; who has no account any more is named for what they were."""
    if notice.kind == Kind.ANSWERED:
        member = notice.argument.author if notice.argument is not None else None
    else:
        said = notice.suggestion or notice.delta or notice.concession
        member = said.member if said is not None else None
    return member.get_username() if member is not None else gettext("A former member")


def _words(notice: Notice) -> str:
    """Return what a member wrote, or a moderator's reason."""
    if notice.delta is not None:
        return notice.delta.why
    if notice.concession is not None:
        return notice.concession.why
    if notice.suggestion is not None:
        return notice.suggestion.why if notice.kind == Kind.EDIT_SUGGESTED else notice.suggestion.word
    return notice.reason


def _leads_to(notice: Notice, argument: Argument) -> str:
    """Return the address where something can be done about it, or the argument's own."""
    if notice.kind == Kind.OVERTAKEN:
        return reverse("stale", args=[argument.public_id])
    if notice.suggestion_id is not None:
        return reverse("suggestion", args=[notice.suggestion_id])
    return argument.get_absolute_url()
