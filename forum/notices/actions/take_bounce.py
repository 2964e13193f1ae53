"""Act on a delivery report: mail to an address that is gone is paused."""

from django.db import transaction

from forum.notices.actions.pause_mail import pause_mail
from forum.notices.mail.bounces import Bounce
from forum.notices.models import Letter


@transaction.atomic
def take_bounce(bounce: Bounce) -> bool:
    """Pause the address that the letter went to, and say so in the site; return whether that is new.

    A report about a letter that we did not send changes nothing.
    """
    letter = Letter.objects.filter(message_id=bounce.message_id, state=Letter.State.SENT).first()
    if letter is None or not letter.address:
        return False
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.FAILED, fault=bounce.said[:500])
    return pause_mail(letter, f"{bounce.status} {bounce.said}")
