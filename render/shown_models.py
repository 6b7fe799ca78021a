"""What the blocks of a page hold of records, typed: every value is checked and every text cleaned as it comes in.

A map from outside is read through these classes, so that nothing behind them needs to doubt a type. Keys that they do
not name are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, ValidationError

from ..data.text import clean
from .read_columns import BlockFault

__all__ = ["AreasBlock", "Attribute", "Brief", "Detail", "Ended", "Fact", "PageBlock", "Shape", "checked"]

_T = TypeVar("_T")
#: A list, of which the first fault is told: a list of a million faults would fill the memory with them.
Many = Annotated[list[_T], FailFast()]
Words = Annotated[str, AfterValidator(clean)]
#: Counts and characters as tables hold them, and whole steps of outlines: far from where numbers get slow or overflow.
Whole = Annotated[int, Field(gt=-(10**18), lt=10**18)]
#: Claim id, modality, whom it counts, first and last character.
Span = Annotated[tuple[Words, Words, Words | None, Whole | None, Whole | None], Field(strict=False)]


class _Part(BaseModel):
    """Base: types as written, nothing converted."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Brief(_Part):
    """A correction; ``attribute`` is missing in the first maps."""

    date: Words
    says: Words
    reason: Words
    ended: bool
    attribute: Words | None = None


class Ended(_Part):
    """What became of a record that is no longer there."""

    title: Words
    steps: Many[Brief]
    into: Words | None


class _Corrections(_Part):
    records: dict[Words, Many[Brief]]
    ended: dict[Words, Ended]


class _FacetValue(_Part):
    id: Words
    label: Words


class _Facet(_Part):
    id: Words
    values: Many[_FacetValue]


class PageBlock(_Part):
    """The parts of ``panjmap-page`` that are about records and corrections."""

    title: Words
    version: Words
    facets: Many[_Facet]
    corrections: _Corrections
    generalised: list[Words] | None = None
    internal: Words | None = None


class _Outlet(_Part):
    report: Words
    name: Words
    via: Words | None
    claims: Many[Span]


class _Said(_Part):
    speaker: Words
    manner: Words
    outlets: Many[_Outlet]


class _Statement(_Part):
    text: Words
    said: Many[_Said]


class Attribute(_Part):
    """All that is said on one attribute."""

    attribute: Words
    label: Words
    differ: bool
    why: Words
    heard: Words
    statements: Many[_Statement]


class _Count(_Part):
    group: Words
    low: Whole | None
    high: Whole | None
    or_more: bool


class Fact(_Part):
    """Killed or injured."""

    text: Words
    why: Words
    counts: Many[_Count]


class _When(_Part):
    text: Words
    why: Words


class _River(_Part):
    text: Words


class _Where(_Part):
    text: Words
    precision: Words
    why: Words
    how: Words
    river: _River | None
    origin: Words | None


class _Named(_Part):
    id: Words
    title: Words


class _Decided(_Part):
    label: Words
    chosen: Words
    reason: Words
    source: Words
    on: Words


class Detail(_Part):
    """Everything that the panel shows of one record."""

    id: Words
    title: Words
    kind_label: Words
    type_label: Words
    when: _When
    where: _Where
    killed: Fact | None
    injured: Fact | None
    attributes: Many[Attribute]
    same_as: Many[_Named]
    same_why: Words
    totals: Many[_Named]
    notes: Many[Words]
    decisions: Many[_Decided]


class Shape(_Part):
    """An outline with the place it stands for; rings of whole steps, see ``outlines.py``."""

    name: Words | None
    polygons: Many[Many[Many[Whole]]]


class _AreaOf(_Part):
    shape: Whole


class AreasBlock(_Part):
    """Areas: each outline once, and which record has which."""

    shapes: Many[Shape]
    records: dict[Words, _AreaOf]


_AnyPart = TypeVar("_AnyPart", bound=_Part)


def checked(part: type[_AnyPart], value: Mapping[str, Any], block: str) -> _AnyPart:
    """Read a part of a block.

    Raises
    ------
    BlockFault
        It is not as panjmap writes it; the first place where it is not is named.
    """
    try:
        return part.model_validate(value)
    except (ValidationError, RecursionError) as error:
        if isinstance(error, RecursionError):
            raise BlockFault(f"the block {block} is nested too deep") from error
        where = ".".join(clean(str(step))[:40] for step in error.errors(include_url=False)[0]["loc"])
        raise BlockFault(f"the block {block} is not as panjmap writes it, at {where}") from error
