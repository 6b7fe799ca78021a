"""Text from data made safe for the languages that a report is written in: LaTeX, Markdown, YAML.

In: any text. Out: one line that shows that text and does nothing else. HTML and XML have escapes of their own.
"""

from __future__ import annotations

import json
import re
from typing import Final

from ..data.text import clean

__all__ = ["latex", "markdown", "one_line", "yaml"]

_LATEX: Final = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}: BibTeX counts braces whether or not a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # After the end of a table row these are an option and a star.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
}
#: Marks that fonts join to another one: -- to a dash, '' to a quotation mark.
_JOINED: Final = re.compile(r"([-'!?,])(?=[-'`!?,])")

#: What Markdown, Pandoc's Markdown, MyST or a site's templates may read as anything but itself.
_MARKED: Final = re.compile(r"[\\`*_{}\[\]<>|$~^@&#]|-(?=-)|:(?=//|\w+:)|(?<=\bwww)\.", re.IGNORECASE)
#: At the start of a line: a list, a heading, a quotation.
_STARTS: Final = re.compile(r"^(?:[-+=:!]|\d+(?=[.)]))")


def one_line(text: str) -> str:
    """Clean a text and put it on one line."""
    return " ".join(clean(text).split())


def latex(text: str) -> str:
    r"""Write a text so that LaTeX, and BibTeX within braces, print it as it is.

    Letters stay as they are, so that the document needs UTF-8 and a font that has them.

    Examples
    --------
    >>> latex(r"\input{x} 5 % & $x^2$")
    '\\textbackslash{}input\\textbraceleft{}x\\textbraceright{} 5 \\% \\& \\$x\\textasciicircum{}2\\$'
    """
    return "".join(_LATEX.get(letter, letter) for letter in _JOINED.sub("\\1\x00", one_line(text))).replace(
        "\x00", "{}"
    )


def markdown(text: str) -> str:
    r"""Write a text so that Markdown prints it as it is, also in the cell of a table; no link, no HTML, no formula.

    Examples
    --------
    >>> print(markdown("a|b [c](javascript:d) <e> {{7*7}}"))
    a\|b \[c\](javascript:d) \<e\> \{\{7\*7\}\}
    """
    marked = _MARKED.sub(lambda found: "\\" + found[0], one_line(text))
    return _STARTS.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", marked)


def yaml(text: str) -> str:
    r"""Write a text as a quoted scalar of YAML.

    A JSON string is one too; line breaks that only Unicode knows are escaped, since older YAML folds at them.

    Examples
    --------
    >>> yaml('- {a: "b"}')
    '"- {a: \\"b\\"}"'
    """
    quoted = json.dumps(one_line(text), ensure_ascii=False)
    return re.sub("[\u2028\u2029\x85]", lambda found: f"\\u{ord(found[0]):04x}", quoted)
