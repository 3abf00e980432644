"""The real file: what needs more than its own rules."""

from massharm import KnowledgeBase
from massharm.kb.parts import Code
from massharm.kb.records import Harm, Precaution, Sign
from tiny import DATA

KB = KnowledgeBase.load(DATA)
CODES: list[Code] = [code for record in KB if isinstance(record, Harm | Precaution | Sign) for code in record.codes]
CODES += [part.code for part in KB.file.recognised if part.code]
ICD = [(code.code, code.name) for code in CODES if code.system == "ICD-10-CM"]


def test_icd_codes_exist_and_are_named_alike() -> None:
    """A code means what ICD-10-CM says it means."""
    import simple_icd_10_cm as icd  # noqa: PLC0415 - it reads the whole classification

    named = {code: icd.get_description(code) if icd.is_valid_item(code) else None for code, _ in ICD}
    assert {code: named[code] for code, name in ICD if named[code] != name} == {}
