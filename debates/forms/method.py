"""The inputs of the worked example: people's answers about one argument, in numbers. Whatever is typed, it can be computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.strength.semantics import TOP_ANSWER, Check

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 1000
"""The greatest number of people that can be played with."""
LONGEST_NUMBER = 12
"""Letters of a typed number that are looked at and given back; what is longer is none."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What people answered about one argument, and how its one citation was checked, if it has one.

    `yes` and `no` count whole answers to “does it hold up?”; so many `answers` to “does it matter here?” give `points` of 0 to
    4 each, together. `people` are all who voted. `gone`: the argument is taken away.
    """

    yes: int = 0
    no: int = 0
    answers: int = 0
    points: int = 0
    people: int = 0
    check: Check | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence on what was typed into the field with this id, and what is taken for it."""

    field_id: str
    sentence: str


def _number(label: StrOrPromise, most: int = MOST, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        # A field of the kind "number" would show nothing again of what is no number.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9}),
    )


class VotesForm(forms.Form):
    """The answers about one argument, from the query of an address; what the query leaves out is as in the example."""

    gone = forms.BooleanField(label=_("Take it away"), required=False)
    yes = _number(_("Say that it holds up"))
    no = _number(_("Say that it does not"))
    answers = _number(_("Say how much it matters"))
    points = _number(_("Their points, 0 to 4 each"), MOST * TOP_ANSWER)
    people = _number(_("People in all (may be empty)"), 2 * MOST, required=False)
    said_yes = _number(_("Source checked: says it"))
    said_partly = _number(_("Source checked: in part"))
    said_no = _number(_("Source checked: does not"))

    def __init__(self, query: QueryDict, name: str, example: Votes) -> None:
        """Take an address’s query, the name of the argument (“P1”), and what the example says of it."""
        checks = dict(zip(("said_yes", "said_partly", "said_no"), example.check or (), strict=False))
        self.example: dict[str, int] = {
            "yes": example.yes,
            "no": example.no,
            "answers": example.answers,
            "points": example.points,
            **checks,
        }
        self.name = name
        prefix = name.lower()
        typed = {field: query.getlist(f"{prefix}-{field}") for field in self.base_fields}
        given = {f"{prefix}-{field}": str(number) for field, number in self.example.items()}
        given |= {f"{prefix}-{field}": _kept(values[-1]) for field, values in typed.items() if values}
        super().__init__(given, prefix=prefix, use_required_attribute=False)
        for field in {"said_yes", "said_partly", "said_no"} - checks.keys():
            del self.fields[field]
        self.twice = [field for field in self.fields if len(typed[field]) > 1]

    def read(self) -> tuple[Votes, list[Fault]]:
        """Return the answers to compute with, and a sentence for each field that could not be taken at its word."""
        self.is_valid()
        gone: bool = self.cleaned_data.get("gone", False)
        faults: list[Fault] = []
        read = {name: self._whole(name, faults) for name in self.example}
        most = read["answers"] * TOP_ANSWER
        if read["points"] > most:
            said = _t("%(answers)d answers of 0 to 4 give at most %(most)d points, so %(most)d are taken.")
            faults.append(self._fault("points", said % {"answers": read["answers"], "most": most}))
            read["points"] = most
        checked = [read.pop(name) for name in ("said_yes", "said_partly", "said_no") if name in read]
        votes = Votes(
            **read,
            people=self._people(read["yes"] + read["no"], read["answers"], faults),
            check=(checked[0], checked[1], checked[2]) if checked else None,
            gone=gone,
        )
        faults += [
            self._fault(field, _t("given more than once; the last one is taken.")) for field in self.twice
        ]
        return votes, faults

    def _whole(self, name: str, faults: list[Fault]) -> int:
        """Return the number in a field, or the example’s where it holds none."""
        if name not in self.errors:
            number: int = self.cleaned_data[name]
            return number
        said = _t("give a whole number from 0 to %(most)d. Until then it is %(value)d, as in the example.")
        values = {"most": self._most(name), "value": self.example[name]}
        faults.append(self._fault(name, said % values))
        return self.example[name]

    def _people(self, held: int, mattered: int, faults: list[Fault]) -> int:
        """Return how many people voted: as few as can have answered so, unless more are named who can."""
        least, most = max(held, mattered), held + mattered
        people: int | None = self.cleaned_data.get("people")
        if "people" in self.errors or (people is not None and not least <= people <= most):
            said = _t(
                "these answers come from %(least)d people at least and %(most)d at most; %(least)d are taken."
            )
            faults.append(self._fault("people", said % {"least": least, "most": most}))
            return least
        return least if people is None else people

    def _most(self, name: str) -> int:
        return MOST * TOP_ANSWER if name == "points" else MOST

    def _fault(self, name: str, said: str) -> Fault:
        """Return the sentence on a field, which is marked as wrong."""
        bound = self[name]
        if name not in self.errors:
            self.add_error(name, said)
        sentence = _t("%(argument)s, “%(field)s”: %(said)s")
        return Fault(
            bound.id_for_label, sentence % {"argument": self.name, "field": bound.label, "said": said}
        )


def _kept(typed: str) -> str:
    """Return what was typed, cut so that an endless number stays none."""
    typed = typed.replace("\0", "").strip()
    return typed if len(typed) <= LONGEST_NUMBER else f"{typed[:LONGEST_NUMBER]}…"
