"""What went wrong and what is doubtful in one file: all of it counted, a bounded number told in full.

Errors of rows can be handed on one by one as they come (to the file of rejects), so that a million of them need no
memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ..errors import PanjmapError, Problem

__all__ = ["Log", "RowErrors", "told"]


class RowErrors(PanjmapError):
    """Rows that cannot be imported: the problems, as far as they are told in full, and how many more there are."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("\n".join(lines))


class Log:
    """Problems of one file, errors and warnings apart.

    Parameters
    ----------
    most
        How many of each level are kept to be told in full; of the others only the number, by column and rule.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: dict[str, list[Problem]] = {"error": [], "warning": []}
        self.counts: Counter[str] = Counter()
        self.more: dict[str, Counter[tuple[str | None, str]]] = {"error": Counter(), "warning": Counter()}
        self.sink: Callable[[Problem], None] | None = None

    def add(self, problem: Problem) -> None:
        """Keep or count one problem."""
        level = problem.level
        self.counts[level] += 1
        if len(self.kept[level]) < self.most:
            self.kept[level].append(problem)
        else:
            self.more[level][problem.column, problem.expected] += 1
        if level == "error" and self.sink:
            self.sink(problem)

    def lines(self, level: str) -> list[str]:
        """One line a kept problem, in row order, then one a rule for those that are only counted."""
        kept = sorted(self.kept[level], key=lambda problem: -1 if problem.row is None else problem.row)
        return [told(problem) for problem in kept] + [
            f"{'warning: ' if level == 'warning' else ''}and {count} more"
            f"{f' in column {column}' if column else ''}: expected {expected}"
            for (column, expected), count in sorted(self.more[level].items(), key=lambda item: (-item[1], str(item[0])))
        ]


def told(problem: Problem) -> str:
    """Tell a problem in one line; a warning says that it is one."""
    return f"warning: {problem}" if problem.level == "warning" else str(problem)
