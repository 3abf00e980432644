from massharm.search.analysis import COMMON_WORDS, STOP_WORDS, stem
from massharm.search.thesaurus import SYNONYMS, synonyms


def test_a_word_leads_to_its_synonyms() -> None:
    """Everyday and clinical words find each other, in any inflection, and never themselves."""
    assert synonyms("kidneys") == ("renal",)
    assert synonyms("renal") == ("kidney",)
    assert set(synonyms("tummies")) == {"abdomen", "abdominal", "belly", "stomach"}
    assert "swelling" in synonyms("oedema")
    assert "swelling" in synonyms("edema")
    assert synonyms("xylophone") == ()


def test_no_word_has_two_meanings_or_none() -> None:
    """A stem stands in one set only, so that meanings do not run together; no such word is left out of a query."""
    sets = [{stem(word) for word in line.split()} for line in SYNONYMS.strip().splitlines()]
    seen: set[str] = set()
    for stems in sets:
        assert len(stems) > 1
        assert not stems & seen
        seen |= stems
    assert not seen & {stem(word) for word in STOP_WORDS | COMMON_WORDS}
