"""The names of medicines: a package of medicines knows each, or it stands in a list with its source."""

import json
import re
from itertools import chain
from pathlib import Path

from massharm import KnowledgeBase

LISTED: dict[str, list[str]] = json.loads(Path(__file__).with_name("medicine_names.json").read_text(encoding="utf-8"))
"""By source, the generic names and brands that the package does not know as names of a generic of their class."""


def _is_known(name: str, generics: set[str]) -> bool:
    """Whether the package finds a medicine in a name of which one name is among some generics."""
    from drug_named_entity_recognition import find_drugs  # noqa: PLC0415 - it reads all medicines

    found = find_drugs(re.findall(r"[A-Za-z0-9'-]+", name), is_ignore_case=True)
    names = ({drug["name"], *drug.get("synonyms", ())} for drug, _, _ in found)
    return any(not generics.isdisjoint(map(str.lower, of)) for of in names)


def test_every_generic_name_and_brand_is_known_or_has_a_source(kb: KnowledgeBase) -> None:
    """A name that is known needs no source: the list holds no other."""
    unknown = set()
    for medicine in kb.file.medicines:
        generics = {name.text.lower() for name in medicine.names if name.kind == "inn"}
        names = [name.text for name in medicine.names if name.kind in {"inn", "brand"}]
        unknown |= {name for name in names if not _is_known(name, generics)}
    assert unknown == set(chain(*LISTED.values()))


def test_no_name_has_two_sources() -> None:
    """Nor stands in the list twice."""
    names = [*chain(*LISTED.values())]
    assert len(names) == len(set(names))
