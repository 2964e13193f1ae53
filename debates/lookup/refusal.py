"""Why an address was not visited, or a visit came to nothing: one class a reason, one sentence each.

`Refused` is our own decision and says nothing about the page; `Failed` is what the other side, or the way there, did.
"""

from debates.bibliography.identifiers import shown
from debates.sentence import SentenceError, gettext_noop


class FetchError(SentenceError):
    """Say in one sentence why there is no answer."""


class Refused(FetchError):
    """Say that we do not go there, or not on: the page itself may be as well as ever."""


class Failed(FetchError):
    """Say that we went and came back without an answer."""


class BadAddress(Refused):
    """The text is no address, or none that every reader of addresses would take for the same."""

    def __init__(self, address: str) -> None:
        super().__init__(
            gettext_noop(
                "“%(address)s” is not an address on the web: copy the whole of it, as in https://example.org/page."
            ),
            address=shown(address, 120),
        )


class RefusedScheme(Refused):
    """The address begins with something else than http or https."""

    def __init__(self, address: str) -> None:
        super().__init__(
            gettext_noop(
                "“%(address)s” does not begin with https:// or http://: only pages on the web can be visited."
            ),
            address=shown(address, 120),
        )


class RefusedCredentials(Refused):
    """The address carries a user name or a password, or a name made to look like another site's."""

    def __init__(self) -> None:
        super().__init__(
            gettext_noop(
                "The address holds a user name or a password: leave out what stands before the “@” in it."
            )
        )


class RefusedPort(Refused):
    """The address names a port that is not the web's."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            gettext_noop(
                "The address asks for port %(port)s of %(host)s: only the web’s own ports, 80 and 443, are visited."
            ),
            host=shown(host),
            port=port,
        )


class NumericHost(Refused):
    """The host is a number in one of the forms that only programs read: 2130706433, 0x7f.1, 127.1, 0177.0.0.1."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop("“%(host)s” is not the name of a site: write its name, as in example.org."),
            host=shown(host),
        )


class PrivateAddress(Refused):
    """The host's address is not on the public web. Which address it is stays with us: it tells of somebody's network."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop(
                "%(host)s is not on the public web: only pages that everybody can reach are visited."
            ),
            host=shown(host),
        )


class RedirectRefused(Refused):
    """The site sent us on in a way that we do not follow."""


class TooManyRedirects(RedirectRefused):
    """The site sent us on and on."""

    def __init__(self, host: str, most: int) -> None:
        super().__init__(
            gettext_noop(
                "%(host)s sent us on more than %(most)s times: open the page yourself and copy the address it ends at."
            ),
            host=shown(host),
            most=most,
        )


class RedirectLoop(RedirectRefused):
    """The site sent us in a circle, as sites do that want a cookie kept."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop(
                "%(host)s sent us in a circle: open the page yourself and copy the address that it ends at."
            ),
            host=shown(host),
        )


class Downgrade(RedirectRefused):
    """The site sent us from https to http, where anybody on the way can change the page."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop(
                "The address leads from a protected page to an unprotected one at %(host)s: "
                "visit it yourself and give that address."
            ),
            host=shown(host),
        )


class TooLarge(Refused):
    """The answer is longer than we read, as it came or once unpacked."""

    def __init__(self, host: str, most: int) -> None:
        super().__init__(
            gettext_noop(
                "The answer of %(host)s is longer than the %(most)s bytes that are read: enter the work by hand."
            ),
            host=shown(host),
            most=most,
        )


class Unresolved(Failed):
    """There is no such name."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop("There is no site called %(host)s: is its name mistyped?"), host=shown(host)
        )


class Offline(Failed):
    """It is our own line that fails, or whoever tells us the addresses of names; nothing is known about the site."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop("%(host)s cannot be reached from here at the moment: try again later."),
            host=shown(host),
        )


class NotConnected(Failed):
    """The site is there by name, and no machine takes the connection."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop("%(host)s does not take connections: try again later, or give another address."),
            host=shown(host),
        )


class TooSlow(Failed):
    """The whole visit took longer than it may."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(
            gettext_noop("%(host)s did not answer within %(seconds)g seconds: try again later."),
            host=shown(host),
            seconds=seconds,
        )


class BadCertificate(Failed):
    """The connection could not be protected: wrong name, out of date, signed by nobody known, or no TLS at all."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop(
                "%(host)s cannot prove that it is %(host)s (its certificate is not in order): give another address."
            ),
            host=shown(host),
        )


class Garbled(Failed):
    """The answer broke off, or does not keep to HTTP."""

    def __init__(self, host: str) -> None:
        super().__init__(
            gettext_noop("The answer of %(host)s broke off or makes no sense: try again later."),
            host=shown(host),
        )
