"""The tie of an answer to its article, at the top of the form: from the address, from what was typed, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from debates.actions.writing.anchor_words import document_for
from debates.forms.anchor import AnchorForm
from debates.models import Argument
from debates.models.document import may_read
from debates.views.parts.card import place_words


@dataclass(frozen=True)
class Tie:
    """What the form shows of the passage that is answered."""

    form: AnchorForm
    where: str
    title: str
    url: str
    text: str
    """The passage, where its reading rule lets it be shown as a whole."""
    words: str

    @property
    def opens(self) -> bool:
        """Say whether the words are still to be chosen, or to be mended."""
        return not self.words or bool(self.form.errors)


def anchor_form(
    request: HttpRequest, parent: Argument, data: Mapping[str, Any] | None, ids: str
) -> AnchorForm | None:
    """Return the form of the tie, None where nothing is tied. `data` is what was typed, if anything was. Any: form values.

    Words that came in the address are looked for at once; without words nothing can be wrong yet.
    """
    asked = data if data is not None else request.GET
    if not asked.get("passage"):
        return None
    bound = data is not None or bool(asked.get("words"))
    return AnchorForm(
        asked if bound else None,
        initial={"passage": asked["passage"]},
        viewer=request.user,
        debate=parent.debate,
        auto_id=ids,
    )


def tie_of(request: HttpRequest, parent: Argument, form: AnchorForm | None) -> Tie | None:
    """Return what the form shows of its tie; None where there is none, or no article that could be named."""
    document = document_for(parent.debate) if form is not None else None
    if form is None or document is None:
        return None
    place = form.place
    shown = (
        document.passages.filter(place=place).first() if place and may_read(document, request.user) else None
    )
    address = reverse("article", args=[parent.debate.slug])
    return Tie(
        form=form,
        where=place_words(place) if place else "",
        title=document.source.title,
        url=f"{address}?{urlencode({'passage': place})}#{place}" if place else address,
        text=shown.text if shown is not None else "",
        words=str(form["words"].value() or "").strip(),
    )
