"""References going out: files of what a page cites, for a reader's own tools; and the style that a member keeps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from debates.bibliography.styles import STYLES
from debates.formats.references.bibtex_writing import write_bibtex
from debates.formats.references.csl_json import write_csl_json
from debates.formats.references.ris_writing import write_ris
from debates.models import Argument, Debate, Source, Tag
from debates.models.tag import tag_named
from debates.views.asking.fetching import fetch
from debates.views.parts.reference_list import KEPT_STYLE, cited_by, cited_in, in_order


@dataclass(frozen=True)
class Format:
    """How references are written, and what the answer is called. Any: JSON."""

    write: Callable[[Sequence[Mapping[str, Any]]], str]
    content_type: str


FORMATS = {
    "bib": Format(write_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": Format(write_ris, "application/x-research-info-systems"),
    "json": Format(write_csl_json, "application/vnd.citationstyles.csl+json"),
}
"""The formats by the last part of the address."""


def argument_references(request: HttpRequest, argument_id: str, ending: str) -> HttpResponse:
    """Hand out what one argument cites."""
    shown = fetch(request, argument_id)
    cited = in_order(cited_in(shown, request.user))
    return references_file(cited, ending, f"argument-{shown.public_id}")


def debate_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Hand out what a debate's listed arguments cite."""
    shown = get_object_or_404(Debate.objects.visible_to(request.user), slug=slug)
    return references_file(cited_by(Argument.objects.filter(debate=shown)), ending, f"debate-{slug}")


def source_references(request: HttpRequest, source_id: str, ending: str) -> HttpResponse:
    """Hand out one source; an address from before a merge gives what the source was merged into."""
    standing = Source.objects.named(source_id)
    shown = get_object_or_404(Source.objects.visible_to(request.user), pk=standing.pk if standing else None)
    return references_file([shown], ending, f"source-{shown.public_id}")


def tag_references(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """Hand out what the arguments cite that carry a tag."""
    shown = tag_named(name)
    if shown is None:
        raise Http404
    arguments = Argument.objects.filter(argument_tags__tag=shown).listed()
    cited = cited_by(arguments)
    if shown.kind == Tag.Kind.TOPIC and not cited and not arguments.exists():
        raise Http404  # a topic is somebody's word: it goes with the text that carried it
    return references_file(cited, ending, f"tag-{shown.name}")


def references_file(sources: Iterable[Source], ending: str, name: str) -> HttpResponse:
    """Return sources as a file, empty but valid where there are none; an unknown format is not found."""
    if ending not in FORMATS:
        raise Http404
    form = FORMATS[ending]
    response = HttpResponse(form.write([source.data for source in sources]), content_type=form.content_type)
    # The name is in ASCII: what a browser makes of other letters in this header, differs.
    filename = f"references-{slugify(name)[:80].strip('-')}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    return response


@require_POST
def references_style(request: HttpRequest) -> HttpResponse:
    """Keep a style of references for a member's session, and lead back to where it was chosen."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("home")
    if not request.user.is_authenticated:  # signed out meanwhile
        return redirect_to_login(back)
    chosen = request.POST.get("style", "")
    if chosen in STYLES:
        request.session[KEPT_STYLE] = chosen
    # Not `redirect`: it would take a bare word for the name of a route.
    return HttpResponseRedirect(back)
