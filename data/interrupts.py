"""Ctrl-C and the signals that end a process: held back where a few steps belong together."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["ENDING", "uninterrupted"]

#: Signals by which a user or a system asks a process to end; SIGKILL cannot be held back.
ENDING: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back the signals of :data:`ENDING` until the block has ended; then they act as they would have.

    Only the main thread runs handlers of signals, so that there is nothing to hold back in any other.
    """
    held: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in ENDING:
            if signal.getsignal(number) not in (signal.SIG_IGN, None):  # None: set by somebody else than Python
                before[number] = signal.signal(number, lambda number, _frame: held.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(held):
            signal.raise_signal(number)
