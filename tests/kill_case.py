"""A process that is killed, or gets an error, at its nth step of writing."""

from __future__ import annotations

import os
import signal
import warnings
from pathlib import Path

import pytest

STEPS = ("open", "write", "fsync", "close", "mkdir", "rmdir", "link", "unlink", "rename", "replace", "fchmod")


def at_step(monkeypatch, nth: int, act, after: bool = False) -> list[str]:
    """Call ``act`` at the nth call of the system that changes something; the steps seen so far by name."""
    seen: list[str] = []

    def wrap(name, real):
        def step(*args, **kwargs):
            seen.append(name)
            if len(seen) != nth:
                return real(*args, **kwargs)
            try:
                return real(*args, **kwargs) if after else None
            finally:
                act()

        return step

    for name in STEPS:
        monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))
    return seen


def forked(work, folder: Path, nth: int, after: bool = False) -> int:
    """Let a child work in a folder, killed at its nth step; how it ended."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child does nothing that another thread may hold
        child = os.fork()
    if child == 0:
        try:
            with pytest.MonkeyPatch.context() as patch:
                at_step(patch, nth, lambda: os.kill(os.getpid(), signal.SIGKILL), after)
                work(folder)
        finally:
            os._exit(7)
    return os.waitpid(child, 0)[1]


def steps(work, folder: Path) -> list[str]:
    """Return the names of the steps that a piece of work takes, in their order."""
    with pytest.MonkeyPatch.context() as patch:
        seen = at_step(patch, 0, lambda: None)
        work(folder)
    return seen
