"""The whole knowledge base as one HTML file that a browser searches without a network.

The name of every record and what it is in short stand in it as HTML, such as what to do about a warning sign. The rest
is packed: JSON, compressed by gzip (RFC 1952), in base64. `reader.js` unpacks it.
"""

import gzip
from base64 import b64encode
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from string import Template

import msgspec
from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import FACETS
from massharm.kb.records import KINDS, Citation, Record, record_names
from massharm.kb.vocabulary import Region, Severity
from massharm.text import line

PAGE, STYLE, SCRIPT = (Path(__file__).with_name(f"reader.{suffix}") for suffix in ("html", "css", "js"))
ORDER = ("sign", *(kind for kind in KINDS if kind not in {"sign", "citation"}), "citation")
"""The order of the kinds: warning signs first, sources last."""
FILTERS = ("severity", "region")
"""The facets of `list` by which the file is narrowed, beside the kind."""

Entry = tuple[str, str, str]
"""A record as HTML: the line by which it is found, what it is in short, and the rest of its page."""


class Unopened(Struct, frozen=True, omit_defaults=True):
    """What is packed of a record: its other names, those that only the search reads, and the rest of its page."""

    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rest: str = ""


class Packed(Struct, frozen=True):
    """What is packed: records by id, and the heirs of withdrawn ids."""

    records: dict[str, Unopened]
    heirs: dict[str, tuple[str, ...]]


def render_html(
    kb: KnowledgeBase,
    records: Iterable[Record],
    entry: Callable[[Record, KnowledgeBase], Entry],
    document: Callable[[str, str, str, str], str],
) -> bytes:
    """Return one file with these records, which must be all.

    `entry` draws a record. `document` makes a document of a title, a body, a style sheet and a script.
    """
    by_kind: dict[str, list[str]] = {kind: [] for kind in ORDER}
    unopened: dict[str, Unopened] = {}
    for record in records:
        head, lead, rest = entry(record, kb)
        by_kind[record.kind].append(_record(record, head, lead, kb))
        unopened[record.id] = _unopened(record, rest)
    packed = msgspec.json.encode(Packed(unopened, kb.heirs))
    texts = {
        "title": kb.file.title,
        "edition": kb.edition,
        "reviewed": kb.reviewed,
        "review": kb.clinical_review,
        "notice": kb.notice,
        "absence": kb.absence,
        "cite": kb.how_to_cite,
        "licence": kb.file.licence,
    }
    page, style, script = (path.read_text(encoding="utf-8") for path in (PAGE, STYLE, SCRIPT))
    body = Template(page).substitute(
        {name: escape(line(text)) for name, text in texts.items()},
        kinds=_options((kind, f"{_title(kind)} ({len(found)})") for kind, found in by_kind.items() if found),
        severities=_options((word, word) for word in Severity),
        regions=_options((word, word.replace("-", " ")) for word in Region),
        sections="\n".join(_section(kind, found) for kind, found in by_kind.items() if found),
        packed=b64encode(gzip.compress(packed, mtime=0)).decode(),
    )
    return document(kb.file.title, body, style, script).encode()


def _record(record: Record, head: str, lead: str, kb: KnowledgeBase) -> str:
    """Return a record that opens, with the facets by which it is found; a citation has its number as an id too."""
    facets = "".join(f' data-{facet}="{words}"' for facet in FILTERS if (words := _words(facet, record, kb)))
    number = f' id="{record.number}"' if isinstance(record, Citation) else ""
    return (
        f'<details id="{escape(record.id)}" data-kind="{record.kind}"{facets}>'
        f"<summary{number}>{head}</summary>{lead}</details>\n"
    )


def _words(facet: str, record: Record, kb: KnowledgeBase) -> str:
    """Return the words of a facet by which `list` finds a record too."""
    values = FACETS[facet].get(record.kind)
    return " ".join(sorted(values(record, kb))) if values else ""


def _unopened(record: Record, rest: str) -> Unopened:
    aliases = tuple(line(alias.text) for alias in getattr(record, "aliases", ()))
    known = {record.name, record.id, *aliases}
    names = (line(text) for text, _ in record_names(record))
    return Unopened(aliases, tuple(name for name in names if name not in known), rest)


def _section(kind: str, found: Iterable[str]) -> str:
    return (
        f'<section class="kind" data-kind="{kind}" aria-labelledby="ui-{kind}">'
        f'<h2 id="ui-{kind}">{_title(kind)}</h2>\n{"".join(found)}</section>'
    )


def _title(kind: str) -> str:
    return "Warning signs" if kind == "sign" else KINDS[kind].capitalize()


def _options(words: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{value}">{text}</option>' for value, text in words)
