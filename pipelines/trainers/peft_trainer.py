#!/usr/bin/env python3
"""xp-train's contract over transformers, peft and accelerate: LoRA on one GPU or many.

    accelerate launch pipelines/trainers/peft_trainer.py --model DIR --explain train.jsonl.zst --behave train.jsonl.zst -o RUNDIR

Takes the options of xp-train. Those about data go to `xp-train examples`, which writes what is trained, in its order; without
the programs, --examples FILE names what `xp-train examples --rendered` wrote elsewhere. README.md beside this file says more.
"""

import argparse
import contextlib
import json
import math
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import torch
from accelerate import Accelerator
from peft import LoraConfig, PeftModel, get_peft_model
from torch.distributed.checkpoint.state_dict import StateDictOptions, get_state_dict, set_state_dict
from transformers import AutoModelForCausalLM

from adapter_start import start_adapter
from trainer_run import Sequence, begin, parse, read_steps, replace, stop

OBJECTIVES = ["explain", "behave"]


def load_model(options: argparse.Namespace, accelerator: Accelerator, run: Path) -> torch.nn.Module:
    """The frozen model, its adapters merged in; a GGUF file goes through a Hugging Face directory."""
    directory = Path(options.model)
    if not directory.is_dir():
        directory = run / "model"
        if accelerator.is_main_process:
            subprocess.run([options.xp_train, "export", "--model", options.model, "--to", "hf", "--quiet", "--force", "-o", directory],
                           check=True)
        accelerator.wait_for_everyone()
    dtype = torch.bfloat16 if options.precision == "bf16" else torch.float32
    # Adapters are merged in fp32, and rounded with the weights.
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32 if options.adapter else dtype)
    for path in options.adapter:
        model = PeftModel.from_pretrained(model, path).merge_and_unload()
    accelerator.wait_for_everyone()
    if directory == run / "model" and accelerator.is_main_process:
        shutil.rmtree(directory)
        Path(f"{directory}.manifest.json").unlink(missing_ok=True)
    model.config.use_cache = False
    return model.to(dtype)


class ScoredLogits(torch.nn.Module):
    """The model with its new adapter; its logits where tokens are scored, and nowhere else."""

    def __init__(self, model: PeftModel):
        super().__init__()
        self.model = model

    def forward(self, tokens: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor, adapted: bool = True) -> torch.Tensor:
        """[scored tokens × vocabulary], in fp32. Padding stands behind the sequences, where no causal attention sees it."""
        model = self.model.get_base_model()
        with contextlib.nullcontext() if adapted else self.model.disable_adapter():
            states = model.get_decoder()(input_ids=tokens, use_cache=False).last_hidden_state
        return model.get_output_embeddings()(states[rows, columns]).float()


def new_adapter(options: argparse.Namespace, accelerator: Accelerator, run: Path) -> ScoredLogits:
    """The model with the adapter that is trained."""
    model = load_model(options, accelerator, run)
    if options.checkpointing:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    model = get_peft_model(model, LoraConfig(r=options.rank, lora_alpha=options.alpha, target_modules=options.modules.split(","),
                                             lora_dropout=0.0, bias="none", task_type="CAUSAL_LM"))
    start_adapter(model, options.seed)
    return ScoredLogits(model.train())


def passes(sequences: list[Sequence], budget: int, processes: int) -> list[list[Sequence]]:
    """The sequences of a step by length, in passes of at most so many padded tokens; as many passes for each process. A pass too
    many has weight 0, because all processes compute together."""
    ordered = sorted(sequences, key=lambda sequence: -len(sequence.tokens))
    budget = min(budget, sum(len(sequence.tokens) for sequence in ordered) / processes)
    result: list[list[Sequence]] = []
    for sequence in ordered:
        if not result or (len(result[-1]) + 1) * len(result[-1][0].tokens) > budget:
            result.append([])
        result[-1].append(sequence)
    weightless = ordered[-1]._replace(scored=[scored._replace(weight=0.0) for scored in ordered[-1].scored])
    return result + [[weightless]] * (-len(result) % processes)


def token_losses(
    model: torch.nn.Module, sequences: list[Sequence], kl: str, has_teacher: bool, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, list[str]]:
    """Loss, weight and objective of each scored token."""
    longest = max(len(sequence.tokens) for sequence in sequences)
    tokens = torch.tensor([sequence.tokens + [0] * (longest - len(sequence.tokens)) for sequence in sequences], device=device)
    scored = [token for sequence in sequences for token in sequence.scored]
    rows = torch.tensor([row for row, sequence in enumerate(sequences) for _ in sequence.scored], device=device)
    columns = torch.tensor([token.place - 1 for token in scored], device=device)
    if has_teacher:
        # The teacher reads the sequences that ask for it, or one for company's sake.
        taught = [row for row, sequence in enumerate(sequences) if any(token.is_distilled for token in sequence.scored)] or [0]
        distilled = torch.tensor([token.is_distilled for token in scored], device=device).nonzero().squeeze(-1)
        with torch.no_grad():
            places = torch.searchsorted(torch.tensor(taught, device=device), rows[distilled])
            before = model(tokens[taught], places, columns[distilled], adapted=False).log_softmax(-1)
    now = model(tokens, rows, columns).log_softmax(-1)
    losses = -now.gather(-1, torch.tensor([[token.token] for token in scored], device=device)).squeeze(-1)
    if has_teacher:
        first, second = (before, now[distilled]) if kl != "reverse" else (now[distilled], before)
        losses = losses.index_put((distilled,), (first.exp() * (first - second)).sum(-1))
    weights = torch.tensor([token.weight for token in scored], device=device)
    return losses, weights, [token.objective for token in scored]


def rate(options: argparse.Namespace, step: int, steps: int) -> float:
    if step <= options.warmup:
        return options.lr * step / options.warmup
    done = (step - 1 - options.warmup) / max(1, steps - options.warmup)
    curve = {"constant": 1.0, "linear": 1 - done, "cosine": 0.5 * (1 + math.cos(math.pi * done))}
    return options.lr * curve[options.schedule]


class Trainer:
    """A run: its steps, its checkpoints and its state."""

    def __init__(self, options: argparse.Namespace, accelerator: Accelerator, steps: list[list[Sequence]], run: Path):
        self.options, self.accelerator, self.steps, self.run = options, accelerator, steps, run
        # The signal that this process got, and the one that all processes know of.
        self.signal = self.agreed = 0
        wrapped = new_adapter(options, accelerator, run)
        self.peft = wrapped.model
        trained = [parameter for parameter in wrapped.parameters() if parameter.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=options.lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=options.weight_decay)
        self.model, self.optimizer = accelerator.prepare(wrapped, optimizer)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: setattr(self, "signal", number))

    def train(self):
        done, length = self.load()
        if self.accelerator.is_main_process:
            metrics = open(self.run / "metrics.jsonl", "a")
            metrics.truncate(length)
        for step in range(done + 1, len(self.steps) + 1):
            line = self.train_step(step)
            if not math.isfinite(line["loss"] + line["grad_norm"]):
                if step > done + 1:
                    self.save(step - 1)
                stop(1, f"the loss or gradient of step {step} is not finite; the weights before it are kept")
            self.optimizer.step()
            self.optimizer.zero_grad()
            if self.accelerator.is_main_process:
                print(json.dumps(line), file=metrics, flush=True)
                if not self.options.quiet:
                    print(f"peft_trainer: step {step} of {len(self.steps)}, loss {line['loss']:.6f}", file=sys.stderr)
            is_due = step == len(self.steps) or (self.options.save_every and step % self.options.save_every == 0)
            if is_due or self.agreed:
                self.save(step, has_checkpoint=is_due)
            if self.agreed:
                sys.exit(128 + self.agreed)

    def train_step(self, step: int) -> dict:
        """Adds up the gradients of a step and clips them; what metrics.jsonl says of it."""
        start, options, accelerator = time.monotonic(), self.options, self.accelerator
        sequences, device, processes = self.steps[step - 1], accelerator.device, accelerator.num_processes
        total = sum(token.weight for sequence in sequences for token in sequence.scored) or 1.0
        parts = passes(sequences, options.tokens_per_pass, processes)
        # Weighted losses and weights by objective, and the first process's signal.
        sums = torch.zeros(5, device=device)
        for first in range(0, len(parts), processes):
            together = parts[first:first + processes]
            has_teacher = any(token.is_distilled for part in together for sequence in part for token in sequence.scored)
            is_last = first + processes >= len(parts)
            with contextlib.nullcontext() if is_last else accelerator.no_sync(self.model):
                losses, weights, objectives = token_losses(
                    self.model, together[accelerator.process_index], options.kl, has_teacher, device)
                # Gradients are averaged over the processes.
                accelerator.backward((losses * weights).sum() / total * processes)
            for place, name in enumerate(OBJECTIVES):
                chosen = torch.tensor([objective == name for objective in objectives], device=device)
                sums[2 * place] += (losses.detach() * weights)[chosen].sum()
                sums[2 * place + 1] += weights[chosen].sum()
        sums[4] = self.signal if accelerator.is_main_process else 0
        sums = accelerator.reduce(sums, "sum").tolist()
        self.agreed = int(sums[4])
        norm = accelerator.clip_grad_norm_(
            [parameter for parameter in self.model.parameters() if parameter.requires_grad], options.clip or math.inf)
        learning_rate = rate(options, step, len(self.steps))
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        line = {"step": step, "loss": (sums[0] + sums[2]) / total,
                "losses": {name: sums[2 * place] / sums[2 * place + 1] if sums[2 * place + 1] else None
                           for place, name in enumerate(OBJECTIVES)},
                "lr": learning_rate, "grad_norm": float(norm.full_tensor() if hasattr(norm, "full_tensor") else norm),
                "tokens_per_second": sum(sequence.count for sequence in sequences) / (time.monotonic() - start),
                "rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "processes": processes}
        if device.type == "cuda":
            line["gpu_bytes"] = torch.cuda.max_memory_allocated()
        return line

    def save(self, step: int, has_checkpoint: bool = True):
        """The adapter as a PEFT directory, and what is needed to go on."""
        whole = StateDictOptions(full_state_dict=True, cpu_offload=True, ignore_frozen_params=True)
        weights, optimizer = get_state_dict(self.model, self.optimizer.optimizer, options=whole)
        if not self.accelerator.is_main_process:
            return
        name = f"step-{step:06}"
        if has_checkpoint:
            adapter = {key.removeprefix("model."): value for key, value in weights.items()}
            replace(self.run / "checkpoints" / name, lambda path: self.peft.save_pretrained(
                path, state_dict=adapter, save_embedding_layers=False))
        length = (self.run / "metrics.jsonl").stat().st_size
        state = {"step": step, "length": length, "weights": weights, "optimizer": optimizer}
        replace(self.run / "state" / name, lambda path: torch.save(state, path / "state.pt"))
        for older in (self.run / "state").glob("step-*"):
            if older.name != name:
                shutil.rmtree(older)

    def load(self) -> tuple[int, int]:
        """The step of the newest state and the length of the metrics then."""
        found = sorted((self.run / "state").glob("step-??????/state.pt"))
        if not found:
            return 0, 0
        state = torch.load(found[-1], map_location="cpu", weights_only=True)
        set_state_dict(self.model, self.optimizer.optimizer, model_state_dict=state["weights"], optim_state_dict=state["optimizer"],
                       options=StateDictOptions(full_state_dict=True, strict=False))
        return state["step"], state["length"]


def main():
    options, data = parse(__doc__)
    run = Path(options.output)
    accelerator = Accelerator(mixed_precision="bf16" if options.precision == "bf16" else "no")
    if options.threads:
        torch.set_num_threads(options.threads)
    # The others find what the first process has made.
    steps = begin(options, data, run) if accelerator.is_main_process else []
    accelerator.wait_for_everyone()
    steps = steps or read_steps(Path(options.examples or run / "examples.jsonl"))
    if not steps:
        stop(0, "a stream of no cases: there is nothing to train on")
    if (run / f"checkpoints/step-{len(steps):06}").exists():
        stop(0, f"{run} is complete already")
    Trainer(options, accelerator, steps, run).train()
    accelerator.end_training()


if __name__ == "__main__":
    main()
