"""The one address of a page, and the name of a thing that stays when addresses change."""

from typing import Any
from urllib.parse import quote

from django.core.paginator import Page
from django.http import HttpRequest
from django.http.request import split_domain_port

MINTED = "2026"
"""A date on which the site's host was its keeper's, as RFC 4151 asks of every tag: address; it never changes."""


def canonical(request: HttpRequest, path: str, page: Page[Any] | None = None) -> str:
    """Return the absolute address under which a page is known, whatever it was asked with.

    Of the query only the number of a later page stays, as `page` has it and not as somebody typed it. Any: whatever
    is paged.
    """
    address = request.build_absolute_uri(path)
    return f"{address}?page={page.number}" if page is not None and page.number > 1 else address


def lasting_name(request: HttpRequest, name: str) -> str:
    """Return the tag: address of a thing (RFC 4151), as feeds name it: the same under http and https, at every port."""
    host, _port = split_domain_port(request.get_host())
    return f"tag:{host},{MINTED}:{quote(name)}"
