"""What a handout is made from, as digests: files, options, and the versions of the programs."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from handouts import __version__
from handouts.languages import language
from handouts.model.message import SHARED_DOMAIN
from handouts.project import APPROVALS, APPROVED, LIBRARY_FILES

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.batch.values import Job
    from handouts.project import Project

ENGINES = ("weasyprint", "pydyf", "fonttools", "babel", "jinja2")
SUFFIXES = (".jinja", ".css", ".svg")


class Inputs:
    """The files of one project, each hashed once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._digests: dict[str, str] = {}
        self._templates = tuple(
            f"templates/{name}"
            for suffix in SUFFIXES
            for name in project.names("templates", suffix)
            if not name.startswith(("batch/", "web/"))  # pages about handouts, which no handout is made from
        )
        self.versions = {name: _version(name) for name in ENGINES} | {"handouts": __version__}

    def names_of(self, job: Job) -> tuple[str, ...]:
        """The names of all files that `job` may read; some of them may not be there."""
        names = [f"conditions/{job.condition}.yaml", *(f"{kind}.yaml" for kind in LIBRARY_FILES)]
        # what is printed rests on the approval of its English too
        for tag in dict.fromkeys(("en", job.language, job.second or "en")):
            folder = f"locales/{language(tag).gettext_name}"
            names.append(f"{folder}/{APPROVALS}")
            for domain in (SHARED_DOMAIN, job.condition):
                names += [f"{folder}/LC_MESSAGES/{domain}.po", f"{folder}/{APPROVED}/{domain}.json"]
        if job.brand is not None:
            names += [f"brands/{job.brand}/{name}" for name in self.project.names(f"brands/{job.brand}", "")]
        return (*names, *self._templates, "fonts/manifest.toml")

    def of(self, job: Job) -> str:
        """The digest of all that `job` may be made from."""
        files = {name: self.file(name) for name in self.names_of(job)}
        return digest({"files": files, "versions": self.versions, "job": told(job)})

    def beside_words(self, job: Job) -> str:
        """The digest of what shapes the page of `job` apart from its words."""
        names = [*self._templates, "fonts/manifest.toml"]
        names += [name for name in self.names_of(job) if name.startswith("brands/")]
        return digest({"files": {n: self.file(n) for n in names}, "versions": self.versions, "job": told(job)})

    def file(self, name: str) -> str:
        """The digest of one file, or an empty string when it is not there."""
        if name not in self._digests:
            path = self.project.find(name)
            self._digests[name] = _of_file(path) if path is not None else ""
        return self._digests[name]


def told(job: Job) -> dict[str, str]:
    """The options of `job` that change its bytes, without its name."""
    return job.options | {"language": job.language, "for": job.audience, "condition": job.condition, **dict(job.row)}


def digest(value: object) -> str:
    """The SHA-256 of `value` as JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
