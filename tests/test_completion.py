"""Completion of values: in a real bash, and by the protocol by which zsh and fish ask."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from built import environment
from massharm import KnowledgeBase
from massharm.cli.completion import references
from massharm.cli.export import FORMATS as EXPORTS
from massharm.kb.filters import VOCABULARIES
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from tiny import Answer, Script, Write, tiny_file

NEEDS_BASH = pytest.mark.skipif(not shutil.which("bash"), reason="this system has no bash")
Tab = Callable[..., list[str]]
Asked = Callable[..., Answer]

# What bash does at a Tab: it calls the function that was registered for `massharm`, which fills COMPREPLY.
PRESS = """
PATH={folder}:$PATH
source <(_MASSHARM_COMPLETE=source_bash massharm)
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
[[ $(complete -p massharm) =~ -F\\ ([^ ]+) ]]
"${{BASH_REMATCH[1]}}" massharm
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a command `massharm` that runs this checkout."""
    made = tmp_path / "bin"
    made.mkdir()
    command = made / "massharm"
    command.write_text(f"#!{sys.executable}\nfrom massharm.__main__ import main\nmain()\n")
    command.chmod(0o755)
    return made


@pytest.fixture
def tab(folder: Path, script: Script) -> Tab:
    """Press Tab in bash after some words; the last is the one that is completed."""

    def made(*words: str) -> list[str]:
        typed = shlex.join(["massharm", *words])
        answer = script(PRESS.format(folder=shlex.quote(str(folder)), words=typed))
        assert answer.err == ""
        return answer.out.split()

    return made


@pytest.fixture
def asked(folder: Path) -> Asked:
    """Ask as zsh and fish do: through the environment, with the line as it was typed."""

    def made(shell: str, line: str, **variables: str) -> Answer:
        variables |= {"_TYPER_COMPLETE_ARGS": line, "_MASSHARM_COMPLETE": f"complete_{shell}"}
        ran = subprocess.run([str(folder / "massharm")], capture_output=True, env=environment(**variables), check=False)
        return Answer(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return made


def written(words: tuple[str, ...]) -> list[str]:
    """Return words of a vocabulary as they are typed."""
    return [word.replace(" ", "-") for word in words]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("show", "rhab"), ["rhabdomyolysis"]),
        (("show", "rhabdomyolysis", "si"), ["signs"]),
        (("show", "rhabdomyolysis", ""), list(SECTIONS)),
        (("show", "rhabdomyolysis", "signs", "s"), ["summary", "statements", "see-also"]),
        (("show", "pulmonary", "embolism", "ri"), ["risk"]),
        (("show", "pulmonary", "embo"), []),
        (("show", "haematomyela", "s"), []),
        (("show", "massage-gun-use", "s"), []),
        (("show", "rhabdomyolysis", "nonsense", "s"), []),
        (("show", "aksoy-2009-acc"), ["aksoy-2009-accessory-nerve"]),
        (("show", "0"), ["0"]),
        (("show", "rhabdomyolysis", "--format", ""), ["text", "markdown", "html"]),
        (("list", "ca"), ["case"]),
        (("list", ""), list(KINDS)),
        (("list", "--severity", ""), ["serious", "moderate", "minor"]),
        (("list", "--severity", "minor", "--severity", "se"), ["serious"]),
        (("list", "--outcome", "fe"), ["fetal-loss"]),
        (("list", "--region", ""), written(VOCABULARIES["region"])),
        (("list", "--system", ""), written(VOCABULARIES["system"])),
        (("list", "--technique", ""), written(VOCABULARIES["technique"])),
        (("list", "--mechanism", "thrombus-f"), ["thrombus-formation"]),
        (("list", "--evidence", "case"), ["case-series", "case-report"]),
        (("list", "--provider", ""), written(VOCABULARIES["provider"])),
        (("cite", "0"), ["0"]),
        (("cite", "17", "aksoy-20"), ["aksoy-2009"]),
        (("cite", "--for", "rhab"), ["rhabdomyolysis"]),
        (("search", "--kind", "my"), ["myth"]),
        (("search", "-k", "te"), ["term"]),
        (("screen", "osteoporosis,", "recent-frac"), ["recent-fracture"]),
        (("screen", "pregnant,", "blood-thinner-"), ["blood-thinner-injections"]),
        (("screen", "ticlop"), ["ticlopidine"]),
        (("redflags", "coffee-ground-v"), ["coffee-ground-vomit"]),
        (("list", "--sort", "out"), ["outcome"]),
        (("list", "--format", "m"), ["markdown"]),
        (("export", "harm", "--region", "ne"), ["neck"]),
        (("evidence", "--format", "s"), ["svg"]),
        (("screen", "warfarin", "--technique", "massage"), ["massage-gun"]),
        (("screen", "--provider", "s"), ["self"]),
        (("redflags", "chylo"), ["chylothorax"]),
        (("redflags", "--region", "ne"), ["neck"]),
        (("redflags", "--format", "m"), ["markdown"]),
        (("export", "-f", "json"), ["json", "jsonl"]),
        (("export", "--format", ""), list(EXPORTS)),
        (("screen", "--format", "c"), ["cds-cards"]),
        (("cite", "--format", "b"), ["bibtex"]),
        (("red",), ["redflags"]),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
@NEEDS_BASH
def test_bash_completes(tab: Tab, words: tuple[str, ...], offered: list[str]) -> None:
    """Ids, sections, kinds and the words of every scale, in the order of the vocabulary."""
    assert tab(*words) == offered


@NEEDS_BASH
def test_bash_offers_the_ids_of_every_kind(tab: Tab, kb: KnowledgeBase) -> None:
    """Whatever `show` takes is offered."""
    assert tab("show", "") == [record.id for record in kb]


def test_no_value_would_be_split(kb: KnowledgeBase) -> None:
    """Bash splits words at colons and blanks, and no value has one."""
    values = [value for offer in references() for value in [offer[0] if isinstance(offer, tuple) else offer]]
    values += [record.id for record in kb] + [word for words in VOCABULARIES.values() for word in written(words)]
    assert len(values) > len(kb)
    assert all(re.fullmatch(r"[a-z0-9-]+", value) for value in values)


def test_citations_are_offered_by_number_and_key(kb: KnowledgeBase) -> None:
    """Each with its name and title, cut to a line."""
    offers = dict(offer for offer in references() if isinstance(offer, tuple))
    assert offers["17"] == offers["aksoy-2009"] == "Aksoy 2009, Spinal accessory neuropathy associated with d..."
    assert len(offers) == 2 * len(kb.file.citations)
    assert max(map(len, offers.values())) <= 60


@NEEDS_BASH
def test_completed_line_runs(folder: Path) -> None:
    """Somebody at a terminal presses Tab twice and Enter, and gets the section."""
    pty = pytest.importorskip("pty")
    keys = (
        f"PATH={folder}:$PATH; source <(_MASSHARM_COMPLETE=source_bash massharm)\n"
        "massharm show rhab\tsig\t--json; exit\n"
    )
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    leader, follower = pty.openpty()
    shell = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(TERM="dumb", HISTFILE="/dev/null"),
        start_new_session=True,
    )
    os.close(follower)
    os.write(leader, keys.encode())
    shown, _ = shell.communicate(timeout=60)
    os.close(leader)
    assert b'"id": "rhabdomyolysis"' in shown
    assert b'"warning_signs"' in shown
    assert b'"severity"' not in shown


def test_zsh_gets_values_with_their_descriptions(asked: Asked) -> None:
    """A value and its name, in the form of `_arguments`."""
    shown = asked("zsh", "massharm show rhab").out
    assert shown == '_arguments \'*: :(("rhabdomyolysis":"Rhabdomyolysis"))\'\n'
    assert '"serious"' in asked("zsh", "massharm list --severity ").out
    assert '"case"' in asked("zsh", "massharm list ca").out
    assert '"signs"' in asked("zsh", "massharm show rhabdomyolysis si").out
    assert '"17":"Aksoy 2009, Spinal' in asked("zsh", "massharm show 17").out


def test_fish_gets_values_with_their_descriptions(asked: Asked) -> None:
    """A value, a tab and its name; and first, whether there is any."""
    fish = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert asked("fish", "massharm show rhab", **fish).out == "rhabdomyolysis\tRhabdomyolysis\n"
    assert asked("fish", "massharm list --severity ", **fish).out.split() == ["serious", "moderate", "minor"]
    assert asked("fish", "massharm show rhabdomyolysis si", **fish).out == "signs\n"
    fish["_TYPER_COMPLETE_FISH_ACTION"] = "is-args"
    assert asked("fish", "massharm list ca", **fish).code == 0
    assert asked("fish", "massharm list zz", **fish).code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe"], ids=["empty", "no-json", "list", "utf-16"])
@pytest.mark.parametrize("line", ["massharm show rhab", "massharm show rhabdomyolysis si", "massharm screen pre"])
def test_a_broken_knowledge_base_offers_nothing(
    asked: Asked, tmp_path: Path, shell: str, raw: bytes, line: str
) -> None:
    """A prompt is no place for an error."""
    path = tmp_path / "kb.json"
    path.write_bytes(raw)
    words = line.split()
    variables = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    answer = asked(shell, line, MASSHARM_KB=str(path), **variables)
    assert answer.err == ""
    assert answer.out.strip() in {"", "_files"}


@pytest.mark.parametrize(
    ("instruction", "variables"),
    [
        ("complete_bash", {}),
        ("complete_bash", {"COMP_WORDS": "massharm show", "COMP_CWORD": "x"}),
        ("complete_bash", {"COMP_WORDS": '"', "COMP_CWORD": "-9"}),
        ("complete_nosuch", {}),
        ("nonsense", {}),
    ],
)
def test_variables_set_by_hand_are_wrong_use(folder: Path, instruction: str, variables: dict[str, str]) -> None:
    """Whoever sets the variables of the protocol wrongly meets no fault of the program and no traceback."""
    given = environment(_MASSHARM_COMPLETE=instruction, **variables)
    ran = subprocess.run([str(folder / "massharm"), "about"], capture_output=True, env=given, check=False)
    assert ran.returncode in {0, 1, 2}
    assert b"Traceback" not in ran.stderr
    assert b"fault in massharm" not in ran.stderr


def test_scales_need_no_knowledge_base(asked: Asked, tmp_path: Path) -> None:
    """Words of a vocabulary are offered where no file can be read."""
    assert '"serious"' in asked("zsh", "massharm list --severity ", MASSHARM_KB=str(tmp_path / "none")).out


def test_descriptions_are_plain_to_every_shell(asked: Asked, write: Write) -> None:
    """Brackets are no markup, and zsh has nothing to evaluate."""
    file = tiny_file()
    file["harms"][0]["name"] = 'Blue [letter] \\$(touch x) `y` "thumb" [/b]'
    shown = asked("zsh", "massharm show blue", MASSHARM_KB=str(write(file)))
    assert shown.out == '_arguments \'*: :(("blue-thumb":"Blue (letter) (touch x) y thumb (/b)"))\'\n'


def test_completers_cost_an_ordinary_command_nothing() -> None:
    """The commands with all their completers import nothing of the knowledge base."""
    program = (
        "import sys; from massharm.cli.app import Commands; dict(Commands()); sys.stdout.write(' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=True)
    loaded = ran.stdout.decode().split()
    assert "massharm.cli.completion" in loaded
    assert not {
        "massharm.kb.base",
        "massharm.kb.filters",
        "massharm.exports.rows",
        "massharm.kb.records",
        "msgspec",
    } & set(loaded)
