"""Check a citation: does the source say this? And the list of those that wait for somebody to look."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from debates.actions.sources.check_citation import check_citation
from debates.forms.check import CheckForm
from debates.models import Argument, Citation, CitationCheck
from debates.models.authorship import number_in, shown_member
from debates.models.visibility import Viewer, seen_by
from debates.permissions import Refused, check_check, may
from debates.queues import found_wanting, unchecked
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.card import debate_named
from debates.views.parts.quotes import quoted_words

A_PAGE = 30


def checks(request: HttpRequest) -> HttpResponse:
    """List the citations that nobody has checked as they stand; `?failed=1` those found not to say it."""
    failed = request.GET.get("failed") == "1"
    page = Paginator(found_wanting() if failed else unchecked(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "debates/checks.html", {"page": page, "failed": failed})


@members_only
def check(request: HttpRequest, citation_id: int) -> HttpResponse:
    """Answer whether a source says what it is cited for, in sight of both."""
    citation = fetch_citation(request.user, citation_id)
    argument = citation.argument
    form = CheckForm(request.POST if request.method == "POST" else kept_form(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            check_citation(request.user, citation, values["verdict"], values["note"], values["locator"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Thank you; your answer stands beside the citation."))
            return redirect(argument.get_absolute_url())
    answers = _answers(citation, request.user)
    return render(
        request,
        "debates/check.html",
        {
            "citation": citation,
            "argument": argument,
            "debate": debate_named(argument.debate, request.user),
            "quoted": [one for one in quoted_words(argument, request.user) if one.citation.pk == citation.pk],
            "current": [one for one in answers if one.check.fingerprint == citation.fingerprint],
            "earlier": [one for one in answers if one.check.fingerprint != citation.fingerprint],
            "form": form,
            "may_check": may(check_check, request.user, citation),
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )


@dataclass(frozen=True)
class Answer:
    """One check, and under which name its member is shown."""

    check: CitationCheck
    by: str


def _answers(citation: Citation, viewer: Viewer) -> list[Answer]:
    """Return what members answered about a citation, in order; one query."""
    debate = citation.argument.debate
    rows = citation.checks.select_related("member")
    return [
        Answer(one, shown_member(one.member, debate, one.member_number, viewer).name)
        for one in rows.annotate(member_number=number_in("citation__argument__debate", "member"))
    ]


def fetch_citation(viewer: Viewer, citation_id: int) -> Citation:
    """Return a citation whose argument and source a viewer may read, or 404."""
    readable = Argument.objects.visible_to(viewer)
    citations = Citation.objects.filter(
        seen_by(viewer, "source__added_by", of="source"), argument__in=readable
    )
    return get_object_or_404(
        citations.select_related("source", "argument__debate", "argument__voice"), pk=citation_id
    )
