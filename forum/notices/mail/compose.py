"""Make the e-mail of a letter, at the moment it is sent: what its recipient may read by then, and still wants by mail."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import Policy
from email.policy import default as default_policy
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.notices.actions.set_preferences import chosen_by
from forum.notices.mail.addresses import absolute, mail_host
from forum.notices.mail.tokens import unsubscribe_link
from forum.notices.models import Group, Letter, Notice
from forum.notices.models.preference import GROUPS
from forum.notices.sentences import Told, told, with_what_is_said

MOST = 50
"""What one digest tells; the rest stands in the site."""
LONGEST_SUBJECT = 90
JOINERS = "\u200c\u200d"


class LetterMessage(EmailMultiAlternatives):
    """A message whose long addresses stay whole: readers of List-Unsubscribe do not decode words (RFC 2369, 2)."""

    def message(self, *, policy: Policy[Any] | None = None) -> EmailMessage:
        """Return it in ASCII, with lines as long as SMTP allows (RFC 5322, 2.1.1). Any: a policy makes messages of some class."""
        return super().message(policy=(policy or default_policy).clone(max_line_length=990, cte_type="7bit"))


def compose(letter: Letter, address: str) -> LetterMessage | None:
    """Return the message of a letter, or None where nothing is left to tell: it was read, hidden, or is not wanted now."""
    chosen = chosen_by(letter.member_id)
    wanted = [kind for kind, group in GROUPS.items() if chosen[group] == letter.kind]
    notices = with_what_is_said(
        Notice.objects.shown_to(letter.member).unseen().filter(letter=letter, kind__in=wanted)
    )
    found = notices.count()
    rows = [told(notice, letter.member) for notice in notices[:MOST]]
    if not rows:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        return _set(letter, address, rows, found)


def _set(letter: Letter, address: str, rows: Sequence[Told], found: int) -> LetterMessage:
    once = letter.kind == Letter.Kind.ONCE
    group = GROUPS[rows[0].notice.kind]
    stop = unsubscribe_link(letter.member_id, group if once else letter.kind)
    subject = _subject(letter, rows[0], found)
    context = {
        "rows": rows,
        "groups": _grouped(rows),
        "once": once,
        "more": found - len(rows),
        "subject": subject,
        "group": Group(group).label,
        "weekly": letter.kind == Letter.Kind.WEEKLY,
        "member": letter.member,
        "site_name": settings.SITE_NAME,
        "site": settings.SITE_ADDRESS,
        "notices_url": absolute(reverse("notices")),
        "preferences_url": absolute(reverse("notices_settings")),
        "stop_url": stop,
    }
    message = LetterMessage(
        subject=subject,
        body=render_to_string("notices/letter.txt", context),
        to=[address],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-ID": f"<notices.{mail_host()}>",
            **(_thread(rows[0]) if once else {}),
        },
    )
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message


def _grouped(rows: Sequence[Told]) -> list[tuple[str, list[Told]]]:
    """Return the rows by group, in the order of the groups."""
    by_group: dict[str, list[Told]] = {group: [] for group in Group}
    for row in rows:
        by_group[GROUPS[row.notice.kind]].append(row)
    return [(str(Group(group).label), its) for group, its in by_group.items() if its]


def _subject(letter: Letter, first: Told, found: int) -> str:
    if letter.kind == Letter.Kind.ONCE:
        return one_line(f"{first.plain} {first.text}", LONGEST_SUBJECT)
    if letter.kind == Letter.Kind.DAILY:
        words = ngettext("%(count)d notice of the day", "%(count)d notices of the day", found)
    else:
        words = ngettext("%(count)d notice of the week", "%(count)d notices of the week", found)
    return _("%(site)s: %(words)s") % {"site": settings.SITE_NAME, "words": words % {"count": found}}


def one_line(text: str, longest: int) -> str:
    """Return a text as one line of a header: no line breaks, no signs that are not seen, at most so many characters."""
    seen = "".join(
        char if char in JOINERS or not unicodedata.category(char).startswith("C") else " " for char in text
    )
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _thread(row: Told) -> dict[str, str]:
    """Return the headers by which letters about one branch stand together: the claim answered, the argument (RFC 5322, 3.6.4)."""
    argument = row.notice.argument if row.url else None
    if argument is None:
        return {}
    about = f"<argument-{argument.public_id}@{mail_host()}>"
    if argument.parent is None:
        return {"In-Reply-To": about, "References": about}
    above = f"<argument-{argument.parent.public_id}@{mail_host()}>"
    return {"In-Reply-To": above, "References": f"{above} {about}"}
