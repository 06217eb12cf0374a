#!/usr/bin/env python3
"""How fast peft_trainer.py is here, and how much memory it takes: a few steps, and a line of JSON.

    measure.py --model DIR --examples FILE [options of peft_trainer.py]
    measure.py --shape llama-3.1-8b --rank 128 --precision bf16 --checkpointing

FILE is what `xp-train examples --rendered` wrote. Without it, cases are made up: an explanation, and two answers whose distribution
is held to the model without its adapter. --shape has random weights of a model's shape, and needs no files at all.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import torch
from accelerate import Accelerator
from transformers import AutoModelForCausalLM, LlamaConfig

import peft_trainer
from trainer_run import Scored, Sequence, parse, read_steps

SHAPES = {
    "tiny": dict(hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
                 vocab_size=512),
    "smollm2-135m": dict(hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
                         num_key_value_heads=3, vocab_size=49152),
    "llama-3.1-8b": dict(hidden_size=4096, intermediate_size=14336, num_hidden_layers=32, num_attention_heads=32,
                         num_key_value_heads=8, vocab_size=128256),
}
EXPLANATION_TOKENS = 14


def random_model(shape: str, options: argparse.Namespace, device: torch.device) -> torch.nn.Module:
    config = LlamaConfig(**SHAPES[shape], max_position_embeddings=8192, tie_word_embeddings=False, use_cache=False)
    with device:
        return AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16 if options.precision == "bf16" else torch.float32)


def made_up(steps: int, batch: int, length: int, has_teacher: bool) -> list[list[Sequence]]:
    """Cases of about so many tokens: an explanation and two answers each, until a step has its examples."""
    drawn = random.Random(0)

    def sequence(said: int, objective: str) -> Sequence:
        count = drawn.randint(length // 2, 3 * length // 2)
        tokens = [drawn.randrange(3, 500) for _ in range(count)]
        is_distilled = objective == "behave" and has_teacher
        scored = [Scored(place, tokens[place], 1.0, objective, is_distilled) for place in range(count - said, count)]
        return Sequence(tokens[:-1], scored, count)

    return [[sequence(EXPLANATION_TOKENS, "explain") if place % 3 == 0 else sequence(1, "behave") for place in range(batch)]
            for _ in range(steps)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--shape", choices=SHAPES)
    add("--model")
    add("--examples")
    add("--steps", type=int, default=8, help="the first two warm up and are not counted")
    add("--batch-size", type=int, default=48)
    add("--length", type=int, default=256, help="tokens of a made-up example")
    add("--no-teacher", action="store_true", help="made-up answers as targets, not distributions")
    own, rest = parser.parse_known_args()
    options, _ = parse(__doc__, ["--model", own.model or own.shape, "--examples", own.examples or "", *rest, "-o", ""])
    accelerator = Accelerator(mixed_precision="bf16" if options.precision == "bf16" else "no")
    device = accelerator.device
    if own.examples:
        steps = read_steps(Path(own.examples))[:own.steps]
    else:
        steps = made_up(own.steps, own.batch_size, own.length, not own.no_teacher)
    if own.shape:
        peft_trainer.load_model = lambda *_: random_model(own.shape, options, device)
        # The time of a step does not depend on what the adapter starts with.
        peft_trainer.start_adapter = lambda *_: None
    with tempfile.TemporaryDirectory() as run:
        started = time.monotonic()
        trainer = peft_trainer.Trainer(options, accelerator, steps, Path(run))
        loading = time.monotonic() - started
        seconds, lines = [], []
        for step in range(1, len(steps) + 1):
            started = time.monotonic()
            lines.append(trainer.train_step(step))
            trainer.optimizer.step()
            trainer.optimizer.zero_grad()
            if device.type == "cuda":
                torch.cuda.synchronize()
            seconds.append(time.monotonic() - started)
    counted = list(zip(seconds, steps))[2:] or list(zip(seconds, steps))
    tokens = [sum(sequence.count for sequence in step) for _, step in counted]
    if not accelerator.is_main_process:
        return
    print(json.dumps({
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu", "processes": accelerator.num_processes,
        "model": own.shape or own.model, "parameters": sum(parameter.numel() for parameter in trainer.model.parameters()),
        "rank": options.rank, "precision": options.precision, "checkpointing": options.checkpointing,
        "tokens_per_pass": options.tokens_per_pass, "sequences_per_step": len(steps[-1]),
        "distilled": sum(sequence.scored[0].is_distilled for sequence in steps[-1]), "tokens_per_step": round(statistics.mean(tokens)),
        "seconds_per_step": round(statistics.median(second for second, _ in counted), 4),
        "tokens_per_second": round(sum(tokens) / sum(second for second, _ in counted)),
        "peak_gib": round(torch.cuda.max_memory_allocated() / 2**30, 2) if device.type == "cuda" else None,
        "loading_seconds": round(loading, 1), "first_loss": lines[0]["loss"], "last_loss": lines[-1]["loss"],
    }))


if __name__ == "__main__":
    main()
