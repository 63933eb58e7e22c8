"""What a credential looks like: the marks that issuers give to keys and tokens, and the names that people use."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.hcl.write.text import Literal, is_plain, parts

_MARKED = re.compile(
    r"""
    \b(?:(?:AKIA|ASIA)[A-Z0-9]{16}\b                    # AWS access keys: IAM user guide, "Unique identifiers"
        | gh[pousr]_[A-Za-z0-9]{36,}                    # GitHub: "About authentication to GitHub", token formats
        | github_pat_[A-Za-z0-9_]{22,}
        | glpat-[A-Za-z0-9_-]{20,}                      # GitLab: "Token prefixes"
        | xox[abeoprs]-[A-Za-z0-9-]{10,}                # Slack: "Token types"
        | hooks\.slack\.com/services/T\w+/B\w+/\w+      # Slack: "Sending messages using incoming webhooks"
        | discord(?:app)?\.com/api/webhooks/\d+/[\w-]+  # Discord: "Webhook resource"
        | [rs]k_(?:live|test)_[A-Za-z0-9]{16,}          # Stripe: "API keys"
        | whsec_[A-Za-z0-9]{24,}                        # Stripe: "Resolve webhook signature verification errors"
        | AIza[A-Za-z0-9_-]{35}                         # Google Cloud: "Manage API keys"
        | SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}      # SendGrid: "API keys"
        | sk-(?:proj|svcacct|ant)-[A-Za-z0-9_-]{20,}    # OpenAI and Anthropic
        | npm_[A-Za-z0-9]{36}                           # npm: "About access tokens"
        | dckr_pat_[A-Za-z0-9_-]{20,}                   # Docker Hub: "Personal access tokens"
        | eyJ(?<!-eyJ)[\w-]{8,}\.eyJ[\w-]{8,}\.         # RFC 7519: two JSON objects in base64
        | (?:Bearer|Basic)\ +(?=\S*[0-9])[\w.~+/-]{12,} # RFC 6750, RFC 7617
    )
    | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----              # RFC 7468
    | ://[^/\s:@]*:(?![$<{])[^/\s@]+@                   # RFC 3986: a password in a URL
    | (?i:(?:^|[;?&\s])(?:password|pwd|accountkey|sharedaccesskey)=(?![$<{])[^;&\s])  # in a connection string
    """,
    re.VERBOSE,
)
"""An alternative that begins with a letter is tried only where that letter is, so none begins with `\\b` of its own."""

_NAMED = re.compile(
    r"""
    (?: PASSWORD | PASSWD | PASSPHRASE
    | (?:^|[_.-])(?:DB|DATABASE|ROOT|ADMIN|USER|SMTP|MAIL|REDIS|REQUIRE)PASS
    | (?:^|[_.-])(?:PWD|PASS|SECRET|TOKEN|CREDENTIALS?)
    | (?:^|[_.-])(?:API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|SECRET|MASTER|LICENSE|HMAC)[_.-]?KEY(?:[_.-]?BASE)?
    )$""",
    re.VERBOSE | re.IGNORECASE,
)

_KEY_OF_SOMETHING = re.compile(r"(?<!PUBLIC)[_.-]KEY$", re.IGNORECASE)
_RANDOM = re.compile(r"[0-9a-f]{32,}|(?:base64:)?(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]{40,}=*")
"""Many settings are called keys. One is a credential where its value is as long and mixed as people do not write it."""

_ANYTHING = re.compile(r".*", re.DOTALL)

_TELLS_NOTHING = re.compile(
    r"""
    | [0-9.]{1,6}(?:ms|[smhd])? | true | false | yes | no | on | off | none | null
    | \$(?:\w+|[({].*) | (?:/|https?://|arn:|ssm:|\{\{resolve:).*  # where it is; passwords in URLs are marked
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Values that are not credentials, whatever their name: a switch, a count, a time, a path, a variable of the shell."""

_FOR_FORMS = re.compile(r"(?:^|[_.-])(?:CSRF|XSRF)(?:[_.-]|$)", re.IGNORECASE)
"""Names of settings that say how a page protects its forms. Their values are not secrets."""

_OPTION = re.compile(r"(?:--?)?([A-Za-z_][\w.-]*)=(.+)", re.DOTALL)
"""A word that gives an option, or a variable of the shell, its value."""

_BETWEEN_WORDS = re.compile(r"""[\s;&|'"]+""")
"""What parts the words of a line for a shell, as in `[sh, -c, "run --password x"]`."""

_NEXT_OF_CAMEL_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_EXPRESSION = "${}"


def words_with_a_credential(command: Sequence[str]) -> Iterator[int]:
    """Yield the index of each word of a command that seems to hold a credential, given its words as catalogue text."""
    words = [_readable(word) for word in command]
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        if _MARKED.search(word) or _is_given(before, word) or _is_in_line(_BETWEEN_WORDS.split(word)):
            yield index


def looks_like_a_credential(name: str, value: str) -> bool:
    """Tell whether an environment variable with this value, as catalogue text, seems to be a credential.

    Of a value with expressions, what stands around them is looked at for marks alone.
    """
    return _looks_like_one(name, _readable(value))


def _readable(text: str) -> str:
    """Return the characters that a catalogue's text stands for, with the same sign for each expression."""
    if is_plain(text):
        return text
    return "".join(piece.value if isinstance(piece, Literal) else _EXPRESSION for piece in parts(text))


def _is_in_line(words: Sequence[str]) -> bool:
    """Tell whether an option or a variable in a line for a shell is given a credential."""
    options = (option for option in map(_OPTION.fullmatch, words) if option)
    given = any(_is_given(before, word) for before, word in pairwise(words))
    return given or any(_looks_like_one(option[1], option[2]) for option in options)


def _is_given(option: str, word: str) -> bool:
    """Tell whether a word is a credential that the option before it asks for."""
    return option.startswith("-") and not word.startswith("-") and _looks_like_one(option.lstrip("-"), word)


def _looks_like_one(name: str, value: str) -> bool:
    if _MARKED.search(value):
        return True
    suspect = _suspect(name)
    is_suspect = suspect is not None and suspect.fullmatch(value) is not None
    return is_suspect and _EXPRESSION not in value and not _TELLS_NOTHING.fullmatch(value)


@functools.lru_cache(maxsize=4096)
def _suspect(name: str) -> re.Pattern[str] | None:
    """Return how a value without marks looks that is a credential by its name; of most names, none is."""
    words = _NEXT_OF_CAMEL_CASE.sub("_", name)
    if _FOR_FORMS.search(words):
        return None
    if _NAMED.search(words):
        return _ANYTHING
    return _RANDOM if _KEY_OF_SOMETHING.search(words) else None
