#!/usr/bin/env python3
"""Finds comment lines of Swift sources that are too long, which `swift format` lets pass:   Tests/comments.py

Exits with 1 where one has more than 120 characters. A line of one long word, such as an address, may be longer.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 120


def main():
    failed = False
    for file in [ROOT / "Package.swift", *sorted((ROOT / "Sources").rglob("*.swift")), *sorted((ROOT / "Tests").rglob("*.swift"))]:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            words = line.split()
            if len(line) > LIMIT and words[0].startswith("//") and len(words) > 2:
                failed = True
                print(f"{file.relative_to(ROOT)}:{number}: a comment of {len(line)} characters; {LIMIT} are the limit")
    sys.exit(1 if failed else 0)


main()
