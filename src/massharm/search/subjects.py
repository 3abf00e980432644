"""Words and questions of other subjects: of trade, schooling, law, etiquette, equipment, benefits and other treatments.

Nothing about them is recorded here. The words are of whole subjects and were not taken from single queries.
"""

import re

from massharm.search.analysis import stem

OTHER_SUBJECTS = frozenset(
    map(
        stem,
        """
        price prices pricing cost costs cheap cheapest expensive fee fees tip tipping tips gratuity gratuities voucher
        gift discount deal deals membership monthly subscription salary salaries wage wages income earn earnings
        hourly franchise coupon refund refunds promo tax taxes invoice insurance insurer reimbursement
        medicare medicaid copay afford
        exam exams licence license licensing licensure syllabus tuition degree diploma certificate certification
        certified accredited ceu mblex school schools college curriculum training textbook quiz flashcards graduate
        career careers job jobs hiring resume marketing business entrepreneur website receptionist
        landlord
        best buy buyer buying brand brands review reviews shop store amazon warranty watts
        shave shaved shaving snore snoring ticklish etiquette playlist music jewellery jewelry perfume
        recipe recipes cooker cook cooking bake baking scone scones lentils sauce soup salad diet foods calories
        roof road roads engine car cars tyre tyres gearbox garage bus train hotel hotels beach holiday
        excel spreadsheet software app laptop computer password wifi printer battery download website
        film films movie song songs lyrics band concert game games football results score league guitar
        minecraft tattooist
        dog dogs cat cats horse horses puppy kitten
        growth cellulite wrinkles glow slimming fertility productivity benefit benefits
        origin origins founder characters meaning pronunciation translate translation etymology definition
        acupuncture acupuncturist reiki homeopathy homeopathic yoga pilates hypnosis cryotherapy ayurveda
        chiropractic
        screening eligibility dosage
        """.split(),  # noqa: SIM905 - a list of quoted words is no easier to read
    )
)
"""By stem. Beside one of these a query is answered only where most of it is named, and by its other words."""

_OTHER_QUESTIONS = re.compile(
    r"\b(?:"
    r"how often (?:should|do|can|to)"
    r"|how long (?:does|do|will|is|should) (?:an?|the|my|one|it) (?:\w+ ){0,3}(?:last|take|session|appointment)"
    r"|how (?:do i|can i|to) (?:become|start|advertise|choose|clean)"
    r"|(?:types|kinds|styles|forms) of (?:\w+ )?massages?"
    r"|difference between|near me|age limit|waiting list|how many years"
    r"|what (?:to|do i|should i|can i) wear|(?:take|keep) (?:\w+ ){1,3}(?:on|off)|history of \w*massages?|history of \w+ massage"
    r"|hard (?:disk|drive)|disk (?:failure|space)|clotted cream|herbal medicines?|(?:massage|training|online) courses?"
    r"|(?:football|cricket|tennis) match|book(?:ing)? (?:online|software|system|app)"
    r"|(?:does|do|can|could|will|would|massages?) (?:\w+ ){0,4}(?:helps?|relieves?|improves?|cures?|boosts?)"
    r")\b"
)


def is_other_subject(folded: str, stems: frozenset[str]) -> bool:
    """Whether a folded query, given the stems of its words too, is about something else."""
    return not OTHER_SUBJECTS.isdisjoint(stems) or bool(_OTHER_QUESTIONS.search(folded))
