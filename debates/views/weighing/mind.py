"""Say that an argument changed one's mind, and read who else said so; moderators hide a sentence that breaks the rules."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debates.actions.moderating.hide_delta import hide_delta as hide
from debates.actions.moderating.hide_delta import restore_delta as restore
from debates.actions.weighing.change_mind import change_mind, check_change_mind, unchange_mind
from debates.forms.mind import HideDeltaForm, MindForm
from debates.models import Argument, Delta, State
from debates.models.visibility import is_moderator, seen_by
from debates.permissions import Refused, check_moderate
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.parts.card import debate_named
from debates.views.parts.rearranged import check_named
from debates.views.parts.sentences import sentences_of, with_readers

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def mind(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Show whose minds an argument changed, and ask members whether it changed theirs; `take_back` takes it back."""
    if request.method == "POST":
        return _answer(request, argument_id)
    argument = fetch(request, argument_id)
    return _page(request, argument, MindForm(kept_form(request), initial=_said(request, argument)))


@members_only
def _answer(request: HttpRequest, argument_id: str) -> HttpResponse:
    try:
        argument = fetch(request, argument_id)
    except Http404:
        if not Argument.objects.was_shown(argument_id):
            raise
        raise Refused(
            _("This argument was withdrawn or hidden meanwhile. Your sentence is below."), status=409
        ) from None
    if "take_back" in request.POST:
        if unchange_mind(request.user, argument):
            messages.success(request, _("Taken back; nobody reads your sentence any more."))
        return redirect("mind", argument_id)
    check_named(argument, argument_id)  # of what was merged with another since, other words are shown now
    form = MindForm(request.POST)
    if not form.is_valid():
        return _page(request, argument, form, status=422)
    try:
        changed = change_mind(request.user, argument, form.cleaned_data["why"])
    except Refused as refusal:
        if refusal.field:
            form.add_error(refusal.field, refusal.sentence)
            return _page(request, argument, form, status=422)
        return _page(request, argument, form, refusal=refusal, status=refusal.status)
    messages.success(
        request,
        _("Thank you; others can read what changed your mind.") if changed else _("Nothing was changed."),
    )
    return redirect("mind", argument_id)


def _said(request: HttpRequest, argument: Argument) -> dict[str, str]:
    """Return what a member has said of an argument already."""
    if not request.user.is_authenticated:
        return {}
    delta = argument.deltas.filter(member=request.user.pk, state=State.PUBLISHED).first()
    return {"why": delta.why} if delta else {}


def _page(
    request: HttpRequest,
    argument: Argument,
    form: MindForm,
    status: int = 200,
    refusal: Refused | None = None,
) -> HttpResponse:
    """Show the form where the viewer may fill it, and the sentences that can be read."""
    deltas = argument.deltas.filter(seen_by(request.user, "member")).exclude(state=State.WITHDRAWN)
    try:
        check_change_mind(request.user, argument)
    except Refused as refused:
        why_not = refused.sentence
    else:
        why_not = ""
    page = Paginator(with_readers(deltas), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "debates/mind.html",
        {
            "argument": argument,
            "debate": debate_named(argument.debate, request.user),
            "form": form,
            "refusal": refusal,
            "why_not": why_not,
            "said": bool(_said(request, argument)),
            "moderates": is_moderator(request.user),
            "page": page,
            "sentences": sentences_of(page, argument.debate, request.user),
        },
        status=status,
    )


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def hide_delta(request: HttpRequest, delta_id: int) -> HttpResponse:
    """Ask a moderator for a reason, then hide a sentence, or restore it where it is hidden."""
    check_moderate(request.user)
    readable = Argument.objects.visible_to(request.user)
    deltas = Delta.objects.filter(argument__in=readable, state__in=[State.PUBLISHED, State.HIDDEN])
    delta = get_object_or_404(with_readers(deltas).select_related("argument__debate", "member"), pk=delta_id)
    hidden = delta.state == State.HIDDEN
    (said,) = sentences_of([delta], delta.argument.debate, request.user)
    form = HideDeltaForm(request.POST if request.method == "POST" else kept_form(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        verb = hide if request.POST.get("act") == "hide" else restore
        try:
            changed = verb(request.user, delta, form.cleaned_data["reason"])
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("Done; the log says why.") if changed else _("That was done already.")
            )
            return redirect("mind", delta.argument.public_id)
    return render(
        request,
        "debates/hide_delta.html",
        {
            "said": said,
            "hidden": hidden,
            "form": form,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 422 if request.method == "POST" else 200,
    )
