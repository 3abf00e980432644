"""What tests read of an HTML document: its elements, its links, its policy, and what is packed in it."""

import gzip
import json
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, NamedTuple

VOID = {"br", "input", "link", "meta", "progress"}


class Element(NamedTuple):
    """An element: its name and attributes."""

    tag: str
    attributes: dict[str, str | None]


class Document(HTMLParser):
    """The elements of a document in order, and its text; every element must be closed in order."""

    def __init__(self, text: str) -> None:
        """Read a document or a part of one."""
        super().__init__()
        self.elements: list[Element] = []
        self._texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what a person reads."""
        if not {"style", "script", "title"} & set(self._open[-1:]):
            self._texts.append(data)

    @property
    def text(self) -> str:
        """What a person reads, on one line."""
        return " ".join("".join(self._texts).split())

    def values(self, name: str) -> Iterator[str]:
        """Yield the values of an attribute."""
        yield from (value for element in self.elements if (value := element.attributes.get(name)))

    @property
    def shape(self) -> Counter[tuple[str, tuple[str, ...]]]:
        """The number of elements of each name with the same attributes."""
        return Counter((element.tag, tuple(sorted(element.attributes))) for element in self.elements)


def packed(text: str) -> dict[str, Any]:
    """Return what is packed in the file of the whole knowledge base."""
    (part,) = re.findall(r'<script type="text/plain" id="ui-packed">([^<]*)</script>', text)
    read: dict[str, Any] = json.loads(gzip.decompress(b64decode(part)))
    return read


def check_policy(text: str) -> None:
    """Check that a document loads nothing, and that its policy allows its own style and script and no other."""
    document = Document(text)
    policies = [element for element in document.elements if "http-equiv" in element.attributes]
    assert len(policies) == 1
    policy = str(policies[0].attributes["content"])
    assert policy.startswith("default-src 'none'; ")
    for tag, pattern in (("style", r"<style>(.*?)</style>"), ("script", r'<script type="module">(.*?)</script>')):
        found = re.findall(pattern, text, re.DOTALL)
        digests = [f"sha256-{b64encode(sha256(part.encode()).digest()).decode()}" for part in found]
        assert re.findall(rf"{tag}-src '([^']*)'", policy) == digests
    assert "unsafe" not in policy
    names = {name for element in document.elements for name in element.attributes}
    assert not names & {"src", "style", "srcset", "action"}
    assert not any(name.startswith("on") for name in names)
    assert all(link.startswith("#") for link in document.values("href"))
    assert not re.search(r"@import|url\(|\bimport\b|fetch\(|XMLHttp", text.partition("ui-packed")[0])
