"""Figures: how often something was counted, those of massage apart from those of what is only near it."""

from collections.abc import Iterator, Sequence

from massharm.clinical.evidence import Counted
from massharm.kb.filters import Facets
from massharm.kb.parts import Figure
from massharm.kb.vocabulary import Scope
from massharm.pages.blocks import (
    Bar,
    Block,
    Fact,
    Heading,
    Item,
    Next,
    Page,
    Para,
    Run,
    Title,
    citation_mark,
    cited,
    counted,
    facet_words,
    section,
)

SCOPES = {
    Scope.MASSAGE: "Of massage",
    Scope.MIXED: "Of manual therapy that includes massage",
    Scope.NEIGHBOURING: "Of other treatments, not massage",
    Scope.EXPOSURE: "Of how many people have massage",
    Scope.BACKGROUND: "Without any massage",
}
"""The heading of the figures of a scope."""


def figure_blocks(figures: Sequence[Figure]) -> Page:
    """Return the figures of massage, and apart from them those of what is only near it, each with its limits."""
    blocks: list[Block] = []
    for scope in Scope:
        own = [figure for figure in figures if figure.scope is scope]
        if own and scope is not Scope.MASSAGE:
            blocks.append(Heading(SCOPES[scope]))
        for figure in own:
            blocks.append(Bar(figure.share, cited(share_words(figure), figure.citations)))
            blocks += [Fact(label, (Run(text),)) for label, text in facts_of(figure)]
    return tuple(blocks)


def counted_page(found: Sequence[Counted], facets: Facets) -> Page:
    """Return every figure under its scope: what was counted among how many, who was asked and how, and the limits."""
    of_massage = sum(part.figure.scope is Scope.MASSAGE for part in found)
    tags = [Run(counted(len(found), "figure"), "strong"), Run(f"{of_massage} of massage itself")]
    tags += [Run(facet_words(facets))] if facets else []
    return (
        Title("What was counted", tuple(tags)),
        Para((Run("A figure holds for the people who were asked, in the way they were asked. Compare none of them."),)),
        *(
            block
            for scope in Scope
            for block in section(SCOPES[scope], map(_item, (part for part in found if part.figure.scope is scope)))
        ),
        Next(("massharm show frequency", f"massharm show {found[0].record.id}")),
    )


def _item(part: Counted) -> Item:
    figure = part.figure
    head = Run(f"{part.record.name}: ", "strong"), Run(f"{share_words(figure)} "), citation_mark(figure.citations)
    asked = {"Asked": "not stated"} | dict(facts_of(figure))
    order = ("Setting", "Asked", "Compared", "Limits")
    more = tuple((Run(f"{label}: ", "muted"), Run(asked[label])) for label in order if label in asked)
    return Item(head, more=more)


def facts_of(figure: Figure) -> Iterator[tuple[str, str]]:
    """Yield what must be known of a figure, with its labels."""
    facts = {"Setting": figure.setting, "Asked": figure.method, "Compared": figure.comparator, "Limits": figure.limits}
    return ((label, text) for label, text in facts.items() if text)


def share_words(figure: Figure) -> str:
    """Return a figure in words; where nothing was found, what that excludes."""
    if figure.numerator is None:
        return f"{figure.share:g} % of {figure.denominator:,}: {figure.measure}"
    number = f"{figure.numerator:,} of {figure.denominator:,}"
    if figure.upper_limit is not None:
        return f"{number}: {figure.measure}; this excludes only more than {figure.upper_limit:.2g} % (rule of three)"
    return f"{number} ({figure.share:.2g} %): {figure.measure}"
