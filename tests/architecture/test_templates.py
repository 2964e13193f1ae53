"""Templates: they compile, partials say what they need, nothing is inline, and nothing works only with scripts."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

ROOT = Path(__file__).parents[2]
FOLDERS = [folder for folder in (ROOT / "templates", ROOT / "debates", ROOT / "forum") if folder.is_dir()]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]
TAG = re.compile(r"<([a-z][\w-]*)((?:[^<>\"'{]|\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
"""An opening tag with its attributes; template tags may stand among them."""

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)


def text_of(path: Path) -> str:
    """Return a template without its comments."""
    return re.sub(
        r"\{#.*?#\}|<!--.*?-->|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL
    )


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20, "The templates have moved, and these tests look at none."


@every_template
def test_it_compiles(path: Path) -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    engine.engine.from_string(path.read_text())


@every_template
def test_a_partial_says_on_its_first_line_what_it_needs(path: Path) -> None:
    for match in re.finditer(r"\{% partialdef (\w+)[^%]*%\}(.*)", path.read_text()):
        assert re.match(r"\s*\{# Needs .+ #\}", match[2]), (
            f"{path.relative_to(ROOT)}: the partial “{match[1]}” must begin with {{# Needs … #}}. Who includes it then "
            "knows what to give, and it gets nothing that its reader may not see."
        )


@every_template
def test_nothing_is_inline(path: Path) -> None:
    """The Content-Security-Policy refuses it, and the page would be broken in silence."""
    where, text = path.relative_to(ROOT), text_of(path)
    assert "<style" not in text, f"{where} has a <style>: put it into the style sheet."
    for match in re.finditer(r"<script\b([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert "src=" in match[1], f"{where} has an inline script: put it into site.js."
        assert not match[2].strip(), f"{where} has words in a script that has a src."
    for tag in TAG.finditer(text):
        bad = re.search(r"(?:^|\s)(style|on[a-z]+)\s*=", tag[2])
        assert bad is None, f"{where}: <{tag[1]}{bad[0]} …> is inline, and the policy refuses it."
    assert "javascript:" not in text.lower(), f"{where} has a javascript: address."


@every_template
def test_what_htmx_does_a_plain_browser_can_do(path: Path) -> None:
    for tag in TAG.finditer(text_of(path)):
        if re.search(r"\s(?:data-)?hx-(get|post|put|patch|delete)\s*=", tag[2]):
            need = "href" if tag[1] == "a" else "action" if tag[1] == "form" else ""
            real = re.search(rf"\s{need or 'nothing'}\s*=", tag[2])
            if (
                tag[1] == "input"
            ):  # what it asks while somebody types, the button right after it asks without a script
                real = re.match(r"\s*<button type=\"submit\" name=", text_of(path)[tag.end() :])
            assert real, (
                f"{path.relative_to(ROOT)}: <{tag[1]}> asks through htmx without a real href or action, so it does "
                "nothing where scripts are off."
            )


@every_template
def test_a_form_that_posts_is_protected(path: Path) -> None:
    text = path.read_text()
    for match in re.finditer(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        inside = match[0]
        assert "csrf_token" in inside or "reply.html#fields" in inside, (
            f"{path.relative_to(ROOT)} has a form that posts without its token: it would always be refused."
        )


@every_template
def test_what_is_trusted_was_cleaned(path: Path) -> None:
    """`|safe` stands at one thing: the elaboration, which was set and cleaned when it was saved."""
    for match in re.finditer(r"\{\{([^}]*\|\s*safe[^}]*)\}\}|\{% autoescape off %\}", path.read_text()):
        assert (match[1] or "").strip() in ("card.html|safe", "argument.elaboration_html|safe"), (
            f"{path.relative_to(ROOT)} trusts {match[0]}: nothing but the cleaned elaboration may pass as it is."
        )
