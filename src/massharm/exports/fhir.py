"""Harms, precautions and medicines as a FHIR R5 Bundle: ClinicalUseDefinition resources about massage therapy.

The elements and code systems are those of FHIR 5.0.0 (https://hl7.org/fhir/R5/clinicalusedefinition.html); citations
stand in the extension `artifact-relatedArtifact` of the HL7 extensions pack, and what to do in `artifact-usage`: both
name ClinicalUseDefinition among the resources that they are for (https://hl7.org/fhir/extensions/5.3.0).
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
from massharm.kb.records import KINDS, Harm, Medicine, Precaution
from massharm.kb.vocabulary import AdviceLevel, Band, Population
from massharm.text import escape_markdown

Element = dict[str, Any]
Exported = Harm | Precaution | Medicine
Narrative = Callable[[Exported], str]

_SYSTEM = "urn:massharm"
"""The namespace of our own identifiers; no address of the web stands for them."""
_ICD = "ICD-10-CM"
_ICD_SYSTEM = "http://hl7.org/fhir/sid/icd-10-cm"
_ATC_SYSTEM = "http://www.whocc.no/atc"
_STATUS_SYSTEM = "http://hl7.org/fhir/publication-status"
_FREQUENCY_SYSTEM = "http://hl7.org/fhir/undesirable-effect-frequency"
_FREQUENCIES = {Band.COMMON: "Common", Band.UNCOMMON: "Uncommon", Band.RARE: "Rare"}
"""The only codes that R5 has for a frequency; the bands of CIOMS beyond them stand as text."""
_CITATION = "http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact"
_USAGE = "http://hl7.org/fhir/StructureDefinition/artifact-usage"


def render_fhir(kb: KnowledgeBase, kind: str | None, narrative: Narrative) -> bytes:
    """Return a Bundle of harms, precautions and the medicines that imply one, as JSON; or of one of these kinds.

    The same edition gives the same bytes. `narrative` gives the XHTML of a record.

    Raises:
        WrongUse: the kind is another.
        NotFound: there is no such record.
    """
    if kind not in {None, Harm.kind, Precaution.kind, Medicine.kind}:
        raise WrongUse(
            f"a fhir file holds harms, precautions and medicines, and no {KINDS[kind or Harm.kind]}; leave the kind out"
        )
    records = _exported(kb, kind)
    if not records:
        raise NotFound("the knowledge base holds nothing that a fhir file is made of; nothing was written")
    held = {_population(record) for record in records}
    populations = [one for one in Population if one in held]
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


def _exported(kb: KnowledgeBase, kind: str | None) -> list[Exported]:
    """Return the records that have a resource: a medicine about which nothing is advised has none."""
    records = (record for record in export_records(kb, kind) if isinstance(record, Harm | Precaution | Medicine))
    return [record for record in records if not isinstance(record, Medicine) or record.precautions]


def _population(record: Exported) -> Population:
    """Return whom a record is about."""
    return Population.ANYONE if isinstance(record, Medicine) else record.population


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


def _definition(record: Exported, kb: KnowledgeBase, narrative: str) -> Element:
    """Return a record as what may happen, what forbids massage, what asks for care, or what it clashes with."""
    kind, use = _use(record, kb)
    usage = []
    if isinstance(record, Precaution):
        usage.append({"url": _USAGE, "valueMarkdown": escape_markdown(record.action.sentence)})
    category = [{"text": level.heading} for level in _levels(record, kb)]
    population = _population(record)
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
            if population is Population.ANYONE
            else {"population": [{"reference": _url("population", population), "display": population}]}
        ),
    }


def _use(record: Exported, kb: KnowledgeBase) -> tuple[str, Element]:
    """Return the type of a resource, and the element that goes with it."""
    match record:
        case Harm():
            return _effect(record, kb)
        case Precaution():
            return _caution(record)
        case Medicine():
            return _interaction(record, kb)


def _levels(record: Exported, kb: KnowledgeBase) -> list[AdviceLevel]:
    """Return the level of a precaution, and of a medicine those of what it implies, the strictest first."""
    implied: tuple[Precaution, ...] = ()
    if isinstance(record, Precaution):
        implied = (record,)
    elif isinstance(record, Medicine):
        implied = kb.precautions_of(record)
    return sorted({part.level for part in implied}, key=lambda level: level.rank)


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


def _interaction(medicine: Medicine, kb: KnowledgeBase) -> tuple[str, Element]:
    """Return a medicine as what massage clashes with: its class and each of its names, and what each precaution says.

    The code of `management` is the identifier of the resource of that precaution.
    """
    coding = [{"system": _ATC_SYSTEM, "code": code} for code in medicine.atc or ()]
    names = dict.fromkeys(name.text for name in medicine.names if name.text != medicine.name)
    interaction = {
        "interactant": [
            {"itemCodeableConcept": {**({"coding": coding} if coding else {}), "text": medicine.name}},
            *({"itemCodeableConcept": {"text": name}} for name in names),
        ],
        "management": [
            {
                "coding": [{"system": f"{_SYSTEM}:{part.kind}", "code": part.id, "display": part.name}],
                "text": f"{part.level.heading}: {part.action.sentence}",
            }
            for part in kb.precautions_of(medicine)
        ],
    }
    return "interaction", {"interaction": interaction}


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
