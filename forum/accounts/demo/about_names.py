"""A demonstration of an anonymous debate: who reads it finds numbers, Cleo finds names, Ada finds her own texts in two states."""

from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Debate
from forum.accounts.demo.members import Speakers
from forum.accounts.demo.mode import only_in_demo

QUESTION = "A demonstration: should one see who speaks?"
SUMMARY = "Written by the members of the demo, who do not exist, to show a debate in which nobody is named."
THESIS = "An argument should be read without the name of who makes it."
FOR = "Who knows the name weighs the person before the claim."
AGAINST = "Who stands behind a claim with a name takes more care of it."
ANSWER = "A number that stays the same takes care of its name, too."
WITHDRAWN = "Nobody ever learnt anything from a name."


def argue_about_names(them: Speakers) -> bool:
    """Let the members argue without their names, unless they have; return whether they did."""
    only_in_demo()
    if Debate.objects.filter(question=QUESTION).exists():
        return False
    thesis = open_debate(
        them.ada, QUESTION, [THESIS], SUMMARY, ["moderation"], anonymous=True
    ).arguments.get()
    post_argument(them.ben, thesis, ArgumentText(claim=FOR, stance="pro"))
    against = post_argument(them.cleo, thesis, ArgumentText(claim=AGAINST, stance="con", attacks="claim"))
    post_argument(them.ada, against, ArgumentText(claim=ANSWER, stance="con", attacks="claim"))
    withdraw_argument(them.ada, post_argument(them.ada, thesis, ArgumentText(claim=WITHDRAWN, stance="pro")))
    return True
