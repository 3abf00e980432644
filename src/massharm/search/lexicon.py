"""Words to which a misspelt one may be corrected, and the forms in which it is compared with them."""

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from massharm.search.analysis import normalise_spelling, stem
from massharm.search.phonetics import phonetic_key


class Forms(Struct, frozen=True, array_like=True):
    """Words with all the forms of a `Lexicon`, as the wheel carries them."""

    words: list[str]
    normalised: list[str]
    phonetic_keys: tuple[list[str], list[str]]


class Lexicon:
    """Known words, and the forms in which a misspelt one is compared with them, each made when first needed."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; what is not of letters alone is no correction."""
        self.words = [word for word in words if word.isalpha()]

    @classmethod
    def prepared(cls, forms: Forms) -> "Lexicon":
        """Return a lexicon of words whose forms are known."""
        lexicon = cls(forms.words)
        lexicon.normalised, lexicon.phonetic_keys = forms.normalised, forms.phonetic_keys
        return lexicon

    def forms(self) -> Forms:
        """Return the words with all their forms."""
        return Forms(self.words, self.normalised, self.phonetic_keys)

    @cached_property
    def normalised(self) -> list[str]:
        """The words in one spelling, British or American."""
        return [normalise_spelling(word) for word in self.words]

    @cached_property
    def phonetic_keys(self) -> tuple[list[str], list[str]]:
        """The phonetic keys of the words, and of their stems."""
        return [phonetic_key(word) for word in self.normalised], [phonetic_key(stem(word)) for word in self.words]
