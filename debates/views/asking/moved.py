"""Lead from an address that a debate had once to the one that it has now, whichever of its pages was asked for."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from debates.models import Debate
from debates.views.asking.kept import keep_for


def moved(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """Return the way to where a page is now, None where it has not moved or its requester may not know where.

    Asked when a page is not found. The query goes along; what was typed goes along, too (308 in place of 301), and so
    does what waits for somebody who signed in meanwhile. A debate may go back to an old address, so nobody keeps this
    answer for good: browsers that did would go round in circles.
    """
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match is not None else None
    if match is None or slug is None:
        return None
    had = Debate.objects.visible_to(request.user).filter(old_addresses__slug=slug)
    debate = had.exclude(slug=slug).first()  # at its address of today it is for other reasons not found
    if debate is None:
        return None
    path = reverse(match.view_name, kwargs=match.kwargs | {"slug": debate.slug})
    keep_for(request, path)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(
        f"{path}?{query}" if query else path, preserve_request=request.method not in ("GET", "HEAD")
    )
    patch_cache_control(response, private=True, no_cache=True)
    return response
