#!/usr/bin/env python3
"""Runs ours and the peers in turn on the same cases, checks that they answered alike, and prints a Markdown table.

`make bench` calls it; see README.md.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys

import material
from agreement import agreement
from contestants import LlamaCpp, Ours, Peer, PyTorch
from machine import machine
from report import Row, explanations_alone, table
from scaling import first_label, scaling
from sweep import best_settings, first_settings
from workloads import QUICK, WORKLOADS, Measurement


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", required=True, help="directory of the built tools")
    parser.add_argument("--model", required=True, help="the default model's GGUF file")
    parser.add_argument("--directory", required=True, help="where everything made goes")
    parser.add_argument("--quick", action="store_true", help="few cases, one round, first settings")
    parser.add_argument("--work", nargs="*", default=[], help=f"some of {' '.join(WORKLOADS)} scaling")
    parser.add_argument("--who", nargs="*", default=[], help="programs whose name begins so: ours PyTorch llama.cpp")
    parser.add_argument("--cases", type=int, help="cases a workload")
    parser.add_argument("--rounds", type=int)
    for task in ("hint", "sycophancy", "refusal", "train"):
        parser.add_argument(f"--{task}-input", nargs="*", default=[], help="files for cf-gen instead of its own data")
    options = parser.parse_args()
    # Peers run in a directory of their own.
    options.model, options.directory = os.path.abspath(options.model), os.path.abspath(options.directory)
    return options


class Benchmark:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.work = options.work or (QUICK if options.quick else list(WORKLOADS)) + ["scaling"]
        self.rounds = options.rounds or (1 if options.quick else 3)
        models = os.path.join(options.directory, "models")
        if not os.path.exists(os.path.join(models, "Q4_0.gguf")):
            os.makedirs(models, exist_ok=True)
            subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "prepare.py"), options.model, models],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.ours = [Ours(precision, options.tools, options.model, options.directory) for precision in ("fp32", "bf16")]
        peers = [PyTorch("fp32", options.model, models), PyTorch("bf16", options.model, models),
                 LlamaCpp(options.model, models)]
        # Ours is first: PyTorch fp32 looks at where a text is another.
        self.contestants = [contestant for contestant in [*self.ours, *peers]
                            if not options.who or contestant.name.startswith(tuple(options.who))]

    def inputs(self, kind: str) -> list[str]:
        return getattr(self.options, f"{kind}_input")

    def measure(self, name: str) -> list[Row]:
        workload = WORKLOADS[name]
        count = self.options.cases or (workload.quick_cases if self.options.quick else 200)
        shares = material.make(
            workload, count, self.rounds, self.options.tools, self.options.model,
            self.inputs("train" if workload.kind == "train" else workload.task),
            os.path.join(self.options.directory, "cases"))
        contestants = [contestant for contestant in self.contestants if contestant.takes(workload)]
        settings = {contestant.name: self.settings(contestant, workload, shares[0]) for contestant in contestants}
        measurements: dict[str, list[Measurement]] = {contestant.name: [] for contestant in contestants}
        for round, made in enumerate(shares):
            for contestant in contestants:
                ours = measurements.get("ours fp32", [])
                expected = ours[round].answers if len(ours) > round else None
                measured = contestant.measure(workload, made, settings[contestant.name], expected)
                measured.cases = made.count
                measurements[contestant.name].append(measured)
                # QUICK has no time to start anew; the peak of memory is less exact then.
                if not self.options.quick:
                    contestant.close()
                note(f"{name} {round + 1}/{self.rounds} {contestant.name}: {measured.seconds:.1f} s")
        reference = measurements.get("PyTorch fp32") or next(iter(measurements.values()))
        return [Row(name, contestant.name, settings[contestant.name], measurements[contestant.name],
                    agreement(measurements[contestant.name], reference), contestant.exact)
                for contestant in contestants]

    def settings(self, contestant, workload, made) -> dict:
        if not isinstance(contestant, Peer):
            return {}
        if self.options.quick:
            return first_settings(contestant, workload)
        best = best_settings(contestant, workload, made)
        contestant.close()
        note(f"{workload.name}: {contestant.name} is fastest with {best}")
        return best

    def run(self) -> int:
        rows = [row for name in self.work if name != "scaling" for row in self.measure(name)]
        for contestant in self.contestants:
            contestant.close()
        lines = [*machine(self.options.tools), f"- rounds: {self.rounds}, each on its share of the cases, the programs in turn", "",
                 *(table(rows) if rows else []), *explanations_alone(rows)]
        if "scaling" in self.work:
            lines += self.scale()
        print("\n".join(lines))
        self.save(rows, lines)
        return 0 if all(row.may_be_compared for row in rows) else 1

    def scale(self) -> list[str]:
        count = self.options.cases or (2 if self.options.quick else 200)
        ours = self.ours[0]
        lines = scaling(ours, count, 1 if self.options.quick else self.rounds, self.inputs("sycophancy"))
        return lines + first_label(ours, os.path.join(ours.directory, "scaling-1.zst"), 3 if self.options.quick else 5)

    def save(self, rows: list[Row], lines: list[str]):
        """Everything measured, but for the answers themselves."""
        records = [dataclasses.asdict(row) for row in rows]
        for record in records:
            for measured in record["measurements"]:
                del measured["answers"]
        for name, text in {"results.json": json.dumps(records, indent=1), "table.md": "\n".join(lines) + "\n"}.items():
            with open(os.path.join(self.options.directory, name), "w") as file:
                file.write(text)


def note(text: str):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(Benchmark(arguments()).run())
