"""A demonstration about this site: quotations that are found and that are not, and citations that are checked."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from debates.actions.sources.attach_text import attach_text
from debates.actions.sources.check_citation import check_citation
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.bibliography.record import Name, Record
from debates.models import Argument, Citation, Debate
from forum.accounts.demo import anchors
from forum.accounts.demo.chance import Latent
from forum.accounts.demo.members import Speakers
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User

QUESTION = "A demonstration: should a forum hide texts?"
GUIDE = Path(settings.ROOT) / "docs" / "moderating.md"
QUOTED = "nobody is hidden without knowing"
"""Words of our own guide, which the demonstration cites: its text is here, and its authors are we."""
NOT_IN_IT = "no reader ever learns of it"
"""Words that the guide does not hold."""
GUIDE_RECORD = Record(
    type="document",
    title="Moderating, step by step",
    authors=(Name(literal="The Counterpoint authors"),),
    issued=(2026,),
)
LIBERTY_RECORD = Record(
    type="book",
    title="On Liberty",
    authors=(Name("Mill", "John Stuart"),),
    issued=(1859,),
    publisher="John W. Parker and Son",
    place="London",
)
TOLD = "Hiding does no harm where its author is told of it and why."
UNANSWERED = "What is hidden can no longer be answered, and an error that nobody may read is never mended."
READERS_NOT_TOLD = "Telling the author tells the readers nothing."
LATENTS: Mapping[str, Latent] = {
    TOLD: Latent(holds=0.55, matters=0.8, parts=2, people=17),
    UNANSWERED: Latent(holds=0.75, matters=0.85, parts=0.2, people=18),
    READERS_NOT_TOLD: Latent(holds=0.35, matters=0.6, parts=1.5, people=12),
}
"""How its claims strike the made-up readers."""


def plain(markdown: str) -> str:
    """Return the guide as a plain text: without its marks, each step a paragraph."""
    text = re.sub(r"[*`#]", "", markdown)
    return re.sub(r"\n(?=\d+\. )", "\n\n", text)


def argue_about_this_site(them: Speakers) -> bool:
    """Let the members argue, unless they have; return whether they did."""
    only_in_demo()
    if Debate.objects.filter(question=QUESTION).exists():
        return False
    summary = "Written by the members of the demo, to show what a citation looks like once its words are found and checked."
    theses = ["A forum should never hide what somebody wrote."]
    debate = open_debate(
        them.ada, QUESTION, theses, summary, ["moderation"], article=CitationText(record=GUIDE_RECORD)
    )
    thesis = debate.arguments.get()
    rebuttal = post_argument(
        them.ben,
        thesis,
        ArgumentText(
            claim=TOLD,
            stance="con",
            attacks="claim",
            elaboration="> A forum should never hide what somebody wrote.\n\n“Never” is too much. Here nobody is hidden"
            " without being told, and anybody can read in the log what was hidden and why.[^1]",
            rebuttal_tags=("overgeneralises",),
            citations=(
                CitationText(
                    source=debate.article,
                    locator_label="section",
                    locator="3",
                    quotation=QUOTED,
                    purpose="Hiding is told to the author, with its reason.",
                ),
            ),
        ),
    )
    post_argument(
        them.ada,
        thesis,
        ArgumentText(
            claim=UNANSWERED,
            stance="pro",
            citations=(
                CitationText(
                    record=LIBERTY_RECORD,
                    locator_label="chapter",
                    locator="2",
                    purpose="Its case for hearing also what one takes to be wrong.",
                ),
            ),
        ),
    )
    cited = rebuttal.citations.get()
    attach_text(them.ada, cited.source, plain(GUIDE.read_text(encoding="utf-8")), "everyone", "MIT")
    check_citation(them.ada, cited, "yes", "Step 3 says so, word for word.")
    check_citation(them.cleo, cited, "partly", "It says that the author sees it, not that this does no harm.")
    misquoting = _misquote(them, rebuttal, cited)
    anchors.answer_the_guide(them, rebuttal, misquoting)
    return True


def _misquote(them: Speakers, rebuttal: Argument, cited: Citation) -> Argument:
    """Show what becomes of words that are not in their source, and of a citation that was found not to hold."""
    answer = post_argument(
        them.ada,
        rebuttal,
        ArgumentText(
            claim=READERS_NOT_TOLD,
            stance="con",
            attacks="claim",
            citations=(
                CitationText(
                    source=cited.source,
                    quotation=NOT_IN_IT,
                    purpose="These words are not in the guide: this shows how a quotation looks that is not found.",
                ),
            ),
        ),
    )
    check_citation(them.ben, answer.citations.get(), "no", "The guide does not hold these words.")
    return answer


def check_as_readers(debate: Debate, readers: Sequence[User]) -> None:
    """Let some of the made-up readers check the citation of the guide, which does hold its words."""
    only_in_demo()
    for turn, reader in enumerate(readers):
        for cited in Citation.objects.filter(argument__debate=debate, quotation=QUOTED):
            check_citation(reader, cited, "partly" if turn == 0 else "yes", "Demonstration.")
