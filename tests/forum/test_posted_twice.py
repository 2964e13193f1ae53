"""Every form that writes does once what is sent twice: by its key, or because a second time changes nothing.

The table below says which of the two, for every route whose view reads a form; the routes come from the configuration of
addresses. Each is sent twice, and every row of every table is held against what stood there after the first.
"""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import FunctionType
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import FormKey
from forum.accounts.models import User
from forum.bookmarks.actions.make_list import make_list
from forum.bookmarks.actions.put_into_lists import put_into_lists
from forum.bookmarks.models import ListEntry
from forum.drafts.models import Draft
from forum.following.models import ReadMark
from forum.notices.mail.tokens import token_for
from forum.notices.models import Notice
from forum.own_data.actions.schedule_leaving import schedule_leaving
from tests.conftest import Cast, Scene, pro, signed_in
from tests.debates.test_once import NO_CITATION, a_form, reply_to
from tests.forum.test_drafts import a_slip, keep
from tests.forum.test_drafts_of_forms import FORMS, a_place

KEY = "its key"
"""Why a form is done once: its key is unique in the database (SAFETY, promise 2)."""


@dataclass
class Sent:
    """A form as a browser sends it: who, where to, and what."""

    who: str
    address: str
    data: dict[str, Any]  # Any: what a form may say


@dataclass
class Row:
    """Why a route does once what it is sent twice, and how to send it."""

    why: str
    send: Callable[[Scene], Sent]
    session: bool = False
    """Whether it writes to the session alone, which is no row of ours."""


def form(route: str, who: str, address: str | None = None, **data: Any) -> Callable[[Scene], Sent]:
    """Send fields to a form of `FORMS`. Any: what a form may say."""
    return lambda scene: Sent(who, FORMS[route](scene) if address is None else address, data)


def on(route: str, which: str, who: str, **data: Any) -> Callable[[Scene], Sent]:
    """Send fields to a route about an argument of the scene. Any: as above."""
    return lambda scene: Sent(who, reverse(route, args=[getattr(scene, which).public_id]), data)


def text(claim: str, **more: Any) -> dict[str, Any]:
    """Return an argument as a form says it, with a key that the route under test puts in. Any: as above."""
    return {**a_form(claim), "key": "", **more}


def stale_reply(scene: Scene) -> Sent:
    """Let Ada mend what Ben answered, and Ben let his answer stand."""
    edit_argument(scene.reason.author, scene.reason, pro("The cranes are what the town remembers."), 1)
    return Sent("ben", reverse("stale", args=[scene.rebuttal.public_id]), {"seen": "2"})


def a_suggestion(scene: Scene) -> Sent:
    """Let Ben suggest other words for Ada's reason, and Ada take them."""
    ben = User.objects.get(username="ben")
    made = suggest_edit(
        ben, scene.reason, seen=1, claim="The cranes are memory.", elaboration="", why="Shorter."
    )
    data = {"claim": "The cranes are memory.", "elaboration": "", "word": "", "seen": "1"}
    return Sent("ada", reverse("suggestion", args=[made.pk]), data)


def hidden_from_ada(scene: Scene) -> Sent:
    """Let Cleo hide Ada's reason, and Ada appeal."""
    hide(User.objects.get(username="cleo"), scene.reason, "Off the claim.")
    return Sent(
        "ada", reverse("appeal", args=[scene.reason.public_id]), {"words": "It answers it.", "key": ""}
    )


def on_a_list(route: str, **data: str) -> Callable[[Scene], Sent]:
    """Send fields to a route about a list of Dan's with three arguments; `{entry}` is the first, at its `{place}`."""

    def send(scene: Scene) -> Sent:
        dan = User.objects.get(username="dan")
        made = make_list(dan, "To read")
        for argument in (scene.thesis, scene.reason, scene.rebuttal):
            put_into_lists(dan, argument, [made])
        first = ListEntry.objects.filter(of=made).earliest("place")
        told = {name: words.format(entry=first.pk, place=first.place) for name, words in data.items()}
        return Sent("dan", reverse(route, args=[made.public_id]), told)

    return send


def one_who_leaves(_scene: Scene) -> Sent:
    """Let Dan ask to leave, and stay after all."""
    schedule_leaving(User.objects.get(username="dan"), "keep")
    return Sent("dan", reverse("leave_cancel"), {})


def withdrawn(scene: Scene) -> Sent:
    """Let Ada withdraw her reason, and publish it again."""
    assert scene.reason.author is not None
    withdraw_argument(scene.reason.author, scene.reason)
    return Sent("ada", reverse("reinstate", args=[scene.reason.public_id]), {})


def a_premise(scene: Scene) -> Sent:
    """Let Ada add a premise to her reason."""
    return Sent("ada", FORMS["premise"](scene), text("They were built for this town.", seen="1"))


def a_move(scene: Scene) -> Sent:
    """Let Cleo move the rebuttal under the thesis."""
    data = {"to": scene.thesis.public_id, "stance": "con", "attacks": "claim", "reason": "It answers that."}
    return Sent("cleo", reverse("move", args=[scene.rebuttal.public_id]), {**data, "key": ""})


def a_merge(scene: Scene) -> Sent:
    """Let Cleo merge two branches that say the same."""
    other = post_argument(User.objects.get(username="ben"), scene.thesis, pro("The cranes are its memory."))
    data = {"other": other.public_id, "kept": scene.reason.public_id, "reason": "The same.", "key": ""}
    return Sent("cleo", reverse("merge", args=[scene.reason.public_id]), data)


def a_split(scene: Scene) -> Sent:
    """Let Cleo make two claims of Ada's reason."""
    data = {
        "first_claim": "They stand for the town.",
        "second_claim": "They are old.",
        "second_elaboration": "",
    }
    more = {"ratings": "first", "reason": "Two claims.", "seen": "1", f"reply-{scene.rebuttal.pk}": "first"}
    return Sent("cleo", reverse("split", args=[scene.reason.public_id]), {**data, **more, "key": ""})


def a_merge_of_sources(scene: Scene) -> Sent:
    """Let Cleo merge two records of one book."""
    address, _mark, other = FORMS["merge_source"](scene).partition("?other=")
    book = scene.rebuttal.citations.get().source
    return Sent("cleo", address, {"other": other, "kept": book.public_id, "reason": "One work."})


def a_further_place(scene: Scene) -> Sent:
    """Let Ben place his rebuttal under the thesis, too."""
    data = {"to": scene.thesis.public_id, "stance": "con", "attacks": "claim", "key": ""}
    return Sent("ben", reverse("link", args=[scene.rebuttal.public_id]), data)


def a_relation(scene: Scene) -> Sent:
    """Let Ben say that the book is an edition of another."""
    other = FORMS["merge_source"](scene).partition("?other=")[2]
    book = scene.rebuttal.citations.get().source
    return Sent("cleo", reverse("relate_source", args=[book.public_id]), {"other": other, "kind": "edition"})


def references(scene: Scene) -> Sent:
    """Let Ada paste a work, and add it."""
    pasted = {"references": "@book{quay, title={Birds of the quay}, author={Ostrom, Vera}, year=2011}"}
    read = signed_in(User.objects.get(username="ada")).post("/sources/add/", pasted).context["reading"]
    return Sent("ada", "/sources/add/", {"items": read.items, "add": "1", "key": ""})


def a_draft(scene: Scene) -> int:
    """Let Ben begin an answer; return the key of its draft."""
    keep(signed_in(User.objects.get(username="ben")), reply_to(scene.reason))
    return Draft.objects.get().pk


def thrown(scene: Scene) -> Sent:
    """Let Ben throw a draft away, and take it back."""
    Draft.objects.filter(pk=a_draft(scene)).update(thrown_at=timezone.now())
    return Sent("ben", reverse("drafts_restore", args=[Draft.objects.get().pk]), {})


def to_read(route: str, *args: str) -> Callable[[Scene], Sent]:
    """Let Dan mark something as read, up to the moment at which its page was drawn."""
    now = timezone.now().isoformat()
    return lambda scene: Sent("dan", reverse(route, args=[_named(scene, one) for one in args]), {"to": now})


def an_edit_of_the_debate(scene: Scene) -> Sent:
    """Let Ada put her question better."""
    address = reverse("edit_debate", args=[scene.debate.slug])
    seen = signed_in(User.objects.get(username="ada")).get(address).context["seen"]
    data = {"question": "Should all the cranes stay?", "summary": "", "tags": "harbour", "slug": "cranes"}
    return Sent("ada", address, {**data, "seen": str(seen)})


def one_to_read(scene: Scene) -> Sent:
    """Let Dan begin to read before the debate was there, and mark one argument."""
    dan = User.objects.get(username="dan")
    ReadMark.objects.create(member=dan, debate=scene.debate, read_to=timezone.now() - timedelta(days=1))
    return Sent("dan", reverse("read_argument", args=[scene.reason.public_id]), {})


def _named(scene: Scene, what: str) -> str:
    return str(scene.debate.slug if what == "debate" else getattr(scene, what).public_id)


A_BOOK = {"cite-TOTAL_FORMS": "1", "cite-0-title": "Forty quiet years", "cite-0-authors": "Ostrom, Vera"}
SAME = "the same text again changes nothing"
STATE = "what is so already stays so"
DECIDED = "what was decided is not decided again: the second is told so"
POSTS: dict[str, Row] = {
    # By their keys
    "reply": Row(KEY, on("reply", "reason", "ben", **text("Said once."))),
    "rebut": Row(
        KEY,
        on(
            "rebut",
            "reason",
            "ben",
            **text("No.", attacks="claim", stance="con", rebuttal_tags="factual-error", **A_BOOK),
        ),
    ),
    "premise": Row(KEY, a_premise),
    "edit": Row(KEY, on("edit", "reason", "ada", **text("Said otherwise.", seen="1", note="Shorter."))),
    "suggest": Row(
        KEY,
        on("suggest", "reason", "ben", claim="Otherwise.", elaboration="", why="Better.", seen="1", key=""),
    ),
    "open_debate": Row(KEY, form("open_debate", "ada", question="Once?", theses="Yes, once.", key="")),
    "add_thesis": Row(KEY, form("add_thesis", "ada", **text("Some should go."))),
    "split": Row(KEY, a_split),
    "move": Row(KEY, a_move),
    "merge": Row(KEY, a_merge),
    "link": Row(KEY, a_further_place),
    "report": Row(KEY, on("report", "rebuttal", "ada", rule="person", words="He insults.", key="")),
    **{
        f"report_{kind}": Row(KEY, form(f"report_{kind}", "dan", rule=rule, words="Look at it.", key=""))
        for kind, rule in {
            "citation": "misquoted",
            "source": "source",
            "member": "person",
            "tag": "spam",
        }.items()
    },
    "appeal": Row(KEY, hidden_from_ada),
    "add_sources": Row(KEY, references),
    "own_data": Row(KEY, lambda _scene: Sent("ben", reverse("own_data"), {"key": ""})),
    # Because a second time changes nothing
    "edit_debate": Row(SAME, an_edit_of_the_debate),
    "edit_source": Row(
        SAME,
        form("edit_source", "cleo", type="book", title="Cranes of the old harbour", reason="As printed."),
    ),
    "text": Row(
        SAME, form("text", "cleo", text="The third crane fell.", licence="CC BY", reading="passages")
    ),
    "check": Row(SAME, form("check", "cleo", verdict="yes", note="It does.")),
    "concede": Row(SAME, form("concede", "ada", why="True, but few of them.")),
    "mind": Row(SAME, form("mind", "cleo", why="I had not thought of that.")),
    "claim_voice": Row(SAME, form("claim_voice", "ben", proof="My page says so.")),
    "rename": Row(SAME, lambda _scene: Sent("ben", reverse("rename"), {"name": "benedict"})),
    "drafts_keep": Row(
        SAME,
        lambda scene: Sent(
            "ben", reverse("drafts_keep"), {**text("Begun."), **a_slip(reply_to(scene.reason), uuid.uuid4())}
        ),
    ),
    "opinion": Row(
        STATE,
        lambda scene: Sent(
            *("dan", reverse("opinion", args=[scene.debate.slug])),
            {"thesis": scene.thesis.public_id, "moment": "before", "point": "2"},
        ),
    ),
    "rate": Row(STATE, on("rate", "reason", "ben", holds="2")),
    "see": Row(STATE, on("see", "reason", "dan")),
    "ask": Row(STATE, on("ask", "reason", "dan")),
    "withdraw": Row(STATE, on("withdraw", "reason", "ada")),
    "reinstate": Row(STATE, withdrawn),
    "stale": Row(STATE, stale_reply),
    "follow": Row(
        STATE,
        lambda scene: Sent(
            "dan", reverse("follow"), {"kind": "argument", "what": scene.reason.public_id, "level": "follow"}
        ),
    ),
    "set_bookmark": Row(
        STATE, lambda scene: Sent("dan", reverse("set_bookmark"), {"keep": scene.reason.public_id})
    ),
    "bookmark": Row(STATE, on("bookmark", "reason", "dan", note="To think about.", new_list="To read")),
    "lists": Row(SAME, lambda _scene: Sent("dan", reverse("lists"), {"title": "To read", "description": ""})),
    "edit_list": Row(SAME, on_a_list("edit_list", title="To read again", description="")),
    "arrange_list": Row(STATE, on_a_list("arrange_list", down="{entry}@{place}")),
    "share_list": Row(STATE, on_a_list("share_list")),
    "delete_list": Row(STATE, on_a_list("delete_list")),
    "leave_cancel": Row(STATE, one_who_leaves),
    "read_debate": Row(STATE, to_read("read_debate", "debate")),
    "read_argument": Row(STATE, one_to_read),
    "notices_seen": Row(
        STATE,
        lambda _scene: Sent(
            "ada",
            reverse("notices_seen"),
            {"notice": str(Notice.objects.filter(recipient__username="ada")[0].pk)},
        ),
    ),
    "notices_settings": Row(
        STATE, lambda _scene: Sent("ben", reverse("notices_settings"), {"answers": "weekly"})
    ),
    "unsubscribe": Row(
        STATE,
        lambda _scene: Sent(
            *(
                "visitor",
                reverse("unsubscribe", args=[token_for(User.objects.get(username="ben").pk, "answers")]),
            ),
            {"List-Unsubscribe": "One-Click"},
        ),
    ),
    "drafts_throw": Row(STATE, lambda scene: Sent("ben", reverse("drafts_throw", args=[a_draft(scene)]), {})),
    "drafts_restore": Row(STATE, thrown),
    "references_style": Row(
        STATE, lambda _scene: Sent("ben", reverse("references_style"), {"style": "mla"}), session=True
    ),
    "relate_source": Row(STATE, a_relation),
    "suggestion": Row(DECIDED, a_suggestion),
    "unlink": Row(DECIDED, lambda scene: Sent("ben", reverse("unlink", args=[a_place(scene).pk]), {})),
    "undo_rearrangement": Row(DECIDED, form("undo_rearrangement", "cleo", reason="A mistake.")),
    "merge_source": Row(DECIDED, a_merge_of_sources),
    "undo_merge": Row(DECIDED, form("undo_merge", "cleo", reason="Two works.")),
    "hide_delta": Row(DECIDED, form("hide_delta", "cleo", act="hide", reason="It insults.")),
}
ONLY_READ = {
    "invited": "keeps an invitation in the session, on the way to the issuer",
    "leave": "asks for the password first: tests/forum/test_own_data_leave.py makes the same choice twice",
}
"""Routes whose views read a form and write no row of what a test can send here."""


# ------------------------------------------------------------------------------------------ whose views read a form


def routes(patterns: Any = None) -> Iterator[URLPattern]:
    """Yield the routes to views of ours. Any: Django's own list."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        elif inspect.unwrap(one.callback).__module__.startswith(("debates.views", "forum.")):
            yield one


def reads_a_form(view: Callable[..., Any]) -> bool:
    """Say whether a view, or a function of its module that it calls, looks at what was posted. Any: a view's own."""
    waiting, seen = [inspect.unwrap(view)], set()
    while waiting:
        function = waiting.pop()
        if function in seen or not isinstance(function, FunctionType):
            continue
        seen.add(function)
        if any(word in inspect.getsource(function) for word in ("POST", "require_POST")):
            return True
        here = function.__globals__
        called = [here[name] for name in function.__code__.co_names if callable(here.get(name))]
        waiting += [
            one
            for one in map(inspect.unwrap, called)
            if getattr(one, "__module__", "") == function.__module__
        ]
    return False


def test_every_view_that_reads_a_form_stands_in_the_table() -> None:
    found = {str(one.name) for one in routes() if reads_a_form(one.callback)}
    assert "reply" in found, "The walk has missed a view that writes."
    assert not found - POSTS.keys() - ONLY_READ.keys(), (
        "Say in POSTS why these do once what is sent twice, and how to send it."
    )
    assert not (POSTS.keys() | ONLY_READ.keys()) - found, "These views are gone, or read no form any more."


# ----------------------------------------------------------------------------------------------- sent twice, done once


def rows_of_all_tables(*, sessions: bool = False) -> dict[str, list[Any]]:
    """Return every row of every table but sessions, as the database has them. Any: values of all kinds."""
    kept_apart = {"django_session", "usersessions_usersession", "django_migrations"}
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in kept_apart or "_fts" in table:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # the database's own names
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def differing(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Return the tables that differ."""
    return [table for table in one if one[table] != other[table]]


def client_of(cast: Cast, who: str) -> Client:
    """Return the browser of one of the cast, or of nobody."""
    return Client() if who == "visitor" else signed_in(getattr(cast, who))


@pytest.mark.parametrize("route", POSTS)
def test_what_is_sent_twice_is_done_once(cast: Cast, scene: Scene, route: str) -> None:
    row = POSTS[route]
    sent = row.send(scene)
    if "key" in sent.data:
        sent.data["key"] = str(uuid.uuid4())
    assert ("key" in sent.data) or row.why != KEY
    if "cite-TOTAL_FORMS" not in sent.data and route in ("open_debate", "edit"):
        sent.data |= NO_CITATION
    client, before = client_of(cast, sent.who), rows_of_all_tables()
    first = client.post(sent.address, sent.data)
    assert first.status_code in (200, 302), f"“{route}” refuses what the test sends: {_said(first)}"
    after_the_first = rows_of_all_tables()
    assert row.session or differing(before, after_the_first), f"“{route}” does nothing at all: {_said(first)}"
    if row.why == KEY:
        assert FormKey.objects.filter(key=sent.data["key"]).exists(), f"“{route}” does not use its key."
    second = client.post(sent.address, sent.data)
    assert second.status_code < 500
    assert not differing(after_the_first, rows_of_all_tables()), (
        f"A double click on “{route}” is done twice: {differing(after_the_first, rows_of_all_tables())}"
    )


def _said(answer: Any) -> str:
    """Return what an answer says is wrong. Any: the test client's response."""
    page = answer.content.decode()
    form = (getattr(answer, "context", None) or {}).get("form")
    return f"{answer.status_code} {getattr(form, 'errors', '')} {page[page.find('<main') :][:600]}"
