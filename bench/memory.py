#!/usr/bin/env python3
"""Measures what a model takes: peak resident memory, seconds and tokens a second of labelling and of a few steps of training.

    bench/memory.py CHECKPOINT [--tools DIR] [--cases N] [--steps N] [--work label,explain,lora,full] [--count] [-- OPTION…]

CHECKPOINT is a Hugging Face directory or a GGUF file, such as Tests/Reference/shapes.py writes. Cases are embedded hints. Options after --
go to the programs, such as --precision bf16. With --count nothing is computed: xp-train counts the memory of a training run and is
ended before it loads the model, so that checkpoints of any size, also those of `shapes.py --empty`, can be counted. Prints a Markdown
table; memory is VmHWM, and what xp-train counted beforehand.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

GIGABYTE = 1e9
RANK = "128"


def run(arguments: list[str]) -> tuple[float, float]:
    """Runs a program to its end; seconds, and the most bytes that were resident."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(errors.decode())
    return time.monotonic() - start, usage.ru_maxrss * 1024


def gigabytes(text: str) -> float:
    """An amount as xp-train writes it, in powers of 1024."""
    power = " KMGT".find(text[-1])
    return float(text.rstrip("KMGT")) * 1024 ** max(power, 0) / GIGABYTE


def manifest(path: pathlib.Path) -> dict:
    return json.loads(path.with_name(path.name + ".manifest.json").read_text())


class Bench:
    def __init__(self, options, folder: pathlib.Path):
        self.options, self.folder = options, folder
        self.cases = folder / "cases.zst"
        subprocess.run([self.tool("cf-gen"), "--task", "hint", "--split", "train", "--limit", str(options.cases), "--quiet",
                        "-o", self.cases], check=True)

    def tool(self, name: str) -> str:
        return str(self.options.tools / name)

    def common(self, name: str) -> list[str]:
        return [self.tool(name), "--model", str(self.options.checkpoint), "--quiet", *self.options.rest]

    def label(self, explains: bool):
        output = self.folder / f"labelled-{explains}.zst"
        flags = ["--explain"] if explains else []
        seconds, peak = run([*self.common("cf-label"), "--as", "M0", *flags, "-o", str(output), str(self.cases)])
        facts = manifest(output)
        computing = facts["time"]["seconds"] - facts["time"]["load_seconds"]
        self.row("explain" if explains else "label", peak, None, facts["time"]["load_seconds"], facts["tokens"]["distinct"] / computing)
        return output

    def training(self, method: str) -> list[str]:
        labelled = self.folder / "labelled-False.zst"
        if not labelled.exists():
            self.synthesize(labelled)
        flags = ["--method", method, "--explain", str(labelled), "--behave", str(labelled), "--steps", str(self.options.steps)]
        return [*self.common("xp-train"), *flags, *(["--rank", RANK] if method == "lora" else [])]

    def synthesize(self, path: pathlib.Path):
        """Labels that no model gave: the first choice on x, the second without the feature."""
        lines = subprocess.run(["zstd", "-dcq", str(self.cases)], capture_output=True, check=True).stdout.splitlines()
        with open(path, "w") as file:
            for line in lines:
                case = json.loads(line)
                said = [{"answer": answer} for answer in case["readout"]["choices"][:2]]
                case["behaviors"] = {"M0": {"model": {"name": "none"}, "original": said[0],
                                            "counterfactual": {feature["id"]: said[1] for feature in case["features"]}}}
                file.write(json.dumps(case, ensure_ascii=False) + "\n")

    def train(self, method: str):
        output = self.folder / f"run-{method}"
        _, peak = run([*self.training(method), "-o", str(output)])
        metrics = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
        rates = sorted(line["tokens_per_second"] for line in metrics if "loss" in line)
        facts = manifest(output)
        self.row(method, peak, facts["memory"], facts["time"]["load_seconds"], rates[len(rates) // 2])

    def count(self, method: str):
        """What xp-train says before it loads the model, where it has room for everything."""
        arguments = [argument for argument in self.training(method) if argument != "--quiet"]
        process = subprocess.Popen([*arguments, "--memory", "100T", "-n", "-o", str(self.folder / "none")],
                                   stderr=subprocess.PIPE, text=True)
        line = next((line for line in process.stderr if "memory: " in line), "")
        process.kill()
        process.wait()
        parts = {name: gigabytes(value) for name, value in re.findall(r"(\w+) ([0-9.]+[KMGT]?)(?=[,;])", line)}
        least = re.search(r"at least (\S+)", line)
        total = re.search(r"memory: (\S+)", line)
        if not least or not total:
            sys.exit(f"xp-train did not say what it needs: {line}")
        trained = sum(parts.get(name, 0) for name in ("adapter", "gradients", "moments"))
        print(f"| {self.options.checkpoint.name} | {method} | {parts['weights']:.1f} | {trained:.1f} | {parts['activations']:.1f} "
              f"| {gigabytes(total[1]):.1f} | {gigabytes(least[1]):.1f} |", flush=True)

    def row(self, work, peak, memory, load, rate):
        counted = f"{memory['planned'] / GIGABYTE:.2f}" if memory else "–"
        print(f"| {work} | {peak / GIGABYTE:.2f} | {counted} | {load:.1f} | {rate:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("--tools", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / ".build" / "release")
    parser.add_argument("--cases", type=int, default=24)
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--work", default="label,explain,lora", help="of label, explain, lora, full")
    parser.add_argument("--count", action="store_true", help="count the memory of training, and compute nothing")
    arguments = sys.argv[1:]
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_args(arguments[:end])
    options.rest = arguments[end + 1:]
    works = options.work.split(",")
    if options.count:
        print("| model | method | weights, GB | trained, GB | activations, GB | all layers held, GB | one layer held, GB |")
        print("|---|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, pathlib.Path(folder))
        if not options.count:
            print(f"{options.checkpoint.name} {' '.join(options.rest)}\n")
            print("| work | peak, GB | counted, GB | load, s | tokens per second |\n|---|--:|--:|--:|--:|")
        for work in works:
            if work in ("label", "explain"):
                if not options.count:
                    bench.label(work == "explain")
            else:
                (bench.count if options.count else bench.train)(work)


if __name__ == "__main__":
    main()
