"""gettext catalogs: templates out, translations in, approvals beside them. Nothing downstream knows gettext."""

from handouts.catalogs.approval_files import read_approvals, with_words, written_approvals, written_words
from handouts.catalogs.approvals import (
    ApprovedString,
    Change,
    Record,
    approved_words,
    changes,
    check_dates,
    check_name,
    digest_of,
    holding,
    stages_of,
    standing_of,
    voided,
    with_approval,
    with_same_meaning,
)
from handouts.catalogs.checks import CHECKS, check_translation
from handouts.catalogs.pseudo import pseudo_translations
from handouts.catalogs.read import CatalogFile, Entry, State, entries_of, plural_counts, read_catalog, translations_of
from handouts.catalogs.write import merged_catalog, template

__all__ = [
    "CHECKS",
    "ApprovedString",
    "CatalogFile",
    "Change",
    "Entry",
    "Record",
    "State",
    "approved_words",
    "changes",
    "check_dates",
    "check_name",
    "check_translation",
    "digest_of",
    "entries_of",
    "holding",
    "merged_catalog",
    "plural_counts",
    "pseudo_translations",
    "read_approvals",
    "read_catalog",
    "stages_of",
    "standing_of",
    "template",
    "translations_of",
    "voided",
    "with_approval",
    "with_same_meaning",
    "with_words",
    "written_approvals",
    "written_words",
]
