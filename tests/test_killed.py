"""Killed or failing at any step of writing: the old or the new files stand whole, and the next run finds order."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kill_case import at_step, forked, steps

from panjmap.data import files
from panjmap.data.errors import OutputError
from panjmap.data.files import replace_files, settle
from panjmap.data.staging import STAGING, staging

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot kill a process as here")

OLD = {"map.html": b"old map" * 100, "manifest.json": b"old manifest", "kept.txt": b"of the user"}
NEW = {"map.html": b"new map" * 200, "manifest.json": b"new manifest", "added.txt": b"new"}


def folder_with(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != STAGING}


def write_new(folder: Path) -> None:
    replace_files({folder / name: data for name, data in NEW.items()})


def killed_at(folder: Path, nth: int, after: bool) -> None:
    """Let a child write, and kill it at its nth step."""
    assert os.WIFSIGNALED(forked(write_new, folder, nth, after)), "the child was not killed"


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_every_step_old_or_new_stands_and_the_next_run_settles_it(tmp_path, after):
    count = len(steps(write_new, folder_with(OLD, tmp_path / "first")))
    assert count > 25
    ends = set()
    for nth in range(1, count + 1):
        folder = folder_with(OLD, tmp_path / f"killed-{nth}")
        killed_at(folder, nth, after)
        for name, data in contents(folder).items():
            assert data in (OLD.get(name), NEW.get(name)), (nth, name)
        settle(folder)
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
        assert contents(folder) in (OLD, {**OLD, **NEW}), nth
        ends.add(contents(folder) == OLD)
        write_new(folder)
        assert contents(folder) == {**OLD, **NEW}
    assert ends == {True, False}


def test_killed_again_while_the_next_run_settles(tmp_path):
    """Kill between the renames, then kill the run that finishes them, at each of its steps."""
    for nth in range(1, 15):
        folder = folder_with(OLD, tmp_path / f"twice-{nth}")
        killed_between_renames(folder)
        forked(settle, folder, nth)
        settle(folder)
        assert contents(folder) == {**OLD, **NEW}
        assert not (folder / STAGING).exists()


def killed_between_renames(folder: Path) -> None:
    """Leave a new map beside an old manifest."""
    names = steps(write_new, folder_with(OLD, folder.with_name(f"{folder.name}-try")))
    second = [nth for nth, name in enumerate(names, 1) if name == "replace"][1]
    killed_at(folder, second, after=False)
    assert contents(folder) == {**OLD, "map.html": NEW["map.html"]}


def error_of(folder: Path) -> str:
    try:
        write_new(folder)
    except OutputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
def test_an_error_at_any_step_leaves_the_old_files_or_the_new_ones(tmp_path, reason):
    def fail():
        raise OSError(reason, os.strerror(reason))

    count = len(steps(write_new, folder_with(OLD, tmp_path / "first")))
    failed = 0
    for nth in range(1, count + 1):
        folder = folder_with(OLD, tmp_path / f"failed-{nth}")
        with pytest.MonkeyPatch.context() as patch:
            at_step(patch, nth, fail)
            said = error_of(folder)
        failed += bool(said)
        assert said.count("Fix: ") == bool(said)
        assert contents(folder) == (OLD if said else {**OLD, **NEW}), nth
        settle(folder)
        assert contents(folder) in (OLD, {**OLD, **NEW})
        assert not (folder / STAGING).exists()
    assert failed > 15


def test_a_file_that_cannot_be_replaced_is_found_and_the_others_are_put_back(tmp_path, monkeypatch):
    folder = folder_with(OLD, tmp_path / "out")
    real = os.replace

    def replace(source, target):
        if Path(target).name == "added.txt":  # the last one, as a file that is mounted by itself would
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), os.fspath(source), None, os.fspath(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError, match=r"added\.txt: cannot be written \(Device or resource busy\)"):
        write_new(folder)
    assert contents(folder) == OLD
    assert not (folder / STAGING).exists()


def test_without_hard_links_the_old_files_are_copied(tmp_path, monkeypatch):
    folder = folder_with(OLD, tmp_path / "out")

    def refuse(*_args, **_kwargs):
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_new(folder)
    assert contents(folder) == {**OLD, **NEW}


def test_a_replaced_file_keeps_its_permissions_and_a_new_one_has_those_of_the_umask(tmp_path):
    (tmp_path / "private").write_bytes(b"old")
    (tmp_path / "private").chmod(0o600)
    before = os.umask(0o027)
    try:
        replace_files({tmp_path / "private": b"new", tmp_path / "new": b"new"})
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("private", "new")] == [0o600, 0o640]


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root, to replace another user's file")
def test_a_file_of_another_user_stays_theirs(tmp_path):
    (tmp_path / "map.html").write_bytes(b"old")
    os.chown(tmp_path / "map.html", 65534, 65534)
    replace_files({tmp_path / "map.html": b"new"})
    found = (tmp_path / "map.html").stat()
    assert (found.st_uid, found.st_gid) == (65534, 65534)


def test_other_hard_links_keep_the_old_content(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    os.link(tmp_path / "a", tmp_path / "b")
    replace_files({tmp_path / "a": b"new"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("record", ['[["../victim", false]]', '[["/victim", false]]', "not JSON", "[1, 2]", "[[1, 2]]"])
def test_a_record_names_files_of_its_folder_only(tmp_path, record):
    folder = folder_with({"map.html": b"old"}, tmp_path / "out")
    (tmp_path / "victim").write_bytes(b"of the user")
    (folder / STAGING).mkdir()
    (folder / STAGING / "0").write_bytes(b"planted")
    (folder / STAGING / "commit").write_text(record)
    settle(folder)
    assert (tmp_path / "victim").read_bytes() == b"of the user"
    assert contents(folder) == {"map.html": b"old"}
    assert not (folder / STAGING).exists()


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path):
    folder_with({"precious": b"of the user"}, tmp_path / "elsewhere")
    (tmp_path / STAGING).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=f"{STAGING} beside it is no folder.*Fix: remove {STAGING} there"):
        replace_files({tmp_path / "map.html": b"new"})
    assert contents(tmp_path / "elsewhere") == {"precious": b"of the user"}


def test_another_run_that_does_not_end_is_waited_for_and_then_said(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "TRIES", 3)
    with staging(tmp_path), pytest.raises(OutputError, match=r"another run is writing.*Fix: wait until it has ended"):
        replace_files({tmp_path / "map.html": b"new"})
    assert list(tmp_path.iterdir()) == []


def test_folders_that_were_made_for_nothing_are_gone(tmp_path, monkeypatch):
    def fail(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=r"No space left on device\)\. Fix: make room on that disk"):
        replace_files({tmp_path / "a" / "b" / "map.html": b"new"})
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
import time
import warnings
from pathlib import Path
from panjmap.data.files import replace_files
folder, word = Path(sys.argv[1]), sys.argv[2].encode()
for turn in range(int(sys.argv[3])):
    replace_files({folder / "a": word * 5000, folder / "b": word * 7000, folder / "c": word})
"""


def test_eight_writers_at_once_take_turns(tmp_path):
    words = [f"writer{number} " for number in range(8)]
    command = [sys.executable, "-c", WRITER, tmp_path]
    running = [subprocess.Popen([*command, word, "10"]) for word in words]
    assert [one.wait() for one in running] == [0] * 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    word = (tmp_path / "c").read_bytes()
    assert word.decode() in words
    assert (tmp_path / "a").read_bytes() == word * 5000
    assert (tmp_path / "b").read_bytes() == word * 7000


@pytest.mark.parametrize("turn", range(20))
def test_a_writer_killed_at_any_moment_leaves_whole_files(tmp_path, turn):
    """Kill two processes that do nothing but write, at twenty moments."""
    running = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path, "x", "100000"])
    other = subprocess.Popen([sys.executable, "-c", WRITER, tmp_path, "y", "100000"])
    while not (tmp_path / "c").exists():
        time.sleep(0.001)
    time.sleep(turn * 0.0007)
    running.kill(), other.kill()
    running.wait(), other.wait()
    for name, size in (("a", 5000), ("b", 7000), ("c", 1)):
        assert (tmp_path / name).read_bytes() in (b"x" * size, b"y" * size)
    settle(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    assert len({(tmp_path / name).read_bytes()[:1] for name in "abc"}) == 1
