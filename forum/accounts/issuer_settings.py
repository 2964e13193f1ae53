"""Read from the environment which issuer of OpenID Connect one may sign in at."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env


def issuer_from(env: Env, *, production: bool) -> dict[str, object]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS: one issuer, or none where nothing is set.

    Raises ImproperlyConfigured where only a part is set, and for an issuer without TLS in production.
    """
    named = {
        name: env.str(f"COUNTERPOINT_OIDC_{name}", default="")
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
    }
    if not any(named.values()):
        return {}
    if not (named["ISSUER"] and named["CLIENT_ID"] and named["CLIENT_SECRET"]):
        raise ImproperlyConfigured(
            "Of COUNTERPOINT_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET some are set and some are not: set all, or none."
        )
    if production and not named["ISSUER"].startswith("https://"):
        raise ImproperlyConfigured("COUNTERPOINT_OIDC_ISSUER must begin with https:// in production.")
    app = {
        "provider_id": "issuer",
        "name": named["NAME"] or "OpenID Connect",
        "client_id": named["CLIENT_ID"],
        "secret": named["CLIENT_SECRET"],
        "settings": {"server_url": named["ISSUER"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def issuer_origins(env: Env) -> list[str]:
    """Return the origins that a form of ours may lead to: the issuer's, and those that it sends people on to at once.

    A browser holds the policy of the page against every step of the way that begins with its form (CSP 3, form-action).
    """
    issuer = urlsplit(env.str("COUNTERPOINT_OIDC_ISSUER", default=""))
    further: list[str] = env.list("COUNTERPOINT_OIDC_ORIGINS", default=[])
    if any(not one.startswith(("https://", "http://")) or urlsplit(one).path for one in further):
        raise ImproperlyConfigured(
            "COUNTERPOINT_OIDC_ORIGINS names origins like https://sign-in.example, with commas between and no path."
        )
    return [f"{issuer.scheme}://{issuer.netloc}", *further] if issuer.netloc else []
