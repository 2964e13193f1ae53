"""Names of people and bodies: read as they are typed, written as a text and a list of references want them."""

import re
from dataclasses import dataclass

PARTICLES = re.compile(
    "af|al|av|bin|d['’]|da|dal|das|de|degli|dei|del|della|den|der|des|di|do|dos|du|el|ibn|la|le|les|lo"
    "|ten|ter|van|vom|von|zu|zum|zur|['’]t"
)
"""Words in lower case before a family name (or, in a list, after a given one) that are not the name itself."""


@dataclass(frozen=True)
class Name:
    """A person (family and given name, with what stands around them) or a body (literal)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    particle: str = ""
    """What belongs to the family name and stands before it: the “van” of Ludwig van Beethoven."""
    dropping: str = ""
    """What goes when the given name goes: the “de” of Jean de La Fontaine."""
    suffix: str = ""

    def short(self) -> str:
        """Return the name that stands in a text."""
        return self.literal or _joined(self.particle, self.family) or self.given

    def inverted(self) -> str:
        """Return the name as a list of references begins with it."""
        family, given = _joined(self.particle, self.family), _joined(self.given, self.dropping)
        return self.literal or ", ".join(part for part in (family, given, self.suffix) if part)


def _joined(first: str, second: str) -> str:
    """Join two parts of a name; nothing stands between “d’” and “Alembert”."""
    close = first.endswith(("'", "’", "-"))
    return f"{first}{second}" if close and second else " ".join(part for part in (first, second) if part)


def read_names(written: str) -> tuple[Name, ...]:
    """Read authors, one a line: `Family, Given` for a person (`Family, Given, Jr.`), a name without a comma for a body."""
    names = []
    for line in written.splitlines():
        line = " ".join(line.split())
        if not line:
            continue
        family, comma, rest = line.partition(",")
        if not comma:
            names.append(Name(literal=line))
            continue
        given, _comma, suffix = rest.partition(",")
        names.append(_person(family.split(), given.split(), suffix.strip()))
    return tuple(name for name in names if name != Name())


def _person(family: list[str], given: list[str], suffix: str) -> Name:
    """Take the particles from the head of a family name and from the end of a given one."""
    head = next((at for at, word in enumerate(family) if not PARTICLES.fullmatch(word)), len(family))
    head = min(head, max(len(family) - 1, 0))
    tail = len(given)
    while tail > 1 and PARTICLES.fullmatch(given[tail - 1]):
        tail -= 1
    return Name(
        family=" ".join(family[head:]),
        given=" ".join(given[:tail]),
        particle=" ".join(family[:head]),
        dropping=" ".join(given[tail:]),
        suffix=suffix,
    )
