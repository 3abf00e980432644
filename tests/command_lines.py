"""Command lines made up at random: words that mean something, misspelt ones, options in odd places, any character."""

import json
import random
import re
import string
from collections.abc import Sequence
from functools import cache

from faults import TEXTS, schema
from invariants import Answer, check_streams, read_back, run
from massharm.cli.app import Commands
from massharm.cli.cite import FORMATS as REFERENCES
from massharm.cli.export import FORMATS as EXPORTS
from massharm.cli.screen import FORMATS as SCREENINGS
from massharm.kb.records import KINDS
from tiny import DATA

SILENT = {"--open", "--output", "-o", "--force", "--fix", "--install-completion", "--show-completion"}
"""Options that write a file, start another program or ask the shell for its name: no test types them."""


@cache
def words_of_commands() -> dict[str, tuple[str, ...]]:
    """Return the options of each command."""
    return {
        name: tuple(option for param in command.params for option in param.opts if option.startswith("-"))
        for name, command in Commands().items()
    }


@cache
def known_words() -> tuple[str, ...]:
    """Return words that mean something: names, ids and every word of a vocabulary."""
    file = json.loads(DATA.read_text(encoding="utf-8"))
    names = [
        record.get(key, "") for row in KINDS.values() for record in file[row] for key in ("id", "name", "pmid", "doi")
    ]
    vocabulary = [word for node in schema()["$defs"].values() for word in node.get("enum", ())]
    formats = [*EXPORTS, *REFERENCES, *SCREENINGS, "html"]
    return tuple(str(word) for word in [*names, *vocabulary, *formats, *KINDS, *KINDS.values()] if word)


def word(rng: random.Random) -> str:
    """Return a word that somebody might type, paste or mistype."""
    known = rng.choice(known_words())
    draw = rng.randrange(8)
    if draw < 3:
        return known
    if draw == 3:
        at = rng.randrange(len(known))
        return known[:at] + rng.choice(["", "x", " ", ",", "-"]) + known[at + 1 :]
    if draw == 4:
        return rng.choice(TEXTS).replace("\0", "")
    if draw == 5:
        low, high = sorted(rng.choice((0, 1, 17, 29, 30, 249, 9999, 10**9, 10**30)) for _ in range(2))
        return rng.choice(
            (str(low), f"{low}-{high}", f"{high}-{low}", f"-{low}", f"{low},{high}", f"000{low}", f"{low}-")
        )
    if draw == 6:
        return "".join(
            chr(rng.choice((rng.randrange(1, 0x250), rng.randrange(0x250, 0xD800)))) for _ in range(rng.randrange(9))
        )
    return "".join(rng.choice(string.printable) for _ in range(rng.randrange(12)))


def command_line(rng: random.Random) -> list[str]:
    """Return a command line: mostly a command with options it has and words of all sorts."""
    commands = words_of_commands()
    command = rng.choice(list(commands))
    words = [command] if rng.random() < 0.95 else []
    options = [option for option in commands[command] if option not in SILENT]
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        if options and rng.random() < 0.7:
            words += [rng.choice(options)] + ([word(rng)] if rng.random() < 0.7 else [])
        else:
            words.append(rng.choice((word(rng), "--", "-", "--nosuch", "-x", f"--json={word(rng)}", "--help")))
    words += [word(rng) for _ in range(rng.choice((0, 1, 1, 2, 5)))]
    return [text for text in words if text not in SILENT and not re.match(r"-[^-]*o|--output", text)]


def check_command_line(words: Sequence[str], rng: random.Random) -> Answer:
    """Run a command line: whatever it is, it ends with 0, 1 or 2, and what it says in JSON is JSON.

    Raises:
        Broken: it does not.
    """
    answer = run(words, columns=rng.choice(("", "", "20", "80")))
    check_streams(answer, {0, 1, 2})
    if "--json" in words and answer.out.startswith("{"):
        read_back(answer, lambda out: len(json.loads(out)))
    return answer
