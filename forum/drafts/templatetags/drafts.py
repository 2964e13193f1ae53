"""What a form says of its draft: `{% draft_line %}` at its head, `{% draft_button %}` beside its buttons; and how many exist."""

from typing import Any

from django import template
from django.template.context import RequestContext

from forum.drafts.models import Draft
from forum.drafts.shown import line
from forum.drafts.slip import Slip, blank_slip, read_slip, slip_of

register = template.Library()


@register.inclusion_tag("drafts/drafts.html#line", takes_context=True)
def draft_line(context: RequestContext) -> dict[str, Any]:
    """Draw the hidden fields that lead to a form's draft, and the line about it. Any: a template's values."""
    slip = _slip(context)
    return line(context.request, slip) if slip is not None else {}


@register.inclusion_tag("drafts/drafts.html#button", takes_context=True)
def draft_button(context: RequestContext) -> dict[str, Any]:
    """Draw the button that keeps a form as a draft without a script. Any: a template's values."""
    return {"slip": _slip(context)}


@register.simple_tag(takes_context=True)
def draft_count(context: RequestContext) -> int:
    """Return how many drafts whoever reads the page has; one query."""
    user = context.request.user
    return Draft.objects.live(user).count() if user.is_authenticated else 0


def _slip(context: RequestContext) -> Slip | None:
    """Return the slip of the form on this page: sent along, kept while signing in, of the draft restored, or a new one."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None or not request.user.is_authenticated:
        return None
    slip = slip_of(request)
    if slip is None:
        data = getattr(context.get("form"), "data", None)
        slip = (read_slip(data) if data else None) or blank_slip(request)
        if slip is not None:
            request.draft = slip
    return slip
