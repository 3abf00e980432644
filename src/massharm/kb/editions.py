"""The editions of the bundled knowledge base: what each changed, and how it was made."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from massharm.errors import BadData
from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Day, Ref, Text
from massharm.kb.vocabulary import Provenance

CHECKOUT = Path(__file__).parents[3]
"""The folder of the checkout, where there is one."""


class EditionChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an edition changed.

    `added` counts new records by their plural. `lowered` are the ids of signs that are gone, and of records whose grade
    is milder: `scripts/edition.py` refuses an edition that has others.
    """

    edition: Text
    since: Text
    added: dict[str, Annotated[int, Meta(ge=0)]]
    changes: tuple[Text, ...] = ()
    lowered: tuple[Ref, ...] = ()


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of the search: publications, and on how many a field was seen where; and the first and last day.

    `pages_seen` are the days on which web pages were seen, `status_seen` those on which retractions were looked for.
    `with_identifier` publications have a PMID or a DOI; for `looked_up` a retraction or correction was looked for, and
    for `notices` one was found.
    """

    publications: int
    cases: int
    seen_in: dict[str, int]
    pages_seen: tuple[Day, Day] | None
    status_seen: tuple[Day, Day] | None
    with_identifier: int = 0
    looked_up: int = 0
    notices: int = 0


def editions() -> tuple[EditionChanges, ...]:
    """Return what each edition changed, the newest first.

    Raises:
        BadData: the file that came with the package is missing or broken.
    """
    path = _shipped("changes.json", "data")
    return store.decode_as(store.read(path), path, tuple[EditionChanges, ...])


def method() -> str:
    """Return the text on how the knowledge base was made, in Markdown.

    Raises:
        BadData: the file that came with the package is missing or is no text.
    """
    path = _shipped("method.md", "docs")
    try:
        return store.read(path).decode()
    except UnicodeDecodeError:
        raise BadData(f"{path}: it is no text in UTF-8") from None


def sources(kb: KnowledgeBase) -> Sources:
    """Return the numbers of the search, as the citations give them."""
    cited = kb.file.citations
    pages = sorted(part.seen_on for part in cited if part.seen_on)
    states = sorted(part.status.looked_at for part in cited if part.status)
    return Sources(
        publications=len(cited),
        cases=len(kb.file.cases),
        seen_in={where: sum(where in {seen.where for seen in part.checked} for part in cited) for where in Provenance},
        pages_seen=(pages[0], pages[-1]) if pages else None,
        status_seen=(states[0], states[-1]) if states else None,
        with_identifier=sum(bool(part.pmid or part.doi) for part in cited),
        looked_up=len(states),
        notices=sum(part.status is not None and part.status.state is not None for part in cited),
    )


def _shipped(name: str, folder: str) -> Path:
    """Return a file that the wheel carries beside the knowledge base, and a checkout in a folder of its own."""
    packaged = store.PACKAGED.with_name(name)
    return packaged if packaged.is_file() else CHECKOUT / folder / name
