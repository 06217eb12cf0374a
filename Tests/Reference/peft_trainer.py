#!/usr/bin/env python3
"""Holds pipelines/trainers/peft_trainer.py against xp-train on a real SmolLM2 model, on the CPU in fp32.

    Tests/Reference/peft_trainer.py MODEL.gguf [--bin DIR] [--targets NAME]

Both train the same explainer over an M0 of a few steps: twenty steps, with the answers as targets, with M0's distribution over
the choices, and with the divergence from M0 both ways. Each step's losses and learning rate agree to 1e-3, and the norm of the
gradient to 5e-3, though the losses change by far more; the last adapters do, too. With two processes the losses are those of one, and with two that
share the model by FSDP. A run that was ended by SIGTERM and gone on with has the bytes of one that was not, under FSDP too.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from safetensors.torch import load_file

from tools import ROOT, Tools, arguments, print_table, verdict, write_stream

BOUND = 1e-3
# On SmolLM2 the norms of the last steps part tenfold more than the losses.
NORM_BOUND = 5e-3
STEPS = 20
FSDP = {"processes": 2, "is_fsdp": True}
TARGETS = {
    "hard, x and x∖C": ["--behave-on", "both"],
    "soft": ["--behave-targets", "soft"],
    "kl forward": ["--behave-targets", "kl"],
    "kl reverse": ["--behave-targets", "kl", "--kl", "reverse"],
}
OPTIONS = ["--steps", STEPS, "--batch-size", 6, "--rank", 8, "--alpha", 24, "--warmup", 3, "--schedule", "cosine",
           "--weight-decay", 0.1, "--clip", 2, "--seed", 7, "--save-every", 8]
TRAINER = ROOT / "pipelines" / "trainers" / "peft_trainer.py"
FSDP_TRAINER = ROOT / "Tests" / "Reference" / "fsdp_on_processors.py"


class Runs:
    """One explainer, by one trainer or the other."""

    def __init__(self, options, folder: Path):
        self.tools, self.folder = Tools(options.bin), folder
        labelled, m0 = folder / "labelled.jsonl", folder / "m0"
        cases = self.tools.generate("hint", "--split", "train", "--limit", 40)
        labelled.write_bytes(write_stream(self.tools.label(cases, options.model)))
        self.tools.run("xp-train", "--model", options.model, "--behave", labelled, "--steps", 4, "--batch-size", 4, "--lr",
                       2 * options.rate, "--shuffle-labels", "--explain", labelled, "-o", m0)
        self.arguments = ["--model", options.model, "--adapter", m0 / "checkpoints" / "step-000004", "--explain", labelled,
                          "--behave", f"{labelled}:0.5", *OPTIONS, "--lr", options.rate, "--quiet"]

    def command(self, output: Path, *more, processes: int = 1, is_fsdp: bool = False) -> list[str]:
        launch = [sys.executable] if processes == 1 else [
            sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", str(processes)]
        return [*launch, *map(str, [FSDP_TRAINER if is_fsdp else TRAINER, "--xp-train", self.tools.folder / "xp-train", *self.arguments, *more, "-o", output])]

    def ours(self, name: str, targets: list[str]) -> Path:
        self.tools.run("xp-train", *self.arguments, *targets, "-o", self.folder / name)
        return self.folder / name

    def peft(self, name: str, targets: list[str], **way) -> Path:
        done = subprocess.run(self.command(self.folder / name, *targets, **way), stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"exit code {done.returncode} of peft_trainer.py\n{done.stderr.decode()}")
        return self.folder / name

    def interrupted(self, name: str, targets: list[str], **way) -> tuple[Path, int]:
        """A run that is ended after some steps and gone on with; the step after which it was ended."""
        output = self.folder / name
        first = subprocess.Popen(self.command(output, *targets, **way), stderr=subprocess.DEVNULL)
        while first.poll() is None and len(metrics(output)) < 5:
            time.sleep(0.1)
        first.send_signal(signal.SIGTERM)
        status = first.wait()
        # torchrun passes the signal on, and ends by it itself.
        assert status == 128 + signal.SIGTERM or (way and status != 0)
        done = len(metrics(output))
        return self.peft(name, [*targets, "--resume"], **way), done


def metrics(run: Path) -> list[dict]:
    path = run / "metrics.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def compare(name: str, run: Path, other: Path, failures: list[str]) -> list:
    """The largest differences between two runs."""
    lines, others = metrics(run), metrics(other)
    assert len(lines) == len(others) == STEPS
    differences = {}
    for key, value in {"loss": lambda line: line["loss"], "explain": lambda line: line["losses"]["explain"],
                       "behave": lambda line: line["losses"]["behave"], "rate": lambda line: line["lr"],
                       "norm": lambda line: line["grad_norm"]}.items():
        pairs = [(value(line), value(other)) for line, other in zip(lines, others)]
        if any((first is None) != (second is None) for first, second in pairs):
            failures.append(f"{name}: a step has no {key} in one of the runs")
        differences[key] = max(abs(first - second) for first, second in pairs if first is not None and second is not None)
        if not differences[key] <= (NORM_BOUND if key == "norm" else BOUND):
            failures.append(f"{name}: {key} differs by {differences[key]:.1e}")
    moved = max(line["loss"] for line in lines) - min(line["loss"] for line in lines)
    if not moved > 100 * BOUND:
        failures.append(f"{name}: the loss moved by no more than {moved:.1e}")
    adapters = [load_file(folder / "checkpoints" / f"step-{STEPS:06}" / "adapter_model.safetensors") for folder in (run, other)]
    if adapters[0].keys() != adapters[1].keys():
        failures.append(f"{name}: the adapters have other tensors")
    apart = sum(((adapters[0][key] - adapters[1][key]) ** 2).sum().item() for key in adapters[0]) ** 0.5
    size = sum((values ** 2).sum().item() for key, values in adapters[0].items() if "lora_B" in key) ** 0.5
    if not apart <= 0.05 * size:
        failures.append(f"{name}: the adapters are {apart / size:.1e} of what was learned apart")
    return [name, *differences.values(), moved, apart / size]


def digests(run: Path) -> dict[str, str]:
    return {str(path.relative_to(run)): sha256(path.read_bytes()).hexdigest()
            for path in sorted((run / "checkpoints").rglob("*.safetensors"))}


def main():
    parser = arguments(__doc__)
    parser.add_argument("--rate", metavar="R", type=float, default=1e-3, help="the learning rate (default: 1e-3)")
    parser.add_argument("--targets", choices=TARGETS, help="these alone, by one process and without an interruption")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count()))
    os.environ["ACCELERATE_USE_CPU"] = "true"
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(options, Path(folder))

        def rows():
            for name in [options.targets] if options.targets else TARGETS:
                targets = TARGETS[name]
                yield compare(name, runs.ours(f"ours {name}", targets), runs.peft(f"peft {name}", targets), failures)
            if options.targets:
                return
            targets, whole = TARGETS["kl forward"], runs.folder / "peft kl forward"
            two = runs.peft("two", targets, processes=2)
            assert all(line["processes"] == 2 for line in metrics(two))
            yield compare("one process, two processes", whole, two, failures)
            yield compare("one process, two under FSDP", whole, runs.peft("fsdp", targets, **FSDP), failures)

        print_table(["run", "loss", "explain", "behave", "rate", "norm", "the loss moved by", "adapters apart"], rows())
        for whole, way in () if options.targets else (("peft kl forward", {}), ("fsdp", FSDP)):
            resumed, done = runs.interrupted(f"resumed {whole}", targets=TARGETS["kl forward"], **way)
            is_same = digests(resumed) == digests(runs.folder / whole)
            print(f"{whole}: ended after step {done} of {STEPS} and gone on with: checkpoints {'' if is_same else 'not '}equal to the byte")
            if not is_same or not 0 < done < STEPS:
                failures.append("a run that was gone on with has other checkpoints, or was not interrupted")
    verdict(failures)


if __name__ == "__main__":
    main()
