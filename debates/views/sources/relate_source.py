"""Relate a source to another work, or part the two."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from debates.actions.sources.relate_sources import part_sources, relate_sources
from debates.forms.ties import RelateForm
from debates.models import SourceRelation
from debates.models.source import family_of
from debates.permissions import Refused, check_relate
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.related import related_works
from debates.views.sources.source import fetch_source


@members_only
def relate_source(request: HttpRequest, source_id: str) -> HttpResponse:
    """Show what a source is related to, relate it to one more, or take a relation away."""
    source = fetch_source(request.user, source_id)
    if source.public_id != source_id:
        return redirect("relate_source", source.public_id)
    check_relate(request.user, source)
    if request.method == "POST" and "part" in request.POST:
        family = family_of(source.pk)
        relation = SourceRelation.objects.filter(
            Q(source_id__in=family) | Q(other_id__in=family), pk=_number(request.POST["part"])
        ).first()
        if relation is not None:  # else somebody was quicker
            part_sources(request.user, relation)
        messages.success(request, _("The two are no longer related."))
        return redirect("relate_source", source.public_id)
    form = RelateForm(
        request.POST if request.method == "POST" else kept_form(request), viewer=request.user, source=source
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            relate_sources(request.user, source, form.cleaned_data["other"], form.cleaned_data["kind"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Related; both pages say so."))
            return redirect(source)
    return render(
        request,
        "debates/relate_source.html",
        {
            "source": source,
            "related": related_works(source, request.user),
            "form": form,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


def _number(written: str) -> int:
    """Return the key that a button sends; 0, which none has, for what is no number."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
