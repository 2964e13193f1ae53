"""What an answer is that is none: a problem in the form of RFC 9457, with one sentence that says what was wrong."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from debates.permissions import Refused

PROBLEM = "application/problem+json"
NO_KIND = "about:blank"
"""The type of a problem that its status says all about (RFC 9457, 4.2.1)."""


def problem(status: int, sentence: str, *, kind: str = NO_KIND, **more: object) -> HttpResponse:
    """Return a problem as RFC 9457 writes it; `more` are members of its own, each a value of JSON."""
    said = {"type": kind, "title": HTTPStatus(status).phrase, "status": status, "detail": sentence, **more}
    return HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type=PROBLEM)


def sentence_of(status: int) -> str:
    """Return what to say where nobody said anything: no address, a broken program, a host that is not ours."""
    if status == HTTPStatus.NOT_FOUND:
        return _("There is nothing at this address; the documentation at /api/ says what there is.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("Something broke here, and was written down; ask again later.")
    return _("The request could not be understood; the documentation at /api/ says how to ask.")


def elsewhere(address: str) -> HttpResponse:
    """Lead to another address, never for ever: a merge can be undone, and an old name can return."""
    return HttpResponseRedirect(address, preserve_request=True)


def _refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    if refusal.status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return problem(refusal.status, refusal.sentence)
    return _parameters([(refusal.field, refusal.sentence)])


def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, sentence_of(HTTPStatus.NOT_FOUND))


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = []
    for one in error.errors:
        name = str(one["loc"][-1])
        if one["type"] == "missing":
            said = _("The parameter “%(name)s” is missing.") % {"name": name}
        else:
            said = str(one["ctx"]["error"]) if "error" in one.get("ctx", {}) else str(one["msg"])
        found.append((name, said))
    return _parameters(found)


def _parameters(found: list[tuple[str, str]]) -> HttpResponse:
    """Return the problem of parameters that cannot be taken: all sentences in one, and each beside its name."""
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        " ".join(said for _name, said in found),
        errors=[{"parameter": name, "detail": said} for name, said in found],
    )


def answer_problems(api: NinjaAPI) -> None:
    """Let an API answer refusals, wrong parameters and what is not found as problems."""
    api.exception_handler(Refused)(_refused)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(Http404)(_not_found)


def known_parameters_only(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a parameter that an operation does not know, or that stands there twice.

    A filter that is misspelt would otherwise be left out in silence, and the answer taken for what was asked for.
    """
    known = _names(run)

    @wraps(run)
    def wrapped(request: HttpRequest, **words: Any) -> HttpResponse:
        """Run the operation. Any: what stands in the address."""
        found = []
        for name, values in request.GET.lists():
            if name not in known:
                said = (
                    _("The parameter “%(name)s” is not known here; these are: %(known)s.")
                    % {"name": name[:60], "known": ", ".join(sorted(known))}
                    if known
                    else _("Nothing can be asked here with parameters.")
                )
                found.append((name[:60], said))
            elif len(values) > 1:
                found.append((name, _("The parameter “%(name)s” may stand there once.") % {"name": name}))
        return _parameters(found) if found else run(request, **words)

    return wrapped


def _names(run: Any) -> frozenset[str]:
    """Return the names of an operation's parameters behind the question mark. Any: the bound method of an operation."""
    models = (one for one in run.__self__.models if one.__ninja_param_source__ == "query")
    return frozenset(name for model in models for name in model.__ninja_flatten_map__)
