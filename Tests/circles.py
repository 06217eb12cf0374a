#!/usr/bin/env python3
"""Finds circles among the files of a module:   Tests/circles.py

A file knows another one of its module where it names a type that the other declares at its top level. Files that know each other, straight
or by way of others, are a circle: none of them can be read alone. Exits with 1 where there is one that is not listed below.
"""

import re
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "Sources"
# Circles that are the matter's own: a file of each, by its module, and why.
ALLOWED = {
    ("Jinja", "Interpreter.swift"): "a function is a value and runs in the interpreter, which holds values",
}
TYPE = re.compile(
    r"^(?:(?:package|public|internal|final|indirect|@\w+(?:\([^)]*\))?)\s+)*"
    r"(?:struct|class|enum|actor|protocol|typealias)\s+(\w+)", re.M)


def modules() -> dict[str, list[Path]]:
    kernels = SOURCES / "Shared" / "Kernels"
    folders = [folder for folder in (SOURCES / "Shared").iterdir() if folder not in (kernels, SOURCES / "Shared" / "CLibraries")]
    folders += [kernels / "Interface", kernels / "Choice", kernels / "Variants" / "Source"]
    folders += [folder for folder in SOURCES.iterdir() if folder.name != "Shared"]
    return {folder.name: sorted(folder.rglob("*.swift")) for folder in sorted(folders)}


def code(text: str) -> str:
    """The text without comments and strings; what strings interpolate stays."""
    text = re.sub(r'"""(.*?)"""', lambda match: " ".join(re.findall(r"\\\((.*?)\)", match[1])), text, flags=re.S)
    lines = []
    for line in text.splitlines():
        line = re.sub(r'"(?:\\.|[^"\\])*"', lambda match: " ".join(re.findall(r"\\\((.*)\)", match[0])), line)
        lines.append(line.split("//")[0])
    return "\n".join(lines)


def knowledge(files: list[Path]) -> dict[Path, dict[Path, set[str]]]:
    """By file: the files that it knows, and the types of theirs that it names."""
    texts = {file: code(file.read_text(encoding="utf-8")) for file in files}
    home = {name: file for file, text in texts.items() for name in TYPE.findall(text)}
    known: dict[Path, dict[Path, set[str]]] = {file: {} for file in files}
    for file, text in texts.items():
        for name in set(re.findall(r"(?<![.\w])([A-Z]\w*)", text)):
            if home.get(name, file) != file:
                known[file].setdefault(home[name], set()).add(name)
    return known


def reachable(known: dict[Path, dict[Path, set[str]]], start: Path) -> set[Path]:
    found, waiting = set(), [start]
    while waiting:
        for file in known[waiting.pop()]:
            if file not in found:
                found.add(file)
                waiting.append(file)
    return found


def circles(known: dict[Path, dict[Path, set[str]]]) -> list[list[Path]]:
    reach = {file: reachable(known, file) for file in known}
    found: list[list[Path]] = []
    for file in known:
        if file in reach[file] and not any(file in circle for circle in found):
            found.append([other for other in known if other in reach[file] and file in reach[other]])
    return found


def main():
    failed = False
    for name, files in modules().items():
        known = knowledge(files)
        for circle in circles(known):
            if any((name, file.name) in ALLOWED for file in circle):
                continue
            failed = True
            print(f"{name}: a circle of {len(circle)} files")
            for file in circle:
                for other, types in known[file].items():
                    if other in circle:
                        print(f"  {file.relative_to(SOURCES)} knows {other.name}: {', '.join(sorted(types))}")
    sys.exit(1 if failed else 0)


main()
