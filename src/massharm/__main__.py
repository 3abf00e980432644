"""The entry point: the command `massharm`, and `python -m massharm`.

`python -m` imports from the current folder first, whatever the module; the installed command does not.
"""

# `signal` takes milliseconds to import, in which an interrupt would print a traceback; typeshed lacks this one.
import _signal  # type: ignore[import-not-found]


def main() -> None:
    """Let an interrupt end the process at once, as a shell expects, then import the program and run it.

    A process that ignores interrupts, as one that a shell starts in the background, goes on ignoring them.
    """
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    import gc  # noqa: PLC0415 - nothing comes before the signal

    gc.disable()  # a run ends before there is anything worth collecting
    from massharm.cli.app import run  # noqa: PLC0415 - nothing comes before the signal

    run()


if __name__ == "__main__":
    main()
