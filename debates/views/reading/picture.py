"""Pictures of debates and arguments, for those who show where an address leads: the same for everybody.

Nothing is kept: whoever has a picture asks whether it is still the same, and only what changed is painted again.
"""

from __future__ import annotations

import hashlib

import PIL
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from debates.layout.poster import VERSION, Poster, paint
from debates.models import Argument, Debate
from debates.views.parts.pictured import argument_poster, debate_poster, letters


def debate_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the picture of a debate that stands in lists."""
    return _answered(request, debate_poster(get_object_or_404(Debate.objects.listed(), slug=slug)))


def argument_picture(request: HttpRequest, argument_id: str) -> HttpResponseBase:
    """Answer with the picture of an argument that stands in lists; a merged one leads to what it was merged into."""
    found = Argument.objects.named(argument_id)
    listed = Argument.objects.listed().select_related("debate")
    argument = get_object_or_404(listed, pk=found.pk if found is not None else None)
    if argument.public_id != argument_id:
        return redirect(reverse("argument_picture", args=[argument.public_id]))  # a merge can be undone
    return _answered(request, argument_poster(argument))


def _answered(request: HttpRequest, poster: Poster) -> HttpResponseBase:
    """Return the picture, or 304 to who has it already (RFC 9110); caches may keep it, and ask each time.

    Whether it changed is read from what it says: a text that is hidden changes it and leaves no date behind, so there
    is no `Last-Modified`.
    """
    said = repr((VERSION, PIL.__version__, poster)).encode("utf-8", errors="replace")
    etag = quote_etag(hashlib.sha256(said).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(paint(poster, letters()), content_type="image/png")
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response
