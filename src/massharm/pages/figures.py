"""Figures: how often something was counted, those of massage apart from those of what is only near it."""

from collections.abc import Sequence

from massharm.kb.parts import Figure
from massharm.kb.vocabulary import Scope
from massharm.pages.blocks import Bar, Block, Fact, Heading, Page, Run, cited

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
            blocks.append(Bar(figure.share, cited(_share(figure), figure.citations)))
            facts = {"Setting": figure.setting, "Asked": figure.method, "Compared": figure.comparator}
            facts |= {"Limits": figure.limits}
            blocks += [Fact(label, (Run(text),)) for label, text in facts.items() if text]
    return tuple(blocks)


def _share(figure: Figure) -> str:
    """Return a figure in words; where nothing was found, what that excludes."""
    if figure.numerator is None:
        return f"{figure.share:g} % of {figure.denominator:,}: {figure.measure}"
    counted = f"{figure.numerator:,} of {figure.denominator:,}"
    if figure.upper_limit is not None:
        return f"{counted}: {figure.measure}; this excludes only more than {figure.upper_limit:.2g} % (rule of three)"
    return f"{counted} ({figure.share:.2g} %): {figure.measure}"
