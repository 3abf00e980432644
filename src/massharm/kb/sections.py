"""The sections of a harm, by which its page, its JSON, the command line and the shell's completion name its parts."""

from typing import NamedTuple


class Section(NamedTuple):
    """The title over a section, and the fields of a harm that it holds, computed ones among them."""

    title: str
    fields: tuple[str, ...]


SECTIONS: dict[str, Section] = {
    "summary": Section("Summary", ("summary", "citations", "severity_basis")),
    "signs": Section("Warning signs", ("warning_signs", "missing")),
    "response": Section("What to do first", ("response",)),
    "frequency": Section("How often", ("frequency", "band", "published_cases")),
    "presentation": Section("What is noticed", ("presentation",)),
    "onset": Section("When it starts", ("onset",)),
    "cases": Section("Cases", ("cases", "published_cases")),
    "evidence": Section("Studies, for and against", ("evidence", "findings")),
    "statements": Section("What is known", ("statements",)),
    "mechanisms": Section("How it may come about", ("mechanisms",)),
    "risk": Section("Who is at risk", ("risk_factors",)),
    "prevention": Section("Prevention", ("prevention",)),
    "uncertainty": Section("Not known or in conflict", ("uncertainty",)),
    "see-also": Section("See also", ("see_also",)),
    "plain": Section("In plain words", ("plain",)),
    "codes": Section("Codes", ("codes",)),
    "references": Section("References", ("all_citations",)),
}
"""The sections by id, in the order in which they are listed."""
