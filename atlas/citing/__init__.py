"""How a record and the clause that it quotes are cited: one form a file; `FORMS` lists them.

Core. Two things can be cited, our revision and the platform's clause; each is one `Cited`, and a form is a
pure function of it. All of them say what a reader must know (draft, former, withdrawn, superseded,
disputed, invented). None holds the day on which it was read: that is the reader's to add.
"""

from collections.abc import Callable
from typing import NamedTuple

from atlas.citing import apa, bibtex, bluebook, csl_json, oscola, plain, ris
from atlas.citing.cited import Cited
from atlas.citing.clause import clause, former_clause
from atlas.citing.record import former_revision, record
from atlas.words import Words

__all__ = ["FORMS", "Cited", "Form", "clause", "former_clause", "former_revision", "record"]


class Form(NamedTuple):
    """One way to cite: the key of its name in `citation-form`, and the function that does it."""

    key: str
    cite: Callable[[Words, Cited], str]


FORMS = (
    Form("plain", plain.plain),
    Form("apa", apa.apa),
    Form("bluebook", bluebook.bluebook),
    Form("oscola", oscola.oscola),
    Form("bibtex", bibtex.bibtex),
    Form("ris", ris.ris),
    Form("csl-json", csl_json.csl_json),
)
