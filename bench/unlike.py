"""A catalogue of services as unlike as those of a company, the same each time: what varies, and why.

- Kinds: half are workers, the rest backends, jobs and tasks.
- Environments: 2 to 25 variables each, from a company's two hundred names, and one of its own. Most values are words,
  numbers and addresses; some are JSON, hold quotes and backslashes, letters beyond ASCII, or interpolate.
- Commands: of one to six words, some with flags, some through a shell with quotes.
- Sizes, secrets, queues, buckets, health checks, tags, log retention: for some, and of different number.

With `rich`, each service has a JSON text, a quoted command and five interpolations of its own beside all that.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import yaml

_TEXT = """
account address alert audit batch billing booking cache cart catalog checkout claim client content customer
data delivery device document email event export feed file form fraud gateway geo graph image import index
insight inventory invoice job ledger legacy limit link list mail map market media member message metric mobile
news note offer order page partner payment payout plan policy portal price profile promo push quote rate
refund region report request review reward risk route rule sales schedule search session shipment site stock
store sync tax ticket token trace user vendor video wallet webhook
"""
_WORDS = tuple(_TEXT.split())
_ENDS = ("URL", "HOST", "PORT", "TIMEOUT", "LIMIT", "MODE", "NAME", "REGION", "TOPIC", "PREFIX", "ENABLED", "LEVEL")
_SIZES = ((256, 512), (256, 1024), (512, 1024), (512, 2048), (1024, 2048), (1024, 4096), (2048, 4096))
_VARIABLES = tuple(f"{word}_{end}" for word in _WORDS[:30] for end in ("host", "region", "stage"))
_SECRETS = tuple(f"{word}_key" for word in _WORDS[:40])


def companions() -> str:
    """Return the declarations of all that such a catalogue refers to."""
    variables = [f'variable "{name}" {{}}' for name in ("subnets", "security_group", "image_tag", *_VARIABLES)]
    secrets = [f'resource "aws_secretsmanager_secret" "{name}" {{}}' for name in _SECRETS]
    return "\n".join([*variables, *secrets, ""])


def unlike_catalogue(services: int, rich: bool = False, seed: int = 1) -> str:
    """Return the catalogue's text."""
    random = Random(seed)
    names = [f"{_WORDS[number % len(_WORDS)]}-{random.choice(_WORDS)}-{number}" for number in range(services)]
    catalogue = {
        "version": 1,
        "project": "shop",
        "module": {"path": "out", "address": "module.shop"},
        "tags": {"project": "shop", "cost center": "4711"},
        "images": {
            f"app{number}": {"repository": f"shop-app{number}", "tag": "${var.image_tag}"} for number in range(8)
        },
        "network": {"subnets": "${var.subnets}", "security_groups": ["${var.security_group}"]},
        "defaults": {"cpu": 512, "memory": 1024, "environment": {"REGION": "${data.aws_region.current.id}"}},
        "services": {name: _service(random, name, rich) for name in names},
    }
    return yaml.dump(catalogue, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


class _Dumper(yaml.SafeDumper):
    """Writes every entry out, without aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _service(random: Random, name: str, rich: bool) -> dict[str, Any]:
    service = {"image": f"app{random.randrange(8)}", "role": "own"} | _of_a_kind(random)
    for share, settings in _SOMETIMES:
        if random.random() < share:
            service |= settings(random, name)
    service["environment"] = _environment(random, name, rich)
    if rich:
        service["command"] = ["sh", "-c", f'run "{name}" --at \'now\' && echo "done: {random.random()}"']
    return service


def _of_a_kind(random: Random) -> dict[str, Any]:
    kind = random.choice(("worker", "worker", "worker", "backend", "job", "task"))
    if kind == "backend":
        return {"kind": kind, "port": random.randrange(3000, 9000)}
    if kind == "job":
        daily = f"cron({random.randrange(60)} 6 ? * MON-FRI *)"
        return {"kind": kind, "schedule": random.choice(("rate(1 hour)", "rate(6 hours)", daily))}
    return {"kind": kind}


def _sizes(random: Random, _: str) -> dict[str, Any]:
    return dict(zip(("cpu", "memory"), random.choice(_SIZES), strict=True))


def _command(random: Random, _: str) -> dict[str, Any]:
    if random.random() < 0.2:
        shell = f'exec {random.choice(_WORDS)} --name "{random.choice(_WORDS)} {random.randrange(99)}"'
        return {"command": ["sh", "-c", shell]}
    words = [random.choice(_WORDS) for _ in range(random.randrange(0, 3))]
    flags = [f"--{random.choice(_WORDS)}={random.randrange(1000)}" for _ in range(random.randrange(0, 3))]
    return {"command": ["python", "-m", *words, *flags]}


def _retention(random: Random, _: str) -> dict[str, Any]:
    return {"log_retention_days": random.choice((7, 14, 30, 90, 365))}


def _queue(random: Random, name: str) -> dict[str, Any]:
    of_a_variable = f"${{var.{random.choice(_VARIABLES)}}}"
    return {"queue": random.choice((name, f"{name}-{random.choice(_WORDS)}", of_a_variable))}


def _buckets(random: Random, name: str) -> dict[str, Any]:
    access = ("read", "write", "delete", "list")
    of_number = [random.sample(access, random.randrange(1, 5)) for _ in range(random.randrange(1, 4))]
    return {"buckets": [{"name": f"{name}-{number}", "access": some} for number, some in enumerate(of_number)]}


def _health_check(random: Random, _: str) -> dict[str, Any]:
    command = ["CMD-SHELL", f"curl -f http://localhost:{random.randrange(3000, 9000)}/ || exit 1"]
    interval = {"interval": random.randrange(5, 60)} if random.random() < 0.5 else {}
    return {"health_check": {"command": command, **interval}}


def _secrets(random: Random, _: str) -> dict[str, Any]:
    names = [f"{random.choice(_WORDS).upper()}_KEY" for _ in range(random.randrange(1, 6))]
    return {"secrets": {name: random.choice(_SECRETS) for name in names}}


def _tags(random: Random, _: str) -> dict[str, Any]:
    keys = random.sample(("team", "tier", "owner", "cost center"), random.randrange(1, 4))
    return {"tags": {key: random.choice(_WORDS) for key in keys}}


_SOMETIMES = (
    (0.5, _sizes),
    (0.8, _command),
    (0.3, _retention),
    (0.4, _queue),
    (0.3, _buckets),
    (0.3, _health_check),
    (0.5, _secrets),
    (0.4, _tags),
)
"""What some services have, and the share of those that have it."""


def _environment(random: Random, name: str, rich: bool) -> dict[str, str]:
    found = {"SERVICE_NAME": name}
    for _ in range(random.randrange(1, 25)):
        found[f"{random.choice(_WORDS)}_{random.choice(_ENDS)}".upper()] = _value(random, name)
    if rich:
        found["SETTINGS_JSON"] = json.dumps(
            {"name": name, "limits": [random.randrange(1000) for _ in range(3)], "on": True}
        )
        for number in range(5):
            link = f"https://${{var.{random.choice(_VARIABLES)}}}/{name}/{random.randrange(10**6)}"
            found[f"LINK_{number}"] = link
    return found


def _value(random: Random, name: str) -> str:
    word, variable, number = random.choice(_WORDS), random.choice(_VARIABLES), random.randrange(100_000)
    plain = (
        word,
        f"{word}-{number}",
        str(number),
        "true",
        "false",
        "info",
        f"{word}.{name}.internal",
        f"{number}s",
        "",
    )
    odd = (
        f"https://{word}.example.com/{name}?page={number}&size=10",
        f"postgres://{name}@db.{word}.internal:5432/{word}",
        json.dumps({word: number, "tags": [word, name], "deep": {"on": True}}),
        f'say "{word}" to {name}',
        f"C:\\{word}\\{number}",
        f"{word} – größe {number} ✓",
        f"${{var.{variable}}}",
        f"https://${{var.{variable}}}/{name}",
        f"${{var.{variable}}}-${{var.{random.choice(_VARIABLES)}}}",
        f"{word},{name};{number}|x",
        f"$${{{word}}} costs {number}$ or 5%",
    )
    return random.choice(plain) if random.random() < 0.6 else random.choice(odd)
