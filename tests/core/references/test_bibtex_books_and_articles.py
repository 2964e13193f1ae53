"""Real books and articles, as people’s bibliographies have them: what is read is exactly what is there."""

from __future__ import annotations

from typing import Any

import pytest

from debates.bibliography.csl import check_item
from debates.formats.references.bibtex import read_bibtex
from debates.formats.references.bibtex_writing import Dialect, write_bibtex

# An entry as it is pasted, and its item of CSL-JSON. Any: JSON.
WORKS: list[tuple[str, dict[str, Any]]] = [
    (
        """@Book{lih2011,
  author    = {Lars T. Lih},
  title     = {Lenin},
  publisher = {Reaktion Books},
  address   = {London},
  series    = {Critical Lives},
  year      = 2011,
  isbn      = {978-1-86189-793-0},
}""",
        {
            "type": "book",
            "author": [{"family": "Lih", "given": "Lars T."}],
            "title": "Lenin",
            "publisher": "Reaktion Books",
            "publisher-place": "London",
            "collection-title": "Critical Lives",
            "issued": {"date-parts": [[2011]]},
            "ISBN": "978-1-86189-793-0",
        },
    ),
    (
        """@book{rabinowitch1976,
  author = {Rabinowitch, Alexander},
  title = {The {Bolsheviks} Come to Power},
  subtitle = {The Revolution of 1917 in {Petrograd}},
  publisher = {W. W. Norton}, location = {New York}, date = {1976}, langid = {american}
}""",
        {
            "type": "book",
            "author": [{"family": "Rabinowitch", "given": "Alexander"}],
            "title": "The Bolsheviks Come to Power: The Revolution of 1917 in Petrograd",
            "publisher": "W. W. Norton",
            "publisher-place": "New York",
            "issued": {"date-parts": [[1976]]},
            "language": "en-US",
        },
    ),
    (
        r"""@book{marx1867,
  author = "Marx, Karl",
  title = "Das {K}apital. {K}ritik der politischen {\"O}konomie",
  volume = 1,
  publisher = "Otto Mei{\ss}ner",
  address = "Hamburg",
  year = "1867"
}""",
        {
            "type": "book",
            "author": [{"family": "Marx", "given": "Karl"}],
            "title": "Das Kapital. Kritik der politischen Ökonomie",
            "volume": "1",
            "publisher": "Otto Meißner",
            "publisher-place": "Hamburg",
            "issued": {"date-parts": [[1867]]},
        },
    ),
    (
        """@book{darwin1859,
  author = {Darwin, Charles},
  title = {On the Origin of Species by Means of Natural Selection, or the Preservation of Favoured Races in the
           Struggle for Life},
  shorttitle = {On the Origin of Species},
  location = {London}, publisher = {John Murray}, date = {1859-11-24}
}""",
        {
            "type": "book",
            "author": [{"family": "Darwin", "given": "Charles"}],
            "title": "On the Origin of Species by Means of Natural Selection, or the Preservation of Favoured Races"
            " in the Struggle for Life",
            "title-short": "On the Origin of Species",
            "publisher-place": "London",
            "publisher": "John Murray",
            "issued": {"date-parts": [[1859, 11, 24]]},
        },
    ),
    (
        r"""@article{einstein1905,
  author =       "Albert Einstein",
  title =        "{Zur Elektrodynamik bewegter K{\"o}rper}",
  journal =      "Annalen der Physik",
  volume =       "322",
  number =       "10",
  pages =        "891--921",
  year =         "1905",
  DOI =          "https://doi.org/10.1002/andp.19053221004",
  keywords =     "physics"
}""",
        {
            "type": "article-journal",
            "author": [{"family": "Einstein", "given": "Albert"}],
            "title": "Zur Elektrodynamik bewegter Körper",
            "container-title": "Annalen der Physik",
            "volume": "322",
            "issue": "10",
            "page": "891-921",
            "issued": {"date-parts": [[1905]]},
            "DOI": "10.1002/andp.19053221004",
            "keyword": "physics",
        },
    ),
    (
        """@string{bstj = "Bell System Technical Journal"}
@article(shannon1948,
  author = {Shannon, C. E.}, title = {A Mathematical Theory of Communication}, journal = bstj, month = jul,
  year = 1948, volume = 27, number = 3, pages = {379-423}, doi = {10.1002/j.1538-7305.1948.tb01338.x})""",
        {
            "type": "article-journal",
            "author": [{"family": "Shannon", "given": "C. E."}],
            "title": "A Mathematical Theory of Communication",
            "container-title": "Bell System Technical Journal",
            "issued": {"date-parts": [[1948, 7]]},
            "volume": "27",
            "issue": "3",
            "page": "379-423",
            "DOI": "10.1002/j.1538-7305.1948.tb01338.x",
        },
    ),
    (
        """@article{turing1950,
  author = {Turing, A. M.}, title = {Computing Machinery and Intelligence}, journaltitle = {Mind},
  date = {1950-10}, volume = {LIX}, number = {236}, pages = {433--460}, doi = {10.1093/mind/LIX.236.433},
}""",
        {
            "type": "article-journal",
            "author": [{"family": "Turing", "given": "A. M."}],
            "title": "Computing Machinery and Intelligence",
            "container-title": "Mind",
            "issued": {"date-parts": [[1950, 10]]},
            "volume": "LIX",
            "issue": "236",
            "page": "433-460",
            "DOI": "10.1093/mind/LIX.236.433",
        },
    ),
    (
        """@article{watson1953,
  author = {Watson, J. D. and Crick, F. H. C.},
  title = {Molecular Structure of Nucleic Acids: A Structure for Deoxyribose Nucleic Acid},
  journal = {Nature}, year = {1953}, month = apr # "~25", volume = {171}, number = {4356}, pages = {737--738},
  doi = {10.1038/171737a0}
}""",
        {
            "type": "article-journal",
            "author": [{"family": "Watson", "given": "J. D."}, {"family": "Crick", "given": "F. H. C."}],
            "title": "Molecular Structure of Nucleic Acids: A Structure for Deoxyribose Nucleic Acid",
            "container-title": "Nature",
            "issued": {"date-parts": [[1953, 4, 25]]},
            "volume": "171",
            "issue": "4356",
            "page": "737-738",
            "DOI": "10.1038/171737a0",
        },
    ),
    (
        r"""@article{zola1898,
  author = {{\'E}mile Zola}, title = {{J'accuse}{\ldots}!}, journaltitle = {L'Aurore}, date = {1898-01-13},
  entrysubtype = {newspaper}, pages = {1}, langid = {french}
}""",
        {
            "type": "article-newspaper",
            "author": [{"family": "Zola", "given": "Émile"}],
            "title": "J'accuse…!",
            "container-title": "L'Aurore",
            "issued": {"date-parts": [[1898, 1, 13]]},
            "page": "1",
            "language": "fr",
        },
    ),
    (
        r"""@misc{vaswani2017,
      title={Attention Is All You Need},
      author={Ashish Vaswani and Noam Shazeer and Niki Parmar and Jakob Uszkoreit and Llion Jones and Aidan N. Gomez
              and {\L}ukasz Kaiser and Illia Polosukhin},
      year={2017},
      eprint={1706.03762},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1706.03762},
}""",
        {
            "type": "article",
            "title": "Attention Is All You Need",
            "author": [
                {"family": "Vaswani", "given": "Ashish"},
                {"family": "Shazeer", "given": "Noam"},
                {"family": "Parmar", "given": "Niki"},
                {"family": "Uszkoreit", "given": "Jakob"},
                {"family": "Jones", "given": "Llion"},
                {"family": "Gomez", "given": "Aidan N."},
                {"family": "Kaiser", "given": "Łukasz"},
                {"family": "Polosukhin", "given": "Illia"},
            ],
            "issued": {"date-parts": [[2017]]},
            "custom": {"arxiv": "1706.03762"},
            "archive_collection": "cs.CL",
            "URL": "https://arxiv.org/abs/1706.03762",
        },
    ),
    (
        """@book{knuth1997,
  author = {Knuth, Donald E.}, maintitle = {The Art of Computer Programming}, title = {Fundamental Algorithms},
  volume = {1}, edition = {3}, publisher = {Addison-Wesley}, date = {1997}, isbn = {0-201-89683-4}
}""",
        {
            "type": "book",
            "author": [{"family": "Knuth", "given": "Donald E."}],
            "title": "The Art of Computer Programming",
            "volume-title": "Fundamental Algorithms",
            "volume": "1",
            "edition": "3",
            "publisher": "Addison-Wesley",
            "issued": {"date-parts": [[1997]]},
            "ISBN": "0-201-89683-4",
        },
    ),
    (
        """@book{wittgenstein1922,
  author = {Wittgenstein, Ludwig}, translator = {Ogden, C. K.}, title = {Tractatus Logico-Philosophicus},
  publisher = {Kegan Paul, Trench, Trubner}, location = {London}, date = {1922}, origdate = {1921},
  origtitle = {Logisch-Philosophische Abhandlung}
}""",
        {
            "type": "book",
            "author": [{"family": "Wittgenstein", "given": "Ludwig"}],
            "translator": [{"family": "Ogden", "given": "C. K."}],
            "title": "Tractatus Logico-Philosophicus",
            "publisher": "Kegan Paul, Trench, Trubner",
            "publisher-place": "London",
            "issued": {"date-parts": [[1922]]},
            "original-date": {"date-parts": [[1921]]},
            "original-title": "Logisch-Philosophische Abhandlung",
        },
    ),
    (
        r"""@book{beauvoir1949,
  author = {Simone de Beauvoir}, title = {Le Deuxi\`eme Sexe}, publisher = {Gallimard}, address = {Paris}, year = 1949
}""",
        {
            "type": "book",
            "author": [{"family": "Beauvoir", "given": "Simone", "non-dropping-particle": "de"}],
            "title": "Le Deuxième Sexe",
            "publisher": "Gallimard",
            "publisher-place": "Paris",
            "issued": {"date-parts": [[1949]]},
        },
    ),
    (
        """@book{lenin1918, author = {Ленин, В. И.}, title = {Государство и революция}, location = {Петроград},
  publisher = {Жизнь и знание}, date = {1918}, langid = {russian}}""",
        {
            "type": "book",
            "author": [{"family": "Ленин", "given": "В. И."}],
            "title": "Государство и революция",
            "publisher-place": "Петроград",
            "publisher": "Жизнь и знание",
            "issued": {"date-parts": [[1918]]},
            "language": "ru",
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
