"""Pages that belong to no application: health, readiness and the errors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache


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
    return JsonResponse({"ready": True, "database": "answers", "migrations_waiting": 0})


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for the old name of the site's icon to it."""
    return redirect(static("forum/icon.svg"))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token no longer fits, and give back what was typed."""
    typed = [
        (key, value)
        for key, value in request.POST.items()
        if key != "csrfmiddlewaretoken" and "password" not in key and value
    ]
    return render(request, "form_expired.html", {"typed": typed}, status=403)
