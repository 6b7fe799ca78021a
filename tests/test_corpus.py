"""What the fuzzer found once is kept as files, and each is read and imported as any other file is.

Files in ``corpus/tight`` are read with the small limits of the fuzzer; how one is made: ``tools/fuzz.py``.
"""

from __future__ import annotations

import random
from pathlib import Path

import fuzz_targets
import pytest
from fuzz_targets import KINDS, TIGHT, Finding, check_file

from panjmap.data.intake.importing import import_rows
from panjmap.data.intake.log import RowErrors
from panjmap.data.limits import Limits, in_force

FOLDER = Path(__file__).parent / "corpus"
FILES = sorted(path for path in FOLDER.rglob("*.*") if path.is_file())


def limits_of(path):
    return TIGHT if path.parent.name == "tight" else Limits()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_was_found_once_is_read_or_refused_in_words(path, tmp_path):
    with in_force(limits_of(path)):
        check_file(path)
        said = ""
        try:
            done = import_rows(path, tmp_path / "rows.parquet")
        except RowErrors as error:
            said = str(error)
    if said:
        assert "Fix: " in said
        assert "nothing was written" in said
        assert list(tmp_path.iterdir()) == []
    else:
        assert done.about.read == done.about.rows + done.about.rejected


def test_the_inputs_to_begin_with_hold_what_must_hold(tmp_path):
    """Each seed, and each with some bytes changed, always the same ones: a little of the fuzzer in every run."""
    chance = random.Random(5)  # noqa: S311 - no secret
    kinds = set()
    for seed in fuzz_targets.seeds(FOLDER.parent / "hostile"):
        kinds.add(KINDS[seed[0]])
        changed = bytearray(seed)
        for _ in range(3):
            changed[chance.randrange(1, len(seed)) if len(seed) > 1 else 0] = chance.randrange(len(KINDS))
        changed[0] |= chance.choice((0, 64))
        for data in (seed, bytes(changed)):
            fuzz_targets.run(data, tmp_path)
    assert kinds == set(KINDS)


@pytest.mark.parametrize("broken", ["clean", "raise", "lose"])
def test_the_fuzzer_would_see_a_reader_that_breaks(tmp_path, monkeypatch, broken):
    path = tmp_path / "a.json"
    path.write_text('[{"a": "x\\u202ey"}, {"a": 2}]', encoding="utf-8")
    check_file(path)
    where = "panjmap.data.intake.json_rows.row_of"
    if broken == "clean":
        monkeypatch.setattr("panjmap.data.intake.notes.clean", lambda text: text)
    elif broken == "raise":
        monkeypatch.setattr(where, lambda *_: 1 / 0)
    else:
        monkeypatch.setattr(where, lambda *_: None)
    with pytest.raises(Finding):
        check_file(path)
