"""A catalogue's file and its surroundings: the stages, one after the other, as every command needs them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from generator.catalogue.model import Catalogue
from generator.catalogue.read import located, read
from generator.edition import Edition
from generator.errors import (
    CatalogueError,
    FolderError,
    Position,
    Problem,
    RevisionError,
    SourceError,
    TfgenError,
    changed,
)
from generator.files.beside import NO_SUCH_FILE, FilesOnDisk
from generator.files.declarations import declarations
from generator.files.declared_types import DeclaredTypes
from generator.files.drift import FileComparison, companions, compare
from generator.files.folder import TERRAFORM_SUFFIXES, Files, is_terraforms, read_folder, read_tree, refuse_links
from generator.output.findings import Report
from generator.rendering.render import (
    GeneratedFile,
    Overrides,
    TypeOf,
    built_in_templates,
    header,
    render,
)
from generator.rendering.unused import unused_templates
from generator.settings.breach import Breached
from generator.source.source import BY_BASE_FILE, BY_CATALOGUE, BY_FOLDER, Source
from generator.source.variables import FileBeside
from generator.verify.module import RenderedModule
from generator.verify.verify import check_tokens, verify

if TYPE_CHECKING:
    from generator.files.revision import Revision

Result = TypeVar("Result")

TEMPLATES = "templates"
"""The folder beside a catalogue that overrides built-in templates."""


class Rendered(NamedTuple):
    """An edition that was verified, beside what is on disk."""

    edition: Edition
    overrides: Overrides
    named_files: FilesOnDisk
    warnings: list[Problem]
    comparisons: list[FileComparison]
    folder: Path
    folder_name: str
    arguments: tuple[str, ...]

    @property
    def catalogue(self) -> Catalogue:
        return self.edition.catalogue

    @property
    def catalogue_name(self) -> str:
        return self.edition.source.name

    @property
    def files(self) -> list[GeneratedFile]:
        return self.edition.files


class Workspace:
    """Where a catalogue is, as the user named it: every path in a message is relative to where the user is.

    `arguments` are the options with which another command means the same catalogue.
    """

    def __init__(self, catalogue_file: Path, arguments: tuple[str, ...] = ()) -> None:
        self.catalogue_file, self.arguments = catalogue_file, arguments

    @property
    def root(self) -> Path:
        return self.catalogue_file.parent

    def load(self) -> tuple[Source, Catalogue, list[Problem]]:
        """Return the catalogue's text, the catalogue, and the warnings about it. Raises `TfgenError`."""
        return self._load(_files_on_disk(self.root))

    def _load(self, named_files: FilesOnDisk) -> tuple[Source, Catalogue, list[Problem]]:
        self._check_name()
        naming = BY_FOLDER if "-C" in self.arguments else BY_CATALOGUE
        source = Source.from_file(self.catalogue_file, _shown(self.catalogue_file), naming)
        catalogue, warnings = read(source, named_files.read)
        self._check_folder(source, catalogue)
        return source, catalogue, warnings

    def rendered(self) -> Rendered:
        """Return the files that the catalogue renders, verified. Raises `TfgenError`."""
        named_files = _files_on_disk(self.root)
        source, catalogue, warnings = self._load(named_files)
        folder = self.root / catalogue.module.path
        folder_name = _shown(folder)
        generated = catalogue.module.files.templates.keys()
        refuse_links(folder, folder_name, generated)
        on_disk = read_folder(folder, folder_name, generated)
        own_header = header(self.catalogue_file.name)
        beside = companions(on_disk, generated, own_header)
        type_of = DeclaredTypes(beside)
        catalogue = catalogue.beside(declarations(beside))

        def verified(overrides: Overrides) -> tuple[list[GeneratedFile], list[Problem]]:
            files = self._render(source, catalogue, overrides, type_of)
            told = verify(RenderedModule(catalogue, source, files, beside, folder_name, type_of))
            return files, told + unused_templates(overrides)

        overrides = self.overrides()
        files, told = within_bounds(verified, overrides)
        edition = Edition(source, catalogue, files, beside, not overrides.contents)
        comparisons = compare(files, on_disk, own_header)
        return Rendered(
            edition, overrides, named_files, warnings + told, comparisons, folder, folder_name, self.arguments
        )

    def confirm(self, rendered: Rendered) -> None:
        """Raise `TfgenError` where the catalogue, a file that it names or a template is no longer what was rendered.

        Each may have been half written when it was read.
        """
        rendered.edition.source.confirm(self.catalogue_file)
        rendered.named_files.confirm()
        if self.overrides() != rendered.overrides:
            raise FolderError([changed(rendered.overrides.folder_name)])

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision of git means just now. Raises `TfgenError`."""
        return self._revision(revision).commit

    def base(self, revision: str) -> str:
        """Return the revision if `HEAD` descends from it, and otherwise the id of the last commit that they share.

        What was done since then on the other side is not undone on this one. Raises `TfgenError`.
        """
        named = self._revision(revision)
        return revision if named.merge_base == named.commit else named.merge_base

    def at(self, revision: str) -> Edition | None:
        """Return the catalogue, and what stands beside it, as they were at a revision of git.

        There is none where the revision has no such file. Raises `RevisionError`.
        """
        from generator.files.git import ANOTHER

        try:
            return self._at(self._revision(revision))
        except RevisionError:
            raise
        except TfgenError as error:  # nobody can fix what a commit holds
            raise RevisionError([problem._replace(remedy=ANOTHER) for problem in error.problems]) from None

    def beside(self, catalogue_file: Path, companions_now: Files) -> Edition:
        """Return what another catalogue renders with the templates and beside the hand-written files of this one.

        Raises `TfgenError`.
        """
        source = Source.from_file(catalogue_file, _shown(catalogue_file), BY_BASE_FILE)
        written, _ = read(source, _files_on_disk(catalogue_file.parent).read)
        catalogue = written.beside(declarations(companions_now))
        folder_name = f"{source.name}:{_shown(self.root / catalogue.module.path)}"
        overrides = self.overrides()
        files = self._rendered_unjudged(source, catalogue, overrides, folder_name, companions_now)
        return Edition(source, catalogue, files, companions_now, not overrides.contents)

    def check_output(self, path: Path) -> None:
        """Raise `FolderError` where a document would take the place of the catalogue or of Terraform's files."""
        where = Position(str(path))
        try:
            target, catalogue = map(os.path.realpath, (path, self.catalogue_file))  # they take a link to itself
        except FileNotFoundError:
            what = "cannot be written: the current folder no longer exists"
            raise FolderError([Problem(where, "", what, "go to another folder")]) from None
        if target == catalogue or target.endswith(TERRAFORM_SUFFIXES):
            what = "a document may not replace the catalogue or a file of Terraform"
            raise FolderError([Problem(where, "", what, "name another file with --output FILE")])

    def report(self) -> Report:
        """Return how the rendered files stand to those on disk. Raises `TfgenError`."""
        rendered = self.rendered()
        return Report(rendered.warnings, rendered.comparisons, rendered.folder_name, self.arguments)

    def overrides(self) -> Overrides:
        """Return the templates beside the catalogue, unless they are the built-in ones. Raises `TfgenError`."""
        folder = self.root / TEMPLATES
        is_built_in = os.path.realpath(folder) == os.path.realpath(built_in_templates())
        return Overrides(_shown(folder), {} if is_built_in else read_tree(folder, _shown(folder), within=self.root))

    def _revision(self, revision: str) -> Revision:
        from generator.files.revision import Revision

        return Revision(revision, self.root)

    def _at(self, past: Revision) -> Edition | None:
        content = past.file(self.catalogue_file.name)
        if content is None:
            return None
        source = Source.from_bytes(content, f"{past.name}:{_shown(self.catalogue_file)}")

        def read_files(paths: Collection[str]) -> dict[str, FileBeside]:
            found = past.these_files(paths)
            names = {path: f"{past.name}:{_shown(self.root / path)}" for path in paths}
            return {path: FileBeside(name, found.get(path, NO_SUCH_FILE)) for path, name in names.items()}

        written, _ = read(source, read_files)
        overrides = Overrides(f"{past.name}:{_shown(self.root / TEMPLATES)}", past.files(TEMPLATES))
        folder_name = f"{past.name}:{_shown(self.root / written.module.path)}"
        on_disk = past.direct_files(written.module.path, is_terraforms)
        beside = companions(on_disk, written.module.files.templates.keys(), header(self.catalogue_file.name))
        catalogue = written.beside(declarations(beside))
        files = self._rendered_unjudged(source, catalogue, overrides, folder_name, beside)
        return Edition(source, catalogue, files, beside, not overrides.contents)

    def _rendered_unjudged(
        self, source: Source, catalogue: Catalogue, overrides: Overrides, folder_name: str, beside: Files
    ) -> list[GeneratedFile]:
        """Render a catalogue that is compared with: whether its blocks and references are right was its own affair."""

        def of_tokens(overrides: Overrides) -> list[GeneratedFile]:
            files = self._render(source, catalogue, overrides, DeclaredTypes(beside))
            check_tokens(files, folder_name)
            return files

        return within_bounds(of_tokens, overrides)

    def _render(
        self, source: Source, catalogue: Catalogue, overrides: Overrides, type_of: TypeOf
    ) -> list[GeneratedFile]:
        try:
            return render(catalogue, self.catalogue_file.name, overrides, type_of)
        except Breached as breached:
            raise CatalogueError(located(source, breached.breaches)) from None

    def _check_name(self) -> None:
        """The first line of each generated file has the catalogue's name in it."""
        if not self.catalogue_file.name.isprintable():
            what = "its name contains a character that cannot be printed"
            raise SourceError([Problem(Position(_shown(self.catalogue_file)), "", what, "give it another name")])

    def _check_folder(self, source: Source, catalogue: Catalogue) -> None:
        """A path that stays below the catalogue's folder as text may still leave it through a symbolic link."""
        folder = self.root / catalogue.module.path
        try:
            stays = folder.resolve().is_relative_to(self.root.resolve())
            what = "it leaves the catalogue's folder through a symbolic link"
        except (OSError, RuntimeError):  # RuntimeError up to Python 3.12
            stays, what = False, "its symbolic links form a loop"
        if not stays:
            where = source.position(("module", "path"))
            raise CatalogueError([Problem(where, "module.path", what, "name a folder below the catalogue's folder")])


def within_bounds(work: Callable[[Overrides], Result], overrides: Overrides) -> Result:
    """Do what a project's own templates may take any time for; the built-in ones are known to end."""
    if not overrides.contents:
        return work(overrides)
    from generator.rendering.bounds import bounded

    return bounded(lambda: work(overrides), overrides.folder_name)


def _files_on_disk(folder: Path) -> FilesOnDisk:
    return FilesOnDisk(folder, lambda path: _shown(folder / path))


def _shown(path: Path) -> str:
    return Path(os.path.normpath(path)).as_posix()
