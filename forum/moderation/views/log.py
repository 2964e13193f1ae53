"""The public log: a page, a feed and a file for programs; everyone may read all of them."""

from __future__ import annotations

from datetime import UTC

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.actions.moderating.seal_log import newest_seal
from debates.models import LogEntry
from debates.models.visibility import NOBODY
from debates.views.machines.answering import answered
from debates.views.machines.canonical import canonical
from forum.accounts.gone import MARK
from forum.accounts.models import User
from forum.moderation.log_formats import FORMATS, Head
from forum.moderation.rules import RULES, rule_choices
from forum.moderation.shown_log import KINDS, shown_log, signed_by_name

A_PAGE = 50
LARGEST = 2**63 - 1
"""What a column of numbers holds on both databases."""


def _wanted(request: HttpRequest) -> dict[str, str]:
    """Return the filters that the address names and that mean something here."""
    choices = {"act": set(LogEntry.Act.values), "kind": set(KINDS), "rule": set(RULES)}
    wanted = {key: request.GET.get(key, "") for key in choices}
    wanted = {key: word for key, word in wanted.items() if word in choices[key]}
    by = request.GET.get("by", "").replace("\x00", "").strip()[:150]
    if by and signed_by_name():
        wanted["by"] = by
    return wanted


COLUMNS = {"act": "act", "kind": "item_kind", "rule": "rule", "by": "actor_name"}


def _page(request: HttpRequest, wanted: dict[str, str]) -> tuple[list[LogEntry], int | None]:
    """Return a page of entries, the newest first, and before which number the next begins; none where it ends."""
    entries: QuerySet[LogEntry] = LogEntry.objects.filter(
        **{COLUMNS[key]: word for key, word in wanted.items()}
    )
    if "by" in wanted:  # a name that somebody took away with them finds nothing
        left = User.objects.filter(username__startswith=MARK)
        entries = entries.exclude(actor_id__in=left.values("pk"))
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and int(before[:20]) <= LARGEST:
        entries = entries.filter(pk__lt=int(before[:20]))
    page = list(entries[: A_PAGE + 1])
    return page[:A_PAGE], page[A_PAGE - 1].pk if len(page) > A_PAGE else None


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show everything that moderators did, the newest first."""
    wanted = _wanted(request)
    page, older = _page(request, wanted)
    return render(
        request,
        "moderation/log.html",
        {
            "rows": shown_log(page, request.user),
            "filters": [
                ("act", _("Act"), LogEntry.Act.choices, wanted.get("act", "")),
                ("kind", _("What it concerns"), list(KINDS.items()), wanted.get("kind", "")),
                ("rule", _("House rule"), rule_choices(), wanted.get("rule", "")),
            ],
            "by": wanted.get("by", ""),
            "wanted": wanted,
            "signed": signed_by_name(),
            "older": older,
            "begun": "before" in request.GET,
            "seal": newest_seal(),
        },
    )


@require_safe
def log_feed(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out the same for feed readers and for programs, with the seals; it names only what everybody may know."""
    if ending not in FORMATS:
        raise Http404
    wanted = _wanted(request)
    page, older = _page(request, wanted)
    address = canonical(request, request.path)
    query = urlencode(wanted)
    head = Head(
        title=_("%(site)s: moderation log") % {"site": settings.SITE_NAME},
        page_url=canonical(request, reverse("log")),
        self_url=f"{address}?{query}" if query else address,
        older_url=f"{address}?{urlencode({**wanted, 'before': str(older)})}" if older else "",
        changed=page[0].at.astimezone(UTC) if page else None,
        absolute=lambda path: canonical(request, path),
    )
    form = FORMATS[ending]
    return answered(request, form.write(head, shown_log(page, NOBODY)), form.content_type)
