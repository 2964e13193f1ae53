"""One's own drafts: kept while one types, listed, read, thrown away and taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from debates.permissions import Refused
from forum.drafts.actions.keep_draft import keep_draft
from forum.drafts.actions.throw_away import take_back, throw_away
from forum.drafts.fields import LONGEST, to_keep
from forum.drafts.listed import listed, typed_in
from forum.drafts.models import Draft
from forum.drafts.shown import line
from forum.drafts.slip import read_slip

A_PAGE = 30


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form: sent while it is typed by the script, which gets the form's line back, or by its button.

    The script says for whom it writes (`draft-member`): somebody else may have signed in meanwhile, in another tab.
    """
    script = request.POST.get("draft-member", "")
    slip = read_slip(request.POST)
    if slip is None:
        raise Refused(_("This form keeps no drafts. Copy your text before you leave the page."), status=400)
    if not request.user.is_authenticated or (script and script != str(request.user.pk)):
        if script:
            return HttpResponse(status=403)
        if len(body := to_keep(request.POST).urlencode()) <= LONGEST:
            request.session["kept_form"] = {"path": slip.place.path, "body": body}
        return redirect_to_login(slip.place.address)
    if script and "draft-look" in request.POST:
        mine = Draft.objects.live(request.user).filter(place=slip.place.address, tab=slip.tab)
        slip.row = mine.first()  # its version stays what the tab has seen of it
        return render(request, "drafts/drafts.html#line", line(request, slip, kept=True))
    row, _new = keep_draft(request.user, slip, request.POST)
    slip.now(row)
    if script:
        return render(request, "drafts/drafts.html#line", line(request, slip, kept=row is not None))
    if row is None:
        messages.info(request, _("There is nothing to keep yet: the form is empty."))
        return redirect(slip.place.address)
    messages.success(
        request, _("Kept as a draft. Only you can read it; it waits here and in the list of your drafts.")
    )
    return redirect(row.address)


@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """List one's drafts, the newest first, and those that were thrown away."""
    live = Draft.objects.live(request.user).defer("body").select_related("debate", "source")
    page = Paginator(live, A_PAGE).get_page(request.GET.get("page"))
    thrown = Draft.objects.thrown(request.user).defer("body").order_by("-thrown_at")[:A_PAGE]
    return render(
        request,
        "drafts/drafts.html",
        {"page": page, "rows": listed(page, request.user), "thrown": listed(thrown, request.user)},
    )


@login_required
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show the text of a draft by itself, whatever became of the page that it was written for."""
    row = get_object_or_404(Draft.objects.live(request.user), pk=draft_id)
    return render(
        request, "drafts/draft.html", {"row": listed([row], request.user)[0], "typed": typed_in(row)}
    )


@login_required
@require_POST
def throw(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away."""
    row = get_object_or_404(Draft.objects.filter(member=request.user.pk, posted_at=None), pk=draft_id)
    if throw_away(row):
        messages.success(request, _("Thrown away. You can take it back below."))
    return redirect("drafts")


@login_required
@require_POST
def restore(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Take back a draft that was thrown away."""
    row = get_object_or_404(Draft.objects.filter(member=request.user.pk, posted_at=None), pk=draft_id)
    if take_back(row):
        messages.success(request, _("Taken back."))
    return redirect("drafts")
