"""Answer with a document that programs ask for again and again: unchanged, it is not sent twice."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag


def answered(request: HttpRequest, body: str, content_type: str) -> HttpResponse:
    """Return a document with its ETag, or 304 to who has this very one (RFC 9110, 13.1.2).

    Dates are neither sent nor compared: a text that is hidden leaves none behind, so whoever asked by one would keep it.
    Caches may keep the document, and ask each time.
    """
    content = body.encode("utf-8", errors="replace")
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    # A proxy may have weakened the tag that was given, and compressed what it names.
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if known == ["*"] or etag in known:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response
