"""Answer an argument: for, against or with a note; and rebut it, with tags and sources."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from debates.actions.writing.form_key import argument_stands, once
from debates.actions.writing.post_argument import post_argument
from debates.forms.anchor import AnchorForm
from debates.forms.argument import ArgumentForm, RebuttalForm
from debates.forms.citation import BaseCitationForms, citation_forms
from debates.forms.paste import Pasted
from debates.models import Argument
from debates.models.argument import CLAIM_LENGTH, Stance
from debates.models.authorship import own_name
from debates.models.tag import VOCABULARY
from debates.permissions import Refused, check_reply
from debates.views.asking.fetching import fetch
from debates.views.asking.kept import kept_form, members_only
from debates.views.finding.similar import Said, asking, said_already
from debates.views.parts.branches import branch_cards, path_cards
from debates.views.parts.card import Card, card_of, card_of_text, debate_named, with_card_rows
from debates.views.sources.citing import asks_for_rows, rows_again, unread
from debates.views.writing.anchoring import anchor_form, tie_of


@members_only
@vary_on_headers("HX-Request")
def reply(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Answer an argument; `?stance=con` chooses the side beforehand, `?claim=…` the words, `?quote=1` quotes the claim above.

    `?passage=p12` ties it to a passage of the article, `&words=…` to words of that.
    """
    return _answer(request, argument_id, ArgumentForm)


@members_only
@vary_on_headers("HX-Request")
def rebut(request: HttpRequest, argument_id: str) -> HttpResponse:
    """Rebut an argument: a con that names what is wrong and brings a source."""
    return _answer(request, argument_id, RebuttalForm)


def _answer(request: HttpRequest, argument_id: str, form_class: type[ArgumentForm]) -> HttpResponse:
    try:
        parent = fetch(request, argument_id)
    except Http404:
        if request.method == "POST" and Argument.objects.was_shown(argument_id):
            raise Refused(
                _(
                    "This argument can no longer be answered: it was withdrawn or hidden meanwhile. Your text is below."
                ),
                status=409,
            ) from None
        raise
    kept = kept_form(request)
    data = request.POST if request.method == "POST" else kept
    ids = f"id_{parent.public_id}_%s"  # several forms may stand open on one page
    form = form_class(data, initial=_initial(request, parent), auto_id=ids, parent=parent)
    citations = citation_forms(data, request.user, [], 1, ids)
    anchor = anchor_form(request, parent, data, ids)
    key = read_key(data.get("key", "") if data is not None else "")
    page = _Page(request, parent, form, citations, key, anchor)
    if request.method != "POST":
        try:
            check_reply(request.user, parent)
        except Refused as refusal:
            if kept is None:
                raise
            return page.refuse(refusal)  # what was typed before signing in is not lost to a lock since
        return page.answer(pasted=unread(kept))
    if asks_for_rows(request) or "similar" in request.POST:
        rows = rows_again(request, citations, ids)
        page = _Page(
            request,
            parent,
            form_class(initial=typed(request), auto_id=ids, parent=parent),
            rows.citations,
            key,
            anchor,
        )
        return page.answer(pasted=rows.pasted, status=422 if "post" in request.POST else 200)
    if not (form.is_valid() & citations.is_valid() & (anchor is None or anchor.is_valid())):
        return page.answer(status=422)
    text = form.text(citations.texts())
    try:
        if isinstance(form, RebuttalForm) and not text.citations:
            raise Refused(_("A rebuttal brings a source: choose or describe one below."), "citations", 422)
        if "preview" in request.POST:
            return page.answer(preview=card_of_text(text, own_name(parent.debate, request.user)))
        result, _new = once(
            key,
            request.user,
            {"under": parent.pk, **_body(request)},
            lambda: (
                post_argument(
                    request.user,
                    parent,
                    text,
                    page.seen,
                    anchor=anchor.text() if anchor is not None else None,
                ).public_id
            ),
            argument_stands,
        )
    except Refused as refusal:
        return page.refuse(refusal)
    posted = with_card_rows(Argument.objects.filter(public_id=result), request.user).get()
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx adds it
        return render(
            request, "debates/reply.html#posted", {"card": card_of(posted, request.user), "parent": parent}
        )
    return redirect(posted.get_absolute_url())


class _Page:
    """The page of an answer: the same for a first look, a mistake, a refusal and a preview."""

    def __init__(
        self,
        request: HttpRequest,
        parent: Argument,
        form: ArgumentForm,
        citations: BaseCitationForms,
        key: uuid.UUID,
        anchor: AnchorForm | None,
    ) -> None:
        self.request, self.parent, self.form, self.citations, self.key = request, parent, form, citations, key
        self.anchor = anchor
        form.fields["claim"].widget.attrs |= asking(parent)
        typed_seen = request.POST.get("seen", "")[:9]
        self.seen = int(typed_seen) if typed_seen.isdecimal() else parent.revisions.count()

    def answer(
        self,
        status: int = 200,
        preview: Card | None = None,
        refusal: Refused | None = None,
        pasted: Pasted | None = None,
    ) -> HttpResponse:
        card = (
            branch_cards(self.parent, self.request.user)
            if self.parent.is_published or self.request.user.pk == self.parent.author_id
            else None
        )
        context = {
            "parent": self.parent,
            "debate": debate_named(self.parent.debate, self.request.user),
            "card": card,
            "path": path_cards(self.parent, self.request.user),
            "form": self.form,
            "tie": tie_of(self.request, self.parent, self.anchor),
            "citations": self.citations,
            "key": self.key,
            "seen": self.seen,
            "preview": preview,
            "refusal": refusal,
            "pasted": pasted,
            "asks_similar": True,
            "similar": self._said_already(),
            # Above the buttons where the next thing is to post.
            "at_the_claim": self.request.method != "POST" or "similar" in self.request.POST,
            "rebuttal": isinstance(self.form, RebuttalForm),
            "vocabulary": VOCABULARY.items(),
            "in_place": _in_place(self.request),
        }
        fragment = "#form" if self.request.htmx else ""  # type: ignore[attr-defined]  # django-htmx adds it
        return render(self.request, f"debates/reply.html{fragment}", context, status=status)

    def _said_already(self) -> list[Said]:
        """Return what is said in the debate much like the claim that stands in the form; nothing while there is none."""
        claim = str(self.form["claim"].value() or "")
        stance = str(self.form["stance"].value() or "") if "stance" in self.form.fields else Stance.CON
        return said_already(self.request.user, self.parent, claim, stance)

    def refuse(self, refusal: Refused) -> HttpResponse:
        """Show a refusal at its field, or above the form, with everything that was typed."""
        if refusal.status == 409:  # the same form may be sent again, as a new one
            self.key = uuid.uuid4()
        for form in (self.form, self.anchor):
            if form is not None and form.is_bound and refusal.field in form.fields:
                form.add_error(refusal.field, refusal.sentence)
                return self.answer(status=422)
        return self.answer(status=refusal.status, refusal=refusal)


def _in_place(request: HttpRequest) -> bool:
    """Say whether the form stands within another page; its own page, too, sends it by a script where one runs."""
    return bool(request.htmx) and urlsplit(request.headers.get("HX-Current-URL", "")).path != request.path  # type: ignore[attr-defined]  # django-htmx adds it


def read_key(written: str) -> uuid.UUID:
    """Return the form's key; a form without one gets a new one."""
    try:
        return uuid.UUID(written)
    except ValueError:
        return uuid.uuid4()


def typed(request: HttpRequest) -> dict[str, Any]:
    """Return what stands in a form, to be shown again in a new one. Any: form values."""
    return {**request.POST.dict(), "rebuttal_tags": request.POST.getlist("rebuttal_tags")}


def _initial(request: HttpRequest, parent: Argument) -> dict[str, str]:
    stance = request.GET.get("stance", "")
    initial = {
        "stance": stance if stance in ("pro", "con", "note") else "",
        "claim": request.GET.get("claim", "")[:CLAIM_LENGTH],
    }
    if request.GET.get("quote"):
        initial["elaboration"] = f"> {parent.claim}\n\n"
    return initial


def _body(request: HttpRequest) -> dict[str, object]:
    """Return what a form sends, without what differs between two sendings of the same."""
    return {
        name: request.POST.getlist(name)
        for name in request.POST
        # What was searched for is not what is cited.
        if name not in ("csrfmiddlewaretoken", "key", "seen", "post", "preview")
        and not name.endswith("-find")
    }
