"""`clause-hash`: the quotation in clause-v1 has the hash that the log says. Core."""

from atlas.canonical import CLAUSE_FORM, clause_sha256
from atlas.citation_check.exhibit import Exhibit, leaf_named
from atlas.citation_check.found import Found, failed, not_checked, passed


def found(of: Exhibit) -> Found:
    """Compare the quotation with the leaves of its revision."""
    if of.tree is None:
        return not_checked("There is no record at hand that can be read, so no quotation either.")
    if of.withheld:
        return not_checked("The quotation is withheld with the words of this revision.")
    if of.no_leaf:
        return not_checked(of.no_leaf)
    if not of.cited:
        return failed(
            f"The proof holds no leaf of revision {of.revision}, so nothing vouches for the quotation."
        )
    actual = _hash(of.quote)
    for entry in of.cited:
        if entry.leaf.clause_sha256 != actual:
            return failed(
                f"The quotation has the hash {actual or 'of nothing'} in {CLAUSE_FORM}, and {leaf_named(entry)}"
                f" says {entry.leaf.clause_sha256 or 'that there is none'}."
            )
    if actual is None:
        return passed(f"The record quotes nothing, and {leaf_named(of.cited[0])} says so.")
    return passed(
        f"The hash of the quotation in {CLAUSE_FORM}, {actual}, is the one in {leaf_named(of.cited[0])}."
    )


def _hash(quote: str | None) -> str | None:
    try:
        return None if quote is None else clause_sha256(quote)
    except UnicodeEncodeError:  # half of a pair of surrogates
        return "of what is no text"
