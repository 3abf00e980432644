"""What changed between two editions, what each edition changed, and how it was made, as pages."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from massharm.kb.base import KnowledgeBase
from massharm.kb.comparison import FILE, Change, ChangeType
from massharm.kb.editions import EditionChanges, Sources
from massharm.kb.records import Citation
from massharm.pages.blocks import (
    Fact,
    Heading,
    Item,
    Page,
    Para,
    Run,
    Runs,
    Title,
    citation_mark,
    counted,
    readable,
)
from massharm.text import clean

_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_REMARK = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def diff_page(old: KnowledgeBase, new: KnowledgeBase, found: Sequence[Change]) -> Page:
    """Return what changed between two editions: graver changes first, an entry for each record or field."""
    counts = [(kind, sum(part.change is kind for part in found)) for kind in ChangeType]
    tags = tuple(Run(f"{readable(kind)}: {count}") for kind, count in counts if count) or (Run("no difference"),)
    blocks: list[Any] = [Title(f"Edition {old.edition} to {new.edition}", tags)]
    for kind, count in counts:
        if count:
            blocks.append(Heading(f"{kind.heading} ({count})"))
            blocks += (_entry(part, old, new) for part in found if part.change is kind)
    return (*blocks, Para((Run(new.notice, "muted"),)))


def _entry(part: Change, old: KnowledgeBase, new: KnowledgeBase) -> Item:
    label = part.kind if part.kind == FILE else f"{part.kind} {part.id}"
    head = (Run(f"{label}: ", "muted"), Run(part.name, "strong"), *((Run(f" · {part.field}"),) if part.field else ()))
    if part.change is ChangeType.GRADE:
        return Item((*head, Run(f": {part.old} → {part.new} "), _sources(part, new)), "!!")
    lines: list[Runs] = [(Run(f"- {text}"),) for text in _texts(part.old)]
    lines += [(Run(f"+ {text} "), _sources(part, new)) for text in _texts(part.new)]
    if part.heirs:
        lines.append((Run(f"replaced by {', '.join(part.heirs)}"),))
    elif part.change in {ChangeType.LOSS, ChangeType.WITHDRAWN} and part.field is None:
        lines[0] = (*lines[0], Run(" "), _sources(part, old))
    return Item(head, "!" if part.change is ChangeType.LOSS else "-", tuple(lines))


def _sources(part: Change, kb: KnowledgeBase) -> Run:
    """Return the citations of a record; those of a part stand in the part itself."""
    if part.kind == FILE or (part.field and isinstance(part.new, list)):
        return Run("")
    record = kb[part.id]
    return Run("") if isinstance(record, Citation) else citation_mark(record.citations)


def _texts(value: Any) -> Iterator[str]:
    """Yield the entries of a list, or a value, as one reads them."""
    for part in value if isinstance(value, list | tuple) else () if value is None else (value,):
        yield _text(part)


def _text(part: Any) -> str:
    """Return a part of a record as one reads it: its text first, its other fields, and its citations."""
    if isinstance(part, list | tuple):
        return ": ".join(map(_text, part))
    if not isinstance(part, dict):
        return str(part)
    fields = dict(part)
    numbers = fields.pop("citations", [])
    head = next((fields.pop(name) for name in ("text", "name", "sign", "harm") if name in fields), "")
    others = "; ".join(f"{readable(name)}: {_text(value)}" for name, value in fields.items() if value not in (None, []))
    mark = f" {citation_mark(numbers).text}" if numbers else ""
    return f"{head}{f' ({others})' if head and others else others}{mark}"


def changes_page(kb: KnowledgeBase, found: Sequence[EditionChanges]) -> Page:
    """Return what each edition changed, the newest first."""
    blocks: list[Any] = [Title("Changes of the knowledge base", (Run(f"edition in use: {kb.edition}"),))]
    for part in found:
        added = ", ".join(counted(number, kind.removesuffix("s")) for kind, number in part.added.items())
        blocks.append(Heading(f"Edition {part.edition}, since {part.since}"))
        blocks += [Item((Run(text),)) for text in ((f"Added: {added}.",) if added else ()) + part.changes]
        if part.lowered:
            blocks.append(Item((Run(f"Signs taken out, and milder grades: {', '.join(part.lowered)}."),), "!"))
    return (*blocks, Para((Run(kb.notice, "muted"),)))


def sources_page(kb: KnowledgeBase, found: Sources) -> Page:
    """Return the numbers of the search, as the citations give them."""
    seen = "; ".join(f"{where} {count}" for where, count in found.seen_in.items())
    days = (("Web pages seen", found.pages_seen), ("Days of these look-ups", found.status_seen))
    looked = (
        f"for {found.looked_up} of {found.publications} publications ({found.with_identifier} have a PMID or a DOI); "
        f"found for {found.notices}; for the others none was looked for"
    )
    return (
        Title("How the knowledge base was made", (Run(f"edition {kb.edition}"), Run(f"checked {kb.reviewed}"))),
        Fact("Publications taken in", (Run(str(found.publications)),)),
        Fact("Cases in them", (Run(str(found.cases)),)),
        Fact("Fields seen at", (Run(seen),)),
        *(Fact(label, (Run(f"{span[0]} to {span[1]}"),)) for label, span in days[:1] if span),
        Fact("Retractions and corrections looked for", (Run(looked),)),
        *(Fact(label, (Run(f"{span[0]} to {span[1]}"),)) for label, span in days[1:] if span),
        Para((Run(kb.notice, "muted"),)),
    )


def readable_markdown(text: str) -> str:
    """Return Markdown as a person reads it on a terminal: links as their words, no remarks."""
    return clean(_LINK.sub(r"\1", _REMARK.sub("", text))).rstrip("\n")
