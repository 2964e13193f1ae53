"""Specimens of arguments: every side, every state, every length, alone and in their tree."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from debates.models import Citation, State
from debates.views.parts.card import Card, TagView, balance_words, quotation_words
from debates.views.parts.conceded import ConcededView
from debates.views.parts.linked import LinkedChild
from debates.views.parts.resting import RestsView, WorkLink
from debates.views.parts.ties import TieView
from debates.views.specimens.made import (
    ARABIC,
    HEBREW,
    LONG,
    MIXED,
    NOWHERE,
    QUESTION,
    SHORT,
    UNBROKEN,
    USUAL,
    Section,
    Specimen,
    a_card,
    a_citation,
    a_con,
    a_debate,
    charge,
)

CARD = "debates/argument.html#card"
ELABORATION = (
    "<p>The <em>third</em> crane fell in the storm of 1987; the other three stood. <a href='/style/nowhere/'>A report</a> names "
    "the bolts.</p><blockquote><p>The third crane fell.</p></blockquote><ul><li>It was the oldest.</li><li>Nobody had "
    "painted it for eleven years.</li></ul>"
)


def argument_sections() -> list[Section]:
    """Return the sections about arguments."""
    return [
        Section("sides", _("Arguments: the sides"), _sides()),
        Section("states", _("Arguments: their states"), _states()),
        Section("lengths", _("Arguments: lengths and scripts"), _lengths()),
        Section("cited", _("Arguments: what they cite"), _cited()),
        Section("trees", _("Arguments in their tree"), _trees()),
    ]


def _one(name: str, card: Card) -> Specimen:
    return Specimen(name, CARD, {"card": card, "heading": 4})


def _sides() -> list[Specimen]:
    wrong = charge("factual error", "What it states as a fact is not so.")
    old = charge("outdated", "It was so once; newer work says otherwise.")
    return [
        _one(
            _("Thesis"),
            a_card("thesis", kind="thesis", stance="", claim="The harbour should keep its cranes.", by=""),
        ),
        _one(_("For"), a_card("pro", claim=SHORT)),
        _one(_("Against"), a_con("con", claim="Half of the cranes came from elsewhere.")),
        _one(
            _("Against: does not matter here"),
            a_con("bearing", attacks="bearing", claim="Memory pays for no paint."),
        ),
        _one(_("Note"), a_card("note", kind="note", stance="", claim="Which of the four is listed?")),
        _one(
            _("Rebuttal, with what it finds wrong and its source"),
            a_con("rebuttal", rebuttal=True, rebuttal_tags=[wrong, old], citations=[a_citation()]),
        ),
        _one(
            _("Rebuttal: does not matter here"),
            a_con(
                "undercut", attacks="bearing", rebuttal=True, rebuttal_tags=[old], citations=[a_citation()]
            ),
        ),
        _one(
            _("A voice, restated by the editors"),
            a_card("voice", by="Lena Marsh", by_url="", voice=True, origin="comment 2"),
        ),
    ]


def _states() -> list[Specimen]:
    return [
        _one(_("Answered, with elaboration and topics"), _full("full", level=2)),
        _one(_("Elaboration that is folded, because it is long"), a_card("folded", html=ELABORATION * 5)),
        _one(_("Edited, and written against an earlier version"), a_card("stale", edited=True, stale=True)),
        _one(_("Locked"), a_card("locked", locked=True)),
        _one(
            _("Hidden, as its author and the moderators see it"),
            a_card("kept", state=State.HIDDEN, state_words=str(State.HIDDEN.label)),
        ),
        _one(_("Withdrawn: the place stays"), _gap("gone", State.WITHDRAWN)),
        _one(_("Removed: the place stays"), _gap("removed", State.REMOVED, stance="con", attacks="claim")),
        _one(
            _("Waiting for a moderator"),
            a_card("pending", state=State.PENDING, state_words=str(State.PENDING.label)),
        ),
        _one(_("Drawn only because it leads to what was chosen"), a_card("passing", passing=True)),
        _one(
            _("A preview: no address yet, and topics without one"),
            a_card("preview", public_id="", url="", topic_tags=[TagView("harbour", "")]),
        ),
        _one(_("Ties to other claims, open"), a_card("tied", level=2, links=[_tie()])),
        _one(_("Ties to other claims, folded"), a_card("ties", links=[_tie(), _tie()])),
        _one(_("What was granted"), a_con("granted", conceded=_granted())),
        _one(_("A thesis that rests on little"), a_card("rests", kind="thesis", stance="", rests=_rests())),
        Specimen(
            _("An argument in a further place, of this debate and of another"),
            "debates/argument.html#linked",
            {
                "linked": [
                    _elsewhere("1", ""),
                    _elsewhere("2", "Is the yard worth its rent?", stance="con", unlink_url=NOWHERE),
                ]
            },
            "ol.replies",
        ),
    ]


def _lengths() -> list[Specimen]:
    texts = {
        _("300 characters"): LONG,
        _("One word of two hundred letters"): UNBROKEN,
        _("Arabic"): ARABIC,
        _("Hebrew"): HEBREW,
        _("Scripts of both directions in one sentence"): MIXED,
    }
    return [
        _one(
            name,
            a_card(
                f"length{number}",
                claim=claim,
                html=f"<p>{claim}</p>",
                by=claim[:40],
                topic_tags=[TagView(claim[:60], NOWHERE)],
                citations=[a_citation(title=claim, source=claim[:60], quotation=claim, purpose=claim)],
            ),
        )
        for number, (name, claim) in enumerate(texts.items())
    ]


def _cited() -> list[Specimen]:
    found = [
        a_citation(number, check=quotation_words(state), check_state=state, quotation="The third crane fell.")
        for number, state in enumerate(Citation.Quotation.values, 1)
    ]
    balances = [(0, 0, 0), (3, 0, 0), (2, 1, 1), (0, 0, 2), (0, 2, 0)]
    checked = [
        a_citation(number, balance=_balance(*one), doubted=one[2] > one[0])
        for number, one in enumerate(balances, 1)
    ]
    others = [
        a_citation(1, incomplete="Its year is missing."),
        a_citation(2, retracted="This work has been retracted."),
        a_citation(3, url="", check_url="", locator="", purpose="The fall is reported."),
    ]
    return [
        _one(_("Without a source"), a_card("uncited")),
        _one(_("What became of looking for the quotation"), a_card("quoted", citations=found)),
        _one(_("What those found who looked it up"), a_card("checked", citations=checked)),
        _one(_("Incomplete, retracted, not in the library yet"), a_card("others", citations=others)),
    ]


def _trees() -> list[Specimen]:
    empty = a_card("empty", kind="thesis", stance="")
    few = a_card(
        "few",
        kind="thesis",
        stance="",
        pros=[a_card("few1"), a_card("few2", claim=SHORT, joint="specimenfew1", joint_after=True)],
        cons=[a_con("few3")],
        notes=[a_card("few4", kind="note", stance="", claim="Which of the four is listed?")],
        pro_count=2,
        con_count=1,
        note_count=1,
        below=5,
    )
    many = [a_card(f"many{number}", claim=f"Reason {number} of forty.", level=5) for number in range(1, 41)]
    forty = a_card(
        "forty",
        pros=many[:20],
        cons=[_against(one) for one in many[20:]],
        pro_count=20,
        con_count=20,
        below=40,
    )
    more = a_card(
        "more", claim=SHORT, pros=[a_card("more1", level=5)], pro_count=1, below=300, more_answers=299
    )
    path = [
        a_card(f"path{number}", claim=f"Claim {number} of the way here. {SHORT}") for number in range(1, 4)
    ]
    path[1] = _gap("path2", State.WITHDRAWN)
    deep = [a_card(f"deep{number}", claim=f"Claim {number} of forty. {USUAL}") for number in range(1, 41)]
    sides, way = "debates/argument.html#sides", "debates/argument.html#path"
    return [
        Specimen(_("Nobody has answered"), sides, {"card": empty, "side_heading": 4}),
        Specimen(
            _("Both sides, two premises that work together, a note"), sides, {"card": few, "side_heading": 4}
        ),
        Specimen(_("Forty answers"), sides, {"card": forty, "side_heading": 4}),
        Specimen(_("More answers than one page draws"), sides, {"card": more, "side_heading": 4}),
        Specimen(
            _("A branch, folded"),
            "debates/argument.html#branch",
            {"card": a_card("branch", pros=[a_card("branch1", level=5)], pro_count=1, below=9)},
        ),
        Specimen(
            _("A branch, open"),
            "debates/argument.html#branch",
            {"card": a_card("opened", open=True, cons=[a_con("opened1", level=5)], con_count=1, below=1)},
        ),
        Specimen(
            _("A branch that is on another page"),
            "debates/argument.html#branch",
            {"card": a_card("further", drawn=False, below=12)},
        ),
        Specimen(_("The path: a thesis has none"), way, {"debate": a_debate(), "path": []}),
        Specimen(_("The path, with a place whose text is gone"), way, {"debate": a_debate(), "path": path}),
        Specimen(
            _("The path at depth forty: its middle folds"), way, {"debate": a_debate(LONG), "path": deep}
        ),
    ]


def _full(key: str, **more: Any) -> Card:
    """Return a card with much on it. Any: the fields of a card."""
    return a_card(
        key,
        html=ELABORATION,
        topic_tags=[TagView("harbour", NOWHERE), TagView("memory", NOWHERE)],
        citations=[a_citation()],
        pro_count=3,
        con_count=2,
        note_count=1,
        **more,
    )


def _gap(key: str, state: State, **more: Any) -> Card:
    """Return the place of a text that is gone. Any: the fields of a card."""
    return a_card(key, claim="", by="", state=state, state_words=str(state.label), **more)


def _against(card: Card) -> Card:
    card.stance, card.attacks, card.by = "con", "claim", "ben"
    return card


def _tie() -> TieView:
    return TieView(_("Makes the same claim as"), SHORT, NOWHERE, "Is the yard worth its rent?")


def _granted() -> list[ConcededView]:
    return [
        ConcededView("ada", NOWHERE, claim=True, why="I had counted the wrong one."),
        ConcededView("ben", NOWHERE, claim=False, why=""),
    ]


def _rests() -> RestsView:
    sentence = _("%(count)d of %(all)d cited points rest on two works:") % {"count": 9, "all": 11}
    return RestsView(sentence, [WorkLink("Marsh 1999", NOWHERE), WorkLink("Quay 1923", NOWHERE)])


def _balance(yes: int, partly: int, no: int) -> str:
    """Return what members found in words."""
    counted = type("Counted", (), {"said_yes": yes, "said_partly": partly, "said_no": no})
    return balance_words(counted)


def _elsewhere(key: str, debate: str, **more: Any) -> LinkedChild:
    """Return an argument that stands here as in a further place. Any: its fields."""
    usual: dict[str, Any] = {
        "link": 0,
        "argument": 0,
        "public_id": f"specimenlinked{key}",
        "url": NOWHERE,
        "claim": QUESTION.replace("Should the harbour keep", "The harbour keeps").replace("?", "."),
        "stance": "pro",
        "attacks": "",
        "state": State.PUBLISHED,
        "by": "ada",
        "by_url": NOWHERE,
        "voice": False,
        "debate": debate,
        "debate_url": NOWHERE if debate else "",
        "pro_count": 2,
        "con_count": 1,
        "note_count": 0,
        "unlink_url": "",
    }
    return LinkedChild(**{**usual, **more})
