"""The compiled built-in templates, kept beside them as Python keeps the bytecode of modules.

The code contains the sandbox. So it is used only with what it was made from: the same template, sandbox, vocabulary,
Jinja and Python. A seal over all of these and the code also shows damage.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from generator.rendering import sandbox, vocabulary
from generator.rendering.sandbox import Sandbox

_SEAL_BYTES = sha256().digest_size


class KeptBytecode(jinja2.BytecodeCache):
    """Keeps the code that `Sandbox` makes of the templates of one folder, and no other code."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.join(os.path.normpath(folder), "")  # as Jinja's loader begins the names of files
        self._version = getattr(jinja2, "__version__", None)  # a library of its makers may do without one some day
        sources = [Path(file).read_text("utf-8") for file in (sandbox.__file__, vocabulary.__file__)]
        self._makers = "\0".join([repr(MAGIC_NUMBER), str(self._version), *sources])

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return where a template's code is, and the code if it is there. A bucket without a key keeps nothing."""
        path = str(filename)
        is_kept = type(environment) is Sandbox and self._version and path.startswith(self._folder)
        bucket = Bucket(environment, cache_from_source(path) if is_kept else "", source)
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a file whose seal is right."""
        with suppress(OSError):
            content = Path(bucket.key).read_bytes() if bucket.key else b""
            seal, dumped = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
            if seal == self._seal(bucket, dumped):
                bucket.code = marshal.loads(dumped)  # noqa: S302 - sealed

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code if Python may keep its own. Another process sees the complete file or no file."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        file, dumped = Path(bucket.key), marshal.dumps(bucket.code)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(self._seal(bucket, dumped) + dumped)
                beside.replace(file)
            finally:
                beside.unlink(missing_ok=True)

    def _seal(self, bucket: Bucket, dumped: bytes) -> bytes:
        made_of = "\0".join([self._makers, bucket.key, bucket.checksum])
        return sha256(made_of.encode("utf-8", "surrogateescape") + b"\0" + dumped).digest()
