"""Open a debate of one's own."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from debates.actions.writing.form_key import debate_stands, once
from debates.actions.writing.open_debate import open_debate as act
from debates.forms.debate import DebateForm
from debates.forms.work import WorkForm, known_sources
from debates.permissions import Refused, check_open_debate
from debates.views.asking.kept import kept_form, members_only
from debates.views.sources.citing import asks_for_rows, work_again
from debates.views.writing.reply import read_key


@members_only
def open_debate(request: HttpRequest) -> HttpResponse:
    """Open a debate: question, theses, article, tags."""
    check_open_debate(request.user)
    data = request.POST if request.method == "POST" else kept_form(request)
    form = DebateForm(data)
    article = WorkForm(
        data,
        prefix="article",
        viewer=request.user,
        known=known_sources(data, request.user, [], "article"),
        empty_permitted=True,
        use_required_attribute=False,
    )
    key = read_key(data.get("key", "") if data is not None else "")
    context = {"form": form, "article": article, "key": key}
    if request.method != "POST":
        return render(request, "debates/open_debate.html", context)
    if asks_for_rows(request):
        context |= {"form": DebateForm(initial=request.POST.dict()), "article": work_again(request, article)}
        return render(request, "debates/open_debate.html", context)
    if not (form.is_valid() & article.is_valid()):
        return render(request, "debates/open_debate.html", context, status=422)
    values = form.cleaned_data
    body = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "key")
    }
    try:
        slug, _new = once(
            key,
            request.user,
            body,
            lambda: (
                act(
                    request.user,
                    values["question"],
                    values["theses"],
                    values["summary"],
                    values["tags"],
                    article.cleaned_data.get("text"),
                    anonymous=values["anonymous"],
                ).slug
            ),
            debate_stands,
        )
    except Refused as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, refusal.sentence)
        return render(
            request,
            "debates/open_debate.html",
            context
            | {
                "key": uuid.uuid4() if refusal.status == 409 else key,
                "refusal": None if refusal.field in form.fields else refusal,
            },
            status=422,
        )
    return redirect("debate", slug)  # sent again after the debate moved, its old address leads on
