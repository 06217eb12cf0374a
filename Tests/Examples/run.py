#!/usr/bin/env python3
"""Runs the examples of a page of docs/ in a scratch folder, and compares what they print with the page.

    Tests/Examples/run.py docs/task-files.md --model MODEL [--tools .build/release] [--files FOLDER] [--update]

An example is a fenced block with lines `$ COMMAND` (one that ends with a backslash goes on), each followed by what it
prints on stdout and stderr. All blocks of a page run one after the other in one folder, which holds a copy of FOLDER's
files and the model under its own name. A fenced json block must be one of these files. Text and integers must be equal;
numbers with a decimal point may differ by 0.02, for processors round differently. --update writes the page anew.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 0.02
DECIMAL = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d+)?")


def is_alike(wanted: str, printed: str) -> bool:
    """Whether two texts are equal but for decimal numbers that lie near each other."""
    if DECIMAL.sub("#", wanted) != DECIMAL.sub("#", printed):
        return False
    pairs = zip(DECIMAL.findall(wanted), DECIMAL.findall(printed))
    return all(abs(float(one) - float(other)) <= TOLERANCE for one, other in pairs)


def commands(lines: list[str]) -> list[tuple[list[str], list[str]]]:
    """The commands of a block, each as its lines and the lines that it prints."""
    found: list[tuple[list[str], list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            found.append(([line], []))
        elif found and not found[-1][1] and found[-1][0][-1].endswith("\\"):
            found[-1][0].append(line)
        elif found:
            found[-1][1].append(line)
        else:
            sys.exit(f"an example must begin with a command: {line}")
    return found


def run(command: list[str], folder: str, tools: str) -> list[str]:
    text = "\n".join(command)[2:]
    environment = os.environ | {"PATH": tools + os.pathsep + os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", text], cwd=folder, env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.splitlines()


def check_file(text: str, files: list[str]) -> bool:
    value = json.loads(text)
    return any(value == json.load(open(file)) for file in files if file.endswith(".json"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page")
    parser.add_argument("--model", required=True)
    parser.add_argument("--tools", default=".build/release")
    parser.add_argument("--files", default="Tests/Cases/task-files")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    files = [entry.path for entry in os.scandir(arguments.files) if entry.is_file()]
    page = open(arguments.page).read()
    parts = re.split(r"(^```.*?^```$)", page, flags=re.MULTILINE | re.DOTALL)
    wrong = ran = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            shutil.copy(file, folder)
        os.symlink(os.path.abspath(arguments.model), os.path.join(folder, os.path.basename(arguments.model)))
        for index, part in enumerate(parts):
            if part.startswith("```json\n"):
                ran += 1
                if not check_file(part[len("```json\n"):-len("```")], files):
                    wrong += 1
                    print(f"{arguments.page}: a json block that is no file of {arguments.files}: {part[:60]!r}…")
            if not part.startswith("```\n$ "):
                continue
            lines = ["```"]
            for command, wanted in commands(part.splitlines()[1:-1]):
                printed = run(command, folder, os.path.abspath(arguments.tools))
                ran += 1
                if not is_alike("\n".join(wanted), "\n".join(printed)):
                    wrong += not arguments.update
                    print("\n".join(command), *[f"-{line}" for line in wanted], *[f"+{line}" for line in printed], sep="\n")
                    wanted = printed
                lines += command + wanted
            parts[index] = "\n".join(lines + ["```"])
    if arguments.update:
        open(arguments.page, "w").write("".join(parts))
    print(f"{arguments.page}: {ran - wrong} as on the page, {wrong} not")
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
