"""Ways by which text of a table could become code: each guard takes a source text and lists what it finds in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

#: What folium and branca may be asked for: the shell of the map, and what answers for links to libraries.
FOLIUM_ALLOWED = frozenset(
    {"folium", "folium.Map", "folium.LayerControl"}
    | {f"branca.element.{name}" for name in ("CssLink", "Element", "Figure", "JavascriptLink")}
)
_SHELLS = ("folium", "branca")
#: Python that runs or trusts a text, by the last part of a dotted name.
_PYTHON_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
#: Templates made of a text, not of a file.
_PYTHON_TEMPLATES = frozenset({"environment().from_string", "jinja2.Template", "branca.element.Template"})
_PYTHON_TRUSTING = frozenset({"Markup", "HTML", "SafeString", "mark_safe"})


def _dotted(node: ast.expr) -> str:
    """The dotted name of an expression, as ``folium.map.Popup``; empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def folium_in_python(source: str) -> list[str]:
    """Every use of folium or branca beyond :data:`FOLIUM_ALLOWED`: imports, names, attributes, ``getattr``."""
    tree = ast.parse(source)
    known: dict[str, str] = {}  # name in this module -> what it stands for
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in _SHELLS:
                    known[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else _top(alias.name)
                    found += [(node.lineno, alias.name)] if alias.name not in FOLIUM_ALLOWED else []
        elif isinstance(node, ast.ImportFrom) and not node.level and _top(node.module or "") in _SHELLS:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                known[alias.asname or alias.name] = name
                found += [(node.lineno, name)] if name not in FOLIUM_ALLOWED else []
    inner = {child.value for child in ast.walk(tree) if isinstance(child, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node not in inner:
            head, _, rest = _dotted(node).partition(".")
            name = f"{known[head]}.{rest}" if head in known else ""
            # Further down an allowed class is its own business: folium.Map.save.
            if name and not any(
                name == one or (one.count(".") and name.startswith(f"{one}.")) for one in FOLIUM_ALLOWED
            ):
                found.append((node.lineno, name))
        elif isinstance(node, ast.Call) and _dotted(node.func) in ("getattr", "vars", "importlib.import_module"):
            arguments = [*node.args]
            first = arguments[0] if arguments else None
            if (isinstance(first, ast.expr) and known.get(_dotted(first).split(".")[0], "")) or (
                isinstance(first, ast.Constant) and _top(str(first.value)) in _SHELLS
            ):
                found.append((node.lineno, ast.unparse(node)))
    return [f"line {line}: {what}" for line, what in sorted(set(found))]


def _top(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def trusting_python(source: str) -> list[str]:
    """Every call that runs a text as code, or marks one as markup without a word why (``# noqa: S704 - why``)."""
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "jinja2":
            found += [f"line {node.lineno}: {alias.name}" for alias in node.names if alias.name == "Template"]
        if not isinstance(node, ast.Call):
            continue
        dotted = _dotted(node.func)
        name = dotted.rpartition(".")[2] or getattr(node.func, "attr", "")
        whole = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        called = ast.unparse(node.func)
        template = called in _PYTHON_TEMPLATES or re.search(r"(?i)env\w*(?:\(.*\))?\.from_string$", called)
        if (
            template
            or (name in _PYTHON_CALLS and dotted != "re.compile")
            or (name in _PYTHON_TRUSTING and not re.search(r"# noqa: S704 - \w{3}", whole))
        ):
            found.append(f"line {node.lineno}: {name}")
        for keyword in node.keywords:
            off = isinstance(keyword.value, ast.Constant) and keyword.value.value in (False, None)
            if keyword.arg == "autoescape" and off:
                found.append(f"line {node.lineno}: autoescape off")
    return found


#: JavaScript that reads a text as markup, code or style, or a link that the page does not check.
_JAVASCRIPT = {
    "markup": r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|setHTML(?:Unsafe)?"
    r"|parseHTMLUnsafe|DOMParser|parseFromString|XSLTProcessor)\b|\bdocument\s*\.\s*write(?:ln)?\b",
    "code": r"(?<![\w.])eval\s*\(|\[\s*['\"]eval['\"]\s*\]|\(\s*0\s*,\s*eval\s*\)|\bnew\s+(?:\w+\.)?Function\b"
    r"|(?<![\w.])Function\s*\(|\bset(?:Timeout|Interval)\s*\(\s*(?:['\"`]|[^,()]*\+)|\bimport\s*\(|\bimportScripts\b"
    r"|\.constructor\s*\(",
    "handler": r"setAttribute\s*\(\s*['\"](?:on\w+|style|srcdoc)['\"]"
    r"|[{,]\s*['\"]?(?:on[a-z]+|style|srcdoc)['\"]?\s*:\s*",
    "scheme": r"(?:javascript|vbscript)\s*:|data:text/html",
    "style": r"\bcssText\b|\binsertRule\b|\bCSSStyleSheet\b|\badoptedStyleSheets\b",
    "Leaflet's markup": r"\b(?:bind|set)(?:Popup|Tooltip)(?:Content)?\b|\bopen(?:Popup|Tooltip)\b"
    r"|\bL\s*\.\s*(?:popup|tooltip|divIcon|DivIcon|geoJson|geoJSON|GeoJSON|Popup|Tooltip)\b",
    "prototype": r"\.__proto__\b|\[\s*['\"]__proto__['\"]\s*\]",
}
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:'\"\\])//[^\n]*", re.DOTALL)


def _without_comments(source: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda comment: "\n" * comment[0].count("\n"), source)


def markup_in_javascript(source: str) -> list[str]:
    """Every place in a script that would read a text as markup, code, style or handler; comments are no code."""
    return list(_matches(_without_comments(source, _COMMENT), _JAVASCRIPT))


#: What a template may not do with what it is given.
_TEMPLATE = {
    "not escaped": r"\|\s*(?:safe|forceescape|tojson)\b|\bautoescape\b|\bMarkup\b",
    "handler": r"<[^>]*\son[a-z]+\s*=",
    "style": r"<[^>]*\sstyle\s*=",
    "scheme": r"(?:javascript|vbscript)\s*:|data:text/html",
    # Without quotes a space in the text would start an attribute of its own.
    "attribute without quotes": r"<[^>]*=\s*\{[{%]",
    "name from data": r"<\s*/?\s*\{\{|\s\{\{[^}]*\}\}\s*=",
}
_TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def unescaped_in_template(source: str) -> list[str]:
    """Every place of a Jinja template where a text could leave its place."""
    return list(_matches(_without_comments(source, _TEMPLATE_COMMENT), _TEMPLATE))


def _matches(source: str, patterns: dict[str, str]) -> Iterator[str]:
    for what, pattern in patterns.items():
        for found in re.finditer(pattern, source, re.IGNORECASE if what == "scheme" else 0):
            yield f"line {source.count(chr(10), 0, found.start()) + 1}: {what}: {found[0].strip()}"
