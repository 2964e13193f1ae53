"""What each kind of notice says: the one place of its words. A text is read when the notice is, so nothing hidden is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, Revision, Source, State
from debates.models.authorship import number_in, shown_author, shown_member
from debates.models.visibility import Viewer, reads
from forum.moderation.rules import RULES
from forum.notices.mail.addresses import absolute
from forum.notices.models import Notice
from forum.notices.models.notice import NoticeQuerySet

Kind = Notice.Kind

SENTENCES: dict[str, Any] = {
    Kind.ANSWERED: _("{name} answered you:"),
    Kind.MENTIONED: _("{name} mentioned you:"),
    Kind.FOLLOWED: _("{name} said this where you follow along:"),
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
    Kind.REPORT_UPHELD: _("Your report was upheld."),
    Kind.REPORT_DECLINED: _("Your report was looked at and declined: it stays."),
    Kind.APPEAL_UPHELD: _("Your appeal was upheld: your argument is shown again."),
    Kind.APPEAL_DECLINED: _("Your appeal was declined: the decision stands."),
    Kind.OVERRULED: _("A colleague upheld an appeal against your decision: the argument is shown again."),
    Kind.CONFIRMED: _("A colleague declined an appeal against your decision: it stands."),
    Kind.MAIL_PAUSED: _(
        "Mail to your address came back, so no more is sent there. See your settings to have it sent again."
    ),
}
"""Any: lazy translations."""

FOLLOWING: dict[str, Any] = {
    "own": _("{name} said this below your argument:"),
    "argument": _("{name} answered an argument that you follow:"),
    "branch": _("{name} said this in a branch that you follow:"),
    "debate": _("{name} said this in a debate that you follow:"),
    "tag": _("{name} said this under a tag that you follow:"),
    "source": _("{name} cited a source that you follow:"),
    "member": _("{name}, whom you follow, said this:"),
}
"""Why: what is said of an argument that its reader hears of by following something. Any: lazy translations."""

SAID = {
    Kind.OVERTAKEN: _("What was changed:"),
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
    plain: str
    """The sentence without any marks, for mail."""
    text: str = ""
    url: str = ""
    rule: Any = ""
    """A lazy translation."""
    lead: Any = ""
    """A lazy translation: what stands before the words."""
    words: str = ""

    @property
    def absolute_url(self) -> str:
        """Return where it leads, for mail."""
        return absolute(self.url)


def with_what_is_said(notices: NoticeQuerySet) -> NoticeQuerySet:
    """Attach what `told` reads, in one statement."""
    # What was changed is read where it stands: it goes when the claim above is shown no more.
    above = Revision.objects.filter(argument=OuterRef("argument__parent"), argument__state=State.PUBLISHED)
    notes = above.order_by("-number")
    return notices.select_related(
        "argument__author",
        "argument__debate",
        "argument__voice",
        "argument__parent",
        "source",
        "suggestion__member",
        "delta__member",
        "concession__member",
    ).annotate(
        suggested_by_number=number_in("suggestion__argument__debate", "suggestion__member"),
        delta_by_number=number_in("delta__argument__debate", "delta__member"),
        changed=Subquery(notes.values("note")[:1]),
        conceded_by_number=number_in("concession__argument__debate", "concession__member"),
    )


def told(notice: Notice, viewer: Viewer) -> Told:
    """Return a notice in words, for its recipient; it came through `shown_to`."""
    kind = notice.kind
    argument = notice.argument if notice.readable else None  # type: ignore[attr-defined]  # `shown_to` attaches it
    text, url = "", ""
    if argument is not None:
        text, url = argument.claim, _leads_to(notice, argument)
    elif (source := source_named(notice.source, viewer)) is not None:
        text, url = source.title, source.get_absolute_url()
    elif kind == Kind.MAIL_PAUSED:
        text, url = gettext("Your settings"), reverse("notices_settings")
    sentence = str(FOLLOWING.get(notice.why, SENTENCES[kind]) if kind == Kind.FOLLOWED else SENTENCES[kind])
    name = _name(notice, viewer)
    return Told(
        notice,
        format_html(sentence, name=format_html("<bdi>{}</bdi>", name)),
        sentence.format(name=name),
        text,
        url,
        RULES.get(notice.rule, ("",))[0],
        SAID.get(Kind(kind), _("Reason:")),
        notice.reason if argument is None else _words(notice),
    )


def source_named(source: Source | None, viewer: Viewer) -> Source | None:
    """Return the source of a notice, if its reader may still read it; whoever added one always may."""
    return source if source is not None and reads(viewer, source.state, source.added_by_id) else None


def _name(notice: Notice, viewer: Viewer) -> str:
    """Return who is shown to have done it; who has no account any more is named for what they were."""
    argument, name = notice.argument, ""
    if argument is not None and notice.kind in (Kind.ANSWERED, Kind.MENTIONED, Kind.FOLLOWED):
        name = shown_author(argument, viewer).name
    elif (
        argument is not None and (said := notice.suggestion or notice.delta or notice.concession) is not None
    ):
        number: int | None = notice.suggested_by_number or notice.delta_by_number or notice.conceded_by_number  # type: ignore[attr-defined]  # `with_what_is_said` attaches them
        name = shown_member(said.member, argument.debate, number, viewer).name
    return name or gettext("A former member")


def _words(notice: Notice) -> str:
    """Return what a member wrote, or a moderator's reason."""
    if notice.kind == Kind.OVERTAKEN:
        return notice.changed or ""  # type: ignore[attr-defined]  # `with_what_is_said` attaches it
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
