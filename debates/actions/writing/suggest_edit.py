"""Suggest an edit of somebody's argument."""

from django.db import transaction
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import lock_place
from debates.actions.writing.lay_version import newest_version
from debates.actions.writing.mask import wear_mask
from debates.actions.writing.text import ArgumentText, CitationText, check_printable, check_text
from debates.models import Argument, State, Suggestion
from debates.models.argument import CLAIM_LENGTH
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, is_locked
from debates.signals import edit_suggested

LONGEST_WHY = 500


def check_suggest(viewer: Viewer, argument: Argument) -> None:
    """Refuse where a viewer cannot suggest an edit: of one's own argument, or of what is no longer shown."""
    if not viewer.is_authenticated:
        raise Refused(_("Sign in to suggest an edit; what you have typed stays in the form."), status=401)
    if argument.author_id == viewer.pk:
        raise Refused(_("This is your own argument: edit it."))
    if argument.state != State.PUBLISHED or argument.debate.state != State.PUBLISHED:
        raise Refused(
            _("This argument can no longer be edited: it was withdrawn, hidden or merged meanwhile."),
            status=409,
        )
    if is_locked(argument) and not is_moderator(viewer):
        raise Refused(_("This branch is locked, so its arguments cannot be edited."), status=409)


def check_why(why: str) -> str:
    """Return a sentence without outer space, or refuse an empty or overlong one."""
    why = " ".join(why.split())
    check_printable("why", why)
    if not why:
        raise Refused(_("Say why: it helps the author to decide."), "why", 400)
    if len(why) > LONGEST_WHY:
        raise Refused(
            _("This has %(count)d characters; shorten it to %(most)d.")
            % {"count": len(why), "most": LONGEST_WHY},
            "why",
            400,
        )
    return why


def longest_claim(argument: Argument) -> int:
    """Return how many characters a claim in its place may have: an imported one may be longer than what is typed here."""
    return max(CLAIM_LENGTH, len(argument.claim))


def text_with(argument: Argument, claim: str, elaboration: str) -> ArgumentText:
    """Return an argument's text with another claim and elaboration, all else as it stands; refuses what cannot stand."""
    text = ArgumentText(
        claim=" ".join(claim.split()),
        kind=argument.kind,
        stance=argument.stance,
        attacks=argument.attacks,
        elaboration=_with_line_ends_of(argument.elaboration, elaboration.strip()),
        rebuttal_tags=tuple(tag.slug for tag in argument.rebuttal_tags),
        topic_tags=tuple(tag.name for tag in argument.topic_tags),
        citations=tuple(
            CitationText(
                source=one.source,
                locator_label=one.locator_label,
                locator=one.locator,
                quotation=one.quotation,
                purpose=one.purpose,
            )
            for one in argument.citations.select_related("source").order_by("position", "pk")
        ),
    )
    check_text(text, longest_claim(argument))
    return text


def as_it_stands(argument: Argument, text: ArgumentText) -> bool:
    """Say whether a text is what the argument says already."""
    return (text.claim, text.elaboration) == (argument.claim, argument.elaboration)


def words_changed_since(argument: Argument, seen: int) -> bool:
    """Say whether an argument reads otherwise than in the version of a number; tags and citations are no words of it."""
    version = argument.revisions.filter(number=seen).first()
    return version is None or (version.claim, version.elaboration) != (argument.claim, argument.elaboration)


def _with_line_ends_of(old: str, new: str) -> str:
    """Return a text with line ends as the old one has them: a form sends two characters for each, a file may hold one."""
    new = new.replace("\r\n", "\n")
    return new.replace("\n", "\r\n") if "\r\n" in old else new


@transaction.atomic
def suggest_edit(
    member: Viewer, argument: Argument, claim: str, elaboration: str, why: str, seen: int
) -> Suggestion:
    """Offer another wording to whoever wrote an argument; return the suggestion.

    `seen` is the number of the version that the member had before them. Refuses a second one while the first is open.
    """
    argument = lock_place(argument)
    check_suggest(member, argument)
    if argument.suggestions.filter(member=member, outcome=Suggestion.Outcome.OPEN).exists():
        raise Refused(
            _(
                "An edit that you suggested waits for an answer. Take that back to suggest another; your text is below."
            ),
            status=409,
        )
    last = newest_version(argument)
    if last is None or words_changed_since(argument, seen):
        raise Refused(
            _(
                "The argument was edited meanwhile. Your text is below; compare it with the new one, then send it again."
            ),
            status=409,
        )
    text = text_with(argument, claim, elaboration)
    if as_it_stands(argument, text):
        raise Refused(
            _("Nothing differs from what stands there; change the claim or the elaboration."), "claim", 400
        )
    suggestion = Suggestion.objects.create(
        argument=argument,
        member=member,
        revision=last,
        claim=text.claim,
        elaboration=text.elaboration,
        why=check_why(why),
    )
    wear_mask(argument.debate, member)
    edit_suggested.send(Suggestion, suggestion=suggestion)
    return suggestion
