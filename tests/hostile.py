"""Text that no output may take for anything but text, and tables that carry it."""

from __future__ import annotations

from panjmap.data.model import Tables
from panjmap.data.text import clean

#: Formulas, markup, templates, formulas of mathematics, file reading, links, quoting, lines, direction, control.
HOSTILE = (
    '=HYPERLINK("https://example.org";"x") +1 -2 @SUM(A1) <script>alert(1)</script> $x^2$ \\input{/etc/passwd} '
    "[a](javascript:alert(1)) ![b](x.png) {{7*7}} ${8} {% raw %} `c` ~d~ |e| & &lt; # _f_ **g** \"'h'\" -- :i: "
    "https://example.org/?a=b <!-- ]]> } { \\\\ %j ^^41 \u202egnp.exe\nk\x00l \u2028m"
)


def hostile(tables: Tables) -> Tables:
    """Put the hostile text into every title, outlet, speaker and value of the tables, as reading a table would."""
    text = clean(HOSTILE)
    return tables._replace(
        records=tuple(r.model_copy(update={"title": f"{text} {r.record_id}"}) for r in tables.records),
        reports=tuple(
            r.model_copy(update={"outlet": f"{text} {r.report_id}", "title": text, "url": "javascript:alert(1)"})
            for r in tables.reports
        ),
        claims=tuple(c.model_copy(update={"said_by": text}) for c in tables.claims),
    )
