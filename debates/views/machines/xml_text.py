"""Write what people typed as XML: what the format forbids is left out, whatever a text holds."""

import re
from collections.abc import Mapping

from django.utils.xmlutils import SimplerXMLGenerator

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no `Char` of XML 1.0 (section 2.2): control characters, halves of surrogate pairs, U+FFFE and U+FFFF."""


def allowed(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)


class XmlWriter(SimplerXMLGenerator):
    """Django's writer, which refuses a forbidden character; this one leaves it out: one odd letter hides no feed."""

    def characters(self, content: str) -> None:
        """Write text."""
        super().characters(allowed(content))

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: N802 - Django's stub takes a narrower class than its code; the name is SAX's
        """Open an element."""
        super().startElement(name, {key: allowed(value) for key, value in attrs.items()})  # type: ignore[arg-type]  # as above
