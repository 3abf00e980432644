"""What changed between two editions, what each edition changed, and how it was made, as pages."""

import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from massharm.kb.base import KnowledgeBase
from massharm.kb.comparison import FILE, Change, ChangeType
from massharm.kb.editions import EditionChanges, Sources
from massharm.kb.records import Citation
from massharm.pages.blocks import (
    Block,
    Fact,
    Grid,
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
_MARKS = {ChangeType.GRADE: "!!", ChangeType.LOSS: "!"}
_ENTRY = re.compile(r"^(-|[0-9]+\.) ", re.MULTILINE)
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
    if part.change is ChangeType.GRADE and not isinstance(part.new, list):
        return Item((*head, Run(f": {part.old} → {part.new} "), _sources(part, new)), "!!")
    lines: list[Runs] = [(Run(f"- {text}"),) for text in _texts(part.old)]
    lines += [(Run(f"+ {text} "), _sources(part, new)) for text in _texts(part.new)]
    if part.heirs:
        lines.append((Run(f"replaced by {', '.join(part.heirs)}"),))
    elif part.change in {ChangeType.LOSS, ChangeType.WITHDRAWN} and part.field is None:
        lines[0] = (*lines[0], Run(" "), _sources(part, old))
    return Item(head, _MARKS.get(part.change, "-"), tuple(lines))


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
        return ", ".join(map(_text, part))
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


def method_page(text: str) -> Page:
    """Return a text in the Markdown of the documents as a page: headings, paragraphs, lists and tables.

    Links are their words, remarks are left out, and a blank line parts a paragraph off from what is no heading.
    """
    readable = clean(_LINK.sub(r"\1", _REMARK.sub("", text)))
    blocks: list[Block] = []
    for part in re.split(r"\n{2,}", readable.strip("\n")):
        for block in _markdown_blocks(part):
            is_apart = isinstance(block, Para) and bool(blocks) and not isinstance(blocks[-1], Heading)
            blocks.append(Item(block.runs, "", is_apart=True) if is_apart and isinstance(block, Para) else block)
    return tuple(blocks)


def _markdown_blocks(part: str) -> Iterator[Block]:
    """Yield the blocks of lines between which no line is empty."""
    if part.startswith("#"):
        yield Heading(part.lstrip("# "))
    elif part.startswith("|"):
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in part.replace("`", "").splitlines()]
        columns, _rule, *cells = rows
        yield Grid(tuple(columns), tuple(tuple(map(Run, row)) for row in cells))
    elif _ENTRY.match(part):
        for mark, text in zip(_ENTRY.findall(part), _ENTRY.split(part)[2::2], strict=True):
            yield Item(_emphasised(text), mark)
    else:
        yield Para(_emphasised(part))


def _emphasised(text: str) -> Runs:
    """Return a text on one line: what stands between two stars is strong, other marks are dropped."""
    parts = re.split(r"\*\*(.+?)\*\*", " ".join(text.split()))
    return tuple(
        Run(re.sub(r"[*`]", "", part), tone) for part, tone in zip(parts, cycle(("plain", "strong")), strict=False)
    )
