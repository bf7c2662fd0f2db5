"""Where a plan, a project and the finished files may lie: in folders here, or at addresses that fsspec knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from handouts.batch.addresses import is_address, local
from handouts.batch.folder import OutputFolder
from handouts.files import read_bytes, shown
from handouts.problems import HandoutsError, Location, Problem, UsageError
from handouts.project import own_files, own_folders

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.batch.remote import RemoteStore
    from handouts.batch.store import Store
    from handouts.project import Project

MAX_PROJECT_BYTES = 1_000_000_000


def store_in(place: str, project: Project | None = None) -> Store:
    """The store at `place`. Raises `UsageError` when it lies among the contents of `project`."""
    if is_address(place):
        return remote(place)
    out = local(place)
    if project is not None and project.root is not None:
        _refuse_contents(out, project.root)
    return OutputFolder(out)


def _refuse_contents(out: Path, root: Path) -> None:
    """output-in-project: files among the contents of a project would be taken for contents."""
    for place in (root, *own_folders(root)):
        same = out.resolve() == place.resolve()
        if same or (place != root and out.resolve().is_relative_to(place.resolve())):
            message = "the project keeps its own files here"
            hint = "choose another folder with --out, such as leaflets"
            raise UsageError(Problem("output-in-project", message, Location(shown(out)), hint=hint))


def remote(address: str) -> RemoteStore:
    """The store at an address such as s3://bucket/prefix. Raises `UsageError`."""
    from handouts.batch.remote import RemoteStore  # noqa: PLC0415  a batch in a folder needs none

    system, root = _system(address)
    return RemoteStore(system, root, address)


def _system(address: str) -> tuple[Any, str]:
    """What fsspec has for an address: the file system, and the path in it. Raises `UsageError`."""
    scheme = address.partition("://")[0]
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query:
        hint = "leave them to the environment, such as AWS_PROFILE or AWS_ACCESS_KEY_ID, or to the store's own files"
        message = "an address may hold no user, password or options: it is written into reports"
        raise UsageError(Problem("store-address", message, Location(f"{scheme}://…"), hint=hint))
    try:
        import fsspec  # noqa: PLC0415  an optional extra
    except ImportError:
        raise _without_extra(address) from None
    try:
        system, root = fsspec.core.url_to_fs(address)
    except ImportError:
        hint = f"install what fsspec needs for {scheme}:// beside handouts"
        raise UsageError(
            Problem("store-address", f"nothing is installed for {scheme}://", Location(address), hint=hint)
        ) from None
    except ValueError:
        known = "a folder, s3://bucket/folder, or another address of fsspec's"
        message = f"{scheme}:// is no kind of store that we know"
        raise UsageError(Problem("store-address", message, Location(address), hint=f"write {known}")) from None
    return system, root


def _without_extra(address: str) -> HandoutsError:
    hint = "pip install 'handouts[cluster]'"
    message = "stores on a network need the extra 'cluster', which is not installed"
    return UsageError(Problem("extra-missing", message, Location(address), hint=hint))


def read_at(place: str, most: int) -> tuple[bytes, str]:
    """The bytes of the file at `place`, at most `most`, and the place as it is told. Raises `HandoutsError`."""
    if not is_address(place):
        path = local(place)
        return read_bytes(path, most), shown(path)
    folder, _, name = place.rpartition("/")
    data = remote(folder).read(name, most)
    if data is None:
        raise HandoutsError(Problem("cannot-read", "the file is not there", Location(place)))
    return data, place


def fetched_project(address: str, folder: Path) -> Path:
    """The project at `address`, copied into `folder`: its contents, and nothing else that lies there."""
    store = remote(address)
    wanted = {path.relative_to(folder).as_posix() for path in own_files(folder)}
    tops = {path.relative_to(folder).as_posix() for path in own_folders(folder)}
    left = MAX_PROJECT_BYTES
    for name in store.names():
        if name not in wanted and name.partition("/")[0] not in tops:
            continue
        target = folder / name
        if not target.resolve().is_relative_to(folder.resolve()):
            raise HandoutsError(Problem("outside-project", "this name leads out of the project", Location(name)))
        data = store.read(name, left) or b""
        left -= len(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder
