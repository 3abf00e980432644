"""A thesaurus: everyday and clinical words of one meaning, so that a question in either finds texts in the other.

It holds words of the language only; whatever else a record is called is an alias of the record. The words were chosen
for the questions of the tune half of `benchmarks/queries.json` and for the texts of the knowledge base.
"""

from massharm.search.analysis import StemTable, stem

SYNONYMS = """
abdomen abdominal belly stomach tummy
bowel gut intestine intestinal
peeing pee urinate urinary urine wee
kidney renal
cardiac heart
lung pulmonary
hepatic liver
brain cerebral
cranial skull
cervical neck
backbone spinal spine
eyesight sight vision visual
eye ocular
blade scapula scapular
dizziness dizzy giddiness giddy lightheaded lightheadedness woozy swimmy
spinning vertigo
blackout faint fainting syncope
coma consciousness unconscious
nausea nauseous queasy
puke puking vomit
exhausted exhaustion fatigue knackered tired tiredness
needles paraesthesia pins tingle tingling
palsy paralysed paralysis
clot thrombi thrombosis thrombus
emboli embolism embolus
bruise contusion
bleed bled haemorrhage
burn scald
itch itching itchy pruritus
ballooned oedema puffed puffy swell swelling swollen
bump lump
cancer carcinoma malignancy malignant
fever feverish temp temperature
rip ripped tear tore torn
burst rupture
break broke broken crack fracture snapped
ache achy aching sore
agony hurt hurting pain painful paining
breathless breathlessness dyspnoea
dead death die died dying fatal fatality kill killed
babies baby infant neonatal neonate newborn
child children kid paediatric toddler
expecting gestation pregnancy pregnant
uterine uterus womb
birth labour
drug medication medicine pill tablet
anticoagulant thinner
gun percussion percussive
device gadget machine
bed couch table
fall fallen fell topple tumble
speak speech talk
dysphagia swallow
deaf deafness hearing
hoarse hoarseness voice
heat hot warm warmth
face facial
droop dropped hanging ptosis sagging
blind blindness
clinician doctor gp physician
operated operation surgery surgical
alcohol booze drinking drunk intoxicated
hives rash urticaria
convulsion epilepsy epileptic seizure
amnesia forgetful memory
confused confusion disorientation disoriented
balm cream lotion ointment
chest thoracic thorax
groin inguinal
armpit axilla axillary
clavicle collarbone
buttock gluteal
skin cutaneous
vein venous
vascular vessel
muscle muscular
bone bony
disc disk
jaw mandible mandibular
spleen splenic
pancreas pancreatic
faeces poo stool
wound cut
slurred slurring garbled jumbled mumbled mushed
bang banged hit knock knocked struck whack whacked
leak leaking trickle trickling
chills rigors shivering shivers
blurred blurry foggy hazy misty
cold freezing icy
pale pallor
blue bluish cyanosis dusky
floppy limp
rigid stiff
pounding thumping
crooked deformed misshapen
agonising awful dreadful excruciating horrendous horrible severe terrible unbearable
"""
"""The sets of synonyms, one a line; a stem stands in one of them only."""


_SETS = StemTable((word, line) for line in SYNONYMS.strip().splitlines() for word in line.split())


def synonyms(word: str) -> tuple[str, ...]:
    """Return the other words that mean the same as a folded word in any inflection; of most words there are none."""
    own = stem(word)
    return tuple(other for other in (_SETS.get(own) or "").split() if stem(other) != own)
