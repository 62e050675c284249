"""`live-page`: the words stand where they were quoted from, now. Core.

That they do not says nothing against the citation: platforms change their words, which is why they are cited.
"""

from atlas.citation_check.elsewhere import stands
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, failed, not_checked, passed


def found(of: Exhibit) -> Found:
    """Look for the quotation in the sources of the document as they are served now."""
    told = [stands(of, seen) for seen in of.pages]
    for is_there, name in told:
        if is_there:
            return passed(f"The words of the quotation stand at {name}, looked at just now.")
    if told and all(is_there is False for is_there, _ in told):
        return failed(
            f"The words of the quotation do not stand at {told[0][1]} now;"
            " that says nothing of the day on which they were recorded."
        )
    why = next((said for is_there, said in told if is_there is None), of.pages_absent)
    return not_checked(why)
