"""The editorial rules: one a file, each with its code, its sentence and a generator of problems.

Core. A new check is a new file and a line in `CHECKS`; `tests/broken/<code>/` shows what it says.
"""

from dataclasses import replace
from datetime import date

from atlas.checks import (
    address_form,
    address_fragment,
    address_taken,
    address_target,
    alias_taken,
    built_in_stance,
    changed_id,
    circular_reference,
    claim_ends_with_stop,
    clause_block,
    confidence_without_review,
    date_order,
    dead_link,
    duplicate_id,
    edition_elsewhere,
    empty_section,
    example_platform,
    example_type,
    former_revision_edited,
    heading_form,
    heading_order,
    id_not_given,
    id_prefix,
    incomplete_example,
    invalid_slug,
    invisible_character,
    link_not_https,
    lost_statement,
    lost_status,
    markdown_in_clause,
    missing_checked_on,
    missing_heading,
    missing_parent,
    missing_record,
    moved_record,
    number_gap,
    open_fence,
    part_and_whole,
    plain_language,
    platform_in_title,
    question_form,
    raw_markup,
    repeated_analysis,
    repeated_reference,
    reserved_root,
    security_expires,
    silent_clause,
    stance_order,
    status_incomplete,
    text_outside_sections,
    threshold_order,
    to_or_gone,
    unexplained_grade,
    unknown_heading,
    unknown_jurisdiction,
    unknown_listing,
    unknown_reference,
    unpublished_revision,
    unrevised_change,
    unused_category,
    vanished_address,
    verdict,
    withheld_words,
    wordless_clause,
    wordless_statement,
)
from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem

CHECKS: tuple[Check, ...] = (
    # names and places
    invalid_slug.CHECK,
    reserved_root.CHECK,
    missing_parent.CHECK,
    missing_record.CHECK,
    number_gap.CHECK,
    duplicate_id.CHECK,
    id_not_given.CHECK,
    id_prefix.CHECK,
    alias_taken.CHECK,
    address_form.CHECK,
    address_taken.CHECK,
    address_target.CHECK,
    to_or_gone.CHECK,
    # what was published
    changed_id.CHECK,
    moved_record.CHECK,
    vanished_address.CHECK,
    unrevised_change.CHECK,
    unpublished_revision.CHECK,
    lost_status.CHECK,
    lost_statement.CHECK,
    # what refers to what
    unknown_reference.CHECK,
    circular_reference.CHECK,
    repeated_reference.CHECK,
    edition_elsewhere.CHECK,
    unknown_jurisdiction.CHECK,
    address_fragment.CHECK,
    dead_link.CHECK,
    # fields that bear on each other
    date_order.CHECK,
    missing_checked_on.CHECK,
    silent_clause.CHECK,
    status_incomplete.CHECK,
    withheld_words.CHECK,
    former_revision_edited.CHECK,
    confidence_without_review.CHECK,
    unexplained_grade.CHECK,
    part_and_whole.CHECK,
    incomplete_example.CHECK,
    example_platform.CHECK,
    example_type.CHECK,
    # the quotation
    clause_block.CHECK,
    wordless_clause.CHECK,
    wordless_statement.CHECK,
    markdown_in_clause.CHECK,
    # our words
    invisible_character.CHECK,
    platform_in_title.CHECK,
    claim_ends_with_stop.CHECK,
    verdict.CHECK,
    missing_heading.CHECK,
    unknown_heading.CHECK,
    heading_order.CHECK,
    heading_form.CHECK,
    open_fence.CHECK,
    empty_section.CHECK,
    text_outside_sections.CHECK,
    question_form.CHECK,
    raw_markup.CHECK,
    link_not_https.CHECK,
    repeated_analysis.CHECK,
    plain_language.CHECK,
    unknown_listing.CHECK,
    # the shelves
    built_in_stance.CHECK,
    stance_order.CHECK,
    unused_category.CHECK,
    security_expires.CHECK,
    threshold_order.CHECK,
)


def run(atlas: Atlas, as_of: date, *, is_broken: bool = False) -> list[Problem]:
    """Return everything that the checks find, in order of file and place.

    `is_broken`: what the atlas holds of what was published is not what was written then; no check compares with it.
    """
    records = atlas.records
    readable = replace(
        atlas, records=replace(records, provisions=(*records.provisions, *records.damaged))
    )
    return sorted(
        (
            problem
            for check in CHECKS
            if not (is_broken and check.compares)
            for problem in check.find(readable if check.judges_text else atlas, as_of)
        ),
        key=lambda p: p.order,
    )
