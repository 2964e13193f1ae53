"""The door of the API: what every answer below /api/v1/ has in common, whoever gave it.

Nobody is known here: cookies are left at the door, so the answer is the same for everyone, and may be kept by any cache
and read by the scripts of any site. Requests are counted, answers get an ETag of their content, and whatever went wrong,
be it in the resolver or in a program, becomes a problem with a sentence.

No answer has a Last-Modified: counts and standings change without a date, and one that were too old would keep readers
from seeing that something was hidden.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.api.answers import PROBLEM, problem, sentence_of
from debates.api.limits import Allowance, take

PREFIX = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
FRESH = "public, max-age=60"
POLICY = "reading"
"""The name of the quota in the fields of draft-ietf-httpapi-ratelimit-headers-11."""
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Give every answer of the API what all of them have; it stands before the middleware of sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; what is not for the API passes by."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS":  # whoever is only asked whether they may ask is not counted
            return _dressed(HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT), None)
        allowance = take(request)
        # Before the middleware that knows the reader's language: a thread may still speak that of the last reader.
        with translation.override(settings.LANGUAGE_CODE):
            refusal = _too_many(allowance) or _wrong_method(request)
        return _dressed(refusal or self._read(request), allowance)

    def _read(self, request: HttpRequest) -> HttpResponse:
        """Return what there is to read, or a problem; HEAD gets what GET gets, but the content."""
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        head, request.method = request.method == "HEAD", "GET"
        response = self.get_response(request)
        request.method = "HEAD" if head else "GET"
        response.cookies.clear()
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            if response.get("Content-Type") != PROBLEM:
                said = problem(response.status_code, sentence_of(response.status_code))
                response = _with_headers_of(response, said)
            response["Cache-Control"] = "no-store"
        else:
            response["Cache-Control"] = FRESH
        if response.status_code == HTTPStatus.OK:
            etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            response["ETag"] = etag
            if _known(request, etag):
                response = _unchanged(response)
        if response.status_code != HTTPStatus.NOT_MODIFIED:
            response["Content-Length"] = str(len(response.content))
        if head:
            response.content = b""
        return response


def _known(request: HttpRequest, etag: str) -> bool:
    """Say whether the requester has this very content (RFC 9110, 13.1.2); a proxy may have weakened what we gave."""
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    return known == ["*"] or etag in known


def _unchanged(response: HttpResponse) -> HttpResponse:
    """Return that nothing has changed, with the fields by which a cache renews what it keeps."""
    return HttpResponseNotModified(
        headers={
            name: response[name] for name in ("ETag", "Cache-Control", "Vary", "Link") if name in response
        }
    )


def _too_many(allowance: Allowance | None) -> HttpResponse | None:
    if allowance is None or not allowance.exceeded:
        return None
    said = ngettext(
        "That was more than %(quota)d requests from your address; the next is answered in %(reset)d second.",
        "That was more than %(quota)d requests from your address; the next is answered in %(reset)d seconds.",
        allowance.reset,
    ) % {"quota": allowance.quota, "reset": allowance.reset}
    more = {"violated-policies": [POLICY]}
    response = problem(HTTPStatus.TOO_MANY_REQUESTS, said, kind=QUOTA_EXCEEDED, **more)
    response["Retry-After"] = str(allowance.reset)
    response["Cache-Control"] = "no-store"
    return response


def _wrong_method(request: HttpRequest) -> HttpResponse | None:
    if request.method in ("GET", "HEAD"):
        return None
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, _("Here one can only read: ask with GET or HEAD."))
    response["Allow"] = METHODS
    response["Cache-Control"] = "no-store"
    return response


def _with_headers_of(page: HttpResponse, said: HttpResponse) -> HttpResponse:
    """Return a problem in place of a page for people, with what the page varies by."""
    for name in ("Vary", "Content-Language"):
        if name in page:
            said[name] = page[name]
    return said


def _dressed(response: HttpResponse, allowance: Allowance | None) -> HttpResponse:
    """Give a response the fields that every answer bears."""
    varies = [one.strip() for one in response.get("Vary", "").split(",")]
    if varies := [one for one in varies if one and one.lower() != "cookie"]:
        response["Vary"] = ", ".join(varies)
    else:
        del response["Vary"]
    for name, value in OPEN_TO_ALL.items():
        response[name] = value
    if allowance is not None:
        response["RateLimit-Policy"] = f'"{POLICY}";q={allowance.quota};w={allowance.window}'
        response["RateLimit"] = f'"{POLICY}";r={allowance.left};t={allowance.reset}'
    return response
