"""Say which stance an argument may take in its place."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.models import Argument
from debates.models.argument import Attacks
from debates.permissions import Refused

THESIS_BEARS_ON_NOTHING = gettext_lazy(
    "A thesis stands for itself, so it cannot fail to matter here: say why it is not true."
)


def check_attacks(parent: Argument | None, attacks: str) -> None:
    """Refuse to say of a thesis that it does not matter here: there is nothing that it would have to bear on."""
    if attacks == Attacks.BEARING and parent is not None and parent.kind == Argument.Kind.THESIS:
        raise Refused(str(THESIS_BEARS_ON_NOTHING), "attacks", 400)


def check_stance(argument: Argument, kind: str, stance: str, attacks: str) -> None:
    """Refuse a stance that an argument cannot take where it stands; ask before it is laid on.

    Premises that work only together speak on one side: another stance waits until the premise stands alone.
    """
    if attacks:
        check_attacks(argument.parent, attacks)
    same = (argument.kind, argument.stance, argument.attacks) == (kind, stance, attacks)
    if argument._state.adding or same:
        return
    if argument.joint_with_id is not None or argument.joined.exists():
        raise Refused(
            _("It works only together with other premises, on their side; let it stand alone first."),
            "stance",
            409,
        )
