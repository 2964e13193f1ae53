"""What every page knows: the site's name, and how many notices wait."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from forum.notices.models import Notice


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name and, only where a page asks for it, the number of unseen notices. Any: a lazy value."""
    user = getattr(request, "user", None)

    def unseen() -> int:
        if user is None or not user.is_authenticated:
            return 0
        return Notice.objects.shown_to(user).unseen().count()

    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "unseen_notices": SimpleLazyObject(unseen),
    }
