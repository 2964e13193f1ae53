"""Say to be a voice; a moderator decides."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.writing.text import check_printable
from debates.models import Voice
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate
from forum.accounts.models import User, VoiceClaim

LONGEST_REASON = 1000


@transaction.atomic
def claim_voice(member: User, voice: Voice, proof: str) -> bool:
    """Write a claim down; return whether that changed anything (a member’s claim that waits is written anew)."""
    proof = proof.strip()
    check_printable("proof", proof)
    if not proof:
        raise Refused(_("Say how one can tell; without it nobody can decide."), "proof", 422)
    Voice.objects.select_for_update().get(pk=voice.pk)
    if VoiceClaim.objects.filter(voice=voice, state=VoiceClaim.State.GRANTED).exists():
        raise Refused(
            _("This voice belongs to a member already; write to a moderator if that is wrong."), "", 409
        )
    waiting = VoiceClaim.objects.filter(voice=voice, member=member, state=VoiceClaim.State.WAITING).first()
    if waiting is not None and waiting.proof == proof:
        return False
    VoiceClaim.objects.update_or_create(
        voice=voice,
        member=member,
        state=VoiceClaim.State.WAITING,
        defaults={"proof": proof, "made_at": timezone.now()},
    )
    return True


@transaction.atomic
def decide_claim(moderator: Viewer, claim: VoiceClaim, reason: str, *, grant: bool) -> bool:
    """Grant or decline a claim, with a reason that its member reads; return whether that changed anything.

    Granting declines the others that wait for the same voice: it is one person’s.
    """
    check_moderate(moderator)
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Give a reason of at most 1000 characters: the member will read it."), "reason", 422)
    Voice.objects.select_for_update().get(pk=claim.voice_id)
    current = VoiceClaim.objects.select_for_update().get(pk=claim.pk)
    if current.state != VoiceClaim.State.WAITING:
        raise Refused(_("A colleague has decided this claim meanwhile."), "", 409)
    if current.member_id == moderator.pk:
        raise Refused(_("Nobody decides their own claim; ask a colleague."))
    waiting = VoiceClaim.objects.filter(voice=claim.voice_id, state=VoiceClaim.State.WAITING)
    decided = {"decided_by": moderator, "decided_at": timezone.now()}
    if grant:
        other = _("The voice was found to be another member’s.")
        waiting.exclude(pk=current.pk).update(state=VoiceClaim.State.DECLINED, reason=other, **decided)
    state = VoiceClaim.State.GRANTED if grant else VoiceClaim.State.DECLINED
    waiting.filter(pk=current.pk).update(state=state, reason=reason, **decided)
    claim.refresh_from_db()
    return True
