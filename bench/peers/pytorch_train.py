"""transformers and peft train: micro-batches of like length, logits for completion tokens only, no checkpointing."""

import contextlib
import time

import torch
from peft import PeftModel
from torch.nn.functional import cross_entropy

import streams
from chat import Chat
from peers.pytorch_model import batches, load, padded
from peers.worker import serve


class Trainer:
    """One run; precision is `fp32`, `autocast` (32-bit weights), `autocast-bf16` (the frozen weights in bf16, the adapter
    in 32 bits; lora only) or `bf16` (everything)."""

    def __init__(self, chat: Chat, directory: str, job: dict):
        self.chat = chat
        precision = job["settings"]["precision"]
        self.model = load(directory, "bf16" if precision in ("bf16", "autocast-bf16") else "fp32")
        self.causal = self.model
        if job["method"] == "lora":
            self.model = PeftModel.from_pretrained(
                self.model, job["adapter"], is_trainable=True, autocast_adapter_dtype=precision != "bf16")
            self.causal = self.model.base_model.model
        self.trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=job["lr"], weight_decay=0.0, fused=True)
        self.autocast = precision.startswith("autocast")
        self.model.train()

    def encode(self, examples: list[dict]) -> list[tuple[list[int], int]]:
        """(tokens, place of the first scored one) of each example."""
        prompts = self.chat.prompts([(example["messages"], example["prefill"]) for example in examples])
        completions = self.chat.encode([example["completion"] for example in examples])
        end = self.chat.end
        return [(prompt + completion + [end] * example["end_of_turn"], len(prompt))
                for prompt, completion, example in zip(prompts, completions, examples)]

    def accumulate(self, examples: list[tuple[list[int], int]], settings: dict) -> float:
        """The gradients of the examples' mean loss over completion tokens."""
        scored = sum(len(tokens) - first for tokens, first in examples)
        loss = 0.0
        for batch in batches(examples, lambda example: len(example[0]), settings):
            with torch.autocast("cpu", torch.bfloat16) if self.autocast else contextlib.nullcontext():
                part = self.summed_loss(batch) / scored
            part.backward()
            loss += part.item()
        return loss

    def step(self, examples: list[tuple[list[int], int]], settings: dict) -> float:
        loss = self.accumulate(examples, settings)
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return loss

    def summed_loss(self, batch: list[tuple[list[int], int]]) -> torch.Tensor:
        # The last token is read by nobody; padding on the right is invisible to a causal model.
        states = self.causal.model(padded([tokens[:-1] for tokens, _ in batch]), use_cache=False).last_hidden_state
        reads = [(row, place - 1, tokens[place])
                 for row, (tokens, first) in enumerate(batch) for place in range(first, len(tokens))]
        rows, places, targets = map(list, zip(*reads))
        logits = self.causal.lm_head(states[rows, places])
        return cross_entropy(logits.float(), torch.tensor(targets), reduction="sum")


def work(peer: tuple[Chat, str], job: dict):
    chat, directory = peer
    trainer = Trainer(chat, directory, job)
    examples = trainer.encode(streams.read(job["examples"]))
    steps = [examples[start:start + job["batch_size"]] for start in range(0, len(examples), job["batch_size"])]
    steps = steps[:job["steps"]]
    trainer.accumulate(steps[0][:4], job["settings"])
    trainer.optimizer.zero_grad()

    def timed():
        losses, seconds = [], []
        for step in steps:
            start = time.perf_counter()
            losses.append(trainer.step(step, job["settings"]))
            seconds.append(time.perf_counter() - start)
        return {"losses": losses, "step_seconds": seconds}
    return timed


def load_peer(arguments: dict) -> tuple[Chat, str]:
    return Chat(arguments["gguf"]), arguments["directory"]


if __name__ == "__main__":
    serve(load_peer, work)
