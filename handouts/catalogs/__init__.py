"""gettext catalogs: templates out, translations in. Nothing downstream of this room knows gettext."""

from handouts.catalogs.check import check_translation
from handouts.catalogs.pseudo import pseudo_translations
from handouts.catalogs.read import CatalogFile, read_catalog, translations_of
from handouts.catalogs.write import merged_catalog, template

__all__ = [
    "CatalogFile",
    "check_translation",
    "merged_catalog",
    "pseudo_translations",
    "read_catalog",
    "template",
    "translations_of",
]
