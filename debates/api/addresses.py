"""The addresses that answers name: in the API, and of the pages for readers."""

from django.http import HttpRequest
from django.urls import reverse

from debates.models import Argument, Debate, Source


def api_url(request: HttpRequest, name: str, *words: str) -> str:
    """Return the whole address of an operation, by its name and the words in it."""
    return request.build_absolute_uri(reverse(f"api:{name}", args=words))


def argument_url(request: HttpRequest, public_id: str) -> str:
    """Return the address of an argument."""
    return api_url(request, "argument", public_id)


def source_url(request: HttpRequest, public_id: str) -> str:
    """Return the address of a source."""
    return api_url(request, "source", public_id)


def debate_url(request: HttpRequest, slug: str) -> str:
    """Return the address of a debate."""
    return api_url(request, "debate", slug)


def page_url(request: HttpRequest, row: Argument | Debate | Source) -> str:
    """Return the page for readers."""
    return request.build_absolute_uri(row.get_absolute_url())
