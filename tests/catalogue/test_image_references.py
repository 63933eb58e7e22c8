"""References of images: what a registry can have is taken, and any other is refused with the part that is wrong."""

from __future__ import annotations

import pytest

from generator.catalogue.image_references import ImageTag, check_image_reference
from generator.errors import Rejection

SHA = f"sha256:{'0123456789abcdef' * 4}"

REFERENCES = [
    "busybox:1.36",
    "busybox",
    "library/busybox:1.36",
    "public.ecr.aws/docker/library/busybox:1.36",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:v1",
    "localhost/web",
    "localhost:5000/a/b:c",
    "Registry/web:1",
    "my-registry:5000/web",
    "[2001:db8::1]:5000/web:1",
    "192.168.0.1/a.b_c__d---e/f:_x",
    f"busybox@{SHA}",
    f"ghcr.io/acme/app:1.2@{SHA}",
    f"busybox@sha512:{'0' * 128}",
    f"a:{'t' * 128}",
    f"ghcr.io/{'a' * 255}",
    f"localhost/{'a' * 255}",
    "${var.image}",
    "${var.registry}/shop/web:${var.tag}",
    "${var.a}Web",
    "Web:${var.port_and_path}",
    "ghcr.io/acme/${var.name}",
    "ghcr.io/acme/web-${var.name}:1",
    "ghcr.io/acme/web:${var.tag}",
    "ghcr.io/acme/web:v${var.tag}",
    "localhost:5000/${var.name}",
    "ghcr.io/acme/web@${var.digest}",
    "ghcr.io/acme/web@sha256:${var.digest}",
    "ghcr.io/acme/web${var.tag_or_digest}",
]

FAULTS = [
    ("busybox: latest", "it has a space in it"),
    (" busybox:1", "it has a space in it"),
    ("busybox:v1 beta", "it has a space in it"),
    ("busybox:1+2", "it has `+` in it"),
    ("bücher/app:1", "it has `ü` in it"),
    ("app:1\n", "it has `\\n` in it"),
    ("a/b:$${c}", "it has `$` in it"),
    ("${var.a} ", "it has a space in it"),
    ("${var.a}:${var.b}?", "it has `?` in it"),
    ("Busy/Box:1", "a part of its path is `Box`"),
    ("BusyBox:1", "a part of its path is `BusyBox`"),
    ("ghcr.io/acme/Web:1", "a part of its path is `Web`"),
    ("ghcr.io//web:1", "a part of its path is empty"),
    ("ghcr.io/web/:1", "a part of its path is empty"),
    (":1", "a part of its path is empty"),
    ("a..b/c", "its registry is `a..b`"),
    ("x/a..b:1", "a part of its path is `a..b`"),
    ("x/a___b:1", "a part of its path is `a___b`"),
    ("x/-a:1", "a part of its path is `-a`"),
    ("https://ghcr.io/acme/web:1", "its registry is `https:`"),
    ("my_registry:5000/web", "its registry is `my_registry:5000`"),
    ("busybox:", "its tag is empty"),
    ("busybox:.1", "its tag is `.1`"),
    ("busybox:-1", "its tag is `-1`"),
    ("busybox:1:2", "its tag is `1:2`"),
    (f"busybox:{'t' * 129}", "its tag is `"),
    (f"ghcr.io/{'a' * 256}", "its path has 256 characters"),
    ("busybox@sha256:0123", "its digest is `sha256:0123`"),
    ("busybox@", "its digest is empty"),
    (f"busybox@{SHA.upper()}", "its digest is `SHA256:"),
    (f"busybox@{SHA}:1", "its digest is `"),
    ("ghcr.io/acme/Web:${var.tag}", "a part of its path is `Web`"),
    ("ghcr.io/acme/web-:${var.tag}", "a part of its path is `web-`"),
    ("ghcr.io/acme/Web-${var.name}", "a part of its path is `Web-`"),
    ("ghcr.io/Acme/${var.name}", "a part of its path is `Acme`"),
    ("ghcr.io/acme/-${var.name}", "a part of its path is `-`"),
    ("https://${var.registry}/web:1", "its registry is `https:`"),
    ("ghcr.io/acme/web:.${var.tag}", "its tag is `.`"),
    ("ghcr.io/acme/web:@${var.digest}", "its tag is empty"),
]


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_that_a_registry_can_have_is_taken(text: str) -> None:
    check_image_reference(text)


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_any_other_is_refused_with_the_part_that_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(Rejection) as raised:
        check_image_reference(text)
    assert raised.value.what.split(" is not an image reference: ")[1].startswith(fault)


@pytest.mark.parametrize(
    "tag",
    ["1", "v1.2-rc_3", "_", "t" * 128, f"1@{SHA}", "${var.tag}", "v${var.tag}", "${var.tag}-arm64", "1@${var.digest}"],
)
def test_a_tag_is_taken(tag: str) -> None:
    assert ImageTag().read(tag) == tag


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("v1 beta", "`v1 beta` is not a tag: it has a space in it"),
        ("1+2", "`1+2` is not a tag: it has `+` in it"),
        ("${var.a}/b", "`${var.a}/b` is not a tag: it has `/` in it"),
        (".1", "`.1` is not a tag: its tag is `.1`"),
        ("1:2", "`1:2` is not a tag: its tag is `1:2`"),
        ("1:${var.a}", "`1:${var.a}` is not a tag: its tag is `1:`"),
        ("-${var.a}", "`-${var.a}` is not a tag: its tag is `-`"),
        ("1@sha256:0", "`1@sha256:0` is not a tag: its digest is `sha256:0`"),
        (f"@{SHA}", "is not a tag: its tag is empty"),
        (SHA, "is a digest, not a tag"),
        ("sha256:${var.digest}", "`sha256:${var.digest}` is a digest, not a tag"),
        ("", "there is no value"),
    ],
)
def test_what_is_not_a_tag_is_refused(tag: str, fault: str) -> None:
    with pytest.raises(Rejection) as raised:
        ImageTag().read(tag)
    assert fault in raised.value.what
