"""`massharm schema`: the JSON Schema of a knowledge base file."""

from massharm.cli import terminal


def schema() -> None:
    """Print the JSON Schema of a knowledge base file."""
    from massharm import store

    terminal.write_json(store.schema())
