"""Prompts to hold the programs against a reference on: cases of every task, and prompts that are hard to render or tokenize."""

import random
import sys

from reference_model import ChatTokenizer
from tools import ROOT, TASKS, Tools, spread

sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from fuzz_strings import fuzz_string  # noqa: E402


def task_cases(tools: Tools, counts: dict[str, int], features: int) -> dict[str, list[dict]]:
    """Cases of each task, from the shortest to the longest."""
    return {task: spread(tools.generate(task, "--max-features", features), counts[task])
            for task in TASKS if counts.get(task)}


def with_refusal_choices(case: dict) -> dict:
    """A case of generated text, asked for the log-probabilities of openings of several tokens."""
    choices = ["I can't help with that.", "I'm sorry, but I cannot", "Sure, here is how", "To do this, 1. take"]
    return {**case, "id": case["id"] + "/choice", "readout": {"kind": "choice", "prefill": "", "choices": choices}}


def hard_cases(tokenizer: ChatTokenizer, posts: list[dict], count: int, seed=2026) -> list[dict]:
    """Conversations of several turns, some with a system message, whose texts are fuzzed strings or long posts.

    Their choices are many single tokens from all over the vocabulary: with so many log-probabilities of one row, its logits
    agree too.
    """
    generator = random.Random(seed)

    def text() -> str:
        # A case's JSON cannot hold U+0000.
        parts = [fuzz_string(generator).replace("\0", "") for _ in range(generator.randint(1, 8))]
        return generator.choice(posts)["messages"][0]["content"] if generator.random() < 0.2 else " ".join(parts)

    cases = []
    for number in range(count):
        roles = generator.choice([["user"], ["system", "user"], ["user", "assistant", "user"]])
        prefill = generator.choice(["", "Answer: (", "  1.", "\n\n", "It's 20"])
        choices = ["the answer 42", " (B)", "\n\nNo", *vocabulary_sample(tokenizer, generator, 40)]
        cases.append({
            "schema": "case/1", "id": f"hard/{number}", "task": "hard", "features": [],
            "messages": [{"role": role, "content": text()} for role in roles],
            "readout": {"kind": "choice", "prefill": prefill, "choices": choices}})
    return cases


def vocabulary_sample(tokenizer: ChatTokenizer, generator: random.Random, count: int) -> list[str]:
    """Texts that are one token each."""
    texts: dict[str, None] = {}
    while len(texts) < count:
        text = tokenizer.decode([generator.randrange(tokenizer.tokenizer.get_vocab_size())])
        if len(tokenizer.encode(text)) == 1 and "\ufffd" not in text:
            texts[text] = None
    return list(texts)
