"""How tests draw pages."""

import io

from rich.console import Console

from massharm.pages import terminal
from massharm.pages.blocks import Page


def drawn(page: Page, width: int = 80, *, color: bool = False) -> str:
    """Return a page as it is drawn on a console of a width, with colours if asked for."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=color,
        color_system="truecolor" if color else None,
    )
    terminal.draw(page, console)
    return file.getvalue()
