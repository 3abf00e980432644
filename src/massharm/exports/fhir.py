"""Harms and precautions as a FHIR R5 Bundle: ClinicalUseDefinition resources about massage therapy as an activity.

The elements and code systems are those of FHIR 5.0.0 (https://hl7.org/fhir/R5/clinicalusedefinition.html); citations
stand in the extension `artifact-relatedArtifact` of the HL7 extensions pack, and what to do in `artifact-usage`.
`docs/formats.md` says what is lost.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from massharm.citations import vancouver
from massharm.errors import NotFound, WrongUse
from massharm.exports.answers import to_json
from massharm.exports.formats import export_records
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Code
from massharm.kb.records import KINDS, Harm, Precaution
from massharm.kb.vocabulary import AdviceLevel, Band, Population
from massharm.text import escape_markdown

Element = dict[str, Any]
Narrative = Callable[[Harm | Precaution], str]

_SYSTEM = "urn:massharm"
"""The namespace of our own identifiers; no address of the web stands for them."""
_ICD = "ICD-10-CM"
_ICD_SYSTEM = "http://hl7.org/fhir/sid/icd-10-cm"
_STATUS_SYSTEM = "http://hl7.org/fhir/publication-status"
_FREQUENCY_SYSTEM = "http://hl7.org/fhir/undesirable-effect-frequency"
_FREQUENCIES = {Band.COMMON: "Common", Band.UNCOMMON: "Uncommon", Band.RARE: "Rare"}
"""The only codes that R5 has for a frequency; the bands of CIOMS beyond them stand as text."""
_CITATION = "http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact"
_USAGE = "http://hl7.org/fhir/StructureDefinition/artifact-usage"


def render_fhir(kb: KnowledgeBase, kind: str | None, narrative: Narrative) -> bytes:
    """Return a Bundle of harms and precautions, or of one of the two, as JSON; the same for the same edition.

    `narrative` gives the XHTML of a record.

    Raises:
        WrongUse: the kind is another.
        NotFound: there is no such record.
    """
    if kind not in {None, Harm.kind, Precaution.kind}:
        raise WrongUse(
            f"a fhir file holds harms and precautions, and no {KINDS[kind or Harm.kind]}; leave the kind out"
        )
    records = [record for record in export_records(kb, kind) if isinstance(record, Harm | Precaution)]
    if not records:
        raise NotFound("the knowledge base holds no harms and no precautions; nothing was written")
    populations = [one for one in Population if any(record.population is one for record in records)]
    bundle = {
        "resourceType": "Bundle",
        "identifier": {"system": f"{_SYSTEM}:edition", "value": kb.edition},
        "type": "collection",
        "timestamp": f"{kb.reviewed}T00:00:00Z",
        "entry": [
            {"fullUrl": _url("activity", "massage"), "resource": _activity(kb)},
            *(
                {"fullUrl": _url("population", one), "resource": _group(one)}
                for one in populations
                if one is not Population.ANYONE
            ),
            *(
                {"fullUrl": _url(record.kind, record.id), "resource": _definition(record, kb, narrative(record))}
                for record in records
            ),
        ],
    }
    return f"{to_json(bundle)}\n".encode()


def _url(kind: str, name: str) -> str:
    """Return the address of a resource within the Bundle: a UUID of version 5, the same in every edition."""
    return uuid5(NAMESPACE_URL, f"{_SYSTEM}:{kind}:{name}").urn


def _activity(kb: KnowledgeBase) -> Element:
    """Return massage therapy, the subject of every other resource, with the notice, the licence and the edition."""
    return {
        "resourceType": "ActivityDefinition",
        "identifier": [_identifier("activity", "massage")],
        "version": kb.edition,
        "name": "MassageTherapy",
        "title": "Massage therapy",
        "status": _status(kb),
        "date": kb.reviewed,
        "publisher": "massharm contributors",
        "description": escape_markdown(f"Massage by hand, tool or device: the subject of {kb.file.title}."),
        "usage": escape_markdown(f"{kb.notice} {kb.absence}"),
        "copyright": escape_markdown(kb.file.licence),
        "lastReviewDate": kb.reviewed,
        "relatedArtifact": [{"type": "cite-as", "citation": escape_markdown(kb.how_to_cite)}],
        "kind": "ServiceRequest",
        "code": {"text": "Massage therapy"},
    }


def _group(population: Population) -> Element:
    """Return a population as a Group that is defined by what its members have in common."""
    return {
        "resourceType": "Group",
        "identifier": [_identifier("population", population)],
        "type": "practitioner" if population is Population.THERAPIST else "person",
        "membership": "definitional",
        "name": population.value,
        "characteristic": [
            {"code": {"text": "population"}, "valueCodeableConcept": {"text": population.value}, "exclude": False}
        ],
    }


def _definition(record: Harm | Precaution, kb: KnowledgeBase, narrative: str) -> Element:
    """Return a record as what may happen, what forbids massage, or what asks for care."""
    kind, use = _effect(record, kb) if isinstance(record, Harm) else _caution(record)
    category, usage = [], []
    if isinstance(record, Precaution):
        category.append({"text": record.level.heading})
        usage.append({"url": _USAGE, "valueMarkdown": escape_markdown(record.action.sentence)})
    return {
        "resourceType": "ClinicalUseDefinition",
        "text": {"status": "additional", "div": narrative},
        "extension": [*usage, *_citations(kb.references_of(record), kb)],
        "identifier": [_identifier(record.kind, record.id)],
        "type": kind,
        **({"category": category} if category else {}),
        "subject": [{"reference": _url("activity", "massage"), "display": "Massage therapy"}],
        "status": {"coding": [{"system": _STATUS_SYSTEM, "code": _status(kb)}]},
        **use,
        **(
            {}
            if record.population is Population.ANYONE
            else {"population": [{"reference": _url("population", record.population), "display": record.population}]}
        ),
    }


def _effect(harm: Harm, kb: KnowledgeBase) -> tuple[str, Element]:
    """Return a harm as an undesirable effect; a frequency that is not known is left out."""
    band = kb.band(harm)
    code = _FREQUENCIES.get(band)
    coding = {"coding": [{"system": _FREQUENCY_SYSTEM, "code": code, "display": code}]} if code else {}
    frequency = {} if band is Band.UNKNOWN else {"frequencyOfOccurrence": {**coding, "text": band.value}}
    effect = {
        "symptomConditionEffect": {"concept": _concept(harm.name, harm.codes)},
        "classification": {"text": harm.severity.value},
        **frequency,
    }
    return "undesirable-effect", {"undesirableEffect": effect}


def _caution(record: Precaution) -> tuple[str, Element]:
    """Return a precaution: one that only adapts the treatment as a warning, any other as a contraindication."""
    if record.level is AdviceLevel.ADAPT:
        text = f"{record.name}: {record.action.sentence}"
        return "warning", {"warning": {"description": escape_markdown(text), "code": {"text": text}}}
    return "contraindication", {
        "contraindication": {"diseaseSymptomProcedure": {"concept": _concept(record.name, record.codes)}}
    }


def _concept(name: str, codes: Iterable[Code]) -> Element:
    """Return a name with its codes of ICD-10-CM; headings of MeSH, whose numbers are not recorded, stay out."""
    coding = [
        {"system": _ICD_SYSTEM, "code": code.code, "display": code.name}
        for code in codes
        if code.system == _ICD and code.code
    ]
    return {**({"coding": coding} if coding else {}), "text": name}


def _citations(numbers: Iterable[int], kb: KnowledgeBase) -> list[Element]:
    article = kb.citation(0)
    return [
        {
            "url": _CITATION,
            "valueRelatedArtifact": {
                "type": "citation",
                "label": str(cited.number),
                "citation": escape_markdown(vancouver.reference(cited, article)),
            },
        }
        for cited in kb.cited(numbers)
    ]


def _identifier(kind: str, name: str) -> Element:
    return {"system": f"{_SYSTEM}:{kind}", "value": name}


def _status(kb: KnowledgeBase) -> str:
    """Return `active` for an edition that a clinician has reviewed, else `draft`."""
    return "active" if kb.file.review.clinician else "draft"
