"""What the demo shows of moderation: a report that was upheld and is appealed against, one declined, and one that waits."""

from __future__ import annotations

from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument, Citation, Debate
from forum.accounts.demo.about_this_site import QUESTION
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User
from forum.moderation.actions.appeal import appeal
from forum.moderation.actions.decide import decline, uphold
from forum.moderation.actions.report import report
from forum.moderation.models import Report

ABOUT_PEOPLE = "Whoever says so has never looked after a forum for a single day."
"""It guesses at who speaks and answers nothing, so that there is something to hide."""


def show_moderation() -> bool:
    """Let the members report, decide and appeal, once; return whether anything was done."""
    only_in_demo()
    debate = Debate.objects.filter(question=QUESTION).first()
    if debate is None or Report.objects.exists():
        return False
    ada, ben, cleo = (User.objects.get(username=name) for name in ("ada", "ben", "cleo"))
    thesis = Argument.objects.filter(debate=debate, kind=Argument.Kind.THESIS).order_by("pk")[0]
    text = ArgumentText(claim=ABOUT_PEOPLE, stance="con", attacks="claim")
    personal = post_argument(ben, thesis, text)
    report(ada, personal, "person", "It says nothing about hiding.", "has never looked after a forum")
    uphold(cleo, personal, "It speaks about whoever made the claim and not about the claim.", "person")
    appeal(ben, personal, "Experience with forums bears on the question, and I named nobody.")
    other = Argument.objects.listed().filter(debate=debate, author=ada, parent=thesis).first()
    if other is not None:
        report(ben, other, "off-claim", "That is another question.")
        decline(cleo, other, "It speaks for the thesis: the book argues that nothing should be silenced.")
    misquoted = Citation.objects.filter(
        argument__debate=debate, quotation_state=Citation.Quotation.NOT_FOUND
    ).first()
    if misquoted is not None:
        report(
            ben if misquoted.argument.author_id == ada.pk else ada,
            misquoted,
            "misquoted",
            "I have looked it up.",
        )
    return True
