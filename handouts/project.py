"""The user's world: which files there are, and which of two wins. The only room that opens files.

A project is a folder with a handouts.toml. What lies in its conditions/, locales/, brands/ and templates/ wins over
what we ship; `handouts where NAME` says which file won.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.brands import build_brand
from handouts.catalogs import (
    Record,
    approved_words,
    check_dates,
    holding,
    pseudo_translations,
    read_approvals,
    read_catalog,
    standing_of,
    translations_of,
    voided,
    with_words,
)
from handouts.content import build_condition, build_library, build_page_words, build_terms, build_tone, list_messages
from handouts.files import (
    CHECKOUT,
    MARKER,
    PACKAGE,
    SHIPPED_FOLDERS,
    read_bytes,
    read_text,
    root_above,
    shipped,
    shown,
)
from handouts.languages import is_language, language
from handouts.model.approval import NOT_APPROVED, Stage
from handouts.model.message import SHARED_DOMAIN, WEB_DOMAIN, Message, Translations
from handouts.model.spoken import Spoken
from handouts.problems import HandoutsError, Location, Problem, Severity, UsageError, did_you_mean
from handouts.render import Templates

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.catalogs import CatalogFile
    from handouts.languages import Language
    from handouts.model.approval import Approval, Standing
    from handouts.model.brand import Brand
    from handouts.model.condition import Condition, Library
    from handouts.model.terms import TermsFile
    from handouts.model.tone import ToneWord

APPROVALS = "approvals.toml"
APPROVED = "approved"
BRAND_FILE = "brand.toml"
LIBRARY_FILES = ("sources", "glossary", "organisations", "inheritance", "labels")
PAGE_FILE = "web.yaml"
MAX_CONTENT_BYTES = 1_000_000
MAX_BRAND_BYTES = 50_000
MAX_CATALOG_BYTES = 5_000_000
MAX_PAGE_BYTES = 20_000_000
MAX_PDF_BYTES = 200_000_000

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_@.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_@.-]*)*")


@dataclass(frozen=True, slots=True)
class Project:
    """A user's folder over what we ship, or what we ship alone when `root` is None."""

    root: Path | None = None

    # -------------------------------------------------------------------------------------- which file

    def candidates(self, name: str) -> tuple[Path, ...]:
        """Where the file called `name` (such as conditions/x.yaml) may stand, the winner first."""
        top, _, rest = name.partition("/")
        below = shipped(top) / rest if top in SHIPPED_FOLDERS else PACKAGE / "library" / name
        if self.root is None or top == "fonts":
            return (below,)
        return (self.root / name, below)

    def find(self, name: str) -> Path | None:
        """The file that wins for `name`, or None."""
        if not _NAME.fullmatch(name) or ".." in name:
            return None
        for path in self.candidates(name):
            if path.is_file():
                if self.root is not None and path.is_relative_to(self.root):
                    self.refuse_outside(path)
                return path
        return None

    def refuse_outside(self, path: Path) -> None:
        """Raise `HandoutsError` when `path` leads out of the project by a link."""
        assert self.root is not None
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise HandoutsError(Problem("outside-project", "this link leads out of the project", Location(str(path))))

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names of the files in `folder` that end with `suffix`, of both layers, sorted."""
        found: set[str] = set()
        for path in self.candidates(folder):
            if path.is_dir():
                found.update(str(file.relative_to(path)) for file in path.rglob(f"*{suffix}") if file.is_file())
        return tuple(sorted(found))

    # ------------------------------------------------------------------------------------------ content

    def condition_ids(self) -> tuple[str, ...]:
        """The conditions that there are."""
        return tuple(name.removesuffix(".yaml") for name in self.names("conditions", ".yaml"))

    def library(self) -> Library:
        """The shared library."""
        texts = {}
        for kind in LIBRARY_FILES:
            path = self.find(f"{kind}.yaml")
            assert path is not None, "the library is shipped"
            texts[kind] = (shown(path), read_text(path, MAX_CONTENT_BYTES))
        return build_library(texts)

    def tone(self) -> Mapping[str, tuple[ToneWord, ...]]:
        """The words to avoid, by language."""
        path = self.find("tone.yaml")
        assert path is not None, "the list is shipped"
        return build_tone(shown(path), read_text(path, MAX_CONTENT_BYTES))

    def domains(self) -> Mapping[str, tuple[Message, ...]]:
        """Every domain of catalogs with its strings in their order: what handouts share, the page's, each condition's.

        Raises `HandoutsError` with the problems of every content file.
        """
        library = self.library()
        found = {
            SHARED_DOMAIN: tuple(library.messages.values()),
            WEB_DOMAIN: tuple(self.page_messages().values()),
        }
        problems: list[Problem] = []
        for condition_id in self.condition_ids():
            try:
                found[condition_id] = list_messages(self._condition(condition_id, library)[0])
            except HandoutsError as error:
                problems.extend(error.problems)
        if problems:
            raise HandoutsError(*problems)
        return MappingProxyType(found)

    def condition(self, condition_id: str) -> tuple[Condition, tuple[Problem, ...]]:
        """The condition, and the warnings about it. Raises `UsageError` for a name that is not there."""
        return self._condition(condition_id, self.library())

    def _condition(self, condition_id: str, library: Library) -> tuple[Condition, tuple[Problem, ...]]:
        path = self.find(f"conditions/{condition_id}.yaml")
        if path is None:
            raise UsageError(
                Problem(
                    "unknown-condition",
                    f"there is no condition called '{condition_id}'",
                    hint=did_you_mean(condition_id, self.condition_ids()),
                )
            )
        return build_condition(shown(path), read_text(path, MAX_CONTENT_BYTES), library, condition_id)

    # ---------------------------------------------------------------------------- words of the clinic's page

    def page_messages(self) -> Mapping[str, Message]:
        """The strings of the page for staff, by key; a file of the project's own must hold each one that ours does."""
        own, *below = (path for path in self.candidates(PAGE_FILE) if path.is_file())
        self.find(PAGE_FILE)  # refuses a link that leads out of the project
        messages = build_page_words(shown(own), read_text(own, MAX_CONTENT_BYTES))
        for path in below:
            wanted = build_page_words(shown(path), read_text(path, MAX_CONTENT_BYTES))
            missing = [key for key in wanted if key not in messages]
            if missing:
                message = f"these words of the page are missing: {', '.join(missing)}"
                hint = f"copy them from {shown(path)}"
                raise HandoutsError(Problem("missing-text", message, Location(shown(own)), hint=hint))
        return messages

    def page_tags(self) -> tuple[str, ...]:
        """English, and the languages that have a catalog of the words of the page."""
        names = (name.split("/")[0] for name in self.names("locales", f"/LC_MESSAGES/{WEB_DOMAIN}.po"))
        return tuple(sorted({"en", *(tag for tag in (n.replace("_", "-") for n in names) if is_language(tag))}))

    def page_words(self, tag: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
        """The words of the page in a language, by key, and warnings.

        Raises `HandoutsError` unless every one of them is there, for no page is in two languages.
        """
        messages = self.page_messages()
        spoken = language(tag)
        file = None if spoken.tag == "en" else self.catalog(WEB_DOMAIN, spoken)
        if file is None:
            return MappingProxyType({key: message.source for key, message in messages.items()}), ()
        by_name = {(WEB_DOMAIN, key): message for key, message in messages.items()}
        said, doubts = translations_of([file], by_name, spoken, self.terms())
        words = {key: strings[0] for (_, key), strings in said.by_key.items()}
        absent = [
            Problem(
                "absent-translation",
                f"no {spoken.english_name} translation of '{WEB_DOMAIN}:{key}': {message.source}",
                message.where,
                hint="it is missing, empty, fuzzy or older than the English; translate it in the catalog",
            )
            for key, message in messages.items()
            if key not in words
        ]
        if absent:
            raise HandoutsError(*absent)
        return MappingProxyType(words), doubts

    def page_spoken(self, tag: str) -> Spoken | None:
        """The words of the page in a language; None when it has no catalog of them, or one that can't be used.

        Raises `HandoutsError` when the English ones can't be.
        """
        if language(tag).tag not in self.page_tags():
            return None
        try:
            return Spoken(language(tag).tag, self.page_words(tag)[0], self.page_is_draft(tag))
        except HandoutsError:
            if language(tag).tag == "en":
                raise
            return None

    def page_is_draft(self, tag: str) -> bool:
        """Whether nobody but their translator has checked the words of the page in a language; English is no draft."""
        record = self.record(WEB_DOMAIN, tag)
        if language(tag).tag == "en" or not record.approvals:
            return language(tag).tag != "en"
        words = {key: (said,) for key, said in self.page_words(tag)[0].items()}
        held = holding(record, approved_words(tuple(self.page_messages().values()), words))
        return standing_of([held], []).stage in {Stage.DRAFT, Stage.TRANSLATED}

    # ------------------------------------------------------------------------------------------- brands

    def brand_ids(self) -> tuple[str, ...]:
        """The brands that there are: each a folder in brands/ of the user's project; we ship none."""
        folder = self.root / "brands" if self.root is not None else None
        if folder is None or not folder.is_dir():
            return ()
        return tuple(sorted(f.name for f in folder.iterdir() if f.is_dir() and not f.name.startswith(".")))

    def brand(self, brand_id: str) -> tuple[Brand, tuple[Problem, ...]]:
        """The brand, and warnings about it. Raises `UsageError` for a name that is not there."""
        if brand_id not in self.brand_ids():
            hint = "make a project with `handouts init DIR`" if self.root is None else None
            hint = hint or did_you_mean(brand_id, self.brand_ids())
            raise UsageError(Problem("unknown-brand", f"there is no brand called '{brand_id}'", hint=hint))
        path = self._beside(brand_id, BRAND_FILE)
        if path is None:
            where = Location(shown(self.root / "brands" / brand_id)) if self.root is not None else None
            message = f"a brand is a folder with a {BRAND_FILE}, and this one holds none"
            hint = "write one: brands/brand.toml.example shows how, or `handouts schema brand`"
            raise HandoutsError(Problem("missing-file", message, where, hint=hint))

        def read(name: str, most: int) -> tuple[str, bytes] | None:
            logo = self._beside(brand_id, name)
            return (shown(logo), read_bytes(logo, most)) if logo is not None else None

        return build_brand(brand_id, shown(path), read_text(path, MAX_BRAND_BYTES), read)

    def _beside(self, brand_id: str, name: str) -> Path | None:
        """A file of a brand, or None. Raises `HandoutsError` when it leads out of the project."""
        assert self.root is not None, "we ship no brands"
        path = self.root / "brands" / brand_id / name
        if not path.is_file():
            return None
        self.refuse_outside(path)
        return path

    # ----------------------------------------------------------------------------------------- catalogs

    def language_tags(self, domain: str) -> tuple[str, ...]:
        """English, and every language that has catalogs for `domain` and for what handouts share."""
        tags = {"en"}
        for name in self.names("locales", f"/LC_MESSAGES/{domain}.po"):
            folder = name.split("/")[0]
            tag = folder.replace("_", "-")
            if is_language(tag) and self.find(f"locales/{folder}/LC_MESSAGES/{SHARED_DOMAIN}.po"):
                tags.add(tag)
        return tuple(sorted(tags))

    def locales(self) -> Path:
        """The project's own folder of catalogs, the only one that is ever written to. Raises `UsageError`."""
        base = self.candidates("locales")[0]
        if self.root is None and base != CHECKOUT / "locales":
            hint = "make one with `handouts init DIR`"
            raise UsageError(Problem("not-a-project", "there is no project here to write catalogs for", hint=hint))
        if self.root is not None:
            self.refuse_outside(base)
        return base

    def stray_locales(self) -> tuple[Problem, ...]:
        """Folders of catalogs whose name is no language: what is in them is never used."""
        folders = {name.split("/")[0] for name in self.names("locales", ".po")}
        return tuple(
            Problem(
                "unknown-language",
                f"the folder locales/{folder} is not named after a language, so it is not used",
                hint="name it as gettext does: es, pt_BR, zh_Hant",
                severity=Severity.WARNING,
            )
            for folder in sorted(folders)
            if not is_language(folder.replace("_", "-"))
        )

    def catalog(self, domain: str, spoken: Language) -> CatalogFile | None:
        """The catalog of `domain` in a language, or None."""
        path = self.find(f"locales/{spoken.gettext_name}/LC_MESSAGES/{domain}.po")
        if path is None:
            return None
        data = read_bytes(path, MAX_CATALOG_BYTES)
        return read_catalog(data, shown(path), domain, spoken)

    def translations(self, condition: Condition, tag: str) -> tuple[Translations, tuple[Problem, ...]]:
        """What the language says for `condition`, and warnings. Raises `UsageError` when it has no catalogs."""
        spoken = language(tag)
        domain = condition.content.id
        if spoken.tag == "en":
            english = Translations("en", MappingProxyType({}), MappingProxyType({}))
            return self._with_standing(condition, english)
        if spoken.is_pseudo:
            return pseudo_translations(messages_of(condition).values(), spoken), ()
        known = self.language_tags(domain)
        if spoken.tag not in known:
            raise UsageError(
                Problem(
                    "unknown-language",
                    f"{domain} has no {spoken.english_name} ({spoken.tag}) translation",
                    hint=f"it has: {', '.join(known)}",
                )
            )
        files: list[CatalogFile] = []
        problems: list[Problem] = []
        for name in (SHARED_DOMAIN, domain):
            try:
                file = self.catalog(name, spoken)
                assert file is not None, "language_tags saw it"
                files.append(file)
            except HandoutsError as error:
                problems.extend(error.problems)
        if problems:
            raise HandoutsError(*problems)
        translations, doubts = translations_of(files, messages_of(condition), spoken, self.terms())
        approved, voids = self._with_standing(condition, translations)
        return approved, (*doubts, *voids)

    # ---------------------------------------------------------------------------------------- approvals

    def record(self, domain: str, tag: str) -> Record:
        """What is recorded of the approvals of `domain` in a language; a project's record takes the place of ours.

        Raises `HandoutsError` when a file of approvals can't be trusted.
        """
        spoken = language(tag)
        folder = f"locales/{spoken.gettext_name}"
        for path in self.candidates(f"{folder}/{APPROVALS}"):
            record = self.records(path, spoken.tag).get(domain)
            if record is not None:
                return self._with_words(record, path)
        return Record(domain, spoken.tag, shown(self.candidates(f"{folder}/{APPROVALS}")[0]))

    def records(self, path: Path, tag: str) -> Mapping[str, Record]:
        """The records of one file of approvals, by domain, without the approved words; none when it is not there."""
        if not path.is_file():
            return {}
        if self.root is not None and path.is_relative_to(self.root):
            self.refuse_outside(path)
        return read_approvals(read_text(path, MAX_CONTENT_BYTES), shown(path), tag)

    def standing(self, condition: Condition, tag: str) -> Standing:
        """What may be said of the condition's words in a language; catalogs are read only where that can matter."""
        if all(self.record(domain, tag).approvals for domain in domains_of(condition)):
            return self.translations(condition, tag)[0].standing
        return NOT_APPROVED

    def approval_problems(self, today: datetime.date) -> tuple[Problem, ...]:
        """What is wrong with the files of approvals, of both layers, without a look at the words of today."""
        problems: list[Problem] = []
        for name in self.names("locales", f"/{APPROVALS}"):
            folder = name.split("/")[0]
            if name != f"{folder}/{APPROVALS}" or not is_language(folder.replace("_", "-")):
                continue
            for path in self.candidates(f"locales/{name}"):
                try:
                    records = self.records(path, language(folder.replace("_", "-")).tag)
                    for domain in records:
                        problems += check_dates(self._with_words(records[domain], path), today)
                except HandoutsError as error:
                    problems.extend(error.problems)
        return tuple(dict.fromkeys(problems))

    def _with_words(self, record: Record, path: Path) -> Record:
        """`record`, which stands in the file `path`, with the approved words that are kept beside it."""
        words = path.parent / APPROVED / f"{record.domain}.json"
        if self.root is not None and path.is_relative_to(self.root):
            self.refuse_outside(words)
        text = read_text(words, MAX_CATALOG_BYTES) if words.is_file() else None
        return with_words(record, text, shown(words))

    def _with_standing(
        self, condition: Condition, translations: Translations
    ) -> tuple[Translations, tuple[Problem, ...]]:
        """`translations` with what may be said of them, and a warning for each approval that is void."""
        held: dict[str, list[tuple[Approval, ...]]] = {"en": [], translations.language: []}
        problems: list[Problem] = []
        for tag, of_domains in held.items():
            for domain, messages in domains_of(condition).items():
                record = self.record(domain, tag)
                own = {key: said for (of, key), said in translations.by_key.items() if of == domain}
                words = approved_words(messages, None if tag == "en" else own) if record.approvals else {}
                of_domains.append(holding(record, words))
                if tag == translations.language:
                    problems += voided(record, words)
        standing = standing_of(held[translations.language], held["en"])
        return replace(translations, standing=standing), tuple(problems)

    def terms(self) -> TermsFile:
        """The term base: the project's own, or the one that we ship."""
        path = self.find("locales/glossary.yaml")
        assert path is not None, "the term base is shipped"
        return build_terms(shown(path), read_text(path, MAX_CONTENT_BYTES))

    # --------------------------------------------------------------------------------- templates, fonts

    def templates(self) -> Templates:
        """Every template file, by its name below templates/."""
        names = [n for suffix in (".jinja", ".css", ".svg", ".js") for n in self.names("templates", suffix)]
        files = []
        for name in sorted(names):
            path = self.find(f"templates/{name}")
            if path is not None:
                files.append((name, read_text(path, MAX_CONTENT_BYTES)))
        return Templates(tuple(files))

    def fonts(self) -> Path:
        """The folder of our fonts. A project does not replace it: fonts decide what can be read at all."""
        return shipped("fonts")


def own_folders(root: Path | None) -> tuple[Path, ...]:
    """The folders of a project whose files may win over ours; they need not be there."""
    return () if root is None else tuple(root / name for name in ("conditions", "brands", "locales", "templates"))


def own_files(root: Path | None) -> tuple[Path, ...]:
    """The files beside those folders that may win over ours; they need not be there."""
    names = (MARKER, *(f"{kind}.yaml" for kind in (*LIBRARY_FILES, "tone", "web")))
    return () if root is None else tuple(root / name for name in names)


def messages_of(condition: Condition) -> Mapping[tuple[str, str], Message]:
    """Every string that a handout of `condition` may say, by (domain, key)."""
    return MappingProxyType({(m.domain, m.key): m for some in domains_of(condition).values() for m in some})


def domains_of(condition: Condition) -> Mapping[str, tuple[Message, ...]]:
    """The strings of each of the two domains that a handout of `condition` draws on."""
    return MappingProxyType(
        {SHARED_DOMAIN: tuple(condition.library.messages.values()), condition.content.id: list_messages(condition)}
    )


def discover(start: Path) -> Project:
    """The project around `start`: the nearest folder upwards that holds a handouts.toml, else what we ship."""
    folder = root_above(start)
    if folder is not None:
        _check_marker(folder / MARKER)
    return Project(folder)


def opened(root: Path) -> Project:
    """The project in `root`. Raises `UsageError` when it is none."""
    if not (root / MARKER).is_file():
        hint = f"make one with `handouts init {root}`"
        raise UsageError(Problem("not-a-project", f"{root} holds no {MARKER}", hint=hint))
    _check_marker(root / MARKER)
    return Project(root)


def _check_marker(path: Path) -> None:
    try:
        tomllib.loads(read_text(path, MAX_CONTENT_BYTES))
    except tomllib.TOMLDecodeError as error:
        raise HandoutsError(Problem("toml-syntax", f"this is not TOML: {error}", Location(shown(path)))) from None


# -------------------------------------------------------------------------------------------------- fonts


def font_names(folder: Path) -> frozenset[str]:
    """The names of the fonts that the manifest in `folder` lists."""
    return frozenset(tomllib.loads(read_text(folder / "manifest.toml", MAX_CONTENT_BYTES)))


def font_problems(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the fonts in `folder`, by the sums in its manifest."""
    manifest = folder / "manifest.toml"
    fonts = tomllib.loads(read_text(manifest, MAX_CONTENT_BYTES))
    problems = []
    for name, font in fonts.items():
        path = folder / name
        if not path.is_file():
            problems.append(Problem("font-missing", "this font is not there", Location(shown(path))))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != font["sha256"]:
            hint = "restore the file from the release that you installed"
            problems.append(
                Problem("font-changed", "this font is not the one we tested", Location(shown(path)), hint=hint)
            )
    return tuple(problems)
