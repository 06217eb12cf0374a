#!/usr/bin/env python3
"""Runs the examples of a page of docs/ in a scratch folder, and compares what they print with the page.

    Tests/Examples/run.py docs/task-files.md --model MODEL [--tools .build/release] [--files FOLDER] [--update]

An example is a fenced block with lines `$ COMMAND` (one that ends with a backslash goes on), each followed by what it
prints on stdout and stderr. All blocks of a page run one after the other in one folder, which holds a copy of FOLDER's
files, the model under its own name, and Tests/. A fenced json block must be one of these files. Text and integers must be equal;
numbers with a decimal point may differ by 0.02, because processors round differently. --update writes the page anew.

A fenced python block is an example too where the packages that it imports are there; it is only compiled where one is not. What it prints must be
the indented block after it, if there is one. MODULE.sh among the files makes, with the tools, what a block that imports MODULE needs.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 0.02
PROGRESS = re.compile(r"[a-z-]+: \d+/\d+ (cases|steps), ")
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
    """What a command prints, as lines, without those of a slow run that say how far it is."""
    done = start(["bash", "-o", "pipefail", "-c", "\n".join(command)[2:]], folder, tools, subprocess.STDOUT)
    return [line for line in done.stdout.splitlines() if not PROGRESS.match(line)]


def start(command: list[str], folder: str, tools: str, stderr: int) -> subprocess.CompletedProcess:
    # Weights & Biases would ask for an account.
    environment = os.environ | {"PATH": tools + os.pathsep + os.environ["PATH"], "LC_ALL": "C.UTF-8", "WANDB_MODE": "offline"}
    return subprocess.run(command, cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=stderr)


def modules(block: str) -> list[str]:
    """The modules that a python block imports, without those of Python itself."""
    names = re.findall(r"^(?:import|from) ([\w.]+(?:, *[\w.]+)*)", block, flags=re.MULTILINE)
    found = sorted({name.strip().split(".")[0] for line in names for name in line.split(",")})
    return [name for name in found if name not in sys.stdlib_module_names]


def run_python(block: str, wanted: list[str], folder: str, tools: str) -> list[str] | None:
    """Runs a python block; the lines in which it is not as on the page, or None where a package is missing."""
    compile(block, "block", "exec")
    needed = modules(block)
    if any(importlib.util.find_spec(name) is None for name in needed):
        return None
    for name in needed:
        maker = os.path.join(folder, f"{name}.sh")
        if os.path.exists(maker):
            made = start(["bash", maker], folder, tools, subprocess.PIPE)
            os.remove(maker)
            if made.returncode != 0:
                return [f"{name}.sh: {made.stderr}"]
    done = start([sys.executable, "-c", block], folder, tools, subprocess.PIPE)
    if done.returncode != 0:
        # A package may need another one, as torch.utils.tensorboard does.
        return None if "ModuleNotFoundError" in done.stderr else done.stderr.splitlines()
    printed = done.stdout.splitlines()
    if not wanted or is_alike("\n".join(wanted), "\n".join(printed)):
        return []
    return [*[f"-{line}" for line in wanted], *[f"+{line}" for line in printed]]


def check_file(text: str, files: list[str]) -> bool:
    value = json.loads(text)
    return any(value == json.load(open(file)) for file in files if file.endswith(".json"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page")
    parser.add_argument("--model", required=True)
    parser.add_argument("--tools", default=".build/release")
    parser.add_argument("--files", help="by default Tests/Examples/PAGE, or nothing where there is no such folder")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    source = Path(arguments.files) if arguments.files else ROOT / "Tests" / "Examples" / Path(arguments.page).stem
    files = [str(path) for path in source.iterdir() if path.is_file()] if source.exists() else []
    page = open(arguments.page).read()
    parts = re.split(r"(^```.*?^```$)", page, flags=re.MULTILINE | re.DOTALL)
    wrong = ran = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        if source.exists():
            shutil.copytree(source, folder, dirs_exist_ok=True)
        os.symlink(ROOT / "Tests", os.path.join(folder, "Tests"))
        os.symlink(os.path.abspath(arguments.model), os.path.join(folder, os.path.basename(arguments.model)))
        for index, part in enumerate(parts):
            if part.startswith("```json\n"):
                ran += 1
                if not check_file(part[len("```json\n"):-len("```")], files):
                    wrong += 1
                    print(f"{arguments.page}: a json block that is no file of {source}: {part[:60]!r}…")
            if part.startswith("```python\n"):
                block = part[len("```python\n"):-len("```")]
                after = re.match(r"\n\n((?:    .*\n)+)", parts[index + 1])
                wanted = [line[4:] for line in after[1].splitlines()] if after else []
                different = run_python(block, wanted, folder, os.path.abspath(arguments.tools))
                if different is None:
                    skipped += 1
                    print(f"{arguments.page}: compiled only, for want of {', '.join(modules(block))}: {block.splitlines()[0]} …")
                    continue
                ran += 1
                wrong += bool(different)
                if different:
                    print(block, *different, sep="\n")
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
    print(f"{arguments.page}: {ran - wrong} as on the page, {wrong} not, {skipped} compiled only")
    return 1 if wrong or not ran + skipped else 0


if __name__ == "__main__":
    sys.exit(main())
