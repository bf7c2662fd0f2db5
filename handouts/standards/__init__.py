"""Holds a finished handout against the table of what a handout must meet, line by line: docs/standards.md.

A line is PASSED or FAILED where a program can judge, SCORED with a figure where it can only measure, PERSON where
somebody must look, and NOT_RUN where the check did not run, which is not a pass.
"""

from handouts.standards.evidence import Clearance, Evidence, PaperEvidence
from handouts.standards.table import CRITERIA, Answered, Criterion, judge, passed
from handouts.standards.verdict import Answer, Verdict

__all__ = [
    "CRITERIA",
    "Answer",
    "Answered",
    "Clearance",
    "Criterion",
    "Evidence",
    "PaperEvidence",
    "Verdict",
    "judge",
    "passed",
]
