"""How a command ends when something else than the data is at fault: signals, pipes, full disks, memory.

Imports next to nothing, so that it is there before anything else is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from typing import NoReturn

from ..data.interrupts import ENDING

__all__ = ["faults_told", "interruptible", "open_streams", "unheard", "watch_signals"]

_WHOLE = "every output file is whole, the old one or the new one."


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """End with one line and code 130 on Ctrl-C; for the imports of the command line, before signals are watched."""
    try:
        yield
    except KeyboardInterrupt:
        _end(signal.SIGINT)


def watch_signals() -> None:
    """End at once on Ctrl-C, SIGTERM and SIGHUP, with one line and 128 + the number of the signal as exit code.

    Not by an exception: libraries swallow those, or turn them into others, while they are being imported. Files need no
    unwinding, for outputs are whole at every moment, and what replaces them holds signals back. A signal that is
    ignored (``nohup``) stays so. Where nobody reads the output any more (``| head``) the process ends without a word,
    as other tools do: by SIGPIPE, which a shell gives as 141.
    """
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _frame: _end(number))
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def open_streams() -> None:
    """See that 0, 1 and 2 are open, so that no output file takes their place; make any text printable.

    What is piped is UTF-8 in every locale; a terminal that lacks a letter shows its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", encoding=None if stream.isatty() else "utf-8")


def unheard() -> None:
    """Let what is still to be printed go nowhere: the output takes nothing any more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)


@contextlib.contextmanager
def faults_told() -> Iterator[None]:
    """Turn what no one has foreseen into one line and exit code 1.

    With ``PANJMAP_TRACEBACK=1`` in the environment it stays what it is, and shows where it comes from.
    """
    try:
        yield
    except Exception as error:
        if os.environ.get("PANJMAP_TRACEBACK"):
            raise
        with contextlib.suppress(OSError):
            os.write(2, f"panjmap: {_fault(error)}\n".encode("utf-8", "replace"))
        unheard()
        sys.exit(1)


def _fault(error: Exception) -> str:
    """Say in one line what happened, and what helps."""
    from ..data.text import clean

    where = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    said = " ".join(clean(f"{where}{getattr(error, 'strerror', None) or error}").split())[:300]
    match error:
        case MemoryError() | SystemError():  # the latter: a library was refused memory and did not notice
            return "not enough memory; nothing was replaced. Fix: allow more, or close other programs."
        case RecursionError():
            return "the data is nested too deeply; nothing was replaced. Fix: make it flatter."
        case OSError() if not _has_folder():
            return "the current folder is gone; nothing was replaced. Fix: change into one that is there."
        case OSError():
            return f"{said}; nothing was replaced. Fix: see that the system allows this, and has room for it."
        case ImportError():
            return f"a library cannot be loaded ({said}). Fix: allow more memory or open files, or install again."
    fix = "report it with this line; PANJMAP_TRACEBACK=1 in the environment shows more"
    return f"a fault of panjmap itself ({type(error).__name__}: {said}); nothing was replaced. Fix: {fix}."


def _has_folder() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _end(number: int) -> NoReturn:
    name = "Interrupted" if number == signal.SIGINT else f"Ended by {signal.Signals(number).name}"
    with contextlib.suppress(OSError):
        os.write(2, f"{name}: {_WHOLE}\n".encode())
    os._exit(128 + number)
