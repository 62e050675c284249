"""Questions holds questions as `###` headings, each with its answer beneath."""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.headings import QUESTIONS
from atlas.checks.places import section_passage
from atlas.model import Atlas, Provision, Section
from atlas.problem import Problem

_QUESTION = re.compile(r"^ {0,3}###(?!#)[ \t]*(?P<words>[^\n]*)$", re.MULTILINE)


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in provision.sections:
            if section.heading == QUESTIONS and section.text.strip():
                yield from _judge(provision, section)


CHECK = Check("question-form", __doc__, _find, judges_text=True)


def _judge(of: Provision, section: Section) -> Iterator[Problem]:
    passage, text = section_passage(section), without_code(section.text)
    questions = list(_QUESTION.finditer(text))
    if not questions:
        hint = "write each question as `### Is there a way out?` and its answer beneath"
        yield of.origin.problem(CHECK.code, section.span, "the section holds no question", hint)
        return
    if text[: questions[0].start()].strip():
        end = section.text.find("\n")
        span = passage.span(0, end if end >= 0 else len(section.text))
        yield of.origin.problem(
            CHECK.code, span, "text stands above the first question", "move it below a question"
        )
    ends = [*(q.start() for q in questions[1:]), len(text)]
    for question, end in zip(questions, ends, strict=True):
        words, span = (
            section.text[slice(*question.span("words"))].strip(),
            passage.span(*question.span()),
        )
        if not words:
            yield of.origin.problem(
                CHECK.code, span, "this question has no words", "write the question after `###`"
            )
        elif not section.text[question.end() : end].strip():
            yield of.origin.problem(
                CHECK.code,
                span,
                f"`{words}` has no answer",
                "write it on the lines below, or take the question out",
            )
