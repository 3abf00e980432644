"""Words of other subjects: of prices, schools, recipes, machines and benefits, about which nothing is recorded here."""

from massharm.search.analysis import stem

OTHER_SUBJECTS = frozenset(
    map(
        stem,
        """
        price prices pricing cost costs cheap cheapest fee fees tip tipping tips gratuity voucher gift discount deal
        deals membership monthly subscription salary salaries wage wages income franchise coupon refund
        exam exams licence license licensing syllabus tuition degree diploma certificate certification ceu mblex school
        schools college training
        recipe recipes cooker cook cooking bake baking scone scones lentils cream sauce soup salad
        roof road roads engine car cars tyre tyres gearbox garage bus train flight flights hotel hotels beach holiday
        excel spreadsheet software app laptop computer disk drive password wifi printer battery download
        film films movie song songs lyrics band concert game games football results score league match
        dog dogs cat cats horse horses puppy
        growth cellulite wrinkles glow slimming fertility productivity
        history origin origins founder characters meaning pronunciation translate translation
        """.split(),  # noqa: SIM905 - a list of quoted words is no easier to read
    )
)
"""By stem. Beside one of these a query is answered only where most of it is named."""
