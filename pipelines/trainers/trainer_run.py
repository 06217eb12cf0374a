"""The options of a run, its examples and its directory, as peft_trainer.py has them from xp-train."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MODULES = "q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj"
USAGE, BAD_DATA, EXISTS = 64, 65, 73


def stop(code: int, message: str):
    print(f"peft_trainer: {message}", file=sys.stderr)
    sys.exit(code)


def parse(description: str, arguments: list[str] | None = None) -> tuple[argparse.Namespace, list[str]]:
    """The trainer's options, and those for `xp-train examples`."""
    parser = argparse.ArgumentParser(description=description, allow_abbrev=False, formatter_class=argparse.RawTextHelpFormatter,
                                     epilog="All other options are those of `xp-train examples`.")
    parser.error = lambda message: stop(USAGE, f"{message} (see --help)")
    add = parser.add_argument
    add("--model", required=True, help="a Hugging Face directory, or a GGUF file, which xp-train exports first")
    add("--adapter", action="append", default=[], help="PEFT directories, merged into the model in this order")
    add("--examples", help="what `xp-train examples --rendered` wrote, in place of data options")
    add("-o", "--output", required=True, help="the directory of the run")
    add("--method", choices=["lora"], default="lora")
    add("--lr", type=float, default=2e-4)
    add("--schedule", choices=["constant", "linear", "cosine"], default="linear")
    add("--warmup", type=int, default=0)
    add("--weight-decay", type=float, default=0.0)
    add("--clip", type=float, default=1.0)
    add("--rank", type=int, default=16)
    add("--alpha", type=int)
    add("--modules", default=MODULES)
    add("--kl", choices=["forward", "reverse"])
    add("--seed", type=int, default=0)
    add("--precision", choices=["fp32", "bf16"], default="fp32",
        help="bf16: weights and products; adapter and optimizer stay fp32")
    add("--save-every", type=int, default=100)
    add("--resume", action="store_true")
    add("-f", "--force", action="store_true")
    add("-q", "--quiet", action="store_true")
    add("--threads", type=int)
    add("--checkpointing", action="store_true", help="gradient checkpointing: less memory, a third more time")
    add("--tokens-per-pass", type=int, default=4096, help="padded tokens that a device computes at once")
    add("--xp-train", default=os.environ.get("XP_TRAIN") or shutil.which("xp-train") or str(ROOT / ".build/release/xp-train"))
    options, data = parser.parse_known_args(arguments)
    if options.examples and data:
        stop(USAGE, f"{data[0]} is an option of `xp-train examples`, and --examples names its output")
    options.alpha = options.alpha or 2 * options.rank
    return options, data


def write_examples(options: argparse.Namespace, data: list[str], path: Path):
    """Has xp-train write the examples of the run, with their tokens."""
    same = ["--seed", str(options.seed)] + (["--kl", options.kl] if options.kl else [])
    done = subprocess.run([options.xp_train, "examples", "--model", options.model, "--rendered", "--force", "-o", path, *same, *data]
                          + ["--quiet"] * options.quiet)
    if done.returncode:
        sys.exit(done.returncode if done.returncode > 0 else 128 - done.returncode)


class Scored(NamedTuple):
    """A token in the loss."""
    place: int
    token: int
    weight: float
    objective: str
    is_distilled: bool


class Sequence(NamedTuple):
    """What a model reads at once, the tokens that it is to say within, and how many tokens all its examples have."""
    tokens: list[int]
    scored: list[Scored]
    count: int


def read_steps(path: Path) -> list[list[Sequence]]:
    """The examples of each step. Those that differ in their last token alone, as the choices of a letter do, are one sequence."""
    steps: list[dict[tuple, Sequence]] = []
    with open(path, encoding="utf-8") as lines:
        for number, text in enumerate(lines, 1):
            line = json.loads(text)
            if not {"step", "token_ids", "loss_mask", "weight", "objective"} <= line.keys():
                stop(BAD_DATA, f"{path}:{number}: no line of `xp-train examples --rendered`")
            while len(steps) < line["step"]:
                steps.append({})
            tokens = line["token_ids"]
            scored = [Scored(place, tokens[place], line["weight"], line["objective"], line.get("targets") == "kl")
                      for place, is_scored in enumerate(line["loss_mask"]) if is_scored]
            step, read = steps[line["step"] - 1], tuple(tokens[:-1])
            before = step.get(read, Sequence(tokens[:-1], [], 0))
            step[read] = Sequence(before.tokens, before.scored + scored, before.count + len(tokens))
    return [list(step.values()) for step in steps]


def replace(path: Path, write):
    """A directory that is there whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    write(partial)
    shutil.rmtree(path, ignore_errors=True)
    partial.rename(path)


def begin(options: argparse.Namespace, data: list[str], run: Path) -> list[list[Sequence]]:
    """Makes the directory of a run, or finds the one to go on with. The examples of its steps."""
    path = run / "config.json"
    if path.exists() and not (options.resume or options.force):
        stop(EXISTS, f"{run}: a run is there already; --resume goes on with it, --force replaces it")
    run.mkdir(parents=True, exist_ok=True)
    examples = Path(options.examples or run / "examples.jsonl")
    if not options.examples:
        write_examples(options, data, examples)
    steps = read_steps(examples)
    decides = ["method", "rank", "alpha", "modules", "precision", "lr", "schedule", "warmup", "weight_decay", "clip", "kl", "seed",
               "save_every"]
    # `xp-train export` looks for the model where it was, but it may lie elsewhere when the run is gone on with.
    place = {"model_path": options.model}
    config = {"schema": "peft-run/1", "model": Path(options.model).name, "adapters": options.adapter, "steps": len(steps),
              "examples": hashlib.sha256(examples.read_bytes()).hexdigest(), **{key: getattr(options, key) for key in decides}}
    if path.exists() and not options.force:
        stored = json.loads(path.read_text())
        for key in config:
            if config[key] != stored.get(key):
                stop(USAGE, f'{run}: cannot resume: "{key}" differs from the run\'s config.json')
    else:
        for name in ("state", "checkpoints"):
            shutil.rmtree(run / name, ignore_errors=True)
        (run / "metrics.jsonl").unlink(missing_ok=True)
        path.write_text(json.dumps(config | place, indent=2) + "\n")
    return steps
