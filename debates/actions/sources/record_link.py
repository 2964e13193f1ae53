"""Keep what a visit to a source's address said."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.lookup.guard import Answer
from debates.lookup.link import judge
from debates.lookup.refusal import FetchError
from debates.models import LinkCheck, LinkState, Source

FAILURES = (LinkState.FAILING, LinkState.GONE)
MOST_REMEMBERED = 10
"""Visits that are looked back on: more than the failures that make a link gone."""


@transaction.atomic
def record_link(source: Source, url: str, outcome: Answer | FetchError) -> LinkState:
    """Judge one visit to an address and keep it; return the state of the source's link."""
    now = timezone.now()
    judgement = judge(outcome, _failures(source, url), timezone.localdate(now))
    state = LinkState(judgement.state.value)
    reason = _(judgement.reason.template) % judgement.reason.values if judgement.reason else ""
    LinkCheck.objects.create(
        source=source,
        url=url,
        at=now,
        state=state,
        status=judgement.status,
        target=judgement.target[:2000],
        reason=reason[:300],
    )
    # By its address too: a record that was mended during the visit has another link, which nobody has visited.
    current = Source.objects.filter(pk=source.pk, url=url)
    if state == LinkState.UNKNOWN:  # nobody went there: what was known stands
        current.update(link_checked_at=now)
    else:
        current.update(link_state=state, link_target=judgement.target[:2000], link_checked_at=now)
    return state


def _failures(source: Source, url: str) -> list[date]:
    """Return the days on which the address failed since it last answered."""
    days = []
    for visit in LinkCheck.objects.filter(source=source, url=url).order_by("-at", "-pk")[:MOST_REMEMBERED]:
        if visit.state in FAILURES:
            days.append(timezone.localdate(visit.at))
        elif visit.state not in (LinkState.UNKNOWN, LinkState.BLOCKED):
            break
    return days
