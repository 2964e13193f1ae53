"""What every answer carries, and what no page lets through."""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils.html import escape

from debates.actions.moderating.hide import hide
from debates.actions.writing.open_debate import open_debate
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText, CitationText
from debates.bibliography.record import Name, Record
from debates.models import Argument, Debate, Source
from forum.accounts.models import User
from forum.moderation.actions.report import report
from tests.conftest import PASSWORD, Cast, Scene, make_cast, signed_in

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def breaks(_request: HttpRequest) -> HttpResponse:
    """Break, to see the page of errors."""
    raise RuntimeError("on purpose")


urlpatterns = [path("breaks/", breaks), path("", include("forum.urls"))]
handler500 = "django.views.defaults.server_error"


def reading(scene: Scene) -> dict[str, str]:
    """Return the pages that anyone reads."""
    source = Source.objects.get()
    return {
        "home": "/",
        "debate": scene.debate.get_absolute_url(),
        "argument": scene.reason.get_absolute_url(),
        "branch": reverse("branch", args=[scene.thesis.public_id]),
        "history": reverse("history", args=[scene.reason.public_id]),
        "source": source.get_absolute_url(),
        "sources": "/sources/",
        "tag": "/tags/memory/",
        "search": "/search/?q=cranes",
        "member": "/members/ada/",
        "log": "/moderation/log/",
        "rules": "/rules/",
        "missing": "/nothing/here/",
    }


# ------------------------------------------------------------------------------------------------- headers


def check_headers(response: Any, where: str) -> None:
    """Look at what every answer must carry. Any: the test client's response."""
    headers = response.headers
    found = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    assert found == POLICY, f"{where} carries another policy: {found ^ POLICY}"
    assert headers.get("X-Content-Type-Options") == "nosniff", where
    assert headers.get("X-Frame-Options") == "DENY", where
    assert headers.get("Referrer-Policy") == "strict-origin-when-cross-origin", where
    assert headers.get("Cross-Origin-Opener-Policy") == "same-origin", where


def test_every_reading_page_carries_the_policy(client: Client, scene: Scene) -> None:
    for name, address in reading(scene).items():
        check_headers(client.get(address), name)


def test_forms_and_the_admin_carry_the_policy(cast: Cast, scene: Scene) -> None:
    pages = ["/accounts/login/", "/accounts/signup/", "/admin/login/"]
    for address in pages:
        check_headers(Client().get(address), address)
    ada, cleo = signed_in(cast.ada), signed_in(cast.cleo)
    for address in ("/notices/", f"{scene.reason.get_absolute_url()}edit/", "/debates/open/"):
        check_headers(ada.get(address), address)
    for address in (
        "/admin/",
        "/admin/debates/argument/",
        f"/admin/debates/argument/{scene.reason.pk}/change/",
    ):
        check_headers(cleo.get(address), address)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["400", "403 of the form", "404", "405", "500"])
@override_settings(ROOT_URLCONF=__name__)
def test_errors_carry_the_policy(mode: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = {
        "400": lambda: client.get("/", headers={"Host": "bad host"}),
        "403 of the form": lambda: client.post("/accounts/login/", {"login": "ada"}),
        "404": lambda: client.get("/nothing/"),
        "405": lambda: signed_in(make_cast().ada).get("/notices/seen/"),
        "500": lambda: client.get("/breaks/"),
    }[mode]()
    assert str(answer.status_code) == mode[:3]
    check_headers(answer, mode)
    assert "on purpose" not in answer.content.decode(), "An error page must not tell what broke."


def test_no_page_is_inline(client: Client, scene: Scene) -> None:
    for name, address in reading(scene).items():
        page = client.get(address).content.decode()
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)\s*=", page), f"{name} has an inline attribute."
        # A block of data is no script: no browser runs it, and the policy does not ask about it.
        scripts = page.replace('<script type="application/ld+json">', "")
        assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", scripts), f"{name} has an inline script."


# -------------------------------------------------------------------------------------- pages for strangers


def test_reading_needs_no_token_and_sets_no_cookie(client: Client, scene: Scene) -> None:
    """Otherwise no cache could keep them, and every reader would be marked."""
    for name, address in reading(scene).items():
        answer = client.get(address)
        assert "csrfmiddlewaretoken" not in answer.content.decode(), f"{name} carries a token for a visitor."
        assert not answer.cookies, f"{name} sets a cookie for a visitor: {list(answer.cookies)}"


def test_reading_leaves_nothing_behind_for_a_member(cast: Cast, scene: Scene) -> None:
    ada = signed_in(cast.ada)
    for name, address in reading(scene).items():
        assert "sessionid" not in ada.get(address).cookies, (
            f"{name} writes the session though it is only read."
        )


def test_a_page_of_ones_own_is_not_kept_for_others(cast: Cast, scene: Scene) -> None:
    for address in ("/", scene.debate.get_absolute_url(), "/notices/"):
        assert "Cookie" in signed_in(cast.ada).get(address).headers.get("Vary", ""), (
            f"{address} differs by who reads it, so a cache must be told."
        )


def test_a_fragment_is_not_kept_as_the_page(cast: Cast, scene: Scene) -> None:
    answer = signed_in(cast.ada).get(
        f"{scene.reason.get_absolute_url()}reply/", headers={"HX-Request": "true"}
    )
    assert "HX-Request" in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http://testserver@evil.example",
        "javascript:alert(1)",
        "\x01https://evil.example",
        "/\t/evil.example",
        "//testserver.evil.example/",
    ],
)
@pytest.mark.parametrize("page", ["login", "logout", "signup"])
def test_nobody_is_sent_elsewhere(db: None, page: str, target: str) -> None:
    make_cast()
    client = Client()
    if page == "logout":
        client.force_login(User.objects.get(username="ada"))
    form = {
        "login": {"login": "ada", "password": PASSWORD},
        "signup": {"username": "eve", "email": "eve@example.org", "password1": "a-long-enough-password-2"},
        "logout": {},
    }[page]
    address = f"/accounts/{page}/?next={quote(target)}"
    answer = client.post(address, {**form, "next": target})
    assert answer.status_code == 302, "The form must do its work."
    location = answer.headers["Location"]
    assert urlsplit(location).netloc in ("", "testserver"), f"next={target!r} leads to {location}."
    assert not re.match(r"[\\/]{2}|[a-z]+:", location.strip()), f"next={target!r} leads to {location}."
    if page != "logout":
        shown = Client().get(address).content.decode()
        assert not re.search(r'(href|action)="(https?:)?[\\/]*evil', shown)


# ------------------------------------------------------------------------------------------- stored scripts

PAYLOADS = {
    "tag": "<script>alert('{}')</script>",
    "attribute": "\"'><img src=x onerror=alert('{}')>",
    "svg": "<svg/onload=alert('{}')>",
}
MARKDOWN = """<script>alert('elaboration')</script> <b onclick="alert(1)">b</b> [one](javascript:alert('link'))
![image](https://evil.example/x.png) <https://fine.example>

[two]: data:text/html,<script>alert('reference')</script>
[two] [three](vbscript:x) [four](JaVaScRiPt:alert(1)) `<script>alert('code')</script>`
"""


@pytest.mark.parametrize("kind", PAYLOADS)
def test_what_people_write_comes_out_as_words(cast: Cast, kind: str) -> None:
    def bad(where: str) -> str:
        return PAYLOADS[kind].format(where)

    eve = User.objects.create_user(f"<i>{kind}", "eve@example.org", PASSWORD)  # past the form's own rules
    eve.groups.set(cast.ada.groups.all())
    record = Record(
        type=bad("type"),
        title=bad("title"),
        authors=(Name(bad("family"), bad("given")), Name(literal=bad("body"))),
        issued=(1999,),
        container=bad("container"),
        publisher=bad("publisher"),
        url="javascript:alert('url')",
        doi=f"10.1000/{bad('doi')}",
        note=bad("note"),
    )
    cite = CitationText(
        record=record,
        incomplete=bad("incomplete"),
        locator_label="page",
        locator=bad("locator"),
        quotation=bad("quotation"),
        purpose=bad("purpose"),
    )
    debate = open_debate(eve, bad("question"), [bad("thesis")], bad("summary"), [bad("topic")], cite)
    argument = post_argument(
        eve,
        debate.arguments.get(),
        ArgumentText(
            claim=bad("claim"),
            stance="con",
            attacks="claim",
            elaboration=MARKDOWN,
            rebuttal_tags=("factual-error",),
            topic_tags=(bad("tag"),),
            citations=(cite,),
        ),
    )
    post_argument(cast.ben, argument, ArgumentText(claim=bad("answer"), stance="pro"))
    told = report(cast.dan, argument, "person", bad("report"))
    hidden = post_argument(eve, argument, ArgumentText(claim=bad("hidden"), stance="pro"))
    hide(cast.cleo, hidden, bad("reason"))
    for who, address in pages_with(debate, argument, told.pk):
        client = signed_in({"eve": eve, "cleo": cast.cleo, "dan": cast.dan}[who]) if who else Client()
        answer = client.get(address)
        assert answer.status_code in (200, 404), f"{address} answers {answer.status_code} to such words."
        check_words(address, answer.content.decode())


def pages_with(debate: Debate, argument: Argument, report_id: int) -> list[tuple[str, str]]:
    """Return who looks at which page."""
    own = argument.get_absolute_url()
    tags = [tag.name for tag in argument.tags.all()]
    open_to_all = [
        "/",
        "/?tag=" + quote(PAYLOADS["tag"]),
        debate.get_absolute_url() + "?open=all",
        own,
        f"{own}history/",
        f"{own}branch/",
        "/sources/",
        "/sources/?incomplete=1",
        *(source.get_absolute_url() for source in Source.objects.all()),
        *(reverse("tag", args=[name]) for name in tags),
        "/search/?q=alert",
        "/search/?q=" + quote(PAYLOADS["attribute"]),
        f"/members/{quote(argument.author.username if argument.author else '')}/",
        "/moderation/log/",
        "/accounts/login/?next=" + quote(PAYLOADS["attribute"]),
    ]
    of_members = [f"{own}reply/?quote=1", f"{own}rebut/", f"{own}report/"]
    of_eve = [f"{own}edit/", f"{own}withdraw/", "/notices/", "/debates/open/"]
    of_cleo = [
        "/admin/",
        *(
            f"/admin/debates/{name}/"
            for name in ("argument", "debate", "source", "citation", "tag", "logentry")
        ),
        "/admin/accounts/user/",
        "/admin/moderation/report/",
        f"/admin/debates/argument/{argument.pk}/change/",
        f"/admin/debates/debate/{debate.pk}/change/",
        f"/admin/debates/source/{Source.objects.latest('pk').pk}/change/",
        f"/admin/moderation/report/{report_id}/change/",
    ]
    return [
        *(("", address) for address in open_to_all),
        *(("dan", address) for address in of_members),
        *(("eve", address) for address in of_eve),
        *(("cleo", address) for address in of_cleo),
    ]


def check_words(where: str, page: str) -> None:
    """Look for what a browser would carry out."""
    for live in re.finditer(r"<script>alert|<img src=x|<svg/onload|<b onclick|<i>(tag|attribute|svg)", page):
        around = page[max(0, live.start() - 80) : live.end() + 80]
        raise AssertionError(f"{where} carries out what somebody wrote: …{around}…")
    for tag in re.finditer(r"<[a-zA-Z][^>]*>", page):
        bad = re.search(
            r"\s(href|src|action)\s*=\s*[\"']?\s*(javascript|vbscript|data:text)", tag[0], re.IGNORECASE
        )
        assert not bad, f"{where} links to a script: {tag[0]}"


def test_escaping_is_what_was_looked_for(client: Client, cast: Cast) -> None:
    """The words must be there, escaped: a test that finds nothing at all would prove nothing."""
    claim = PAYLOADS["tag"].format("claim")
    debate = open_debate(cast.ada, "Is it escaped?", [claim])
    assert escape(claim) in client.get(debate.get_absolute_url()).content.decode()


# ------------------------------------------------------------------------------------------------------ logs


def test_every_request_has_an_id_of_its_own_in_the_log(
    client: Client, scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        client.get("/")
        client.get("/rules/", headers={"X-Request-ID": "forged\nby a stranger"})
    ids: dict[str, set[str]] = {}
    for record in caplog.records:
        if isinstance(record.msg, dict) and "request" in record.msg:
            ids.setdefault(record.msg["request"], set()).add(record.msg["request_id"])
    assert set(ids) == {"GET /", "GET /rules/"}
    assert all(len(found) == 1 for found in ids.values()), "What belongs to one request carries one id."
    assert not set.intersection(*ids.values()), "Two requests must not share an id."
    assert "forged" not in caplog.text, "An id from outside is not believed."


def test_no_password_is_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().post("/accounts/login/", {"login": "ada", "password": "a-secret-mistyped"})
    assert "a-secret-mistyped" not in json.dumps([str(record.msg) for record in caplog.records])
    assert "a-secret-mistyped" not in caplog.text
