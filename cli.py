"""The command line of panjmap: its commands, each of which parses, makes one library call and prints what came of it.

Exit codes: 0 done, 1 the data or the machine is at fault, 2 the command line is; 130, 143 or 129 ended by Ctrl-C,
SIGTERM or SIGHUP, 141 nobody reads the output. Results go to standard output, messages to standard error. Heavy imports
stand inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

from panjmap.commands.endings import interruptible

with interruptible():
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

    for _module in (outputs, questions, tables):
        for _name in _module.__all__:
            main.add_command(getattr(_module, _name))
