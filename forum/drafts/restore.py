"""Fill a form from its draft: what `kept_form` of the debates asks when nothing waits from before signing in."""

import uuid

from django.http import HttpRequest

from debates.forms.unfinished import Unfinished
from debates.models import FormKey
from debates.views.writing.reply import read_key
from forum.drafts.models import Draft
from forum.drafts.slip import blank_slip, give_slip


def restored(request: HttpRequest) -> Unfinished | None:
    """Return the newest draft of the form at this address; `?draft=7` asks for another of that page, `?draft=none` for none.

    Where draft 7 was posted meanwhile the form is empty, and not another draft's: a browser that goes back there puts the
    old words into it, and they must not overwrite what waits.
    """
    slip = blank_slip(request) if request.user.is_authenticated else None
    if slip is None:
        return None
    give_slip(request, slip)
    asked = request.GET.get("draft", "")
    if asked == "none":
        return None
    mine = Draft.objects.live(request.user).filter(path=slip.place.path)
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        row = mine.filter(pk=int(asked)).first()
    else:
        row = mine.filter(place=slip.place.address).first()
    if row is None:
        return None
    slip.now(row, restored=True)
    data = Unfinished(row.body, mutable=True)
    if "key" in data and FormKey.objects.filter(key=read_key(str(data["key"]))).exists():
        data["key"] = str(uuid.uuid4())  # it was used for another text
    return data
