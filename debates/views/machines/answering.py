"""Answer with a document that programs ask for again and again: unchanged, it is not sent twice."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag


def answered(
    request: HttpRequest, body: str, content_type: str, changed: datetime | None = None
) -> HttpResponseBase:
    """Return a document with its ETag and the time of its last change, or 304 to who has it already (RFC 9110).

    Caches may keep it, and ask each time: what was hidden since must not be handed out for a minute longer.
    """
    content = body.encode("utf-8", errors="replace")
    response = HttpResponse(content, content_type=content_type)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    stamp = int(changed.timestamp()) if changed is not None else 0
    response["ETag"] = etag
    if stamp:  # what never changed has no time at which it did
        response["Last-Modified"] = http_date(stamp)
    patch_cache_control(response, public=True, no_cache=True)
    found = get_conditional_response(request, etag=etag, last_modified=stamp, response=response)
    return found if found is not None else response
