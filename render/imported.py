"""Imported rows of a file -> the tables of a page, if their terms let them be public."""

from __future__ import annotations

from pathlib import Path

from ..data.errors import PanjmapError
from ..data.intake.additions import Added, with_rows
from ..data.intake.datasets import DATASETS
from ..data.intake.parquet import read_rows
from ..data.model import Tables
from ..geo.basemap import load_basemap
from ..geo.regions import regions_at

__all__ = ["TermsError", "added_rows"]


class TermsError(PanjmapError):
    """Rows whose terms do not let them stand in a public output."""

    def __init__(self, path: Path, name: str, reason: str) -> None:
        self.path = path
        fix = "leave --rows out, import rows whose terms let them be passed on, or add --internal"
        super().__init__(f"{path}: rows of {name} cannot stand in a public output: {reason}. Fix: {fix}.")


def added_rows(tables: Tables, path: Path, *, internal: bool = False) -> Added:
    """Read imported rows and add them to tables.

    Parameters
    ----------
    tables
        What the rows are shown beside.
    path
        The rows, as ``panjmap import`` writes them.
    internal
        Whether it is for an internal output, which may hold rows that no public one may.

    Raises
    ------
    RowsFileError
        The file is none of imported rows, or holds more than a page takes.
    TermsError
        Their terms do not let them be public.
    """
    rows = read_rows(path)
    if not rows.about.public and not internal:
        known = DATASETS.get(rows.about.dataset)
        raise TermsError(path, rows.about.dataset_name, known.reason if known else rows.about.terms)
    points = [None if row.lon is None or row.lat is None else (row.lon, row.lat) for row in rows.rows]
    return with_rows(tables, rows, regions_at(points, load_basemap()))
