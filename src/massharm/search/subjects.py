"""Words and questions of other subjects: trade, schooling, etiquette, equipment, benefits, instructions, treatments.

Nothing about them is recorded here. They were chosen by subject: what belongs to one stands here whether or not a query
was seen that asks for it.
"""

import re
from functools import cache

from massharm.search.analysis import StemTable

OTHER_SUBJECTS = StemTable(
    (word, True)
    for word in """
        price prices pricing cost costs cheap cheapest expensive fee fees tip tipping tips gratuity gratuities voucher
        gift discount deal deals membership monthly subscription salary salaries wage wages income earn earnings
        hourly franchise coupon refund refunds promo tax taxes invoice insurance insurer reimbursement deductible
        medicare medicaid copay afford sale rental secondhand ebay gumtree craigslist marketplace
        exam exams licence license licensing licensure syllabus tuition degree diploma certificate certification
        certified accredited ceu mblex school schools college curriculum training textbook quiz flashcards graduate
        anatomy
        career careers job jobs hiring resume marketing business entrepreneur website receptionist landlord template
        uniform decor instagram
        best buy buyer buying brand brands review reviews store amazon warranty watts assembly delivery
        shave shaved shaving snore snoring ticklish etiquette playlist music jewellery jewelry perfume
        recipe recipes cooker cook cooking bake baking roast roasted roasting stew
        casserole lamb pork bread scone scones lentils sauce soup salad diet foods calories
        roof road roads engine car cars tyre tyres gearbox garage bus train hotel hotels beach holiday
        excel spreadsheet software app laptop computer password wifi printer download windows processor benchmark
        developer
        film films movie song songs lyrics band album novel poem poetry concert game games football golf results score
        league guitar minecraft crossword synonym antonym politics political party election elections
        dog dogs cat cats horse horses puppy kitten pets goat goats sheep cow cows chicken chickens
        shampoo conditioner lice nits timetable
        recycling recycle soffit soffits gutters plywood hitchcock director cinema trailer stammer stutter
        breaststroke backstroke freestyle
        growth cellulite wrinkles glow slimming fertility productivity benefit benefits calorie taller
        origin origins founder characters meaning pronunciation translate translation etymology definition define
        invented inventor
        acupuncture acupuncturist reiki homeopathy homeopathic yoga pilates hypnosis cryotherapy ayurveda
        chiropractic sauna
        dentist dentists dental piercing piercings
        screening eligibility dosage remedies exercises announcement
        homework essay biology laundry stain stains detergent draping teething regrow regrowth eyelash eyelashes
        waxing manicure pedicure recommendations
        """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""By stem. Beside one of these a query is answered only where most of it is named, and by its other words."""

_OTHER_QUESTIONS = (
    r"\b(?:"
    r"how often (?:should|do|can|to)"
    r"|how long (?:does|do|will|is|should) (?:an?|the|my|one|it) (?:\w+ ){0,3}(?:last|take|session|appointment)"
    r"|how (?:do i|do you|can i|to) (?:become|start|advertise|choose|clean|fold|use|make|give|perform|learn|exercise)"
    r"|(?:types|kinds|styles|forms) of (?:\w+ )?massages?|step by step|before and after pictures?"
    r"|hearing aids?|colou?r blind(?:ness)?|battery life|vaccin\w+ schedule|hair (?:to )?grow"
    r"|how many (?:mg|ml|milligrams|tablets|pills|drops)|massages? (?:to|for) (?:sleep|relax\w*|better|stress relief)\b"
    r"|why do (?:some |most )?(?:people|men|women)\b(?!.*\b(?:massag\w+|treatment|therap\w+)\b)"
    r"|(?:do|should|can) (?:i|you|we) (?:talk|chat|stay silent)\b"
    r"|difference between|near me|age limit|waiting list|how many years|what is the function of|stands? for|weight loss"
    r"|what (?:to|do i|should i|can i) wear|history of \w*massages?|history of \w+ massage|size chart|gift ideas"
    r"|(?:take|keep) my \w+ (?:on|off)"
    r"|hard (?:disk|drive)|disk (?:failure|space)|clotted cream|herbal medicines?|(?:massage|training|online) courses?"
    r"|how many (?:bones|muscles|nerves|ribs|vertebrae|sessions|strokes|calories|points)"
    r"|(?:what|which|name (?:all )?the) (?:\w+ )?(?:muscles?|nerves?|bones?|arter(?:y|ies)|joints?|ligaments?)"
    r" (?:(?:are|is) (?:in|the|there|called)|suppl(?:y|ies)|innervates?|moves?|attach(?:es)?|makes? up|forms?)\b"
    r"|order of (?:the )?strokes|sequence of strokes|(?:gel|acrylic|shellac) nails|hair removal"
    r"|(?:lash|brow) (?:lifts?|extensions?|tint)"
    r"|spray tan|stains? out of|wont (?:charge|turn on)|how (?:do i|to) charge|which \w+ (?:head|attachment)"
    r"|sleep through|when do babies (?:start|stop|begin)|how long off work|waiting (?:times?|lists?)"
    r"|(?:to|i) lose weight\b(?! and)"
    r"|(?:pad|electrode) placement|tablets that (?:dont|do not)|dose for|get rid of (?:fat|wrinkles|stretch marks)"
    r"|(?:football|cricket|tennis) match|book(?:ing)? (?:online|software|system|app)|max(?:imum)? dose"
    r"|(?:does|do|can|could|will|would|massages?) (?:\w+ ){0,4}"
    r"(?:helps?|relieves?|improves?|cures?|boosts?|reduces?|increases?|stimulates?|promotes?)"
    r")\b"
)


@cache
def _other_questions() -> re.Pattern[str]:
    """Return the pattern of such questions: to make it costs time that a search for one word need not spend."""
    return re.compile(_OTHER_QUESTIONS)


def is_other_subject(folded: str, stems: frozenset[str]) -> bool:
    """Whether a folded query, given the stems of its words too, is about something else."""
    is_question = " " in folded and _other_questions().search(folded) is not None
    return is_question or any(stem in OTHER_SUBJECTS for stem in stems)
