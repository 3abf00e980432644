"""The real file: what needs more than its own rules."""

import pytest
import simple_icd_10_cm

from massharm import KnowledgeBase
from massharm.kb.parts import Code
from massharm.kb.records import Harm, Precaution, Sign
from tiny import DATA

KB = KnowledgeBase.load(DATA)
CODES: list[tuple[str, Code]] = [
    (record.id, code) for record in KB if isinstance(record, Harm | Precaution | Sign) for code in record.codes
]
CODES += [(part.name, part.code) for part in KB.file.recognised if part.code]
ICD = [(name, code) for name, code in CODES if code.system == "ICD-10-CM"]


@pytest.mark.parametrize(("name", "code"), ICD, ids=[f"{name}-{code.code}" for name, code in ICD])
def test_icd_codes_exist_and_are_named_alike(name: str, code: Code) -> None:
    """A code means what ICD-10-CM says it means."""
    assert simple_icd_10_cm.is_valid_item(code.code), name
    assert simple_icd_10_cm.get_description(code.code) == code.name
