"""The FHIR Bundle: valid by the R5 models, read back, and nothing in it that the knowledge base does not say."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from fhir.resources.bundle import Bundle

from clinic import clinic, harm, precaution
from massharm import KnowledgeBase
from massharm.cli.export import rendered
from massharm.errors import NotFound, WrongUse
from massharm.kb.records import Harm, Precaution, Review
from massharm.kb.vocabulary import AdviceLevel, Band, Population
from tiny import Run, Write, tiny_file

XHTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = {"div", "h1", "h2", "p", "ul", "li", "b", "br", "table", "tr", "th", "td"}
"""The elements that a narrative has: all are among those that FHIR allows."""


def bundle(kb: KnowledgeBase, kind: str | None = None) -> dict[str, Any]:
    """Return a Bundle as a reader decodes it."""
    made: dict[str, Any] = json.loads(rendered(kb, "fhir", kind))
    return made


def resources(made: dict[str, Any], name: str = "ClinicalUseDefinition") -> dict[str, dict[str, Any]]:
    """Return the resources of one type, each by the value of its identifier."""
    found = [entry["resource"] for entry in made["entry"]]
    return {part["identifier"][0]["value"]: part for part in found if part["resourceType"] == name}


def extension(resource: dict[str, Any], name: str) -> list[Any]:
    """Return the values of an extension of a resource."""
    found = [part for part in resource["extension"] if part["url"].endswith(f"/{name}")]
    return [value for part in found for key, value in part.items() if key != "url"]


def read(resource: dict[str, Any]) -> ET.Element:
    """Return the narrative of a resource, which is well-formed XML."""
    return ET.fromstring(resource["text"]["div"])  # noqa: S314 - it was written a moment ago


def test_the_models_of_r5_take_the_bundle(base: KnowledgeBase) -> None:
    """Every element, type, cardinality and required code is that of R5, and nothing is lost in between."""
    data = rendered(base, "fhir")
    taken = Bundle.model_validate_json(data)
    assert json.loads(taken.model_dump_json()) == json.loads(data)


def test_a_wrong_element_would_be_refused(tiny: KnowledgeBase) -> None:
    """The models are strict: the test above can fail."""
    made = bundle(tiny)
    resources(made)["heavy"]["contraindication"]["disease"] = "x"
    with pytest.raises(ValueError, match="disease"):
        Bundle.model_validate(made)


def test_every_harm_precaution_and_medicine_with_one_is_there_once(base: KnowledgeBase) -> None:
    """A type and one matching element each (invariant cud-1), about massage; references lead to an entry."""
    made = bundle(base)
    urls = [entry["fullUrl"] for entry in made["entry"]]
    assert len(urls) == len(set(urls))
    assert all(url.startswith("urn:uuid:") for url in urls)
    found = resources(made)
    medicines = {record.id for record in base.file.medicines if record.precautions}
    assert set(found) == {record.id for record in base.harms} | {record.id for record in base.precautions} | medicines
    elements = {
        "undesirable-effect": "undesirableEffect", "contraindication": "contraindication", "warning": "warning",
        "interaction": "interaction",
    }  # fmt: skip
    (activity,) = resources(made, "ActivityDefinition")
    assert activity == "massage"
    for record_id, part in found.items():
        assert [name for name in elements.values() if name in part] == [elements[part["type"]]], record_id
        assert part["subject"] == [{"reference": urls[0], "display": "Massage therapy"}]
        assert all(group["reference"] in urls for group in part.get("population", ()))


def test_the_level_decides_the_type(kb: KnowledgeBase) -> None:
    """Only what adapts the treatment is a warning; the level itself and the action stand beside the type."""
    found = resources(bundle(kb))
    for record in kb.file.precautions:
        part = found[record.id]
        kind = "warning" if record.level is AdviceLevel.ADAPT else "contraindication"
        assert part["type"] == kind, record.id
        assert part["category"] == [{"text": record.level.heading}]
        (usage,) = extension(part, "artifact-usage")
        assert usage.replace("\\", "").startswith(record.action.text.removesuffix("."))
        assert record.action.sentence.removesuffix(".") in usage.replace("\\", "")
        if kind == "warning":
            assert part["warning"]["code"]["text"].startswith(f"{record.name}: {record.action.text.removesuffix('.')}")
    for effect in kb.file.harms:
        assert found[effect.id]["type"] == "undesirable-effect"
        assert found[effect.id]["undesirableEffect"]["classification"] == {"text": effect.severity}


def test_a_medicine_leads_to_its_precautions(base: KnowledgeBase) -> None:
    """Whoever takes it is found by any of its names; each precaution stands there with level, action and address."""
    found = resources(bundle(base))
    for record in base.file.medicines:
        if not record.precautions:
            continue
        part = found[record.id]
        assert part["type"] == "interaction"
        (whole, *others) = [taken["itemCodeableConcept"] for taken in part["interaction"]["interactant"]]
        assert whole["text"] == record.name
        assert [code["code"] for code in whole.get("coding", ())] == list(record.atc or ())
        names = {name.text for name in record.names}
        assert names - {record.name} == {other["text"] for other in others}
        assert all(set(other) == {"text"} for other in others)
        implied = base.precautions_of(record)
        for advised, one in zip(part["interaction"]["management"], implied, strict=True):
            (code,) = advised["coding"]
            assert {"system": code["system"], "value": code["code"]} == found[one.id]["identifier"][0]
            assert advised["text"] == f"{one.level.heading}: {one.action.sentence}"
        levels = sorted({one.level for one in implied}, key=lambda level: level.rank)
        assert part["category"] == [{"text": level.heading} for level in levels]
        text = "".join(read(part).itertext())
        assert all(name in text for name in names)


@pytest.mark.parametrize("typed", ["apixaban", "eliquis"])
def test_apixaban_is_found_by_a_reader_of_fhir(kb: KnowledgeBase, typed: str) -> None:
    """A reader that knows only R5 gets from the name to the level, the action, the harms and the sources."""
    read_back = json.loads(Bundle.model_validate_json(rendered(kb, "fhir")).model_dump_json())
    parts = [entry["resource"] for entry in read_back["entry"]]
    (medicine,) = [
        part
        for part in parts
        for one in part.get("interaction", {}).get("interactant", ())
        if one["itemCodeableConcept"]["text"].casefold() == typed
    ]
    assert medicine["category"] == [{"text": "Medical clearance first"}]
    (advised,) = medicine["interaction"]["management"]
    assert advised["text"].startswith("Medical clearance first: Ask the prescriber")
    (code,) = advised["coding"]
    address = {"system": code["system"], "value": code["code"]}
    (precaution,) = [part for part in parts if address in part.get("identifier", ())]
    assert precaution["type"] == "contraindication"
    text = " ".join(ET.fromstring(precaution["text"]["div"]).itertext())  # noqa: S314 - it was written a moment ago
    assert "Do not use deep tissue or forceful massage." in text
    assert "Haematoma" in text
    assert {"216", "224"} <= {part["label"] for part in extension(precaution, "artifact-relatedArtifact")}


def test_codes_are_those_of_the_records(kb: KnowledgeBase) -> None:
    """ICD-10-CM codes with their titles; a record without one has its name alone, and a heading of MeSH no code."""
    found = resources(bundle(kb))
    records: tuple[Harm | Precaution, ...] = (*kb.file.harms, *kb.file.precautions)
    for record in records:
        if isinstance(record, Precaution) and record.level is AdviceLevel.ADAPT:
            continue
        element = "undesirableEffect" if isinstance(record, Harm) else "contraindication"
        field = "symptomConditionEffect" if isinstance(record, Harm) else "diseaseSymptomProcedure"
        concept = found[record.id][element][field]["concept"]
        assert concept["text"] == record.name
        codes = [(code.code, code.name) for code in record.codes if code.system == "ICD-10-CM"]
        assert [(part["code"], part["display"]) for part in concept.get("coding", ())] == codes
        assert {part["system"] for part in concept.get("coding", ())} <= {"http://hl7.org/fhir/sid/icd-10-cm"}
        assert "coding" not in concept or concept["coding"]


def test_only_icd_is_coded() -> None:
    """A code of MeSH is no code of ICD-10-CM, and a title without a code is none."""
    codes = [
        {"system": "MeSH", "code": "D000001", "name": "Knees"},
        {"system": "ICD-10-CM", "code": "M25", "name": "Knee"},
        {"system": "ICD-10-CM", "name": "Elbow"},
    ]
    found = resources(bundle(clinic(precautions=[precaution("Knee", level="local") | {"codes": codes}], cases=[])))
    concept = found["knee"]["contraindication"]["diseaseSymptomProcedure"]["concept"]
    assert concept == {
        "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M25", "display": "Knee"}],
        "text": "Knee",
    }


def frequency_of(percent: float, *, scope: str = "massage") -> dict[str, Any]:
    """Return the effect of a harm that one study counted."""
    figure = {
        "measure": "blue", "scope": scope, "percent": percent, "denominator": 10000, "setting": "One clinic.",
        "limits": "Few.", "citations": [2],
    }  # fmt: skip
    kb = clinic(harms=[*tiny_file()["harms"][1:], harm("Bluish", frequency=[figure])])
    effect: dict[str, Any] = resources(bundle(kb))["bluish"]["undesirableEffect"]
    return effect


@pytest.mark.parametrize(
    ("percent", "band", "code"),
    [
        (20, Band.VERY_COMMON, None),
        (2, Band.COMMON, "Common"),
        (0.2, Band.UNCOMMON, "Uncommon"),
        (0.02, Band.RARE, "Rare"),
        (0.002, Band.VERY_RARE, None),
    ],
)
def test_a_band_has_its_word_and_a_code_where_r5_has_one(percent: float, band: Band, code: str | None) -> None:
    """R5 has three codes; the two outer bands are text, and never the code beside them."""
    frequency = frequency_of(percent)["frequencyOfOccurrence"]
    assert frequency["text"] == band
    assert [part["code"] for part in frequency.get("coding", ())] == ([code] if code else [])


def test_a_frequency_that_is_not_known_is_not_given(tiny: KnowledgeBase) -> None:
    """Neither a code nor a word stands there, and the narrative says that it is not known."""
    assert "frequencyOfOccurrence" not in frequency_of(20, scope="neighbouring")
    part = resources(bundle(tiny))["broken-ladder"]
    assert "frequencyOfOccurrence" not in part["undesirableEffect"]
    assert "frequency not known (1 published case)" in part["text"]["div"]


def test_a_population_is_a_group() -> None:
    """What holds for some people only says so; what holds for anyone has no population."""
    kb = clinic(
        precautions=[precaution("Preterm") | {"population": "infant"}, precaution("Stiff", level="local")],
        harms=[harm("Dermatitis", population="therapist"), harm("Bruise")],
        cases=[],
    )
    made = bundle(kb)
    urls = {entry["fullUrl"]: entry["resource"] for entry in made["entry"]}
    groups = resources(made, "Group")
    assert list(groups) == [Population.INFANT, Population.THERAPIST]
    assert {name: group["type"] for name, group in groups.items()} == {"infant": "person", "therapist": "practitioner"}
    found = resources(made)
    ((infants,), (therapists,)) = found["preterm"]["population"], found["dermatitis"]["population"]
    assert urls[infants["reference"]] == groups["infant"]
    assert urls[therapists["reference"]] == groups["therapist"]
    assert not {"population"} & {*found["stiff"], *found["bruise"]}


def test_notice_licence_and_citations_stay(base: KnowledgeBase) -> None:
    """The activity has notice, licence and edition; each resource has the notice and its references, twice readable."""
    made = bundle(base)
    activity = resources(made, "ActivityDefinition")["massage"]
    assert activity["usage"].replace("\\", "") == f"{base.notice} {base.absence}"
    assert activity["copyright"] == base.file.licence
    assert (activity["version"], activity["lastReviewDate"]) == (base.edition, base.reviewed)
    assert made["identifier"]["value"] == base.edition
    assert made["timestamp"].startswith(base.reviewed)
    for record_id, part in resources(made).items():
        labels = [citation["label"] for citation in extension(part, "artifact-relatedArtifact")]
        assert labels == [str(number) for number in base.references_of(base[record_id])], record_id
        text = " ".join(read(part).itertext())
        assert base.notice in text
        assert base.absence in text
        shown = {int(number) for number in re.findall(r"(?<=\[)\d+(?=\] )", text)}
        assert set(base[record_id].citations) <= shown, record_id


def test_nothing_is_active_that_no_clinician_has_reviewed(tiny: KnowledgeBase) -> None:
    """A draft until then, and active after it."""
    reviewed = msgspec.structs.replace(tiny.file, review=Review(clinician="A. Author", day="2026-01-02"))
    for kb, status in ((tiny, "draft"), (KnowledgeBase(reviewed), "active")):
        made = bundle(kb)
        assert resources(made, "ActivityDefinition")["massage"]["status"] == status
        assert {part["status"]["coding"][0]["code"] for part in resources(made).values()} == {status}


def test_narratives_are_xhtml_of_the_allowed_elements(kb: KnowledgeBase) -> None:
    """They are well formed, and nothing in them is a script, a form or an attribute."""
    for part in resources(bundle(kb)).values():
        root = read(part)
        for node in root.iter():
            assert node.tag.removeprefix(XHTML) in ALLOWED
            assert not node.attrib


def test_nothing_in_a_text_is_markup(write: Write) -> None:
    """Signs of HTML and Markdown are text, in the narrative and in the elements of type markdown."""
    evil = 'a <script>x</script> & *b* "c"'
    file = tiny_file()
    file["harms"][0]["name"] = file["notice"] = file["citations"][13]["title"] = evil
    file["precautions"][0]["name"] = evil
    file["precautions"][0]["action"] |= {"text": evil, "level": "adapt", "scope": "the <b>back</b>"}
    made = bundle(KnowledgeBase.load(write(file)))
    Bundle.model_validate(made)
    found = resources(made)
    for part in (found["blue-thumb"], found["heavy"]):
        text = "".join(read(part).itertext())
        assert text.count(evil) >= 2
        assert "<script" not in part["text"]["div"]
    assert found["heavy"]["warning"]["description"].count(r"\<script\>") == 2
    assert r"\*b\*" in extension(found["heavy"], "artifact-usage")[0]
    assert r"\<script\>" in extension(found["heavy"], "artifact-relatedArtifact")[-1]["citation"]
    assert r"\<script\>" in resources(made, "ActivityDefinition")["massage"]["usage"]


def test_one_kind_or_both(tiny: KnowledgeBase, run: Run) -> None:
    """Harms, precautions or medicines alone have a Bundle; other kinds have no resource, and are refused."""
    assert set(resources(bundle(tiny, "precaution"))) == {"heavy"}
    assert set(resources(bundle(tiny, "harm"))) == {"blue-thumb", "broken-ladder", "odd-feeling"}
    assert set(resources(bundle(tiny, "medicine"))) == {"weight-gainers"}
    with pytest.raises(
        WrongUse, match="a fhir file holds harms, precautions and medicines, and no myths; leave the kind out"
    ):
        bundle(tiny, "myth")
    with pytest.raises(NotFound, match="holds nothing that a fhir file is made of"):
        bundle(clinic(harms=[], precautions=[], cases=[]))
    assert "no signs" in run("export", "sign", "--format", "fhir", code=2).err


def test_addresses_within_the_bundle_do_not_change(tiny: KnowledgeBase, kb: KnowledgeBase) -> None:
    """A resource keeps its address in another edition, so that two Bundles can be compared."""
    assert bundle(tiny)["entry"][0]["fullUrl"] == bundle(kb)["entry"][0]["fullUrl"]
