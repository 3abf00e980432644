"""How long a service waits: the time to build an engine, and that of each kind of answer once it is built.

`python benchmarks/warm.py` prints medians in milliseconds; further runs of the same words are quicker than real ones,
so every call has words of its own.
"""

import time
from collections.abc import Callable, Iterable
from statistics import median

from massharm import Engine

CLIENTS = (
    "warfarin, osteoporosis, neck work planned", "pregnant 32 weeks, high blood pressure", "diabetes, numb feet",
    "breast cancer two years ago, lymphoedema", "pacemaker, asthma", "varicose veins, no clots", "psoriasis",
    "slipped disc, sciatica, ibuprofen", "epilepsy", "my mother had a stroke; I am well", "shingles", "recent surgery",
    "haemophilia", "fever since yesterday", "kidney stones, catheter", "fibromyalgia, sertraline", "gout", "migraine",
)  # fmt: skip
SIGNS = (
    "dark urine", "sudden severe headache", "chest pain and breathless", "one calf is swollen and hot", "face droops",
    "numb between the legs", "vomiting after neck massage", "cannot pass urine", "double vision", "fainted twice",
)  # fmt: skip
NAMES = ("rhabdo", "blod clot", "haematoma", "nerve damage", "cupping burns", "stroke", "kidney", "warfarin", "PE")


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print a line for each call."""
    print(f"Engine()    {median(milliseconds(Engine) for _ in range(5)):7.1f}")
    engine = Engine()
    calls: tuple[tuple[str, Callable[[str], object], Iterable[str]], ...] = (
        ("find", engine.find, NAMES),
        ("screen", engine.screen, CLIENTS),
        ("redflags", engine.redflags, SIGNS),
        ("complete", engine.complete, [name[:4] for name in NAMES]),
        ("cite", engine.cite, map(str, range(1, 30))),
    )
    for name, call, words in calls:
        print(f"{name:11} {median([milliseconds(lambda text=text, call=call: call(text)) for text in words]):7.1f}")


if __name__ == "__main__":
    main()
