"""Make the members of the demo."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from debates.actions.attach_text import attach_text
from debates.actions.check_citation import check_citation
from debates.actions.open_debate import open_debate
from debates.actions.post_argument import post_argument
from debates.actions.text import ArgumentText, CitationText
from debates.bibliography.record import Name, Record
from debates.models import Debate
from forum.accounts.groups import MODERATORS, OPENERS
from forum.accounts.models import User

MEMBERS = (
    ("ada", "ada-argues", "writes, and may open debates", OPENERS),
    ("ben", "ben-rebuts", "disagrees with her", OPENERS),
    ("cleo", "cleo-moderates", "moderates, at /admin/", MODERATORS),
    ("dora", "dora-administers", "administers, at /admin/", ""),
)
"""Name, password, what they are for, group. Passwords this plain are for the loopback only."""

GUIDE = Path(settings.ROOT) / "docs" / "moderating.md"
QUOTED = "nobody is hidden without knowing"
"""Words of our own guide, which the demonstration cites: its text is here, and its authors are we."""


def plain(markdown: str) -> str:
    """Return the guide as a plain text: without its marks, each step a paragraph."""
    text = re.sub(r"[*`#]", "", markdown)
    return re.sub(r"\n(?=\d+\. )", "\n\n", text)


def demonstrate(ada: User, ben: User, cleo: User) -> None:
    """Let the demo's members argue once, about this site: a quotation that is found, and a citation that was checked."""
    question = "A demonstration: should a forum hide texts?"
    if Debate.objects.filter(question=question).exists():
        return
    summary = "Written by the members of the demo, to show what a citation looks like once its words are found and checked."
    debate = open_debate(
        ada, question, ["A forum should never hide what somebody wrote."], summary, ["moderation"]
    )
    thesis = debate.arguments.get()
    guide = Record(
        type="document",
        title="Moderating, step by step",
        authors=(Name(literal="The Counterpoint authors"),),
        issued=(2026,),
    )
    citation = CitationText(
        record=guide,
        locator_label="section",
        locator="3",
        quotation=QUOTED,
        purpose="Hiding is told to the author, with its reason.",
    )
    rebuttal = post_argument(
        ben,
        thesis,
        ArgumentText(
            claim="Hiding does no harm where its author is told of it and why.",
            stance="con",
            attacks="claim",
            elaboration="> A forum should never hide what somebody wrote.\n\n“Never” is too much. Here nobody is hidden"
            " without being told, and anybody can read in the log what was hidden and why.[^1]",
            rebuttal_tags=("overgeneralises",),
            citations=(citation,),
        ),
    )
    liberty = Record(
        type="book",
        title="On Liberty",
        authors=(Name("Mill", "John Stuart"),),
        issued=(1859,),
        publisher="John W. Parker and Son",
        place="London",
    )
    post_argument(
        ada,
        thesis,
        ArgumentText(
            claim="What is hidden can no longer be answered, and an error that nobody may read is never mended.",
            stance="pro",
            citations=(
                CitationText(
                    record=liberty,
                    locator_label="chapter",
                    locator="2",
                    purpose="Its case for hearing also what one takes to be wrong.",
                ),
            ),
        ),
    )
    cited = rebuttal.citations.get()
    attach_text(ben, cited.source, plain(GUIDE.read_text(encoding="utf-8")), "everyone", "MIT")
    check_citation(ada, cited, "yes", "Step 3 says so, word for word.")
    check_citation(cleo, cited, "partly", "It says that the author sees it, not that this does no harm.")


class Command(BaseCommand):
    """Make the demo's members, once; only ever in demo mode."""

    help = "Make the members of the demo and print their passwords; refuses outside demo mode."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make who is missing, print all, and let them argue once. Any: Django's own signature."""
        if not settings.DEMO:
            raise CommandError(
                "These members have public passwords: they are made in demo mode only (COUNTERPOINT_MODE=demo)."
            )
        members = {}
        for name, password, purpose, group in MEMBERS:
            user = User.objects.filter(username=name).first()
            if user is None:
                user = User.objects.create_user(name, f"{name}@example.org", password)
                if group:
                    user.groups.add(Group.objects.get(name=group))
                user.is_staff = group != OPENERS
                user.is_superuser = not group
                user.save(update_fields=["is_staff", "is_superuser"])
            members[name] = user
            self.stdout.write(f"  {name:<6} {password:<18} {purpose}")
        demonstrate(members["ada"], members["ben"], members["cleo"])
