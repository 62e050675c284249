"""`archived-copy`: a copy that an archive of others took holds the words. Core."""

from atlas.citation_check.elsewhere import stands
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, failed, not_checked, passed


def found(of: Exhibit) -> Found:
    """Read the copies that are said to hold the words."""
    told = [stands(of, seen) for seen in of.copies]
    for is_there, name in told:
        if is_there:
            return passed(
                f"The words of the quotation stand in the archived copy {name}, read just now."
            )
    for is_there, name in told:
        if is_there is False:
            return failed(
                f"The words of the quotation do not stand in the archived copy {name}, which is said to hold them."
            )
    return not_checked(told[0][1] if told else of.copies_absent)
