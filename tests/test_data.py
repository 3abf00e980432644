"""The real file: what needs more than its own rules."""

import pytest
import simple_icd_10_cm

from massharm import KnowledgeBase
from massharm.kb.parts import Code
from massharm.kb.records import Harm
from tiny import DATA

KB = KnowledgeBase.load(DATA)
CODES = [(harm, code) for harm in KB.file.harms for code in harm.codes if code.system == "ICD-10-CM"]


@pytest.mark.parametrize(("harm", "code"), CODES, ids=[f"{harm.id}-{code.code}" for harm, code in CODES])
def test_icd_codes_exist_and_are_named_alike(harm: Harm, code: Code) -> None:
    """A code means what ICD-10-CM says it means."""
    assert simple_icd_10_cm.is_valid_item(code.code), harm.id
    assert simple_icd_10_cm.get_description(code.code) == code.name
