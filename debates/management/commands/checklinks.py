"""Visit the addresses of sources, for a timer."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import F, Q
from django.utils import timezone

from debates.actions.sources.record_link import record_link
from debates.actions.sources.visiting import guard
from debates.lookup.guard import Answer
from debates.lookup.link import VISIT
from debates.lookup.refusal import FetchError
from debates.models import LinkState, Source
from debates.models.visibility import listed

PAUSE = 2.0
"""Seconds between two visits to one site."""
FEW = 3
"""Sites that do not all fail at once by themselves."""

type Visit = tuple[Source, Answer | FetchError]


class Command(BaseCommand):
    """Visit what was not visited for a while, the longest ago first; what failed is tried again the next day."""

    help = "Visit the addresses of sources and say which answer, have moved, are blocked or gone. Meant for a daily timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many, and how often."""
        parser.add_argument("--most", type=int, default=500, help="addresses a run (500)")
        parser.add_argument("--days", type=int, default=7, help="days between two visits to one address (7)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Visit them one by one, and say how each answered that does not simply answer. Any: Django's own signature."""
        if not settings.LOOK_UP:
            raise CommandError("Look-ups are off: set COUNTERPOINT_LOOK_UP=on to let this site visit others.")
        fetch, last, counts = guard().fetch, dict[str, float](), dict[LinkState, int]()
        waiting: list[Visit] = []
        answered = False
        for source in _due(options["days"], options["most"]):
            host = _host(source.url)
            time.sleep(max(0.0, last.get(host, 0.0) + PAUSE - time.monotonic()))
            waiting.append((source, _visit(fetch, source.url)))
            last[host] = time.monotonic()
            answered = answered or isinstance(waiting[-1][1], Answer)
            if answered:  # until one site answers, it may be our own line that is down
                self._record(waiting, counts)
        if waiting and len(last) >= FEW:
            raise CommandError(
                f"None of {len(last)} sites answered: is this machine connected? Nothing was recorded against them."
            )
        self._record(waiting, counts)
        said = ", ".join(f"{count} {LinkState(state).label}" for state, count in sorted(counts.items()))
        self.stdout.write(f"{sum(counts.values())} addresses visited: {said or 'none was due'}.")

    def _record(self, waiting: list[Visit], counts: dict[LinkState, int]) -> None:
        """Keep what visits brought, and empty their list."""
        for source, outcome in waiting:
            state = record_link(source, source.url, outcome)
            counts[state] = counts.get(state, 0) + 1
            if state != LinkState.ALIVE:
                self.stdout.write(f"  {LinkState(state).label}: {source.url}")
        waiting.clear()


def _host(url: str) -> str:
    """Return the site of an address; none where it is no address, which the visit then says."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _visit(fetch: Callable[..., Answer], url: str) -> Answer | FetchError:
    """Return what a visit brings."""
    try:
        return fetch(url, limits=VISIT)
    except FetchError as error:
        return error


def _due(days: int, most: int) -> list[Source]:
    """Return the sources to visit."""
    now = timezone.now()
    waited = Q(link_checked_at=None) | Q(link_checked_at__lt=now - timedelta(days=days))
    # A day, less what a timer drifts: failures count by the day.
    failing = Q(link_state=LinkState.FAILING, link_checked_at__lt=now - timedelta(hours=20))
    due = Source.objects.filter(waited | failing, listed(), merged_into=None).exclude(url="")
    return list(due.order_by(F("link_checked_at").asc(nulls_first=True), "pk")[:most])
