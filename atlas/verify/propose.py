"""Hands on what the verifier found: evidence to the published branch, changes and concerns to people.

A line: evidence -> proposals -> forge, or a folder of patches. It edits no file of the working copy.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from atlas.editing.fields import EditFault
from atlas.editing.quotation import adopt
from atlas.forge import Forge, MovedFault, ProtectedFault, Thread
from atlas.model import Atlas
from atlas.problem import Fault
from atlas.proposals import Concern, Proposal, concern_mark, concerns, proposals
from atlas.words import Words
from atlas.write import replace_file

EVIDENCE = "data/evidence"
EVIDENCE_BRANCH = "verify/evidence"
CHECK, PUBLISH = "check.yml", "publish.yml"
"""Workflows that are started by hand, since what a workflow's own token pushes starts none."""

_TRIES = 3
_HEALTHY = "The evidence no longer calls for this: closed by the scheduled look at the sources."

Say = Callable[[str], None]


class ProposeFault(Fault):
    """What was found cannot be handed on; says why."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is to be handed on, and the atlas that calls for it."""

    atlas: Atlas = field(repr=False)
    proposals: tuple[Proposal, ...]
    concerns: tuple[Concern, ...]


def findings(atlas: Atlas, words: Words, now: datetime) -> Findings:
    """Return what the evidence of an atlas calls for."""
    address = atlas.site.address
    return Findings(atlas, proposals(atlas, words, address), concerns(atlas, now, words, address))


def to_patches(root: Path, found: Findings, folder: Path, say: Say) -> None:
    """Write a patch and a description for each proposal, and a description for each concern."""
    folder.mkdir(parents=True, exist_ok=True)
    for proposal in found.proposals:
        edited, refused = _edited(root, found.atlas, proposal)
        patch = "".join(_patch(root, path, content) for path, content in sorted(edited.items()))
        replace_file(folder / f"{proposal.document}.patch", patch.encode())
        body = _with_refusals(proposal.body, refused)
        replace_file(folder / f"{proposal.document}.md", f"# {proposal.title}\n\n{body}".encode())
        say(f"{proposal.title}: {folder / proposal.document}.patch")
    for concern in found.concerns:
        name = f"{concern.document}-concern.md"
        replace_file(folder / name, f"# {concern.title}\n\n{concern.body}".encode())
        say(f"{concern.title}: {folder / name}")


def to_github(root: Path, found: Findings, forge: Forge, branch: str, say: Say) -> None:
    """Commit the evidence to `branch`, open or update pull requests and issues, start what must run.

    Raises:
        ForgeFault: git or gh refuses; what was done before stays, and the next run goes on from there.
        ProposeFault: another run recorded evidence in the meantime.
    """
    if found.proposals or found.concerns:
        forge.make_label()
    published = _publish_evidence(forge, branch, say)
    for name in _propose(root, found, forge, branch, say):
        forge.start(CHECK, name)
    _raise_concerns(found.concerns, forge, say)
    if published:
        forge.start(CHECK, branch)
        forge.start(PUBLISH, branch)
        say(f"{CHECK} and {PUBLISH} were started on {branch}")


def _publish_evidence(forge: Forge, branch: str, say: Say) -> bool:
    """Commit the machine files to the branch; return whether it has them now."""
    files = forge.changed_below(EVIDENCE)
    if not files:
        say("no new evidence")
        return False
    for _ in range(_TRIES):
        tip = forge.head(branch)
        if tip is None:
            raise ProposeFault(f"origin has no branch `{branch}`")
        if not forge.is_same(forge.checked_out(), tip, EVIDENCE):
            raise ProposeFault(
                f"another run has written {EVIDENCE} in the meantime; the next look starts from there"
            )
        commit = forge.commit(tip, files, "Evidence: record what the sources say now\n")
        if commit is None:
            return False
        try:
            forge.push(commit, branch)
        except MovedFault:
            continue
        except ProtectedFault:
            _evidence_by_pull_request(forge, commit, branch, say)
            return False
        say(f"{len(files)} files of evidence committed to {branch}")
        return True
    raise ProposeFault(
        f"{branch} keeps moving; nothing was committed, and the next look starts anew"
    )


def _evidence_by_pull_request(forge: Forge, commit: str, branch: str, say: Say) -> None:
    forge.push(commit, EVIDENCE_BRANCH, force=True)
    if not forge.pulls(branch=EVIDENCE_BRANCH):
        body = "Machine files only: what the sources said at the last looks.\n"
        forge.make_label()
        forge.open_pull(EVIDENCE_BRANCH, branch, "Evidence: what the sources say now", body)
    forge.merge_when_ready(EVIDENCE_BRANCH)
    forge.start(CHECK, EVIDENCE_BRANCH)
    say(f"{branch} is protected: the evidence waits in the pull request of {EVIDENCE_BRANCH}")


def _propose(root: Path, found: Findings, forge: Forge, base: str, say: Say) -> list[str]:
    """Bring each document's one pull request up to date; return the branches that got a commit."""
    pushed = []
    standing = _ours(forge)
    tip = forge.head(base)
    if tip is None:
        raise ProposeFault(f"origin has no branch `{base}`")
    for proposal in found.proposals:
        pull = standing.pop(proposal.branch, None)
        if pull is None and any(
            proposal.mark in p.body for p in forge.pulls("closed", proposal.branch)
        ):
            say(
                f"{proposal.document}: a person has closed this proposal before; it is not made again"
            )
            continue
        edited, refused = _edited(root, found.atlas, proposal)
        commit = (
            forge.commit(tip, edited, f"{proposal.title}\n\n{proposal.mark}\n") if edited else None
        )
        if commit is None:
            say(f"{proposal.document}: {'; '.join(refused) or 'nothing to edit'}")
            continue
        if _bring(forge, proposal, commit):
            pushed.append(proposal.branch)
        body = _with_refusals(proposal.body, refused)
        if pull is None:
            forge.open_pull(proposal.branch, base, proposal.title, body)
            say(f"{proposal.title}: pull request opened")
        elif (pull.title, pull.body.strip()) != (proposal.title, body.strip()):
            forge.edit_pull(pull.number, proposal.title, body)
            say(f"{proposal.title}: pull request {pull.number} updated")
    for name, pull in standing.items():
        forge.close_pull(pull.number, _HEALTHY)
        forge.delete_branch(name)
        say(f"pull request {pull.number} of {name} closed")
    return pushed


def _ours(forge: Forge) -> dict[str, Thread]:
    """Return the open pull requests about documents, by branch."""
    found = {pull.branch: pull for pull in forge.pulls() if "<!-- proposal:" in pull.body}
    return {name: pull for name, pull in found.items() if name.startswith("verify/")}


def _bring(forge: Forge, proposal: Proposal, commit: str) -> bool:
    """Push the commit unless the branch makes the same change already."""
    there = forge.head(proposal.branch)
    if there and forge.same_change(there, commit):
        return False
    forge.push(commit, proposal.branch, force=True)
    return True


def _raise_concerns(wanted: Iterable[Concern], forge: Forge, say: Say) -> None:
    standing = forge.issues()
    wanted = tuple(wanted)
    for concern in wanted:
        issue = next((i for i in standing if concern.mark in i.body), None)
        if issue is None:
            forge.open_issue(concern.title, concern.body)
            say(f"{concern.title}: issue opened")
        elif (issue.title, issue.body.strip()) != (concern.title, concern.body.strip()):
            forge.edit_issue(issue.number, concern.title, concern.body)
            say(f"{concern.title}: issue {issue.number} updated")
    marks = {concern_mark(concern.document) for concern in wanted}
    for issue in standing:
        if "<!-- concern:" in issue.body and not any(mark in issue.body for mark in marks):
            forge.close_issue(issue.number, _HEALTHY)
            say(f"issue {issue.number} closed: {issue.title}")


def _edited(
    root: Path, atlas: Atlas, proposal: Proposal
) -> tuple[dict[str, bytes | None], list[str]]:
    """Return the files of the edited records by path, and what could not be edited and why."""
    edited: dict[str, bytes | None] = {}
    refused = []
    for edit in proposal.edits:
        try:
            record = atlas.by_id[edit.record]
            edited |= adopt(root, atlas, record, edit.words, edit.seen_at, edit.because)
        except EditFault as fault:
            refused.append(f"{edit.path} was left alone: {fault}")
    return edited, refused


def _with_refusals(body: str, refused: list[str]) -> str:
    return body + "".join(f"\n- {line}" for line in refused)


def _patch(root: Path, path: str, content: bytes | None) -> str:
    """Return what a file becomes, as `git apply` takes it; a new one where there is none."""
    there = (root / path).is_file()
    before = (root / path).read_text(encoding="utf-8").splitlines(keepends=True) if there else []
    after = (content or b"").decode().splitlines(keepends=True)
    old = f"a/{path}" if there else "/dev/null"
    return "".join(difflib.unified_diff(before, after, old, f"b/{path}"))
