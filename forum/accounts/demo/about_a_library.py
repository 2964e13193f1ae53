"""A demonstration about an invented library: every word for how a claim stands, and all that can be done to an argument.

What is said here was made up for it, by nobody and about no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from debates.actions.arranging.link_argument import link_argument
from debates.actions.arranging.merge_arguments import merge_arguments
from debates.actions.arranging.move_argument import move_argument
from debates.actions.arranging.split_argument import split_argument
from debates.actions.arranging.undo_rearrangement import undo_rearrangement
from debates.actions.sources.ask_for_source import ask_for_source
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.rate import rate
from debates.actions.writing.concede import concede
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.take_suggestion import take_suggestion
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Debate
from forum.accounts.demo.chance import Latent
from forum.accounts.demo.members import Speakers
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User

QUESTION = "A demonstration: what should a town library do?"
SUMMARY = (
    "Written by the members of the demo about a town that does not exist, to show every word for how a claim stands and what"
    " becomes of arguments: answered, edited, joined, moved, merged, split."
)
SUNDAYS = "The library should open on Sundays."
TOOLS = "The library should lend tools as well as books."
FEES = "The library should charge a fee for late returns."
QUIET = "The library should keep one room quiet."
LETTERS = "The library should remind its readers by letter only."
CAT = "The library should have a cat."
THESES = (SUNDAYS, TOOLS, FEES, QUIET, LETTERS, CAT)

FREE = "Many people are free on Sundays alone."
SATURDAYS = "Those who work are free on Saturdays, too."
SATURDAYS_EDITED = "Those who work in offices are free on Saturdays, too."
SHOPS = "Who serves in shops works on Saturdays."
WISH = "Being free is not the same as wanting to read."
BATH = "The swimming bath is full on Sundays."
STAFF = "Nobody on the staff wants to work on Sundays."
STAFF_EDITED = "Hardly anybody on the staff wants to work on Sundays."
VOLUNTEERS = "Volunteers could open the reading room."
HEATING = "Heating the building on one more day costs little."
MONEY = "The town has money left for the library this year."
ROOF = "What is left this year is meant for the roof."
COSTS = "A Sunday costs the library more than it brings in."
COSTS_AGAIN = "Opening on Sundays would cost the library more than it brings in."
TRAINS = "The trains run on Sundays."
MARKET = "There is no market on Sundays, so that one finds a place to park."
STREET = "On Sundays the street outside is quiet."
DRILL = "Ten households can share one drill, which each of them needs for minutes."
PICTURES = "Pictures and games are lent already, and come back whole."
BACK = "A fee brings books back."
POOR = "A fee keeps readers away who are poor."
POOR_AGAIN = "A fee keeps those readers away who are poor."
PEACE = "Some people can read in peace nowhere else."
CHILDREN = "Children need that room more."
LATE = "A letter arrives when the book is overdue already."
LOST = "Letters are lost on the way."
STAMPS = "The stamps cost more than a reminder is worth."
HOME = "A cat makes everybody feel at home."
SNEEZE = "Some readers cannot be in a room with a cat."

LATENTS: Mapping[str, Latent] = {
    FREE: Latent(0.72, 0.85, 0.3, 18),
    SATURDAYS_EDITED: Latent(0.5, 0.5, 2, 13),
    SHOPS: Latent(0.75, 0.6, 0.2, 10),
    WISH: Latent(0.7, 0.65, 0.2, 14),
    BATH: Latent(0.6, 0.3, 0.2, 9),
    STAFF_EDITED: Latent(0.6, 0.85, 2.2, 17),
    VOLUNTEERS: Latent(0.55, 0.7, 0.2, 11),
    HEATING: Latent(0.6, 0.6, 0.2, 12),
    MONEY: Latent(0.5, 0.7, 1.5, 12),
    ROOF: Latent(0.5, 0.6, 0, 7),
    COSTS: Latent(0.6, 0.85, 0.4, 16),
    TRAINS: Latent(0.75, 0.5, 0.2, 12),
    MARKET: Latent(0.6, 0.4, 0.2, 8),
    STREET: Latent(0.5, 0.4, 0, 3),
    DRILL: Latent(0.95, 0.9, 0.2, 20),
    PICTURES: Latent(0.95, 0.9, 0.2, 20),
    BACK: Latent(0.02, 0.4, 0.2, 24),
    POOR: Latent(0.85, 0.85, 0.2, 18),
    POOR_AGAIN: Latent(0.8, 0.8, 0.2, 5),
    PEACE: Latent(0.85, 0.9, 0.2, 18),
    CHILDREN: Latent(0.3, 0.5, 0, 6),
    LATE: Latent(0.95, 0.95, 0.2, 20),
    STAMPS: Latent(0.9, 0.85, 0.2, 19),
    LOST: Latent(0.85, 0.85, 0.2, 17),
    HOME: Latent(0.6, 0.5, 0, 2),
    SNEEZE: Latent(0.7, 0.6, 0, 1),
}
"""How its claims strike the made-up readers, so that the six theses come to stand in six different ways."""
DRIFTS: Mapping[str, float] = {SUNDAYS: 0.8}
"""By how many points the readers move on leaving."""


def argue_about_a_library(them: Speakers) -> bool:
    """Let the members argue and do to their arguments whatever can be done to one, unless they have; return whether they did."""
    only_in_demo()
    if Debate.objects.filter(question=QUESTION).exists():
        return False
    debate = open_debate(them.ada, QUESTION, THESES, SUMMARY, ["libraries"])
    theses = {thesis.claim: thesis for thesis in debate.arguments.order_by("path")}
    for one in theses.values():
        one.debate = debate
    _about_the_others(them, theses)
    _about_sundays(them, theses[SUNDAYS], theses[QUIET])
    return True


def _say(
    author: User,
    parent: Argument,
    side: Literal["pro", "con", "undercut"],
    claim: str,
    joint_with: Argument | None = None,
) -> Argument:
    """Post an argument; an undercut says that what it answers, true or not, does not matter there."""
    attacks = {"pro": "", "con": "claim", "undercut": "bearing"}[side]
    stance = "pro" if side == "pro" else "con"
    return post_argument(
        author, parent, ArgumentText(claim=claim, stance=stance, attacks=attacks), joint_with=joint_with
    )


def _about_the_others(them: Speakers, theses: Mapping[str, Argument]) -> None:
    """Say what backs and challenges the further theses; of one objection there are two wordings that nobody has merged yet."""
    drill = _say(them.ada, theses[TOOLS], "pro", DRILL)
    _say(them.ben, theses[TOOLS], "pro", PICTURES)
    _say(them.cleo, theses[FEES], "pro", BACK)
    _say(them.ada, theses[FEES], "con", POOR)
    _say(them.ben, theses[FEES], "con", POOR_AGAIN)
    peace = _say(them.ben, theses[QUIET], "pro", PEACE)
    _say(them.ada, theses[QUIET], "con", CHILDREN)
    _say(them.ada, theses[LETTERS], "con", LATE)
    _say(them.cleo, theses[LETTERS], "con", STAMPS)
    _say(them.ben, theses[LETTERS], "con", LOST)
    _say(them.ben, theses[CAT], "pro", HOME)
    _say(them.ada, theses[CAT], "con", SNEEZE)
    ask_for_source(them.ben, drill)
    ask_for_source(them.cleo, drill)
    change_mind(them.ada, peace, "Demonstration: I had only thought of those who come to meet somebody.")


def _about_sundays(them: Speakers, sundays: Argument, quiet: Argument) -> None:
    """Answer, undercut, join, grant, link; then let the moderator rearrange."""
    free = _say(them.ada, sundays, "pro", FREE)
    saturdays = _say(them.ben, free, "con", SATURDAYS)
    _say(them.cleo, free, "undercut", WISH)
    concede(them.ada, saturdays, "True of many; but it leaves out those who work on Saturdays.")
    change_mind(them.ben, free, "Demonstration: I had thought of my own week only.")
    staff = _say(them.ben, sundays, "con", STAFF)
    volunteers = _say(them.cleo, staff, "con", VOLUNTEERS)
    link_argument(them.cleo, volunteers, quiet, "pro")
    heating = _say(them.ada, sundays, "pro", HEATING)
    money = _say(them.ada, sundays, "pro", MONEY, joint_with=heating)
    _say(them.ben, money, "con", ROOF)
    _edits(them, saturdays, heating, staff)
    _rearrangements(them, sundays, free, staff)


def _edits(them: Speakers, answered: Argument, heating: Argument, staff: Argument) -> None:
    """Leave one reply stale and one suggested edit open, and let one be taken."""
    _say(them.ada, answered, "con", SHOPS)
    edited = ArgumentText(claim=SATURDAYS_EDITED, stance="con", attacks="claim")
    edit_argument(them.ben, answered, edited, seen_revision=1, note="Not everybody.")
    suggest_edit(them.ben, heating, HEATING, "By how much could be said here.", "A figure would help.", 1)
    suggestion = suggest_edit(them.ada, staff, STAFF_EDITED, "", "One would.", 1)
    take_suggestion(them.ben, suggestion, 1)


def _rearrangements(them: Speakers, sundays: Argument, free: Argument, staff: Argument) -> None:
    """Move, merge and split one argument each; and undo a move."""
    bath = _say(them.ben, free, "pro", BATH)
    move_argument(them.cleo, bath, sundays, "pro", "", "It speaks for the thesis itself.")
    costs = _say(them.ben, sundays, "con", COSTS)
    again = _say(them.ada, sundays, "con", COSTS_AGAIN)
    rate(them.cleo, costs, holds=3, matters=3)
    rate(them.cleo, again, holds=1, matters=3)
    merge_arguments(them.cleo, again, costs, "Both say the same.")
    both = _say(
        them.ada, sundays, "pro", f"{TRAINS[:-1]}, and there is no market, so that one finds a place to park."
    )
    rate(them.ben, both, holds=3, matters=2)
    second = ArgumentText(claim=MARKET)
    split_argument(them.cleo, both, TRAINS, second, (), "both", "These are two reasons.", seen=1)
    quiet = _say(them.ben, sundays, "pro", STREET)
    moved = move_argument(them.cleo, quiet, staff, "con", "claim", "It seemed to answer this.")
    undo_rearrangement(them.cleo, moved, "It does not: it is a reason of its own.")
