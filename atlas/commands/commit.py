"""`./run commit`: put what was entered on the published branch. Door."""

from pathlib import Path

import click

from atlas.commands.options import refuse_forks, repository_option


@click.command()
@repository_option
@click.pass_obj
def commit(root: Path, repository: str | None) -> int:
    """Commit what assign and register wrote to the published branch, or stop where that has moved on.

    For the workflow that publishes: it needs `gh` with a token that may write. Where the branch takes no
    direct pushes, what was entered waits in a pull request, and the workflow is told of no commit. The
    branch that is checked out goes along with what was pushed, and no file is touched.
    """
    from atlas import committing as line
    from atlas import examine, job_summary, revision
    from atlas.forge import Forge

    instead = "Elsewhere, git commits what you want to keep."
    refuse_forks(root, repository, "what is published is committed", instead)
    site = examine.settings_of(root)
    author = f"{site.title} publisher <{site.contact}>"
    running = repository or revision.repository(root) or site.repository
    made = line.commit(Forge(root, running, author), site.branch, print)
    job_summary.hand_on("commit", made or "")
    return 0
