#!/usr/bin/env python3
"""Kills cf-label and xp-train on a real model at random moments and lets them go on.

    Tests/Reference/kill_and_resume.py MODEL.gguf [--bin DIR] [--seed N] [--kills N] [--signal KILL|INT|TERM]

Every run is started with --resume, ended by the signal after a random time, and started again, until it has had its kills and may
come to its end. Then cf-label must have given every case exactly once, in order, as an uninterrupted run does (log-probabilities
to 1e-4, everything else equal; whether the lines are equal to the byte is printed), and xp-train's checkpoints and state must be
equal to the byte, its metrics but for speed and memory. Standard library only; Linux.
"""

import json
import math
import os
import random
import signal
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from tools import Tools, answered, arguments, print_table, read_stream, spread, verdict, write_stream

BOUND = 1e-4
# Name, task, cases, options, and more options that change from one life to the next.
LABEL_RUNS = [
    ("hint", "hint", 200, ["--batch-tokens", 500], [[]]),
    ("hint --explain", "hint", 48, ["--explain", "--batch-tokens", 400], [[]]),
    ("refusal --explain", "refusal", 20, ["--explain", "--batch-tokens", 500], [[]]),
    ("hint, other threads and budget in each life", "hint", 100, [],
     [["--threads", 1, "--batch-tokens", 300], ["--threads", 2, "--batch-tokens", 700],
      ["--threads", 3, "--batch-tokens", 1]]),
]
# Method, steps, steps between checkpoints.
TRAIN_RUNS = [("lora", 10, 2), ("full", 5, 2)]


def processor_seconds(process: subprocess.Popen) -> float:
    """What a process has used so far; it must not have been waited for."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(command: list[str]) -> float:
    """Runs a command to its end; the processor time that it took."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect_success(process)
    return usage.ru_utime + usage.ru_stime


def expect_success(process: subprocess.Popen):
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode} of {' '.join(process.args)}")


def live(lives, whole: float, options, generator: random.Random, progress) -> list:
    """Runs commands of `lives` until one ends by itself; how far the run was at each kill.

    The random moments are in processor time, so that they do not depend on what else the machine does.
    """
    reached = []
    while True:
        process = subprocess.Popen(next(lives))
        limit = generator.uniform(0.2, 1.3) * whole / options.kills if len(reached) < options.kills else math.inf
        # Asked in this order, there still is a process whose time can be read.
        while processor_seconds(process) < limit and process.poll() is None:
            time.sleep(0.01)
        if process.poll() is None:
            process.send_signal(getattr(signal, f"SIG{options.signal}"))
            process.wait()
            reached.append(progress())
        else:
            expect_success(process)
            return reached


def cases_in(partial: Path) -> int:
    """Cases of an output that was cut off."""
    return plain(partial).count(b"\n") if partial.exists() else 0


def plain(stream: Path) -> bytes:
    """What can be read of a stream."""
    return subprocess.run(["zstd", "-dcq", stream], capture_output=True).stdout


def steps_in(run: Path) -> int:
    log = run / "metrics.jsonl"
    return log.read_bytes().count(b"\n") if log.exists() else 0


def differences(found: dict, expected: dict) -> float:
    """The largest difference of log-probabilities; infinite where anything else differs."""
    largest = 0.0
    for (_, _, answer), (_, _, wanted) in zip(answered(found), answered(expected)):
        for choice, value in wanted.get("logprobs", {}).items():
            largest = max(largest, abs(answer["logprobs"][choice] - value))
            answer["logprobs"][choice] = value
    return largest if found == expected else float("inf")


def label_run(tools: Tools, options, folder: Path, run, generator: random.Random, failures: list[str]) -> list:
    name, task, count, flags, changing = run
    source, whole, cut = folder / "cases.jsonl", folder / "whole.jsonl.zst", folder / "cut.jsonl.zst"
    cases = random.Random(3).sample(spread(tools.generate(task, "--max-features", 2), count), count)
    source.write_bytes(write_stream(cases))

    def command(output: Path, *more) -> list[str]:
        return tools.command("cf-label", "--quiet", "--model", options.model, "--as", "M0", *flags, *more, "-o", output, source)

    def lives():
        while True:
            yield command(cut, "--resume", *generator.choice(changing))

    reached = live(lives(), cost(command(whole)), options, generator, lambda: cases_in(Path(f"{cut}.partial")))
    expected, found = read_stream(whole.read_bytes()), read_stream(cut.read_bytes())
    same_ids = [case["id"] for case in found] == [case["id"] for case in cases]
    largest = max(map(differences, found, expected)) if same_ids else float("inf")
    if not same_ids:
        failures.append(f"cf-label, {name}: cases lost, repeated or out of order")
    elif not largest <= BOUND:
        failures.append(f"cf-label, {name}: answers differ ({largest:.1e})")
    if not any(0 < lines < count for lines in reached):
        failures.append(f"cf-label, {name}: no kill came after the first pass and before the last")
    equal = "yes" if plain(whole) == plain(cut) else "no"
    return ["cf-label", name, len(reached), f"{', '.join(map(str, reached))} of {count} cases", largest, equal]


def digests(run: Path) -> dict[str, str]:
    """Of all files but progress.json, which says how long the metrics are, speeds and all."""
    files = [path for part in ["checkpoints", "state"] for path in sorted((run / part).rglob("*")) if path.is_file()]
    return {str(path.relative_to(run)): sha256(path.read_bytes()).hexdigest()
            for path in files if path.name != "progress.json"}


def metrics(folder: Path) -> list[dict]:
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return [{key: value for key, value in line.items() if key not in ("tokens_per_second", "rss_bytes")} for line in lines]


def train_run(tools: Tools, options, folder: Path, run, generator: random.Random, failures: list[str]) -> list:
    method, steps, save_every = run
    labelled, whole, cut = folder / "labelled.jsonl", folder / "whole", folder / "cut"
    cases = tools.generate("hint", "--split", "train", "--limit", 24)
    labelled.write_bytes(write_stream(tools.label(cases, options.model)))

    def command(output: Path, *more) -> list[str]:
        return tools.command("xp-train", "--quiet", "--model", options.model, "--method", method, "--explain", labelled,
                             "--behave", labelled, "--batch-size", 4, "--steps", steps, "--save-every", save_every,
                             *more, "-o", output)

    def lives():
        while True:
            yield command(cut, "--resume")

    reached = live(lives(), cost(command(whole)), options, generator, lambda: steps_in(cut))
    expected, found = digests(whole), digests(cut)
    differing = [path for path in expected | found if expected.get(path) != found.get(path)]
    if differing:
        failures.append(f"xp-train, {method}: differ: {', '.join(differing)}")
    if metrics(whole) != metrics(cut):
        failures.append(f"xp-train, {method}: metrics differ")
    if not any(0 < step < steps for step in reached):
        failures.append(f"xp-train, {method}: no kill came between the first step and the last")
    name = f"{method}, {len(expected)} files of checkpoints and state"
    return ["xp-train", name, len(reached), f"{', '.join(map(str, reached))} of {steps} steps", "", "no" if differing else "yes"]


def main():
    parser = arguments(__doc__)
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="of the random moments (default: 1)")
    parser.add_argument("--kills", metavar="N", type=int, default=4, help="a run (default: 4)")
    parser.add_argument("--signal", default="KILL", choices=["KILL", "INT", "TERM"], help="that ends a run (default: KILL)")
    options = parser.parse_args()
    tools, generator, failures = Tools(options.bin), random.Random(options.seed), []

    def rows():
        for runner, run in [(label_run, run) for run in LABEL_RUNS] + [(train_run, run) for run in TRAIN_RUNS]:
            with tempfile.TemporaryDirectory() as folder:
                yield runner(tools, options, Path(folder), run, generator, failures)

    table = print_table(["program", "run", "kills", "done at each", "largest difference", "equal to the byte"], rows())
    if sum(row[2] for row in table if row[0] == "cf-label") < 10:
        failures.append("fewer than 10 kills of cf-label")
    verdict(failures)


if __name__ == "__main__":
    main()
