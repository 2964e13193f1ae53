"""What the page of a reply says when the claim above it was edited since; the difference has a page of its own."""

from dataclasses import dataclass

from django.urls import reverse

from debates.models import Argument


@dataclass(frozen=True)
class StaleView:
    """That a reply was written against an earlier version of the claim above, and where the difference is shown."""

    url: str


def stale_of(argument: Argument) -> StaleView | None:
    """Return what is said of a reply whose claim was edited since, None of any other; no query."""
    return None if argument.stale_since is None else StaleView(reverse("stale", args=[argument.public_id]))
