"""States of the pages on which one writes and arranges: at first sight, with mistakes, refused, previewed."""

from django.urls import reverse

from tests.pages.reading import of_debate, of_reason, once
from tests.pages.states import EMPTY, Build, Typed, state
from tests.pages.world import ENDLESS

MISTAKES: Typed = {
    **EMPTY,
    "stance": "con",
    "claim": "x" * 301,
    "topics": ",".join("abcdefghijk"),
    "cite-0-isbn": "12345",
    "cite-0-url": "nowhere",
    "cite-0-issued": "some day",
}
WHOLE: Typed = {
    **EMPTY,
    "stance": "con",
    "attacks": "claim",
    "claim": "They were never the town’s own.",
    "elaboration": "See *here*.",
    "topics": "ownership",
    "rebuttal_tags": ["weak-source"],
    "cite-0-title": "Forty quiet years",
    "cite-0-authors": "Ostrom, Vera",
    "cite-0-issued": "1988",
    "cite-0-locator": "p. 7",
    "cite-0-quotation": "Nobody looked up.",
}
PASTED = "@book{good, title={Birds of the quay}, author={Ostrom, Vera}, year=2011}\n@book{torn, title = {Never closed"


def each(route: str, argument: str, query: str = "") -> Build:
    """Build a route's address for an argument of the world, by its field."""
    return lambda world: reverse(route, args=[getattr(world, argument).public_id]) + query


# --- Answers and rebuttals

state("reply", of_reason("reply"), "ben")
state("reply, against, with the claim quoted", of_reason("reply", "?stance=con&quote=1"), "ben")
state("reply, said already", of_reason("reply", "?stance=con&claim=Half+of+the+cranes+came+from+afar"), "dan")
state("reply, as a piece", of_reason("reply", "?stance=pro"), "ben", piece=True)
state("reply, with nothing typed", of_reason("reply"), "ben", 422, EMPTY)
state("reply, with mistakes", of_reason("reply"), "ben", 422, MISTAKES)
state("reply, with mistakes, as a piece", of_reason("reply"), "ben", 422, MISTAKES, piece=True)
state("reply, previewed", of_reason("reply"), "ben", 200, {**WHOLE, "preview": "1"})
state("reply, with more rows", of_reason("reply"), "ben", 200, {**WHOLE, "more": "1"})
state("reply, with a paste", of_reason("reply"), "ben", 200, {**WHOLE, "paste": PASTED, "read": "1"})
state("reply, to what is locked", each("reply", "locked"), "ben", 409)
state("reply, to what is locked, as a piece", each("reply", "locked"), "ben", 409, piece=True)
state("reply, to what was withdrawn meanwhile", each("reply", "gone"), "ada", 409, WHOLE)
state("reply, to what was hidden meanwhile", each("reply", "hidden"), "dan", 409, WHOLE)
state("reply, to an endless word", each("reply", "endless"), "ada")
state("rebut", of_reason("rebut"), "ben")
state("rebut, as a piece", of_reason("rebut"), "ben", piece=True)
state("rebut, with mistakes", of_reason("rebut"), "ben", 422, MISTAKES)
state(
    "rebut, without a source",
    of_reason("rebut"),
    "ben",
    422,
    {**WHOLE, "cite-0-title": "", "cite-0-quotation": ""},
)
state("rebut, previewed", of_reason("rebut"), "ben", 200, {**WHOLE, "preview": "1"})
state("find_source", once("find_source", "?row=cite-0&cite-0-find=cranes"), "ben", piece=True)
state(
    "find_source, nothing found", once("find_source", "?row=cite-0&cite-0-find=elephants"), "ben", piece=True
)
state("edit", of_reason("edit"), "ada")
state("edit, without the note that is needed", of_reason("edit"), "ada", 422, {**WHOLE, "seen": "1"})
state("edit, with mistakes", of_reason("edit"), "ada", 422, {**MISTAKES, "seen": "1"})
state(
    "edit, of what has changed meanwhile",
    lambda w: reverse("edit", args=[w.objection.public_id]),
    "ben",
    409,
    {**WHOLE, "seen": "1"},
)
state("edit, another's", of_reason("edit"), "ben", 403)
state("withdraw", of_reason("withdraw"), "ada")
state("stale", each("stale", "stale"), "ben")
state("concede", each("concede", "rebuttal"), "ben")
state("suggest", of_reason("suggest"), "dan")
state("suggest, without a reason", of_reason("suggest"), "dan", 422, {"claim": "Otherwise.", "seen": "1"})
state("suggestion", lambda w: reverse("suggestion", args=[w.suggestion.pk]), "ada")
state("suggestion, to who made it", lambda w: reverse("suggestion", args=[w.suggestion.pk]), "ben")
state("suggestion, to others", lambda w: reverse("suggestion", args=[w.suggestion.pk]), "dan")
state("report", of_reason("report"), "dan")
state("report, without a rule", of_reason("report"), "dan", 422, {"words": ENDLESS})
state("premise", of_reason("premise"), "ada")
state("premise, with mistakes", of_reason("premise"), "ada", 422, MISTAKES)
state("open_debate", once("open_debate"), "ada")
state(
    "open_debate, with mistakes",
    once("open_debate"),
    "ada",
    422,
    {**EMPTY, "question": "", "theses": "x" * 301},
)
state("open_debate, to who may not", once("open_debate"), "newcomer", 403)
state("add_thesis", of_debate("add_thesis"), "ada")
state("add_thesis, with mistakes", of_debate("add_thesis"), "ada", 422, MISTAKES)

# --- Arranging

state("link", of_reason("link"), "dan")
state("link, looking for a place", of_reason("link", "?q=rust"), "dan")
state(
    "link, with a place",
    lambda w: f"{reverse('link', args=[w.reason.public_id])}?to={w.stale.public_id}",
    "dan",
)
state("link, with mistakes", of_reason("link"), "dan", 422, {"to": "nowhere"})
state("unlink", lambda w: reverse("unlink", args=[w.link.pk]), "cleo")
for verb in ("move", "merge", "split"):
    state(verb, each(verb, "rebuttal"), "cleo")
    state(
        f"{verb}, with mistakes", each(verb, "rebuttal"), "cleo", 422, {"to": "nowhere", "other": "nowhere"}
    )
state(
    "move, with a place",
    lambda w: f"{reverse('move', args=[w.stale.public_id])}?to={w.reason.public_id}",
    "cleo",
)
state(
    "merge, with another",
    lambda w: f"{reverse('merge', args=[w.stale.public_id])}?other={w.locked.public_id}",
    "cleo",
)
state("move, to who may not", each("move", "rebuttal"), "dan", 403)
state("undo_rearrangement", lambda w: reverse("undo_rearrangement", args=[w.moved.pk]), "cleo")
state(
    "undo_rearrangement, without a reason",
    lambda w: reverse("undo_rearrangement", args=[w.moved.pk]),
    "cleo",
    422,
    {"reason": ""},
)
