"""Pages that belong to no application: health, readiness and the errors."""

from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

from debates.bibliography.styles import available as styles_available
from forum.own_data.stored import IN_BROWSER, cookies, stored

TRIED_ON = date(2026, 11, 22)
"""When the pages were last gone through for the accessibility statement; docs/accessibility.md says how."""


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and its migrations are applied; 503 when not."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "does not answer"}, status=503)
    if waiting:
        return JsonResponse(
            {"ready": False, "database": "answers", "migrations_waiting": waiting}, status=503
        )
    ready = {"ready": True, "database": "answers", "migrations_waiting": 0}
    if not styles_available():
        # A warning and no more: readers see every reference, only not in the style of their choice.
        ready["references"] = "plain: pandoc is not installed"
    return JsonResponse(ready)


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for the old name of the site's icon to it."""
    return redirect(static("forum/icon.svg"))


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what was done for everyone to be able to use the site, what was tried, and what does not hold yet."""
    context = {"tried_on": TRIED_ON, "contact": getattr(settings, "CONTACT", "")}
    return render(request, "accessibility.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored of whom, why, how long, and who sees it; periods come from what enforces them."""
    context = {
        "contact": settings.CONTACT,
        "stored": stored(),
        "cookies": cookies(),
        "in_browser": IN_BROWSER,
    }
    return render(request, "privacy.html", context)


NOT_TYPED = ("csrfmiddlewaretoken", "key", "seen")
"""What a form sends without anybody having typed it."""


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token no longer fits, and give back what was typed."""
    typed = [
        (key, value)
        for key, values in request.POST.lists()
        for value in values
        if key not in NOT_TYPED and "password" not in key and not key.endswith("_FORMS") and value
    ]
    return render(request, "form_expired.html", {"typed": typed}, status=403)
