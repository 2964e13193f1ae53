"""Pause mail to an address that refused it for good."""

from django.db import IntegrityError, transaction

from forum.notices.models import Letter, Notice, Pause


def pause_mail(letter: Letter, said: str) -> bool:
    """Pause the address that a letter went to, and say so in the site; return whether it was not paused already."""
    try:
        with transaction.atomic():
            Pause.objects.create(address=letter.address, said=" ".join(said.split())[:500])
            Notice.objects.create(recipient_id=letter.member_id, kind=Notice.Kind.MAIL_PAUSED)
    except IntegrityError:
        return False
    return True
