"""The command line: one command a module."""


def main() -> None:
    """Run the program where its script was installed before the entry point moved."""
    from massharm.__main__ import main as start

    start()
