"""Report an argument to the moderators."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from debates.actions.writing.text import check_printable
from debates.models import Argument
from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.moderation.models import Report
from forum.moderation.rules import RULES


def report(reporter: Viewer, argument: Argument, rule: str, words: str) -> Report:
    """Write a report; one stays open per member and argument."""
    if not reporter.is_authenticated:
        raise Refused(_("Sign in to report."), status=401)
    if argument.author_id == reporter.pk:
        raise Refused(_("This is your own argument: edit it or withdraw it."))
    if rule not in RULES:
        raise Refused(_("Choose the house rule that it breaks."), "rule", 400)
    check_printable("words", words)
    try:
        with transaction.atomic():
            return Report.objects.create(argument=argument, reporter=reporter, rule=rule, words=words.strip())
    except IntegrityError as error:
        raise Refused(
            _("You have reported this already; the moderators will answer you under your notices."),
            status=409,
        ) from error
