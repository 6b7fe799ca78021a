"""Is an output what its manifest says, and what the data gives? Sums first, then the same build again, in memory.

When something differs it says which it is: the output was changed, inputs were, versions differ, or nothing explains
it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ..data.errors import PanjmapError
from ..data.provenance import read_sums
from ..data.text import printed
from ..data.wording import listing, plural
from .manifest import manifest, versions
from .prepare import read_scene
from .read_manifest import Manifest, Sum, read_manifest
from .scene import PageOptions, Scene
from .write import map_bytes

__all__ = ["ManifestChecked", "Part", "as_dict", "as_lines", "verify_manifest"]

#: Roles of inputs that come with panjmap.
OWN: Final = ("basemap", "assets")
#: Parts of a manifest that are compared one by one; the rest is compared as a whole.
COMPARED: Final = ("inputs", "versions", "format")


@dataclass(frozen=True, slots=True)
class Part:
    """One file or version: ``same``, ``form`` (other bytes, same content), ``changed``, ``missing``, ``extra``."""

    what: str
    name: str
    status: str
    message: str = ""

    @property
    def fine(self) -> bool:
        """Whether it is what the manifest says, in content."""
        return self.status in ("same", "form")


@dataclass(frozen=True)
class ManifestChecked:
    """The answer.

    ``rebuilt`` is ``same``, ``differs`` or ``not_done``; ``told`` lists parts of the manifest that a build would write
    otherwise.
    """

    file: str
    outputs: tuple[Part, ...]
    inputs: tuple[Part, ...]
    versions: tuple[Part, ...]
    rebuilt: str
    why_not: str
    told: tuple[str, ...]

    @property
    def fine(self) -> bool:
        """Whether the output is what the data gives."""
        return self.rebuilt == "same" and all(part.fine for part in self.outputs) and not self.told

    @property
    def verdict(self) -> str:
        """Say in one sentence what is so."""
        changed = [f"{part.name} {_HOW[part.status]}" for part in self.outputs if not part.fine]
        output = f"{listing(changed)} since it was written" if changed else ""
        if self.rebuilt == "not_done":
            unknown = f"whether the data gives it could not be told: {self.why_not}"
            return f"{output}; {unknown}" if output else f"The output is as written; {unknown}"
        if self.rebuilt == "same":
            told = f"the manifest itself was changed: {listing(self.told)}" if self.told else ""
            if output or told:
                return f"{'; '.join(filter(None, (output, told)))}. The data gives what the manifest says of the map"
            return f"{self.file} is what the data gives"
        reasons = [f"inputs differ ({_names(self.inputs)})"] if _names(self.inputs) else []
        reasons += [f"versions differ ({_names(self.versions)})"] if _names(self.versions) else []
        because = " and ".join(reasons) or "nothing explains it: inputs and versions are the same"
        text = f"The data gives another map than the manifest says, and {because}"
        return f"{output}. {text}" if output else text


_HOW: Final = {"changed": "was changed", "missing": "is missing", "link": "is a link, which is not followed"}


def _names(parts: tuple[Part, ...]) -> str:
    return ", ".join(part.name for part in parts if not part.fine)


def verify_manifest(
    path: Path, *, data: Path | None = None, districts: Path | None = None, rows: Path | None = None
) -> ManifestChecked:
    """Compare outputs, inputs and versions with a manifest, then build again from the inputs and compare bytes.

    Parameters
    ----------
    path
        The manifest; only files in its folder are looked at as outputs.
    data, districts, rows
        As for the build. The manifest says with which options it was built.

    Raises
    ------
    ManifestError
        The file is no manifest.
    """
    said = read_manifest(path)
    outputs = tuple(_output(path.parent / name, sum_) for name, sum_ in said.outputs.items())
    if why := _why_not(said, {"districts": districts, "rows": rows}):
        return _not_rebuilt(said, outputs, why)
    name_field, internal = _text(said, "name_field") or None, said.content.get("internal") is True
    try:
        made = read_scene(
            data, districts=districts, name_field=name_field, options=_options(said), rows=rows, internal=internal
        )
    except PanjmapError as error:
        first, *more = str(error).splitlines()
        rest = f" and {len(more)} more, which `panjmap check` lists" if more else ""
        return _not_rebuilt(said, outputs, f"the inputs cannot be read: {first.removesuffix('.')}{rest}")
    return _rebuilt(said, outputs, made)


def _why_not(said: Manifest, given: Mapping[str, Path | None]) -> str:
    """Say why the map cannot be built again from what is given; nothing if it can."""
    if said.format == 0:
        return "the manifest is of an older panjmap and names no inputs; build again"
    if said.options.get("tiles"):
        return "it was built in a notebook, with online tiles"
    if said.inputs.get("reports"):
        return "the map shows passages of reports, whose texts are not read for this"
    for role, path in given.items():
        if bool(said.inputs.get(role)) != bool(path):
            how = f"without --{role}: leave it out" if path else f"with a file of {role}: name it with --{role} FILE"
            return f"the map was built {how}"
    return ""


def _rebuilt(said: Manifest, outputs: tuple[Part, ...], made: Scene) -> ManifestChecked:
    """Build again, and compare the map and all that the manifest says."""
    html = map_bytes(made)
    again = json.loads(manifest(made, {said.file: html}))
    same = again["map"]["sha256"] == said.outputs[said.file].sha256
    keys = sorted((again.keys() | said.content.keys()) - {*COMPARED})
    told = tuple(key for key in keys if same and again.get(key) != said.content.get(key))
    now = versions(said.inputs)
    return ManifestChecked(
        file=said.file,
        outputs=outputs,
        inputs=tuple(_inputs(said.inputs, again["inputs"])),
        versions=tuple(_versions(said.versions, now)),
        rebuilt="same" if same else "differs",
        why_not="",
        told=told,
    )


def _not_rebuilt(said: Manifest, outputs: tuple[Part, ...], why: str) -> ManifestChecked:
    parts = tuple(_versions(said.versions, versions(said.inputs))) if said.versions else ()
    return ManifestChecked(said.file, outputs, (), parts, "not_done", why, ())


def _options(said: Manifest) -> PageOptions:
    """Choose what the manifest says was chosen."""
    return PageOptions(_text(said, "title"), _text(said, "lang") or "en", embed=said.options.get("embed") is True)


def _text(said: Manifest, option: str) -> str:
    value = said.options.get(option)
    return value if isinstance(value, str) else ""


def _output(path: Path, sum_: Sum) -> Part:
    """Compare a file beside the manifest with its sum; links are not followed."""
    if path.is_symlink():
        return Part("output", path.name, "link", "is a link, which is not followed")
    if not path.is_file():
        return Part("output", path.name, "missing", "is not there")
    found = read_sums("outputs", path)[0].sha256
    if found == sum_.sha256:
        return Part("output", path.name, "same")
    return Part("output", path.name, "changed", f"SHA-256 {found}, the manifest says {sum_.sha256}")


def _inputs(said: Mapping[str, Mapping[str, Sum]], now: Mapping[str, Mapping[str, Any]]) -> Iterator[Part]:
    """Compare inputs by role and name; a file of the user's may have another name than it had."""
    for role in dict.fromkeys([*said, *now]):
        then, files = said.get(role, {}), now.get(role, {})
        if role in ("districts", "rows") and len(then) == len(files) == 1:
            files = {next(iter(then)): next(iter(files.values()))}
        for name in sorted(then.keys() | files.keys()):
            yield _input(role, name, then.get(name), files.get(name))


def _input(role: str, name: str, then: Sum | None, now: Mapping[str, Any] | None) -> Part:
    if then is None:
        return Part(role, name, "extra", "the manifest does not name it")
    if now is None:
        return Part(role, name, "missing", "is not among what is read now")
    if then.sha256 is not None and then.sha256 == now.get("sha256"):
        return Part(role, name, "same")
    if then.published is not None and then.published == now.get("published_sha256"):
        if then.sha256 is None:
            return Part(role, name, "same", "compared as published: it holds more than may be told")
        return Part(role, name, "form", "other bytes, the same published content")
    return Part(role, name, "changed", "is not what was read then")


def _versions(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Part]:
    for name in sorted(then.keys() | now.keys()):
        before, after = then.get(name, "none"), now.get(name, "none")
        same = before == after
        yield Part("version", name, "same" if same else "changed", "" if same else f"{before} then, {after} now")


# ---------------------------------------------------------------- in words


def as_dict(found: ManifestChecked) -> dict[str, Any]:
    """Write the answer as ``--json`` gives it."""
    return asdict(found) | {"fine": found.fine, "verdict": found.verdict}


def as_lines(found: ManifestChecked) -> str:
    """Write a line for each file and version that differs, one for each group that does not, and the verdict."""
    lines = [f"output {part.name}: {part.message or 'as written'}" for part in found.outputs]
    lines += _group(found.inputs, "input")
    lines += _group(found.versions, "version")
    built = {"same": "the same bytes", "differs": "other bytes", "not_done": f"not done: {found.why_not}"}
    return printed([*lines, f"built again: {built[found.rebuilt]}", f"{found.verdict}."])


def _group(parts: tuple[Part, ...], noun: str) -> list[str]:
    """Count what is the same, and name what is not, or needs a word."""
    same = sum(part.status == "same" for part in parts)
    told = [f"{noun} {part.name} ({part.what}): {part.message}" for part in parts if part.message]
    return [*told, *([f"{same} {plural(same, noun)} as the manifest says"] if same else [])]
