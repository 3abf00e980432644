"""The rules of links: every id that a record names, and what follows from what names what."""

from collections import Counter
from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import When
from massharm.kb.records import ANY, Harm, Precaution, Record, Sign
from massharm.kb.vocabulary import Study, Support


def links_resolve(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every id that a record names exists, is of the right kind, and is not its own."""
    for record in kb:
        for field, kind, name in _links(record):
            named = kb.by_id.get(name)
            if named is None or kind not in {named.kind, ANY}:
                yield record.id, f"“{field}” names {name}, which is no {kind}"
            elif name == record.id:
                yield record.id, f"“{field}” names the record itself"
    for name in kb.file.intake:
        asked = kb.by_id.get(name)
        if asked is None or asked.kind not in {Sign.kind, Precaution.kind}:
            yield "intake", f"it names {name}, which is no sign and no precaution"
    for gone in kb.file.withdrawn:
        for heir in gone.heirs:
            if heir not in kb.by_id:
                yield gone.id, f"its heir {heir} does not exist"


def _links(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the ids that stand in a record: the field, the kind that it asks for, and the id."""
    for field, kind in record.links.items():
        yield from ((field, kind, name) for name in getattr(record, field))
    if isinstance(record, Harm):
        yield from (("warning_signs", Sign.kind, part.sign) for part in record.warning_signs)
    if isinstance(record, Precaution):
        yield from (("harms", Harm.kind, part.harm) for part in record.harms)
        yield from (("advice", ANY, name) for part in record.advice for name in _named_in(part.when))
        if record.when_past and record.when_past.heir:
            yield "when_past", Precaution.kind, record.when_past.heir
    if isinstance(record, Sign):
        yield from (("raised_by", ANY, name) for part in record.raised_by for name in _named_in(part.circumstances))


def _named_in(when: When | None) -> tuple[str, ...]:
    return when.records if when else ()


def links_are_mutual(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Records of one kind refer to each other in “see_also”, both or neither; a local one may do it alone."""
    for record in kb:
        for name in () if record.id in kb.local else getattr(record, "see_also", ()):
            other = kb.by_id.get(name)
            if other is not None and other.kind == record.kind and record.id not in getattr(other, "see_also", ()):
                yield name, f"“see_also” lacks {record.id}, which refers to it; add it"


def everything_used(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every mechanism has a harm, and every citation is cited."""
    for record in kb.file.mechanisms:
        if not kb.harms_of(record):
            yield record.id, "no harm refers to it"
    for cited in kb.file.citations:
        if not kb.cited_by(cited) and cited.kind_of_study is not Study.COMMENTARY:
            yield cited.key, "nothing cites it; link its finding to a harm, a term or a precaution"


def support_is_not_typed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Links that cases support are computed: a precaution holds only those of authorities and inferences, each once."""
    for record in kb.file.precautions:
        for part in record.harms:
            if part.support is Support.CASE:
                yield record.id, f"the link to {part.harm} holds the support “case”, which is computed; take it out"
        for name, count in Counter(part.harm for part in record.harms).items():
            if count > 1:
                yield record.id, f"“harms” holds {name} {count} times; keep one"


RULES = (
    links_resolve,
    links_are_mutual,
    everything_used,
    support_is_not_typed,
)
"""The rules; the docstring of each states it to curators."""
