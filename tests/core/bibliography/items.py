"""Items of CSL-JSON as hypothesis makes them: every field of the standard, filled as its schema allows."""

from typing import Any

from hypothesis import strategies as st

from debates.bibliography.csl import FIELDS

HOSTILE = (
    "",
    " ",
    "x" * 10_000,
    "</script><script>alert(1)</script>",
    "\u202ecranes\u202c",
    "\u200b\ufeff",
    "<b>&amp;</b>",
    "{\\textbf{x}}",
    "c. 1902",
    "1917/1918",
    "1917-11-07",
    "٢٠٢٠",
    "9" * 50,
)
TEXT = st.sampled_from(HOSTILE) | st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30
)
NUMBER = TEXT | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
FLAG = NUMBER | st.booleans()
NAME = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("family", "given", "literal", "suffix"), TEXT),
        **dict.fromkeys(("dropping-particle", "non-dropping-particle"), TEXT),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), FLAG),
    },
)
PART = NUMBER | st.integers(-2000, 2100) | st.integers(0, 32).map(str)
DATE = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(st.lists(PART, min_size=1, max_size=3), min_size=1, max_size=2),
        "season": NUMBER | st.integers(1, 4),
        "circa": FLAG,
        "literal": TEXT,
        "raw": TEXT,
    },
)
# Values of any kind, since it is JSON.
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBER,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
CUSTOM = st.dictionaries(
    st.sampled_from(["arxiv", "archived-url", "archived-date", "short_id"]), JSON, max_size=4
)
_FIELDS = {
    **dict.fromkeys(FIELDS["texts"], TEXT),
    **dict.fromkeys(FIELDS["numbers"], NUMBER),
    **{key: st.lists(NAME, max_size=3) for key in FIELDS["names"]},
    **dict.fromkeys(FIELDS["dates"], DATE),
    "id": NUMBER,
    "categories": st.lists(TEXT, max_size=3),
    "custom": CUSTOM,
}


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """Make an item of a few fields. Any: JSON."""
    keys = draw(st.sets(st.sampled_from(sorted(_FIELDS)), max_size=8))
    kind = draw(st.sampled_from(FIELDS["types"]))
    return {"type": kind, **{key: draw(_FIELDS[key]) for key in sorted(keys)}}


def filled(value: Any) -> Any:
    """Return a value without what is empty in it: nulls, empty texts, lists and objects. Any: JSON."""
    if isinstance(value, dict):
        kept = {key: filled(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if not _empty(one)}
    if isinstance(value, list):
        return [one for one in map(filled, value) if not _empty(one)]
    return value


def _empty(value: object) -> bool:
    return value is None or value in ("", [], {})
