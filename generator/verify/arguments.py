"""Each block of the rendered files holds what its type takes in the current AWS provider, once, and all it requires."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.schema import BodySchema, aws
from generator.errors import Problem, nearest
from generator.hcl.proof.proof import BlockForm, ProvenFile, ProvenPart
from generator.hcl.structure import Body, Code
from generator.source.source import dotted
from generator.verify.module import ProvenFiles, RenderedModule

_MEND = "fix the template that wrote it"
_OF_TERRAFORM = frozenset(("count", "depends_on", "for_each", "provider"))
_BLOCKS_OF_TERRAFORM = frozenset(("connection", "lifecycle", "provisioner"))
"""What every resource and data source takes. Source: Terraform's documentation, "Meta-arguments"."""


def arguments_are_known(module: RenderedModule, files: ProvenFiles) -> Iterator[Problem]:
    """Yield each argument and block that a type does not take, and each required one that is not there.

    Parts of one form hold the same blocks with the same arguments: where one is sound, all are.
    """
    sound: set[BlockForm] = set()
    for name, file in files.items():
        for part in file.parts:
            if part.form not in sound:
                faults = list(_faults_of(file, part, module, name))
                yield from faults
                if part.form and not faults:
                    sound.add(part.form)


def _faults_of(file: ProvenFile, part: ProvenPart, module: RenderedModule, name: str) -> Iterator[Problem]:
    for body in Code(file.text(part)).bodies:
        schema = aws().of_address(body.address)
        faults = _faults(body, schema, body.address, of_terraform=True) if schema else ()
        told = [(line, f"{what} in AWS provider {aws().version}", remedy) for line, what, remedy in faults]
        for line, what, remedy in [*told, *_repeated(body, body.address)]:
            entry = module.entry(name, body.address)
            where = f"{what} ({name}, line {part.first + line})"
            yield Problem(module.source.position(entry), dotted(entry), where, remedy)


def _repeated(body: Body, called: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, fault and remedy: python-hcl2 takes an argument that is written twice, and Terraform does not."""
    written: set[str] = set()
    for argument in body.arguments:
        if argument.name in written:
            yield argument.line, f"`{argument.name}` of {called} is written twice", f"{_MEND}: keep one of them"
        written.add(argument.name)
    for block in body.blocks:
        yield from _repeated(block, f"{called}.{block.type}")


def _faults(
    body: Body, schema: BodySchema, called: str, *, of_terraform: bool = False
) -> Iterator[tuple[int, str, str]]:
    """Yield line, fault and remedy. `called` is what messages call the body."""
    arguments = schema.arguments | (_OF_TERRAFORM if of_terraform else frozenset())
    blocks = [block for block in body.blocks if not (of_terraform and block.type in _BLOCKS_OF_TERRAFORM)]
    named_blocks = [dynamic_written_out(block) for block in blocks]
    for argument in body.arguments:
        if argument.name not in arguments:
            yield _unknown(argument.line, "argument", argument.name, called, schema)
    for block in named_blocks:
        if block.type not in schema.blocks:
            yield _unknown(block.line, "block", block.type, called, schema)
        else:
            yield from _faults(block, schema.blocks[block.type], f"{called}.{block.type}")
    written = {argument.name for argument in body.arguments} | {block.type for block in named_blocks}
    for name in sorted(schema.required - written):
        kind = "block" if name in schema.blocks else "argument"
        yield body.line, f"{called} lacks the {kind} `{name}`, which is required", f"{_MEND}: add it"


def dynamic_written_out(block: Body) -> Body:
    """`dynamic "setting" { content { … } }` is a block `setting` with that content."""
    if block.type != "dynamic":
        return block
    content = next((inner for inner in block.blocks if inner.type == "content"), block)
    return Body(block.header[1:], block.line, content.arguments, content.blocks)


def _unknown(line: int, kind: str, name: str, called: str, schema: BodySchema) -> tuple[int, str, str]:
    if name in schema.arguments | schema.blocks.keys():
        other = "a block" if kind == "argument" else "an argument"
        return line, f"`{name}` of {called} is {other}", f"{_MEND}: write it as {other}"
    near = nearest(name, schema.arguments | schema.blocks.keys())
    remedy = f"{_MEND}: did you mean `{near}`?" if near else f"{_MEND}: remove it"
    return line, f"{called} has no {kind} `{name}`", remedy
