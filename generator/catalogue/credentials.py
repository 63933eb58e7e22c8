"""What gives a credential away: how the issuers of keys and tokens mark them, and what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKED = re.compile(
    r"""
    \b(?:AKIA|ASIA)[A-Z0-9]{16}\b                       # AWS access keys: IAM user guide, "Unique identifiers"
    | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----              # RFC 7468
    | \bgh[pousr]_[A-Za-z0-9]{36,}                      # GitHub: "About authentication to GitHub", token formats
    | \bgithub_pat_[A-Za-z0-9_]{22,}
    | \bglpat-[A-Za-z0-9_-]{20,}                        # GitLab: "Token prefixes"
    | \bxox[abeoprs]-[A-Za-z0-9-]{10,}                  # Slack: "Token types"
    | \b[rs]k_live_[A-Za-z0-9]{16,}                     # Stripe: "API keys"
    | \beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.    # RFC 7519: two JSON objects in base64
    | ://[^/\s:@]*:[^/\s@]+@                            # RFC 3986: a password in a URL
    """,
    re.VERBOSE,
)

_NAMED = re.compile(
    r"""
    (?: PASSWORD | PASSWD | PASSPHRASE
    | (?:^|[_.-])(?:PWD|PASS|SECRET|TOKEN|CREDENTIALS?)
    | (?:^|[_.-])(?:API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|SECRET)[_.-]?KEY(?:[_.-]?BASE)?
    )$""",
    re.VERBOSE | re.IGNORECASE,
)

_TELLS_NOTHING = re.compile(r"|[0-9.]{1,6}|/.*|true|false|yes|no|on|off|none|null", re.IGNORECASE)
"""Values that protect nothing, whatever they are called: a switch, a count, the path of a file."""


_FOR_FORMS = re.compile(r"(?:^|[_.-])(?:CSRF|XSRF)(?:[_.-]|$)", re.IGNORECASE)
"""Names of settings that say how a page protects its forms. Their values are no secrets."""

_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)=(.+)", re.DOTALL)
"""A word of a command that gives an option its value."""


def words_with_a_credential(command: Sequence[str]) -> Iterator[int]:
    """Yield the index of each word of a command that seems to hold a credential, given its literal words."""
    for index, word in enumerate(command):
        option = _OPTION.fullmatch(word)
        if option and looks_like_a_credential(option[1], option[2]):
            yield index
        elif not word.startswith("-") and index and command[index - 1].startswith("-"):
            if looks_like_a_credential(command[index - 1].lstrip("-"), word):
                yield index
        elif _MARKED.search(word):
            yield index


def looks_like_a_credential(name: str, value: str) -> bool:
    """Tell whether an environment variable seems to hold what only Secrets Manager should, given its literal value."""
    is_named = _NAMED.search(name) is not None and _FOR_FORMS.search(name) is None
    return _MARKED.search(value) is not None or (is_named and _TELLS_NOTHING.fullmatch(value) is None)
