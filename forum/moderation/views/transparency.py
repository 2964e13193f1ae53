"""What moderation came to, by month: anyone may see whether it answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.moderation.months import months_of_moderation


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Show reports, decisions and the time they took, a row for each month of the last year."""
    return render(request, "moderation/transparency.html", {"months": months_of_moderation()})
