"""Send mail again to an address that had refused it."""

from debates.models.visibility import Viewer
from forum.notices.mail.addresses import address_of
from forum.notices.models import Pause


def resume_mail(member: Viewer) -> bool:
    """End the pause of a member's address; return whether there was one."""
    address = address_of(member.pk).address
    return bool(address and Pause.objects.filter(address__iexact=address).delete()[0])
