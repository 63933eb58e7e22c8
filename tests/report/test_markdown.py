"""The change document of authors who mean harm, as GitHub shows it: their texts are text, whatever they say."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.read import read
from generator.catalogue.rendered_names import RenderedNames
from generator.changes.edit import Edit
from generator.edition import Edition
from generator.plan.verdict import Fault, Verdict
from generator.rendering.render import GeneratedFile, environment_of, written
from generator.rendering.sandbox import Sandbox
from generator.report import commands
from generator.report.document import TEMPLATE, Document
from generator.report.markdown import Markdown, fenced, prose, row, script, shown
from generator.source.source import Source
from tests.support.examples import a_few
from tests.support.github import Page, rendered
from tests.support.paths import ROOT
from tests.support.project import RunTfgen
from tests.support.rendering import NO_OVERRIDES, SMALL, catalogue_of, dumped, no_types
from tests.support.repository import Repository
from tests.support.strategies import escaped, literals

REPORT = ROOT / "generator" / "report"
HARMLESS = "har/mless"
TEMPLATES = environment_of(NO_OVERRIDES, Sandbox, no_types)

SHA = "a5c3785ed8d6a35868bc169f07e40e889087fd2e"

SNIPPETS = [
    *("@octocat", "@github/docs", "#1", "GH-1", "octo/repo#1", "octo@a5c3785", SHA, f"octo/repo@{SHA}"),
    *("https://evil.example/x", "www.evil.example", "mailto:a@evil.example", "a@evil.example", "<https://a.example>"),
    *("[a](https://a.example)", "![a](https://a.example/a.png)", "[a][b]", "\n[b]: https://a.example\n", "[[a]]"),
    *("[^1]", "\n[^1]: x\n", "[", "]", "](", "!", "\n# a", "\na\n===\n", "\n---\n", "\n- a", "\n1. a"),
    *("\n- [x] a", "[x]", "[X]", "[ ]", "\n> a", "\n> [!NOTE]\n> a", "*a*", "**", "_a_", "__", "~~a~~", "~"),
    *("|", "a | b", "\\|", "\\\\|", "\\", "\n| a |\n|---|\n", "$a$", "$$a$$", "$`a`$", "`$", "$`", "#0969DA"),
    *("`", "``", "```", "````", "`" * 80, "`" * 81, "`" * 254, "`" * 255, "`" * 256, "~~~", "~" * 300),
    *("\n```\n# a\n", "\n~~~\n", "\n````\n", "\n" + "`" * 300 + "\n<b>a</b>\n", "`@octocat`", "``a`@octocat`b``"),
    *("<img src=x onerror=alert(1)>", "<b>", "</code>", "</pre></td></table>", "<!--", "-->", "<!-- a -->"),
    *("<script>", "<?php ?>", "<![CDATA[", "<!DOCTYPE x>", "<details>", "<relative-time datetime=x>", "`\n`"),
    *("&#64;octocat", "&lt;b&gt;", "&", ":smile:", ":+1:", "\n\n", "\r\n", "\r", "\t", "    a", " a ", " ", ""),
    *("\x1b[2J", "\x07", "\x7f", "\x85", "\u2028", "\u00a0", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff"),
    *("\u3164", "\ufe0f", "\u034f", "e\u0301", "日本", "\U000e0001", "\uffff", "\ud800", "\udcff", "\x00"),
    *("none", "{}", "{0.x}", "{{ a }}", "'", '"', "$(touch x)", "; touch x", "${x}", "%{x}", "x" * 2000, "a/b:c"),
]
TEXTS = [*SNIPPETS, *(f"a{snippet}b" for snippet in SNIPPETS), "".join(SNIPPETS), " ".join(SNIPPETS)]
MANY_AT_ONCE = [separator.join(SNIPPETS[start::7]) for start in range(7) for separator in ("", " a ")]

hostile_texts = st.lists(st.one_of(st.sampled_from(SNIPPETS), literals), max_size=6).map("".join)


# Edits that have a text wherever an author may choose one

Tree = dict[str, Any]


def chosen(text: str) -> Tree:
    """Return settings of a service that hold a text wherever one is taken."""
    value, tag = of_catalogue(text), of_tag(text)
    return {
        "image": of_expression(text),
        "command": [f"a/{value}", f"b/{value}"],
        "entry_point": [f"/{value}"],
        "environment": {"A": value, "B": f"${{lower(var.a)}}-{value}"},
        "tags": {f"x{tag}": f"{tag}{of_expression(text)}"},
        "subnets": [value],
        "health_check": {"command": ["CMD", value]},
    }


def of_catalogue(text: str) -> str:
    return escaped(unicodedata.normalize("NFC", re.sub("[\x00\ud800-\udfff]", "", text))) or "x"


def of_expression(text: str) -> str:
    """Return an expression that holds a text, for what takes few characters itself."""
    words = "".join(c for c in of_catalogue(text) if c.isprintable() and c not in '"\\$%{}')
    return f'${{lower("{unicodedata.normalize("NFC", words)}")}}'


def of_tag(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9 _.:/=+@-]", "", text)[:120]


def edition(text: str, services: dict[str, Tree], of_hand: str) -> Edition:
    """Return an edition that has a text in what its services share, in its file names, and in what it renders."""
    catalogue = {
        "version": 1,
        "project": "shop",
        "module": {"path": re.sub(r"[\x00-\x1f\\\ud800-\udfff]|[.]{2}", "", f"a/{text}"), "address": "module.shop"},
        "tags": {f"y{of_tag(text)}": of_expression(text)},
        "images": {
            "app": {"repository": "app", "tag": of_expression(text)},
            f"app{of_hand}": {"repository": f"app-{of_hand}", "tag": of_expression(text)},
        },
        "network": {"subnets": ["subnet-1"], "security_groups": [of_catalogue(text)]},
        "services": {key: {"kind": "worker", **settings} for key, settings in services.items()},
    }
    source = Source(dumped(catalogue), f"{text}.yaml")
    read_catalogue, _ = read(source)
    files = [own(GeneratedFile(*one), text, of_hand) for one in written(TEMPLATES, read_catalogue, "x").items()]
    by_hand = {f"{text[:200]}.tf": b"", f"{text[:200]}.tf.json": json.dumps({"locals": {"a": of_hand}}).encode()}
    return Edition(source, read_catalogue, files, by_hand)


def own(file: GeneratedFile, text: str, other: str) -> GeneratedFile:
    """Return a file as an own template may have written it in an older edition, which nobody judges any more."""
    words = "".join(c for c in text if c.isprintable() and c not in '"\\$%') or "x"
    label = words.replace(".", "")
    lines = re.sub(r"[\x00\r\ud800-\udfff]|[$%]+(?=\{)|^[ \t]*EOT", "", text, flags=re.MULTILINE)
    return GeneratedFile(
        file.name,
        f"""{file.text}
# {words}
resource "aws_{label}" "{label}{other}" {{
  name = "{words}"
}}

data "{words}" "{words}{other}" {{
}}

resource "aws_iam_role_policy" "{file.name[:3]}" {{
  role   = aws_iam_role.task.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "{words}{other}", Resource = "{words}" }}] }})
}}

resource "aws_x" "{file.name[:3]}" {{
  x = <<EOT
{lines}
EOT
  y = "${{data.aws_region.current.name}}{other}"
}}

# {words}{other}
resource "aws_y" "{file.name[:3]}" {{
  name = "{words}"
}}
""",
    )


USES = {"queue": "q", "buckets": [{"name": "videos", "access": ["read"]}], "secrets": {"S": "s"}}


def edits_with(text: str) -> list[Edit]:
    """Return an edit of services, and one of what they share."""
    first, second = chosen(text), chosen(f"+{text}")
    before = {"mail": first, "gone": {**first, **USES}, "old": {**first, "stop_timeout": 1}, "same": first}
    after = {
        "mail": {**second, "capacity": [{"provider": "FARGATE"}]},
        "same": first,
        "new": before["old"],
        "more": {**second, **USES, "queue": "r"},
    }
    after["runs"] = {"kind": "task", "image": "app", "subnets": [of_catalogue(text)]}
    after["ticks"] = {"kind": "job", "image": "app", "schedule": "rate(1 day)", "delivery": {"dead_letter": "dead"}}
    return [
        Edit(edition(text, before, "1"), edition(text, after, "2")),
        Edit(edition(text, {"mail": first}, "1"), edition(f"+{text}", {"mail": {**second, "image": "app"}}, "2")),
        Edit(None, edition(text, {"mail": first}, "1")),
        Edit(edition(text, {"mail": first}, "1"), edition(text, {"mail": first}, "1")),
    ]


def page_of(text: str) -> Page:
    """Return what a reviewer sees of these edits, given a file with a text in its name as the base."""
    file_name = re.sub("[\x00\ud800-\udbff]", "", f"{text}.yaml")
    broken = [Verdict(text, text, text, (Fault(text, text), Fault("", text))), Verdict("a", "b", "c")]
    judged = [broken, [Verdict(text, text, text, pending=1, unjudged=2)], None, None]
    documents = [
        Document(edit, ("--base-file", file_name), verdicts)
        for edit, verdicts in zip(edits_with(text), judged, strict=True)
    ]
    pages = [rendered(document.markdown()) for document in documents]
    return Page([one for page in pages for one in page.outside], [one for page in pages for one in page.code])


HARMLESS_PAGE = page_of(HARMLESS)

WIDE_PAGE = page_of("*")
"""The same of a text that makes a permission reach far."""


def without_numbers(texts: list[str]) -> list[str]:
    """Lines of a text count as lines of a file."""
    return [re.sub(r"\d+", "0", text) for text in texts]


def test_the_edits_are_told_by_every_sentence_of_the_document() -> None:
    """What is not told of them would not be tried below."""
    sources = [path.read_text("utf-8") for path in (REPORT / TEMPLATE, *REPORT.glob("*.py"))]
    pattern = r"^#+ (\w[\w ]+)|\*\*([A-Z][\w ]+):\*\*|Markdown\(\s*\"(?:\{\}|[* ])*([\w: ]+)"
    marked = re.findall(pattern, "\n".join(sources), re.MULTILINE)
    told = " ".join(HARMLESS_PAGE.outside)
    sentences = {sentence for pair in marked for sentence in pair if len(sentence) > 1}
    assert {sentence for sentence in sentences if sentence not in told} == set()
    assert len(sentences) > 30


@pytest.mark.parametrize("text", [*MANY_AT_ONCE, ""], ids=lambda text: ascii(text[:30]))
def test_no_text_of_an_author_does_anything_in_the_document(text: str) -> None:
    assert_does_nothing(text)


@a_few(15)
@given(hostile_texts)
def test_no_text_at_all_does_anything_in_the_document(text: str) -> None:
    assert_does_nothing(text)


def assert_does_nothing(text: str) -> None:
    page = page_of(text)
    harmless = WIDE_PAGE if "*" in text or "?" in text else HARMLESS_PAGE
    assert without_numbers(page.outside) == without_numbers(harmless.outside)
    assert page.live == []
    assert_is_seen(page)


def assert_is_seen(page: Page) -> None:
    assert all(line.isprintable() for code in page.code for line in code.split("\n"))


# What such a document is made of

FORMS: dict[str, Callable[[str], str]] = {
    "alone": shown,
    "item": lambda text: f"- {shown(text)}",
    "box": lambda text: f"- [ ] The image {shown(text)} is built",
    "heading": lambda text: f"## {shown(text)} beside {shown(text)}",
    "bold": lambda text: Markdown("**{} is unaffected:** {}").format(text, text),
    "sentence": lambda text: Markdown("role {} gains {} on {}").format(text, prose([text, text, text]), text),
    "table": lambda text: "\n".join([row(text, Markdown("a"), text), "|---|---|---|", row(text, None, text)]),
    "block": lambda text: fenced([text, f"  {text}", f"- {text}", *text.split("\n")], "diff"),
    "commands": lambda text: script([text, *text.split("\n")]),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_text_does_nothing_whatever_it_says(form: str) -> None:
    for text in TEXTS:
        assert_does_nothing_in(form, text)


@pytest.mark.parametrize("form", FORMS)
@a_few(300)
@given(text=st.one_of(hostile_texts, st.text()))
def test_a_text_does_nothing_whatever_it_is(form: str, text: str) -> None:
    assert_does_nothing_in(form, text)


def assert_does_nothing_in(form: str, text: str) -> None:
    found, expected = (rendered(f"before\n\n{FORMS[form](one)}\n\nafter `code`") for one in (text, HARMLESS))
    assert found.outside == expected.outside, text
    assert found.live == [], text
    assert_is_seen(found)
    if re.fullmatch(r"(?!.*\[[xX]\])[ -_a-~\u00a1-\u00ac\u00ae-\u024f\u4e00-\u9fff]{0,500}", text):
        assert all(text in code for code in found.code[:-1]), text


def test_what_is_cut_off_or_given_by_its_number_is_told() -> None:
    assert shown("a" * 1000) == f"`{'a' * 1000}`"
    assert shown("a" * 1001) == f"`{'a' * 997}...`"
    assert shown("`a`") == r"`\x60a\x60`"
    assert shown("[x] [X] [ ]") == r"`\x5bx] \x5bX] [ ]`"
    assert shown("\u200b\u3164\ufe0f\u202e\n\ud800") == r"`\u200b\u3164\ufe0f\u202e\n\ud800`"
    assert fenced(["``", "a```` b", "a\tb"]) == "```\n``\na\\x60\\x60\\x60\\x60 b\na\\tb\n```"
    assert fenced(["a" * 1001]) == f"```\n{'a' * 997}...\n```"
    assert script(["a" * 5000]) == f"```bash\n{'a' * 5000}\n```"


def test_a_space_at_the_edge_of_a_text_is_shown() -> None:
    for text in ("", " ", " a", "a ", " a ", "  "):
        (code,) = rendered(shown(text)).code
        assert code == text or (not text.strip() and not code.strip())


def test_what_is_not_a_text_is_shown_as_it_is() -> None:
    assert [shown(value) for value in (7, None, Markdown("*a*"))] == ["7", "none", "*a*"]
    assert row("a|b", Markdown("c|d"), None) == r"| `a\|b` | c\|d | none |"
    assert prose(["a", Markdown("b"), 3]) == "`a`, b and 3"


def test_what_is_made_of_markdown_in_another_way_is_text() -> None:
    own = Markdown("*%s*")
    for made in (own + "a", f"{own}", "".join([own]), own.upper(), own % "a", own[1:], own.replace("*", "_")):
        assert shown(made) == f"`{made}`"


# No text passes as Markdown but what tfgen's source holds


def test_markdown_is_made_of_what_the_source_holds_alone() -> None:
    """A pattern that is put together from other texts would let these pass."""
    for path in REPORT.glob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        made = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Markdown"]
        if path.name != "markdown.py":
            assert {ast.unparse(pattern) for pattern in made if not isinstance(pattern, ast.Constant)} <= OWN_PATTERNS


OWN_PATTERNS = {"grant.kind.value", "check.sentence", "feature.name"}
"""Those of `generator.changes.reach.PermissionKind`, and what the uses and kinds of the catalogue say."""


def test_what_uses_and_kinds_say_in_markdown_is_in_their_source() -> None:
    """A text of an author would do what it likes there."""
    for path in (ROOT / "generator" / "catalogue").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        told = [call.args[0] for call in calls if ast.unparse(call.func) == "Check"]
        told += [call.args[1] for call in calls if ast.unparse(call.func) == "Feature"]
        told += [it.value for call in calls for it in call.keywords if it.arg == "exists"]
        assert all(isinstance(text, ast.Constant) or ast.unparse(text) == "access.of.exists" for text in told), path


OWN_WORDS = {
    *("part.state", "part.meaning", "change.what", "change.meaning", "version", "document.counts", "point"),
    *("resource_type(change.address.split('.')[-2]).lost", "resource_type(_type(change)).lost", "argument", "more"),
    "grant.words",
    *("'feature'", "'address'", "'implied'", "'planned'", "'verdict'"),
    *("plural(document.verdicts | length, 'verdict')", "plural(document.not_compared, 'more new service')"),
    "('is' if document.not_compared == 1 else 'are')",
    "('does' if document.broken | length == 1 else 'do')",
}


def test_words_that_pass_as_they_are_are_tfgens_own() -> None:
    source = (REPORT / TEMPLATE).read_text("utf-8").replace('"', "'")
    passed = set(re.findall(r"((?:plural)?\([^()]*\)|[\w.']+) \| words", source))
    for path in REPORT.glob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        passed |= {ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) == "words"}
        assert not any(ast.unparse(value) == "words" for call in calls for value in call.args[:1]), "calls out of sight"
    assert passed == OWN_WORDS


def test_the_template_writes_no_row_and_no_block_of_code_around_a_value() -> None:
    source = (REPORT / TEMPLATE).read_text("utf-8")
    blocks = re.findall(r"^```.*?^```$", source, re.DOTALL | re.MULTILINE)
    rows = re.findall(r"^\|.*", source, re.MULTILINE)
    assert len(blocks) == 1
    assert len(rows) == 8
    assert not any("{" in text for text in (*blocks, *rows))


# Commands, as they are copied from the page into a shell


def run_in_bash(page: Page) -> list[bytes]:
    """Return each word that the programs in a page's code get."""
    programs = "; ".join(f"{name}() {{ printf '%s\\0' \"$@\"; }}" for name in ("terraform", "tfgen", "aws"))
    done = subprocess.run(["bash", "-c", "\n".join([programs, *page.code])], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.split(b"\0")[:-1]


def test_a_word_of_a_command_is_one_word_to_bash() -> None:
    words = [re.sub("[\x00\ud800-\udbff]", "", text) for text in TEXTS]
    page = rendered(script(commands.command("terraform {}", word) for word in words))
    assert run_in_bash(page) == [os.fsencode(word) for word in words]


@a_few(50)
@given(st.lists(st.binary(max_size=20).map(lambda given: os.fsdecode(given.replace(b"\0", b""))), max_size=5))
def test_any_file_name_is_one_word_to_bash(words: list[str]) -> None:
    page = rendered(script(commands.command("terraform {}", word) for word in words))
    assert run_in_bash(page) == [os.fsencode(word) for word in words]


def test_what_needs_no_quotes_has_none() -> None:
    assert commands.plan("mail.tfplan", ("--base", "0123abc")) == [
        "terraform plan -out=mail.tfplan",
        "terraform show -json mail.tfplan > plan.json",
        "tfgen verify-plan plan.json --base 0123abc",
    ]
    assert commands.destroy(["module.a.b.c", "module.a.b.d"]) == [
        "terraform destroy \\",
        "  -target module.a.b.c \\",
        "  -target module.a.b.d",
    ]


def test_every_command_quotes_what_others_have_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    odd = "a'b$(touch x);`touch x`"
    lines = [*commands.plan(odd, ("--base-file", odd)), *commands.apply(odd), *commands.destroy([odd, odd])]
    catalogue = catalogue_of(SMALL)
    watching = catalogue.services["mail"].watched_by(catalogue)
    with_odd_words = [line._replace(words=(odd,) * len(line.words)) for line in watching]
    watch = [line.partition(" | jq")[0] for line in commands.typed(with_odd_words, RenderedNames({}))]

    words = [word.decode() for word in run_in_bash(rendered(script([*lines, *watch])))]

    plan_is_shown = (tmp_path / "plan.json").read_text("utf-8").split("\0")[:-1]
    assert plan_is_shown == ["show", "-json", odd]
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert words == [
        *("plan", f"-out={odd}", "verify-plan", "plan.json", "--base-file", odd, "apply", odd),
        *("destroy", "-target", odd, "-target", odd),
        *("ecs", "describe-services", "--cluster", odd, "--services", odd, "--region", "eu-west-1"),
        *("logs", "tail", odd, "--follow", "--region", "eu-west-1"),
    ]


# The command, with files of such names


FILE_NAMES = [
    *("`@octocat`", "a|b", "a\n# b", "a\r\n- [x] b", "[a](https:b)", "![a](b)", "<img src=x>", "<!--", "&#64;octocat"),
    *(
        "#1",
        os.fsdecode(b"a\xff"),
        "\u202ea",
        "\u200b",
        "\x1b[2J",
        "`" * 90,
        "```",
        "$a$",
        "'; touch x; '",
        "$(touch x)",
    ),
    *(" a ", "-x", "~", "*"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes every name of a file")
@pytest.mark.parametrize("output", [[], ["--output", "report.md"]])
def test_the_command_tells_of_files_whatever_they_are_called(
    output: list[str], repository: Repository, run_tfgen: RunTfgen
) -> None:
    def report(names: list[str]) -> Page:
        shutil.rmtree(repository.root / "out", ignore_errors=True)
        for name in names:
            repository.write(f"out/{name}.tf", "")
        repository.write("services.yaml", SMALL)
        repository.commit()
        for name in names[::2]:
            repository.write(f"out/{name}.tf", "# b\n")
        repository.write("services.yaml", SMALL.replace("mail", "post"))
        result = run_tfgen("report", *output, cwd=repository.root)
        assert result.exit_code == 0, result.stderr
        return rendered((repository.root / "report.md").read_text("utf-8") if output else result.stdout)

    found, expected = report(FILE_NAMES), report([f"x{number}" for number in range(len(FILE_NAMES))])

    assert sorted(found.outside) == sorted(expected.outside), "files come in the order of their names"
    assert found.live == []
    assert_is_seen(found)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes every name of a file")
def test_the_command_names_the_base_whatever_it_is_called(tmp_path: Path, run_tfgen: RunTfgen) -> None:
    (tmp_path / "services.yaml").write_text(SMALL, "utf-8")
    pages = []
    for name in ["base", *FILE_NAMES]:
        (tmp_path / name).write_text(SMALL.replace("busybox:1", "busybox:2"), "utf-8")
        result = run_tfgen("report", "--base-file", name, cwd=tmp_path)
        assert result.exit_code == 0, result.stderr
        pages.append(rendered(result.stdout))
        lines = [line for code in pages[-1].code for line in code.split("\n")]
        (verify,) = [line for line in lines if line.startswith("tfgen verify-plan ")]
        assert run_in_bash(Page([], [verify])) == [b"verify-plan", b"plan.json", b"--base-file", os.fsencode(name)]

    assert [page.outside for page in pages] == [pages[0].outside] * len(pages)
    assert all(page.live == [] for page in pages)
