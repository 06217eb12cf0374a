"""The four built programs, their streams, and cases to try them on. Standard library only; zstd must be installed."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TASKS = ["hint", "sycophancy", "refusal"]


class Tools:
    """The programs of one folder."""

    def __init__(self, folder: str):
        self.folder = Path(folder).resolve()
        if not (self.folder / "cf-label").exists():
            sys.exit(f"no programs in {folder}; build them (make build), or name the folder with --bin or BIN")

    def command(self, name: str, *arguments) -> list[str]:
        return [str(self.folder / name), *map(str, arguments)]

    def run(self, name: str, *arguments, stream: bytes | None = None) -> bytes:
        """Standard output of a run that must end well."""
        command = self.command(name, *arguments, "--quiet")
        done = subprocess.run(command, input=stream, stdout=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"exit code {done.returncode} of {' '.join(command)}")
        return done.stdout

    def generate(self, task: str, *arguments) -> list[dict]:
        return read_stream(self.run("cf-gen", "--task", task, *arguments))

    def label(self, cases: list[dict], model, *arguments, name="M0") -> list[dict]:
        """The cases as cf-label gives them back."""
        return read_stream(self.run("cf-label", "--model", model, "--as", name, *arguments, stream=write_stream(cases)))


def read_stream(data: bytes) -> list[dict]:
    lines = subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def write_stream(cases: list[dict]) -> bytes:
    return "".join(json.dumps(case) + "\n" for case in cases).encode()


def spread(cases: list[dict], count: int) -> list[dict]:
    """That many cases of evenly spread length, the shortest and the longest among them."""
    ordered = sorted(cases, key=lambda case: (len(case["messages"][0]["content"]), case["id"]))
    return [ordered[index * (len(ordered) - 1) // (count - 1)] for index in range(count)]


def answered(case: dict, name="M0") -> list[tuple[str, list[dict], dict]]:
    """What was asked and what was answered: of x first, then of x without each feature."""
    behavior = case["behaviors"][name]
    places = [(case["id"], case["messages"], behavior["original"])]
    for feature in case["features"]:
        found = behavior["counterfactual"][feature["id"]]
        places.append((f'{case["id"]} without {feature["id"]}', feature["messages"], found))
    return places


def arguments(description: str) -> argparse.ArgumentParser:
    """A parser with what every script here takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", metavar="MODEL.gguf", type=os.path.abspath)
    parser.add_argument("--bin", metavar="DIR", default=os.environ.get("BIN", ROOT / ".build" / "release"),
                        help="folder of the built programs (default: BIN, or .build/release)")
    return parser


def print_table(header: list[str], rows: Iterable[list]) -> list[list]:
    """Prints a Markdown table row by row, small numbers as 1.2e-05; the rows."""
    def line(cells):
        print("| " + " | ".join(f"{cell:.1e}" if isinstance(cell, float) else str(cell) for cell in cells) + " |", flush=True)

    line(header)
    line(["---"] * len(header))
    done = []
    for row in rows:
        line(row)
        done.append(row)
    return done


def verdict(failures: list[str]):
    """Ends the script: 1 with what is broken, or 0."""
    for failure in failures:
        print(f"BROKEN: {failure}")
    print(f"{len(failures)} bounds broken" if failures else "all bounds hold")
    sys.exit(1 if failures else 0)
