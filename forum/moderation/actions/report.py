"""Report something to the moderators."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.actions.writing.text import check_printable
from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.moderation.models import Report
from forum.moderation.rules import APPLIES
from forum.moderation.things import Reportable, Thing, thing_of

OPEN_AT_ONCE = 20
"""Reports that one member may have waiting."""
FEWER_FOR_ABUSE = 5
"""How many fewer for each abusive one of the last quarter: the fourth closes the door until the first is old."""
REMEMBERED = timedelta(days=90)


def report(reporter: Viewer, item: Reportable, rule: str, words: str, passage: str = "") -> Report:
    """Write a report; one stays open per member and thing. `passage` are the words of it that the report is about."""
    thing = thing_of(item)
    check_report(reporter, thing, rule)
    check_printable("words", words)
    check_passage(thing, passage)
    try:
        with transaction.atomic():
            return Report.objects.create(
                kind=thing.kind,
                about=thing.about,
                reporter=reporter,
                rule=rule,
                words=words.strip(),
                passage=" ".join(passage.split()),
                **thing.columns,
            )
    except IntegrityError as error:
        raise Refused(
            _("You have reported this already; what comes of it stands under your reports."), status=409
        ) from error


def check_report(reporter: Viewer, thing: Thing, rule: str) -> None:
    """Refuse who may not report this, or too much at once, and a rule that such a thing cannot break."""
    if not reporter.is_authenticated:
        raise Refused(_("Sign in to report."), status=401)
    if thing.owner_id == reporter.pk:
        raise Refused(_("This is your own: edit it or withdraw it."))
    if rule not in APPLIES[thing.kind]:
        raise Refused(_("Choose the house rule that it breaks."), "rule", 400)
    most = open_at_once(reporter)
    if not most:
        raise Refused(
            ngettext(
                "You cannot report for now: too many of your reports were declined as abusive in the last %(days)d day.",
                "You cannot report for now: too many of your reports were declined as abusive in the last %(days)d days.",
                REMEMBERED.days,
            )
            % {"days": REMEMBERED.days},
            status=429,
        )
    if Report.objects.filter(reporter=reporter).open().count() >= most:
        raise Refused(
            ngettext(
                "You may have %(count)d report waiting at a time, and have; wait for what comes of it.",
                "You may have %(count)d reports waiting at a time, and have; wait for what comes of them.",
                most,
            )
            % {"count": most},
            status=429,
        )


def open_at_once(reporter: Viewer) -> int:
    """Return how many reports a member may have waiting: fewer after abusive ones. One query."""
    since = timezone.now() - REMEMBERED
    abused = Report.objects.filter(reporter=reporter, abusive=True, decided_at__gte=since).count()
    return max(0, OPEN_AT_ONCE - FEWER_FOR_ABUSE * abused)


def check_passage(thing: Thing, passage: str) -> None:
    """Refuse words that do not stand in the thing: a moderator would look for them in vain."""
    check_printable("passage", passage)
    wanted = _even(passage)
    if wanted and not any(wanted in _even(text) for text in thing.texts):
        raise Refused(
            _(
                "These words do not stand there as you give them; copy them from the text, or leave the field empty."
            ),
            "passage",
            400,
        )


def _even(text: str) -> str:
    """Return a text with its white space and capitals made even."""
    return " ".join(text.casefold().split())
