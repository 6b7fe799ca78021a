"""How a command ends when the machine is at fault: one line, the right code, no traceback, whole files."""

from __future__ import annotations

import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import panjmap as package
from panjmap.data.errors import OptionError
from panjmap.data.staging import STAGING

COMMAND = (sys.executable, "-c", "from panjmap.cli import main; main(prog_name='panjmap')")
QUIET = {**os.environ, "PYTHONUTF8": "1"}


def ended(*words: str | Path, **options) -> subprocess.CompletedProcess[bytes]:
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": QUIET, **options}
    return subprocess.run([*COMMAND, *map(str, words)], check=False, **options)


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stderr.decode()
    assert "Traceback" not in text
    assert text.count("\n") == 1, text
    return text


@pytest.mark.parametrize("words", [("embed",), ("check", "--json"), ("places", "Kavo"), ("--help",), ("--version",)])
def test_a_full_disk_behind_the_output_is_said(words):
    with open("/dev/full", "wb") as full:
        done = ended(*words, stdout=full)
    assert done.returncode == 1
    assert "No space left on device" in one_line(done)


@pytest.mark.parametrize("words", [("check",), ("places", "Kavo"), ("--help",)])
def test_a_pipe_that_nobody_reads_ends_the_command_without_a_word(words):
    reader, writer = os.pipe()
    os.close(reader)
    done = ended(*words, stdout=writer)
    os.close(writer)
    assert done.returncode == -signal.SIGPIPE  # 141 in a shell
    assert done.stderr == b""


def test_closed_streams_take_no_place_of_a_file(tmp_path):
    closed = f'exec "$@" <&- >&- 2>&-; cd {tmp_path}'
    command = ["sh", "-c", closed, "sh", *COMMAND, "build", "--out", str(tmp_path / "map.html")]
    assert subprocess.run(command, check=False, env=QUIET).returncode == 0
    assert (tmp_path / "map.html").read_bytes().startswith(b"<!doctype html>")
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "places", "-"]
    done = subprocess.run(command, check=False, env=QUIET, capture_output=True)
    assert done.returncode == 2
    assert b"standard input, which is closed" in done.stderr


def test_a_terminal_that_claims_to_have_ascii_letters_only_stops_nothing():
    surroundings = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ours, theirs = pty.openpty()
    done = ended("places", "Хорог", stdout=theirs, env=surroundings)
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert done.returncode == 0
    assert b"khorugh" in shown


@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("wait", [0.15, 0.4, 0.9])
def test_a_signal_ends_a_build_with_one_line_and_whole_files(tmp_path, number, code, wait):
    (tmp_path / "map.html").write_text("old")
    (tmp_path / "manifest.json").write_text("old")
    # Reset as in a terminal, for a test may run in the background, where Ctrl-C is ignored.
    started = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "signal.signal(signal.SIGHUP, signal.SIG_DFL); from panjmap.commands.endings import watch_signals; "
        "watch_signals(); print(flush=True); from panjmap.cli import main; main(prog_name='panjmap')"
    )
    command = [sys.executable, "-c", started, "build", "--out", str(tmp_path / "map.html")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=QUIET)
    running.stdout.readline()
    time.sleep(wait)
    running.send_signal(getattr(signal, number))
    _, said = running.communicate()
    if running.returncode:  # else it was done before
        assert running.returncode == code
        assert said.decode().count("\n") == 1
        assert said.endswith(b": every output file is whole, the old one or the new one.\n")
    whole = {(tmp_path / name).read_bytes() == b"old" for name in ("map.html", "manifest.json")}
    assert len(whole) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "map.html"]


def test_an_ignored_signal_stays_ignored(tmp_path):
    command = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *COMMAND, "build", "--out", str(tmp_path / "map.html")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, env=QUIET)
    time.sleep(0.5)
    running.send_signal(signal.SIGHUP)
    running.communicate()
    assert running.returncode == 0


def test_signals_are_held_back_while_files_are_replaced(tmp_path, monkeypatch):
    from panjmap.data import staging
    from panjmap.data.files import replace_files

    real = staging._keep

    def keep(*arguments):
        signal.raise_signal(signal.SIGINT)
        real(*arguments)

    monkeypatch.setattr(staging, "_keep", keep)
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        replace_files({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_file_larger_than_allowed_is_said(tmp_path):
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # noqa: E731
    (tmp_path / "map.html").write_text("old")
    done = ended("build", "--out", tmp_path / "map.html", preexec_fn=limit)
    assert done.returncode == 1
    assert "map.html: cannot be written (File too large). Fix: allow larger files" in one_line(done)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("map.html", "old")]


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("MemoryError()", "panjmap: not enough memory; nothing was replaced. Fix: allow more"),
        (
            "OSError(24, 'Too many open files', 'x.so')",
            "panjmap: x.so: Too many open files; nothing was replaced. Fix:",
        ),
        ("ImportError('cannot map x.so')", "panjmap: a library cannot be loaded (cannot map x.so). Fix: allow more"),
        ("1 / 0", "a fault of panjmap itself (ZeroDivisionError: division by zero)"),
    ],
)
def test_what_no_one_has_foreseen_is_one_line_unless_more_is_asked_for(tmp_path, raised, said):
    code = f"def fail(*a, **k): raise {raised}\nimport panjmap.render.write as w; w.write_map = fail\n{COMMAND[2]}"
    command = [sys.executable, "-c", code, "build", "--out", str(tmp_path / "m.html")]
    done = subprocess.run(command, check=False, capture_output=True, env=QUIET)
    assert done.returncode == 1
    assert said in one_line(done)
    if raised == "1 / 0":
        more = subprocess.run(command, check=False, capture_output=True, env={**QUIET, "PANJMAP_TRACEBACK": "1"})
        assert b"Traceback" in more.stderr


@pytest.mark.parametrize("words", [("build",), ("init", "new"), ("export", "--out", "x.csv"), ("kit", "new")])
def test_a_folder_that_is_gone_is_said(tmp_path, words):
    (tmp_path / "gone").mkdir()
    code = f"import os; os.chdir({str(tmp_path / 'gone')!r}); os.rmdir('../gone')\n{COMMAND[2]}"
    done = subprocess.run([sys.executable, "-c", code, *words], check=False, capture_output=True, env=QUIET)
    assert done.returncode == 1
    assert "Fix: " in one_line(done)


def test_without_home_and_folder_for_temporary_files(tmp_path):
    nowhere = {**QUIET, "HOME": "/dev/null", "TMPDIR": str(tmp_path / "missing")}
    assert ended("init", tmp_path / "own", env=nowhere).returncode == 0
    assert ended("build", "--data", tmp_path / "own", "--out", tmp_path / "map.html", env=nowhere).returncode == 0


#: Started as root, for an interpreter may stand where nobody else can look; then nobody.
NOBODY = """
import os, sys
from pathlib import Path
from panjmap.data.errors import OutputError
from panjmap.data.files import replace_files
import panjmap.data.staging, tempfile
os.setgroups([]); os.setgid(65534); os.setuid(65534)
for name in ("map.html", "new.html", "a/new.html"):
    try:
        replace_files({Path(sys.argv[1]) / name: b"new"})
    except OutputError as error:
        print(error)
"""


@pytest.fixture
def open_folder():
    """Make a folder that every user can enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="panjmap-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(folder: Path) -> str:
    return subprocess.run([sys.executable, "-c", NOBODY, folder], check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root, to become another user")
def test_another_user_without_rights_changes_nothing(open_folder):
    (open_folder / "map.html").write_text("old")
    said = as_nobody(open_folder)
    assert "it is write-protected). Fix: allow writing it" in said
    assert said.count("(Permission denied). Fix: name a file in a folder that can be written to") == 2
    assert [(path.name, path.read_text()) for path in open_folder.iterdir()] == [("map.html", "old")]


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root, to become another user")
def test_what_another_user_left_is_neither_trusted_nor_removed(open_folder):
    open_folder.chmod(0o777)
    (open_folder / STAGING).mkdir()
    said = as_nobody(open_folder)
    assert said.count(f"{STAGING} beside it belongs to another user). Fix: remove {STAGING} there") == 2
    assert sorted(path.name for path in open_folder.iterdir()) == [STAGING, "a"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--level", "village-ish"), "is no level"),
        (("--country", "Atlantis"), "is no country"),
        (("--country", ""), "is no country"),
        (("--parent", "Atlantis"), "is no place"),
    ],
)
def test_context_that_means_nothing_is_no_silent_answer(panjmap, words, said):
    done = panjmap("places", "Kavo", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert panjmap("places", "Kavo", "--parent", "Шамсиддин Шохин", "--country", "Tajikistan").returncode == 0


@pytest.mark.parametrize("choice", [{"name_field": "shapeName"}, {"lang": "xx"}])
def test_a_choice_without_effect_is_refused(choice):
    with pytest.raises(OptionError, match="Fix: "):
        package.build_map(**choice)
