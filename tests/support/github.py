"""What GitHub makes of Markdown: its own renderer, and what it looks for in the HTML afterwards."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from cmarkgfm.cmark import Options, markdown_to_html_with_extensions

EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]

LIVE = {
    "mention": r"@\w",
    "issue or pull request": r"#\d|(?i:\bgh-\d)",
    "commit": r"\b[0-9a-f]{7,40}\b",
    "address": r"(?i:\b(?:https?|ftp|mailto|xmpp):|\bwww\.)",
    "emoji": r":[\w+-]+:",
    "formula": r"\$",
    "link within a wiki": r"\[\[",
    "alert": r"\[!\w+\]",
    "footnote": r"\[\^",
    "box of a task": r"\[[ xX]\]",
    "HTML": r"[<>]|&#?\w+;",
}
"""What GitHub acts on in a text that is not code.

Source: GitHub's documentation, "Autolinked references and URLs", "Basic writing and formatting syntax", "Writing
mathematical expressions", "About task lists".
"""

_CODE = ("code", "pre")


class Page(NamedTuple):
    """A rendered document: its tags and the texts outside of code, in their order, and the texts that are code."""

    outside: list[str]
    code: list[str]

    @property
    def live(self) -> list[tuple[str, str]]:
        """What GitHub would act on, and in which text."""
        texts = [text for text in self.outside if not text.startswith("<")]
        return [(what, text) for what, pattern in LIVE.items() for text in texts if re.search(pattern, text)]


def rendered(markdown: str) -> Page:
    """Return a document as GitHub renders it, with HTML let through, so that it would be seen."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    reader = _Reader()
    reader.feed(markdown_to_html_with_extensions(markdown, options, EXTENSIONS))
    reader.close()
    return Page(reader.outside, reader.code)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.code: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outside.append(f"<{tag} {sorted(attrs)}>")
        if tag in _CODE:
            self.code += [] if self._within else [""]
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.outside.append(f"</{tag}>")
        if tag in _CODE:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        if self._within:
            self.code[-1] += data
        elif data.strip():
            self.outside.append(data)

    def handle_comment(self, data: str) -> None:
        self.outside.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.outside.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.outside.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.outside.append(f"<![{data}]>")
