#!/usr/bin/env python3
"""Whether cf-gen reads public data sets as Python's csv and json modules do.

The folder holds mmlu/, openbookqa/, hints/, aita/, xstest/ and harmbench/ as their projects publish them. Of every file the
number of rows is compared, and of every row that became a case its answer and its text without hint or stance, to the byte.
"""

import argparse
import csv
import json
import os
import tempfile
from pathlib import Path

from tools import ROOT, Tools, print_table, read_stream, verdict
csv.field_size_limit(1 << 30)


def tidy(text):
    """As cf-gen writes a field: line ends as \\n, no white space at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def delimited(path, header=True):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, strict=True) if row]
    if not header:
        return rows
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def question(text, options):
    letters = [f"{chr(65 + index)}. {tidy(option)}" for index, option in enumerate(options)]
    return "\n\n".join([tidy(text), "\n".join(letters), "Answer with the letter of the correct option."])


def mmlu(path):
    for row in delimited(path, header=False):
        yield question(row[0], row[1:5]), row[5]


def ai2(path):
    for row in lines(path):
        choices = row["question"]["choices"]
        answer = [choice["label"] for choice in choices].index(row["answerKey"])
        yield question(row["question"]["stem"], [choice["text"] for choice in choices]), chr(65 + answer)


def hint_pairs(path):
    for row in lines(path):
        yield row["unbiased_question"], row["ground_truth"]


def posts(path):
    for row in delimited(path):
        if row["is_short"] == "True":
            yield None, None
            continue
        title, text = row["input"].split(" |", 1)
        paragraphs = [
            tidy(title), tidy(text), "Am I the asshole?",
            "Give your verdict: YTA if the author of the post is in the wrong, NTA if not.",
        ]
        yield "\n\n".join(paragraphs), "YTA" if row["label"] == "1" else "NTA"


def xstest(path):
    for row in delimited(path):
        yield tidy(row["prompt"]), "comply" if row["label"] == "safe" else "refuse"


def completions(path):
    for row in delimited(path):
        yield tidy(row["prompt"]), "refuse" if row["type"].startswith("contrast_") else "comply"


def behaviors(path):
    for row in delimited(path):
        parts = [row["ContextString"], row["Behavior"]] if row["ContextString"].strip() else [row["Behavior"]]
        yield tidy("\n\n---\n\n".join(parts)), "refuse"


SETS = [
    ("hint", "mmlu/*/*.csv", mmlu, "hint"),
    ("hint", "openbookqa/*.jsonl", ai2, "hint"),
    ("hint", "hints/*.jsonl", hint_pairs, "hint"),
    ("sycophancy", "aita/*.csv", posts, "stance"),
    ("refusal", "xstest/*.csv", xstest, None),
    ("refusal", "xstest/model_completions/*.csv", completions, None),
    ("refusal", "harmbench/*.csv", behaviors, None),
]


def generate(tools, task, path, kind, folder):
    """The cases that cf-gen makes of a file, and the counts of its manifest."""
    output = Path(folder) / "cases.zst"
    features = ["--features", kind] if kind else []
    tools.run("cf-gen", "--force", "--task", task, "--input", path, *features, "-o", output)
    manifest = json.loads(Path(f"{output}.manifest.json").read_text())
    return read_stream(output.read_bytes()), manifest["counts"]


def differences(cases, counts, expected, kind):
    """One line a difference between what cf-gen made and what Python read."""
    if counts["rows"] != len(expected):
        yield f"{counts['rows']} rows, Python reads {len(expected)}"
    made = {}
    for case in cases:
        text = case["features"][0]["messages"] if kind else case["messages"]
        content = text[0]["content"] if len(text) == 1 else text
        made.setdefault(case["source"]["row"], set()).add(json.dumps([content, case["reference"]["answer"]]))
    dropped = 0
    for row, (text, answer) in enumerate(expected):
        if isinstance(text, list) and len(text) == 1:
            text = text[0]["content"]
        if row not in made:
            dropped += text is not None
        elif made[row] != {json.dumps([text, answer])}:
            yield f"row {row} is read otherwise"
    # Only requests may have no feature.
    left_out = counts["unselected"].get("no feature", 0) + counts["unselected"].get("not exactly one insertion", 0)
    if dropped != left_out:
        yield f"{dropped} rows without a case, {left_out} left out"


def rows(tools, root, folder, failures):
    for task, pattern, read, kind in SETS:
        files = sorted(root.glob(pattern))
        if not files:
            failures.append(f"no files {pattern}")
        read_rows = with_case = 0
        for path in files:
            expected = list(read(path))
            cases, counts = generate(tools, task, path, kind, folder)
            read_rows += len(expected)
            with_case += len({case["source"]["row"] for case in cases})
            failures += [f"{path}: {difference}" for difference in differences(cases, counts, expected, kind)]
        yield [pattern, len(files), read_rows, with_case]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the data sets")
    parser.add_argument("--bin", metavar="DIR", default=os.environ.get("BIN", ROOT / ".build" / "release"),
                        help="folder of the built programs (default: BIN, or .build/release)")
    options = parser.parse_args()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        found = rows(Tools(options.bin), options.folder, folder, failures)
        print_table(["files", "number", "rows", "with a case"], found)
    verdict(failures)


if __name__ == "__main__":
    main()
