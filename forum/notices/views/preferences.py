"""How a member wants to hear of what, and the links that stop mail without signing in."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forum.notices.actions.resume_mail import resume_mail
from forum.notices.actions.set_preferences import chosen_by, set_preferences, stop_mail
from forum.notices.mail.addresses import address_of
from forum.notices.mail.tokens import DIGESTS, read_token
from forum.notices.models import Channel, Group
from forum.notices.models.preference import channels_of

UNDO = "forum.notices.undo"


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Show and save where each group of notices goes, and say whether mail reaches the member."""
    if request.method == "POST":
        if "resume" in request.POST:
            if resume_mail(request.user):
                messages.success(request, _("Mail goes to your address again."))
        else:
            wanted = {str(group): request.POST[group] for group in Group if group in request.POST}
            set_preferences(request.user, wanted)
            messages.success(request, _("Saved."))
        return redirect("notices_settings")
    chosen = chosen_by(request.user.pk or 0)
    lines = [
        {
            "group": group,
            "choices": [
                {
                    "channel": channel,
                    "offered": channel in channels_of(group),
                    "chosen": chosen[group] == channel,
                }
                for channel in Channel
            ],
        }
        for group in Group
    ]
    reached = address_of(request.user.pk or 0)
    return render(
        request,
        "notices/notices_settings.html",
        {"lines": lines, "channels": list(Channel), "reached": reached},
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what a signed link names, on POST alone (RFC 8058): programs that follow links in mail change nothing.

    It asks for no sign-in and no token of a form: the link itself is the proof, and stopping mail is all it can do.
    """
    read = read_token(token)
    member = get_user_model().objects.filter(pk=read[0]).first() if read is not None else None
    if read is None or member is None:
        raise Http404
    what = read[1]
    context: dict[str, object] = {
        "what": what if what in DIGESTS else "",
        "group": Group(what).label if what in Group else "",
        "token": token,
    }
    signer = Signer(salt=f"{UNDO}.{token}")
    if request.method != "POST":
        return render(request, "notices/unsubscribe.html", context)
    if undo := request.POST.get("undo", ""):
        try:
            before = signer.unsign_object(undo)
        except BadSignature as forged:
            raise Http404 from forged
        set_preferences(member, before)
        return render(request, "notices/unsubscribe.html", context | {"undone": True})
    before = stop_mail(member, what)
    context |= {"stopped": True, "undo": signer.sign_object(before) if before else ""}
    return render(request, "notices/unsubscribe.html", context)
