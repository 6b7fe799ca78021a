"""Claims on one record, grouped into attributes, distinct values, ranges and witnesses.

Claims go in as voices (claim, speaker, report), blocks come out. Nothing is overwritten: a decision on named claims
only says how their number is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .model import Claim, Modality, VictimGroup
from .testimony import AttributeEvidence, NumberRange, Statement, Voice
from .witnesses import Joined, count_witnesses, witnesses
from .wording import attribute_label, attribute_rank, group_label, listing, plural, range_text

__all__ = ["Count", "Reading", "blocks", "details", "is_stated", "number_range", "parse_count"]

#: Keys that ``value_text`` may carry as ``key: value`` pairs.
DETAIL_KEYS = ("nationality", "role", "severity", "words")
#: Attributes that count people of a victim group; bodies found are a stated number of killed.
CASUALTIES = ("killed", "injured")
#: Dates are compared by value as well, when the date is derived.
BY_VALUE = frozenset({"event_date", "report_date", "confirmed_on"})
#: Modalities whose numbers count. A denial is a voice, not a number, and a guess is no report of one.
STATED = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED})


class Count(NamedTuple):
    """A count as read: low, high, and whether it says "or more"."""

    low: int | None
    high: int | None
    open_ended: bool


#: How a claim's count is read: as it stands, or as a decision on this claim says.
Reading = Callable[[Claim], Count]


def is_stated(claim: Claim) -> bool:
    """Tell whether the claim's number counts (neither denied nor speculated)."""
    return claim.modality in STATED


def details(value_text: str | None) -> dict[str, str]:
    """Split a count's text into its ``key: value`` pairs; text without a known key is its ``words``.

    Examples
    --------
    >>> details("nationality: Chinese; role: engineers")
    {'nationality': 'Chinese', 'role': 'engineers'}
    """
    pairs: dict[str, str] = {}
    key = "words"
    for part in (value_text or "").split(";"):
        head, colon, tail = part.partition(":")
        name = head.strip().lower()
        key, text = (name, tail) if colon and name in DETAIL_KEYS else (key, part)
        if text.strip():
            pairs[key] = f"{pairs[key]}; {text.strip()}" if key in pairs else text.strip()
    return pairs


def parse_count(text: str) -> Count | None:
    """Read a count as a decision writes it: ``3``, ``3-5``, ``3 to 5``, ``3 or more``, ``3+``; else nothing."""
    found = re.fullmatch(r"(\d+)(?:\s*(?:-|\u2013|to)\s*(\d+))?\s*(or more|\+)?", text.strip())
    if not found:
        return None
    low = int(found[1])
    high = int(found[2]) if found[2] else None if found[3] else low
    return Count(low, high, found[3] is not None)


def as_claimed(claim: Claim) -> Count:
    """Read the claim's own count; a low without a high is open-ended."""
    return Count(claim.value_low, claim.value_high, claim.value_low is not None and claim.value_high is None)


def number_range(claims: Iterable[Claim], read: Reading = as_claimed) -> NumberRange | None:
    """Span the smallest to the largest stated number; nothing where no claim states a number or words for one."""
    counts, words = [], []
    for claim in claims:
        if not is_stated(claim):
            continue
        count = read(claim)
        if count.low is None and count.high is None:
            words.append(details(claim.value_text).get("words", claim.value_text or "not counted"))
        else:
            counts.append(count)
    if not counts and not words:
        return None
    lows = [count.low for count in counts if count.low is not None]
    highs = [number for count in counts for number in (count.low, count.high) if number is not None]
    return NumberRange(
        min(lows, default=None),
        max(highs, default=None),
        any(c.open_ended for c in counts),
        tuple(dict.fromkeys(words)),
    )


def family(claim: Claim) -> str:
    """Name the attribute under which a claim is shown: bodies found are shown with the killed."""
    return "killed" if claim.attribute == "bodies_recovered" else claim.attribute


def blocks(
    voices: Sequence[Voice],
    joined: Joined,
    read: Reading,
    reasons: Mapping[str, str],
    place_names: Mapping[str, str],
) -> tuple[AttributeEvidence, ...]:
    """Group the voices on one record into attributes, and each attribute into distinct values.

    Parameters
    ----------
    voices
        All claims heard on the record, in table order.
    joined
        Relations between claims.
    read
        How counts are read.
    reasons
        Reasons of recorded decisions by attribute.
    place_names
        Names of places by id, for claims that give a place and no text.

    Returns
    -------
    tuple of AttributeEvidence
        In the fixed order of attributes, unknown ones last in order of appearance.
    """
    parted: dict[tuple[str, str], list[Voice]] = {}
    for (attribute, label), members in _split_groups(_by_attribute(voices, joined)).items():
        parted[attribute, label] = members
        if attribute in CASUALTIES and any(_description(v.claim) for v in members):
            suffix = label.removeprefix(attribute_label(attribute))
            described = f"{attribute}_described"
            parted[described, attribute_label(described) + suffix] = [v for v in members if _description(v.claim)]
    result = []
    for (attribute, label), members in sorted(parted.items(), key=lambda item: attribute_rank(item[0][0])):
        text_of = _texts(attribute, read, place_names)
        statements = _statements(members, joined, read, text_of, counted=not attribute.endswith("_described"))
        result.append(_block(attribute, label, members, statements, joined, read, reasons.get(attribute)))
    return tuple(_mark_across(result, joined))


def _by_attribute(voices: Sequence[Voice], joined: Joined) -> dict[str, list[Voice]]:
    """Sort voices by attribute; means and weapon come together where one contradicts the other."""
    grouped: dict[str, list[Voice]] = {}
    for voice in voices:
        grouped.setdefault(family(voice.claim), []).append(voice)
    method, weapon = grouped.get("method", []), grouped.get("weapon", [])
    if any((a.claim.claim_id, b.claim.claim_id) in joined.contradicts for a in method for b in weapon):
        grouped["method"] = method + grouped.pop("weapon")
    return grouped


def _split_groups(grouped: Mapping[str, list[Voice]]) -> dict[tuple[str, str], list[Voice]]:
    """Part casualties of several described victim groups, which are never added up or set against each other."""
    parted: dict[tuple[str, str], list[Voice]] = {}
    for attribute, members in grouped.items():
        groups = {voice.claim.victim_group or VictimGroup.NOT_DESCRIBED for voice in members}
        if attribute in CASUALTIES and len(groups - {VictimGroup.NOT_DESCRIBED}) > 1:
            for group in (g for g in VictimGroup if g in groups):
                label = f"{attribute_label(attribute)}, {group_label(group).lower()}"
                parted[attribute, label] = [
                    v for v in members if (v.claim.victim_group or VictimGroup.NOT_DESCRIBED) is group
                ]
        else:
            parted[attribute, attribute_label(attribute)] = members
    return parted


def _description(claim: Claim) -> str:
    """Describe the people of a count and how badly they were hurt: nationality, role, severity in one phrase."""
    found = details(claim.value_text)
    phrase = " ".join(found[key] for key in ("nationality", "role") if key in found)
    return ", ".join(text for text in (phrase, found.get("severity", "")) if text)


def _texts(attribute: str, read: Reading, place_names: Mapping[str, str]) -> Callable[[Claim], str]:
    """Choose how a claim on this attribute is put into words."""
    if attribute.endswith("_described"):
        return _description

    def text(claim: Claim) -> str:
        count = read(claim)
        number = range_text(count.low, count.high, count.open_ended)
        if not number:
            words = details(claim.value_text).get("words") if claim.attribute in CASUALTIES else claim.value_text
            return words or claim.value_text or listing(place_names.get(p, p) for p in claim.place_id) or "not given"
        if claim.attribute == "bodies_recovered":
            number += f" {plural(count.high or 2, 'body', 'bodies')} found"
        words = details(claim.value_text).get("words")
        if count != as_claimed(claim):
            words = f"as claimed: {words or range_text(*as_claimed(claim))}"
        extra = [words, None if is_stated(claim) else str(claim.modality)]
        notes = ", ".join(filter(None, extra))
        return f"{number} ({notes})" if notes else number

    return text


def _statements(
    voices: Sequence[Voice], joined: Joined, read: Reading, text_of: Callable[[Claim], str], *, counted: bool
) -> tuple[Statement, ...]:
    """Gather distinct values in order of appearance, each with its voices; case and spacing make no difference."""
    by_value: dict[tuple[str, bool], list[Voice]] = {}
    for voice in voices:
        key = (" ".join(text_of(voice.claim).casefold().split()), is_stated(voice.claim))
        by_value.setdefault(key, []).append(voice)
    result = []
    for (_, stated), members in by_value.items():
        count = read(members[0].claim) if counted and stated else Count(None, None, False)
        text = text_of(members[0].claim)
        result.append(Statement(text, *count, tuple(members), count_witnesses(members, joined)))
    return tuple(result)


def _block(
    attribute: str,
    label: str,
    voices: Sequence[Voice],
    statements: tuple[Statement, ...],
    joined: Joined,
    read: Reading,
    why: str | None,
) -> AttributeEvidence:
    """Build one attribute: its range, and whether reports differ on it."""
    numbers = {(s.low, s.high) for s in statements if (s.low, s.high) != (None, None)}
    span = number_range((v.claim for v in voices), read) if numbers or attribute in CASUALTIES else None
    differ = span is not None and len(numbers) > 1 and span.low != span.high
    if any((s.low, s.high) == (None, None) for s in statements):
        differ = differ or _contradicted(statements, joined, read, same_count=attribute.endswith("_described"))
    heard = witnesses(voices, joined)
    return AttributeEvidence(attribute, label, statements, span, differ, why, len(heard), heard)


def _contradicted(statements: Sequence[Statement], joined: Joined, read: Reading, *, same_count: bool) -> bool:
    """Tell whether a relation sets two of the statements against each other.

    With `same_count` only claims of one count are looked at: where counts differ, the relation is about the number, not
    about who was counted.
    """
    if not joined.contradicts:
        return False
    said = [(i, voice.claim) for i, statement in enumerate(statements) for voice in statement.voices]
    return any(
        (a.claim_id, b.claim_id) in joined.contradicts and (not same_count or read(a) == read(b))
        for i, a in said
        for j, b in said
        if i < j
    )


def _mark_across(found: Sequence[AttributeEvidence], joined: Joined) -> list[AttributeEvidence]:
    """Mark attributes in words as differing where a claim on another attribute of the record contradicts them.

    Counts are left out on both sides, and who was counted with them: counts are compared by value.
    """
    if not joined.contradicts:
        return list(found)
    ids = [{v.claim.claim_id for s in block.statements for v in s.voices} for block in found]
    in_words = [block.range is None and not block.attribute.endswith("_described") for block in found]
    result = []
    for i, block in enumerate(found):
        others = {claim for j, other in enumerate(ids) if j != i and in_words[j] for claim in other}
        marked = in_words[i] and block.attribute not in BY_VALUE
        hit = marked and any((a, b) in joined.contradicts for a in ids[i] for b in others)
        result.append(replace(block, differ=True) if hit else block)
    return result
