"""Data sets that rows may be of, and whether their terms let rows be passed on: one table, and the reasons.

The terms are as far as they matter here; their owners' own words hold.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import OptionError

__all__ = ["DATASETS", "Dataset", "dataset_of"]


class Dataset(NamedTuple):
    """A data set.

    Attributes
    ----------
    key, name
        As options and files call it; as a reader is told.
    terms
        Licence or terms of use.
    public
        Whether rows may stand in an output that anyone can read.
    reason
        Why not, and what to do instead.
    """

    key: str
    name: str
    terms: str
    public: bool
    reason: str = ""


DATASETS = {
    one.key: one
    for one in (
        Dataset(
            "acled",
            "ACLED",
            "ACLED terms of use: rows are not passed on to others",
            public=False,
            reason="the terms of ACLED allow nobody else direct access to its rows, which a page or an export gives",
        ),
        Dataset("ged", "UCDP GED", "CC BY 4.0: cite the Uppsala Conflict Data Program", public=True),
        Dataset("own", "Own table", "of whoever made the table", public=True),
    )
}
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def dataset_of(layout: str | None, asked: str | None = None, licence: str | None = None) -> Dataset:
    """Tell the data set of a file.

    Parameters
    ----------
    layout
        Whose columns the file has, if it is known.
    asked
        What the user says it is: a key of :data:`DATASETS`, or a name of its own with ``licence``.
    licence
        Terms of a data set with a name of its own, which its user vouches for.

    Raises
    ------
    OptionError
        An unknown data set has no licence, a known one another, or the name cannot be one.
    """
    key = asked or layout or "own"
    if key in DATASETS:
        found = DATASETS[key]
        if licence and key != "own":
            raise OptionError("--licence", licence, f"the terms of {found.name} are known", "leave the option out")
        return found._replace(terms=licence) if licence else found
    if not _KEY.fullmatch(key):
        fix = "use up to 40 letters, digits, dots, underscores and hyphens"
        raise OptionError("--dataset", key, "it cannot be the name of a data set", fix)
    if not licence:
        fix = f"add --licence TEXT if its terms let you pass it on, or use one of {', '.join(DATASETS)}"
        raise OptionError("--dataset", key, "its terms are not known", fix)
    return Dataset(key, key, licence, public=True)
