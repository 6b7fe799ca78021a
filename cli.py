"""The command line of panjmap: its commands, each of which parses, makes one library call and prints what came of it.

Exit codes: 0 done, 1 the data is at fault, 2 the command line is. Results go to standard output, messages to standard
error. Heavy imports stand inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

import io
import sys

import click

from panjmap import __version__
from panjmap.commands import outputs, questions, tables
from panjmap.commands.shared import Commands, hold_limits, limit_option


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="panjmap")
@limit_option
def main(limit: tuple[str, ...]) -> None:
    """Turn reports of attacks along the Panj River into an auditable, layered map."""
    hold_limits(limit)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # what is piped is UTF-8 in every locale


for _module in (outputs, questions, tables):
    for _name in _module.__all__:
        main.add_command(getattr(_module, _name))
