"""Compounds: words behind which another word means something else, as blood does in "blood pressure"."""

COMPOUNDS: dict[str, frozenset[str]] = {
    "hot": frozenset({"weather", "day", "yoga", "tub", "stone", "stones"}),
    "blood": frozenset(
        """
        pressure pressures sugar sugars thinner thinners thinning test tests count counts group donor type
        """.split()  # noqa: SIM905 - words
    ),
    "urine": frozenset({"infection", "infections", "sample", "samples", "test", "tests"}),
    "stomach": frozenset({"bug", "flu"}),
    "tummy": frozenset({"bug", "flu"}),
    "tick": frozenset({"if", "all", "any", "yes", "box", "boxes", "bite", "bites"}),
    "buckle": frozenset({"fracture", "fractures"}),
    "water": frozenset({"tablet", "tablets", "pill", "pills"}),
}
"""Words of two, with the second ones that make something else of the first."""
