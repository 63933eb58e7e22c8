"""The built-in templates, and what Jinja makes of them, kept beside them as Python keeps what it makes of modules.

What is kept is code that runs, with the sandbox compiled into it. So it counts only for what it was made of: the same
template, sandbox and vocabulary, Jinja and Python. A seal over all of that and the code itself also tells what was
damaged.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

from generator.rendering import sandbox, vocabulary
from generator.rendering.sandbox import Sandbox

_SEAL_BYTES = sha256().digest_size


class CompiledTemplates(jinja2.FileSystemLoader):
    """Loads the templates of a folder. What an environment other than `Sandbox` itself makes of them is not kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._version = getattr(jinja2, "__version__", None)  # a library of its makers may do without one some day
        sources = [Path(file).read_text("utf-8") for file in (sandbox.__file__, vocabulary.__file__)]
        self._makers = "\0".join([repr(MAGIC_NUMBER), str(self._version), *sources])

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """Return a template, as every loader does."""
        if type(environment) is not Sandbox or self._version is None:
            return super().load(environment, name, globals)
        source, filename, is_current = self.get_source(environment, name)
        kept = _Kept(Path(cache_from_source(filename)), f"{self._makers}\0{filename}\0{source}")
        code = kept.read()
        if code is None:
            code = environment.compile(source, name, filename)
            kept.write(code)
        return environment.template_class.from_code(environment, code, globals or {}, is_current)


class _Kept:
    """A file with what was made of a text: the seal, and then the code."""

    def __init__(self, file: Path, made_of: str) -> None:
        self._file, self._made_of = file, made_of.encode("utf-8", "surrogateescape")

    def read(self) -> CodeType | None:
        try:
            content = self._file.read_bytes()
        except OSError:
            return None
        seal, dumped = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
        code: CodeType | None = marshal.loads(dumped) if seal == self._seal(dumped) else None  # noqa: S302 - sealed
        return code

    def write(self, code: CodeType) -> None:
        """Keep the code where Python may keep its own; another process sees the whole file or none."""
        if sys.dont_write_bytecode:
            return
        dumped = marshal.dumps(code)
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(self._seal(dumped) + dumped)
                beside.replace(self._file)
            finally:
                beside.unlink(missing_ok=True)

    def _seal(self, dumped: bytes) -> bytes:
        return sha256(self._made_of + b"\0" + dumped).digest()
