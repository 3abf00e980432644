"""`massharm about` and `massharm --version`: editions, counts, sources, notice."""

from massharm import __version__
from massharm.cli import output
from massharm.cli.options import Json


def about(json: Json = False) -> None:
    """Show editions, counts, notice, licence and how to cite."""
    from massharm.exports import answers
    from massharm.kb.base import KnowledgeBase

    kb = KnowledgeBase.load()
    if json:
        output.write_json(answers.about_answer(kb, __version__))
    else:
        from massharm.pages import lists

        output.show(lists.about_page(kb, __version__))


def version() -> None:
    """Print the versions of program, data and schema on one line."""
    from massharm.exports import answers
    from massharm.kb.base import KnowledgeBase

    output.write(f"massharm {__version__}, KB edition {KnowledgeBase.load().edition}, schema {answers.SCHEMA}")
