"""Keep what a visitor typed while they sign in: it waits in the session and comes back in the form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django_htmx.http import HttpResponseClientRedirect

KEEPERS: list[Callable[[HttpRequest], QueryDict | None]] = []
"""Who else may have kept a form; asked in turn where nothing waits from before signing in. `forum` adds to it."""

LONGEST = 500_000
"""Characters of a form, URL-encoded: a whole elaboration in Cyrillic, six to a letter, with its citations."""


def members_only[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Send visitors to sign in first; a form that they had sent is kept and returns with them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and len(body := request.POST.urlencode()) <= LONGEST:
            request.session["kept_form"] = {"path": request.path, "body": body}
        to_login = redirect_to_login(request.get_full_path())
        # A script would follow the redirect and set the sign-in page into the page that it stands on.
        return HttpResponseClientRedirect(to_login.url) if request.htmx else to_login  # type: ignore[attr-defined]  # django-htmx adds it

    return cast(
        "Callable[Concatenate[HttpRequest, P], HttpResponse]", wrapped
    )  # functools.wraps loses the parameters


def kept_form(request: HttpRequest) -> dict[str, Any] | QueryDict | None:
    """Return what was typed on this very page before signing in, once, or left unfinished; None when there is nothing.

    Any: form data.
    """
    if request.method != "GET":
        return None
    kept = request.session.get("kept_form")
    if kept and kept["path"] == request.path:
        del request.session["kept_form"]
        return QueryDict(kept["body"])
    return next((found for keeper in KEEPERS if (found := keeper(request)) is not None), None)


def keep_for(request: HttpRequest, path: str) -> None:
    """Let what was typed on this page before signing in wait for another: this one has moved there."""
    if request.user.is_authenticated and (kept := request.session.get("kept_form")):
        if kept["path"] == request.path:
            request.session["kept_form"] = kept | {"path": path}
