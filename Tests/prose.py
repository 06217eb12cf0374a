#!/usr/bin/env python3
"""Counts the words of sentences in the documentation:   Tests/prose.py [FILE.md]…

The style is short sentences: 18 words in the mean and 32 at the 90th percentile, over README.md, CONTRIBUTING.md and docs/ without the
notebook. Code, tables, headings and quotes are left out. Lines of text have at most 140 columns. Prints the longest sentences with --long.
Exits with 1 where a bound is passed.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEAN, NINETIETH = 18, 32
COLUMNS = 140
# What ends no sentence.
ABBREVIATIONS = re.compile(r"\b(e\.g|i\.e|cf|vs|No|Fig|etc)\.")


def sentences(text: str) -> list[str]:
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    blocks, block = [], []
    for line in text.splitlines():
        if not line.strip() or line.startswith(("    ", "|", "#", ">", "!")):
            blocks.append(" ".join(block))
            block = []
            continue
        item = re.match(r"\s*(?:[-*]|\d+\.)\s+(.*)", line)
        if item:
            blocks.append(" ".join(block))
            block = []
        block.append(item[1] if item else line.strip())
    blocks.append(" ".join(block))
    found = []
    for block in blocks:
        block = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", block)
        block = re.sub(r"`[^`]*`", "code", block)
        block = ABBREVIATIONS.sub(r"\1", block)
        found += [part for part in re.split(r"(?<=[.!?:])[\s*)]+(?=[A-ZΑ-Ω*(\"“])", block) if part.strip()]
    return found


def wide_lines(text: str) -> list[str]:
    text = re.sub(r"```.*?```", lambda code: "\n" * code[0].count("\n"), text, flags=re.S)
    return [f"{number}: {len(line)} columns" for number, line in enumerate(text.splitlines(), 1)
            if len(line) > COLUMNS and not line.startswith(("    ", "|"))]


def words(sentence: str) -> int:
    return len([word for word in sentence.split() if re.search(r"\w", word)])


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--long"]
    files = [Path(argument) for argument in arguments] or [
        ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    all_counts, longest, wide = [], [], []
    for file in files:
        text = file.read_text(encoding="utf-8")
        wide += [f"{file.name}:{line}" for line in wide_lines(text)]
        found = sentences(text)
        counts = sorted(map(words, found))
        all_counts += counts
        longest += [(words(sentence), file.name, sentence) for sentence in found]
        if counts:
            print(f"{file.name:28} {len(counts):4} sentences, mean {sum(counts) / len(counts):5.1f}, "
                  f"90th percentile {counts[int(0.9 * (len(counts) - 1))]:3}")
    all_counts.sort()
    mean, ninetieth = sum(all_counts) / len(all_counts), all_counts[int(0.9 * (len(all_counts) - 1))]
    print(f"{'all':28} {len(all_counts):4} sentences, mean {mean:5.1f}, 90th percentile {ninetieth:3}")
    if "--long" in sys.argv:
        for count, name, sentence in sorted(longest, reverse=True)[:20]:
            print(f"\n{count} words, {name}: {sentence}")
    print(*wide, sep="\n", end="\n" if wide else "")
    sys.exit(0 if mean <= MEAN and ninetieth <= NINETIETH and not wide else 1)


main()
