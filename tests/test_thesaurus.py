"""Words of one meaning."""

from massharm.search.analysis import COMMON_WORDS, STOP_WORDS, stem
from massharm.search.thesaurus import _RINGS, synonyms


def test_a_word_leads_to_the_others_of_its_meaning() -> None:
    """Everyday and clinical words find each other, in any inflection, and never themselves."""
    assert "renal" in synonyms("kidneys")
    assert "kidney" in synonyms("renal")
    assert "tummy" not in synonyms("tummy")
    assert synonyms("xylophone") == ()


def test_no_word_has_two_meanings_or_none() -> None:
    """A stem stands in one ring only, so that meanings do not run together; no such word is left out of a query."""
    rings = [{stem(word) for word in line.split()} for line in _RINGS.strip().splitlines()]
    seen: set[str] = set()
    for ring in rings:
        assert len(ring) > 1
        assert not ring & seen
        seen |= ring
    assert not seen & {stem(word) for word in STOP_WORDS | COMMON_WORDS}
