"""States of the pages on which one reads and finds."""

from django.urls import reverse

from debates.models import Debate
from debates.queues import Queue
from tests.pages.states import Build, state
from tests.pages.world import ENDLESS, NAMELESS, World


def of_debate(route: str, query: str = "") -> Build:
    """Build a route's address for the debate."""
    return lambda world: reverse(route, args=[world.debate.slug]) + query


def of_reason(route: str, query: str = "") -> Build:
    """Build a route's address for Ada's reason."""
    return lambda world: reverse(route, args=[world.reason.public_id]) + query


def once(route: str, query: str = "", *args: str) -> Build:
    """Build the address of a route that needs nothing of the world."""
    return lambda _world: reverse(route, args=args) + query


def nameless(_world: World) -> str:
    """Build the address of the anonymous debate."""
    return Debate.objects.get(question=NAMELESS).get_absolute_url()


# --- Home, debates, arguments

state("home", once("home"))
state("home, to a newcomer", once("home"), "newcomer")
state("home, to who may open debates", once("home"), "ada")
state("home, the largest by a tag", once("home", "?sort=largest&tag=harbour"))
state("home, without any debate", once("home", "?tag=nothing-of-the-kind"))
state("debate, anonymous", nameless, "ben")
state("debate, anonymous, to a moderator", nameless, "cleo")
state("debate", lambda w: w.debate.get_absolute_url())
state("debate, unfolded", lambda w: w.debate.get_absolute_url() + "?open=all", "dan")
state("debate, folded", lambda w: w.debate.get_absolute_url() + "?open=none")
state("debate, in a style", lambda w: w.debate.get_absolute_url() + "?style=apa")
state("debate, to its opener", lambda w: w.debate.get_absolute_url(), "ada")
state("debate, to a moderator", lambda w: w.debate.get_absolute_url() + "?open=all", "cleo")
state("debate, empty", lambda w: w.empty.get_absolute_url())
state("debate, empty, to a member", lambda w: w.empty.get_absolute_url(), "ben")
state("debate, with forty answers and depth forty", lambda w: w.crowd.get_absolute_url() + "?open=all", "ben")
state("debate, unknown", once("debate", "", "no-such-debate"), status=404)
state("argument", lambda w: w.reason.get_absolute_url())
state("argument, to its author", lambda w: w.reason.get_absolute_url(), "ada")
state("argument, to who rates", lambda w: w.reason.get_absolute_url(), "newcomer")
state("argument, to who has rated", lambda w: w.reason.get_absolute_url(), "dan")
state("argument, to a moderator", lambda w: w.reason.get_absolute_url(), "cleo")
state("argument, a thesis", lambda w: w.thesis.get_absolute_url(), "dan")
state("argument, a rebuttal with sources", lambda w: w.rebuttal.get_absolute_url(), "ada")
state("argument, a rebuttal, in a style", lambda w: w.rebuttal.get_absolute_url() + "?style=vancouver")
state("argument, the longest claim", lambda w: w.longest.get_absolute_url())
state("argument, an endless word", lambda w: w.endless.get_absolute_url())
state("argument, at depth forty", lambda w: w.deepest.get_absolute_url(), "dan")
state("argument, withdrawn, to its author", lambda w: w.gone.get_absolute_url(), "ben")
state("argument, hidden, to its author", lambda w: w.hidden.get_absolute_url(), "ben")
state("argument, hidden, to a moderator", lambda w: w.hidden.get_absolute_url(), "cleo")
state("argument, hidden, to others", lambda w: w.hidden.get_absolute_url(), status=404)
state("argument, waiting, to its author", lambda w: w.waiting.get_absolute_url(), "ben")
state("argument, locked", lambda w: w.locked.get_absolute_url(), "dan")
state("argument, written against an earlier version", lambda w: w.stale.get_absolute_url(), "ben")
state("branch", of_reason("branch"), piece=True)
state("history", of_reason("history"))
state("history, of what was edited", lambda w: reverse("history", args=[w.objection.public_id]))
state("history, of what was moved", lambda w: reverse("history", args=[w.moved.argument.public_id]), "cleo")
state("article", of_debate("article"))
state("article, at a passage", of_debate("article", "?passage=p2"), "dan")

# --- Weighing

state("cruxes", of_debate("cruxes"))
state("cruxes, to who has rated", of_debate("cruxes"), "dan")
state("cruxes, of nothing", lambda w: reverse("cruxes", args=[w.empty.slug]))
state("minds", once("minds"))
state("minds, of one debate", lambda w: f"{reverse('minds')}?debate={w.debate.slug}")
state("method", once("method"))
state("method, with other votes", once("method", "?p1-yes=3&p2-gone=on"))
state("method, with a mistake", once("method", "?p1-yes=x"))
state("method, as a piece", once("method", "?p1-yes=3"), piece=True)
state("why", of_reason("why"), "dan")
state("why, as a piece", of_reason("why"), "dan", piece=True)
state("why, before rating", of_reason("why"), "newcomer")
state("rate", of_reason("rate"), "newcomer")
state("rate, as a piece", of_reason("rate"), "newcomer", piece=True)
state("rate, none of the answers", of_reason("rate"), "newcomer", 400, {"holds": "many"})
state("rate, one's own", of_reason("rate"), "ada")
state("mind", of_reason("mind"), "dan")
state("mind, to a moderator", of_reason("mind"), "cleo")
state("mind, without a sentence", of_reason("mind"), "dan", 422, {"why": ""})
state("hide_delta", lambda w: reverse("hide_delta", args=[w.delta.pk]), "cleo")
state(
    "hide_delta, without a reason",
    lambda w: reverse("hide_delta", args=[w.delta.pk]),
    "cleo",
    422,
    {"act": "hide"},
)
state("opinion", of_debate("opinion"), "dan", follow=True)
state(
    "opinion, none of the answers",
    of_debate("opinion"),
    "dan",
    400,
    lambda w: {"thesis": w.thesis.public_id, "moment": "after", "point": "x"},
)

# --- Finding

state("search", once("search"))
state("search, found", once("search", "?q=cranes"))
state("search, nothing found", once("search", "?q=elephants"))
state("search, an endless word", once("search", f"?q={ENDLESS}"))
state("tag", once("tag", "", "harbour"))
state("tag, of a charge", once("tag", "", "factual error"))
state("tag, on its second page", once("tag", "?page=2", "harbour"))
state("tag, nobody uses it", once("tag", "", "nothing-of-the-kind"), status=404)
state("similar, as a piece", of_reason("similar", "?claim=The+cranes+rust&stance=con"), "dan", piece=True)
state("queues", once("queues"), "ben")
state("queues, to who has done nothing yet", once("queues"), "newcomer", 403)
for queue in Queue:
    state(f"queue, {queue.value}", once("queue", "", queue.value), "ben")
state("queue, of one debate", lambda w: f"{reverse('queue', args=['uncited'])}?debate={w.debate.slug}", "ben")
state("queue, empty", lambda w: f"{reverse('queue', args=['uncited'])}?debate={w.empty.slug}", "ben")
state("queue, unknown", once("queue", "", "nothing"), "ben", 404)
