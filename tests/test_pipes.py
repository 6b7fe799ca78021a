"""What is no plain file is refused by every command that reads one; nothing is waited for, nothing read without end."""

from __future__ import annotations

import os

import pytest

#: Every way to name a file that is read; ``{}`` is the file.
READERS = {
    "import": "import {} --to out.parquet",
    "rows": "build --rows {} --out map.html",
    "districts": "build --districts {} --out map.html",
    "options": "figure --options {} --out figure.png",
    "manifest": "verify --manifest {}",
    "old": "diff {} {}",
}


@pytest.fixture(params=["pipe", "endless device", "link to itself"])
def odd(request, tmp_path):
    path = tmp_path / "odd"
    if request.param == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no named pipes")
        os.mkfifo(path)
    elif request.param == "endless device":
        path.symlink_to("/dev/zero")
    else:
        path.symlink_to(path)
    return path


@pytest.mark.parametrize("words", READERS.values(), ids=READERS)
def test_what_is_no_plain_file_is_refused(panjmap, tmp_path, odd, words):
    before = set(tmp_path.iterdir())
    done = panjmap(*words.format(*["odd"] * 2).split(), cwd=tmp_path, timeout=60)
    assert done.returncode in {1, 2}
    assert "Fix: " in done.stderr
    assert "fault of panjmap" not in done.stderr
    assert set(tmp_path.iterdir()) == before


def test_an_endless_device_among_the_tables_is_refused(panjmap, tmp_path):
    panjmap("init", "tables", cwd=tmp_path)
    (tmp_path / "tables" / "claims.csv").unlink()
    (tmp_path / "tables" / "claims.csv").symlink_to("/dev/zero")
    done = panjmap("check", "--data", "tables", cwd=tmp_path, timeout=60)
    assert done.returncode == 1
    assert "claims.csv: expected a plain file" in done.stderr


def test_options_that_lie_hundreds_deep_are_refused(panjmap, tmp_path):
    (tmp_path / "deep.toml").write_text(f"hide = {'[' * 5000}{']' * 5000}", "utf-8")
    done = panjmap("figure", "--options", "deep.toml", "--out", "figure.png", cwd=tmp_path)
    assert done.returncode == 2
    assert "too deep" in done.stderr
