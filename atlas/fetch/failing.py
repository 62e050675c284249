"""Why an address gave us nothing, on the way up to the one place that makes a `Failed` of it.

Edge. `again` says whether another try may help, `after` what the server asked to wait for.
"""

from atlas.model import Failed, Failure


class NotFetched(Exception):
    """One request came to nothing, or must not be made."""

    def __init__(
        self,
        reason: Failure,
        detail: str,
        *,
        again: bool = False,
        after: str | None = None,
        host: str | None = None,
        unconnected: bool = False,
        status: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.failed = Failed(reason, detail, status)
        self.again = again
        self.after = after
        """`Retry-After` as it came; None where there was none."""
        self.host = host
        """The host whose trouble this is; None where it is the document's alone."""
        self.unconnected = unconnected
        """Whether no connection was made, so that nobody was asked anything."""
