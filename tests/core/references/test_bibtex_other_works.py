"""Real chapters, theses, reports, speeches, films …, as people’s bibliographies have them: read exactly as they are."""

from __future__ import annotations

from typing import Any

import pytest

from debates.bibliography.csl import check_item
from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.bibtex_writing import Dialect, write_bibtex

# An entry as it is pasted, and its item of CSL-JSON. Any: JSON.
WORKS: list[tuple[str, dict[str, Any]]] = [
    (
        """@phdthesis{shannon1940,
  author = {Shannon, Claude Elwood}, title = {An Algebra for Theoretical Genetics},
  school = {Massachusetts Institute of Technology}, year = {1940}
}""",
        {
            "type": "thesis",
            "genre": "PhD thesis",
            "author": [{"family": "Shannon", "given": "Claude Elwood"}],
            "title": "An Algebra for Theoretical Genetics",
            "publisher": "Massachusetts Institute of Technology",
            "issued": {"date-parts": [[1940]]},
        },
    ),
    (
        """@techreport{postel1981,
  author = {Jon Postel}, title = {Transmission Control Protocol}, type = {Request for Comments},
  number = {793}, year = {1981}, month = {September}, url = {https://www.rfc-editor.org/rfc/rfc793}
}""",
        {
            "type": "report",
            "author": [{"family": "Postel", "given": "Jon"}],
            "title": "Transmission Control Protocol",
            "genre": "Request for Comments",
            "number": "793",
            "issued": {"date-parts": [[1981, 9]]},
            "URL": "https://www.rfc-editor.org/rfc/rfc793",
        },
    ),
    (
        """@report{who2000,
  author = {{World Health Organization}}, title = {The World Health Report 2000}, subtitle = {Health Systems: Improving
  Performance}, institution = {World Health Organization}, location = {Geneva}, date = {2000}
}""",
        {
            "type": "report",
            "author": [{"literal": "World Health Organization"}],
            "title": "The World Health Report 2000: Health Systems: Improving Performance",
            "publisher": "World Health Organization",
            "publisher-place": "Geneva",
            "issued": {"date-parts": [[2000]]},
        },
    ),
    (
        """@inproceedings{vaswani2017nips,
  author = {Vaswani, Ashish and Shazeer, Noam and others},
  title = {Attention is All you Need},
  booktitle = {Advances in Neural Information Processing Systems}, volume = {30}, pages = {5998--6008}, year = {2017}
}""",
        {
            "type": "paper-conference",
            "author": [{"family": "Vaswani", "given": "Ashish"}, {"family": "Shazeer", "given": "Noam"}],
            "title": "Attention is All you Need",
            "container-title": "Advances in Neural Information Processing Systems",
            "volume": "30",
            "page": "5998-6008",
            "issued": {"date-parts": [[2017]]},
        },
    ),
    (
        """@inbook{quine1953,
  author = {Quine, Willard Van Orman}, title = {Two Dogmas of Empiricism}, booktitle = {From a Logical Point of View},
  publisher = {Harvard University Press}, location = {Cambridge, Massachusetts}, date = {1953}, pages = {20--46}
}""",
        {
            "type": "chapter",
            "author": [{"family": "Quine", "given": "Willard Van Orman"}],
            "title": "Two Dogmas of Empiricism",
            "container-title": "From a Logical Point of View",
            "publisher": "Harvard University Press",
            "publisher-place": "Cambridge, Massachusetts",
            "issued": {"date-parts": [[1953]]},
            "page": "20-46",
        },
    ),
    (
        """@incollection{tversky1982,
  author = {Tversky, Amos and Kahneman, Daniel}, title = {Judgment under Uncertainty: Heuristics and Biases},
  crossref = {kahneman1982}, pages = {3--20}
}
@collection{kahneman1982,
  editor = {Kahneman, Daniel and Slovic, Paul and Tversky, Amos},
  title = {Judgment under Uncertainty}, subtitle = {Heuristics and Biases},
  publisher = {Cambridge University Press}, location = {Cambridge}, date = {1982}
}""",
        {
            "type": "chapter",
            "author": [{"family": "Tversky", "given": "Amos"}, {"family": "Kahneman", "given": "Daniel"}],
            "title": "Judgment under Uncertainty: Heuristics and Biases",
            "container-title": "Judgment under Uncertainty: Heuristics and Biases",
            "editor": [
                {"family": "Kahneman", "given": "Daniel"},
                {"family": "Slovic", "given": "Paul"},
                {"family": "Tversky", "given": "Amos"},
            ],
            "publisher": "Cambridge University Press",
            "publisher-place": "Cambridge",
            "issued": {"date-parts": [[1982]]},
            "page": "3-20",
        },
    ),
    (
        r"""@inreference{diderot1751,
  author = {Diderot, Denis}, title = {Autorit{\'e} politique}, editor = {Diderot, Denis and d'Alembert, Jean le Rond},
  booktitle = {Encyclop{\'e}die}, booksubtitle = {ou Dictionnaire raisonn{\'e} des sciences, des arts et des m{\'e}tiers},
  volume = {1}, location = {Paris}, date = {1751}
}""",
        {
            "type": "entry-encyclopedia",
            "author": [{"family": "Diderot", "given": "Denis"}],
            "editor": [
                {"family": "Diderot", "given": "Denis"},
                {"family": "d'Alembert", "given": "Jean le Rond"},
            ],
            "title": "Autorité politique",
            "container-title": "Encyclopédie: ou Dictionnaire raisonné des sciences, des arts et des métiers",
            "volume": "1",
            "publisher-place": "Paris",
            "issued": {"date-parts": [[1751]]},
        },
    ),
    (
        """@booklet{marx1848, author = {Marx, Karl and Engels, Friedrich}, title = {Manifest der Kommunistischen Partei},
  address = {London}, month = feb, year = 1848}""",
        {
            "type": "pamphlet",
            "author": [{"family": "Marx", "given": "Karl"}, {"family": "Engels", "given": "Friedrich"}],
            "title": "Manifest der Kommunistischen Partei",
            "publisher-place": "London",
            "issued": {"date-parts": [[1848, 2]]},
        },
    ),
    (
        """@unpublished{king1963, author = {King, Jr., Martin Luther}, title = {I Have a Dream}, date = {1963-08-28},
  eventtitle = {March on Washington for Jobs and Freedom}, venue = {Washington, D.C.}}""",
        {
            "type": "speech",
            "author": [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}],
            "title": "I Have a Dream",
            "issued": {"date-parts": [[1963, 8, 28]]},
            "event-title": "March on Washington for Jobs and Freedom",
            "event-place": "Washington, D.C.",
        },
    ),
    (
        """@letter{einstein1939, author = {Einstein, Albert}, title = {Letter to Franklin D. Roosevelt},
  date = {1939-08-02}}""",
        {
            "type": "personal_communication",
            "author": [{"family": "Einstein", "given": "Albert"}],
            "title": "Letter to Franklin D. Roosevelt",
            "issued": {"date-parts": [[1939, 8, 2]]},
        },
    ),
    (
        """@patent{edison1880, author = {Edison, Thomas A.}, title = {Electric Lamp}, number = {US 223,898},
  date = {1880-01-27}}""",
        {
            "type": "patent",
            "author": [{"family": "Edison", "given": "Thomas A."}],
            "title": "Electric Lamp",
            "number": "US 223,898",
            "issued": {"date-parts": [[1880, 1, 27]]},
        },
    ),
    (
        """@movie{potemkin, editor = {Eisenstein, Sergei}, editortype = {director}, title = {Battleship Potemkin},
  date = {1925}}""",
        {
            "type": "motion_picture",
            "director": [{"family": "Eisenstein", "given": "Sergei"}],
            "title": "Battleship Potemkin",
            "issued": {"date-parts": [[1925]]},
        },
    ),
    (
        r"""@electronic{gnu, author = {Richard M. Stallman}, title = {The {GNU} Manifesto}, year = 1985,
  howpublished = {\url{https://www.gnu.org/gnu/manifesto.html}}, urldate = {2026-11-01}}""",
        {
            "type": "webpage",
            "author": [{"family": "Stallman", "given": "Richard M."}],
            "title": "The GNU Manifesto",
            "issued": {"date-parts": [[1985]]},
            "URL": "https://www.gnu.org/gnu/manifesto.html",
            "accessed": {"date-parts": [[2026, 11, 1]]},
        },
    ),
]


@pytest.mark.parametrize(("written", "item"), WORKS, ids=[item["title"][:30] for _, item in WORKS])
def test_a_work_is_read_as_its_bibliography_has_it(written: str, item: dict[str, Any]) -> None:
    readout = read_bibtex(written)
    assert not readout.faults
    assert readout.entries[0].item == item
    assert check_item(readout.entries[0].item) == []


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
def test_all_works_together_come_back_as_they_were(dialect: Dialect) -> None:
    items = [item for _, item in WORKS]
    readout = read_bibtex(write_bibtex(items, dialect))
    assert not readout.faults
    assert [entry.item for entry in readout.entries] == items
