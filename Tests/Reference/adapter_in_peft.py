#!/usr/bin/env python3
"""Holds the checkpoints of xp-train on a real SmolLM2 model against peft and transformers in fp32.

    Tests/Reference/adapter_in_peft.py MODEL.gguf [--bin DIR]

A few steps of LoRA at a high rate give an adapter that matters; peft loads it over the Hugging Face form of the model that
reference_model.py makes from the GGUF file. A few steps of full fine-tuning give a directory that transformers loads, tokenizer
and all. Both give the log-probabilities of cf-label --adapter and cf-label --model to 1e-3, while training moved them by far
more. Most prompts ask for 40 single tokens from all over the vocabulary, so logits agree, not only answers.
"""

import tempfile
from pathlib import Path
from statistics import median

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from probes import hard_cases, task_cases
from reference_model import ChatTokenizer, Reference, load_model
from tools import Tools, answered, arguments, print_table, verdict, write_stream

BOUND = 1e-3
MOVED = 100 * BOUND
STEPS = {"lora": 6, "full": 2}
RATES = {"lora": 3e-3, "full": 1e-4}


def train(tools: Tools, model: str, method: str, labelled: Path, run: Path) -> Path:
    """The last checkpoint of a short run."""
    steps = STEPS[method]
    tools.run("xp-train", "--model", model, "--method", method, "--explain", labelled, "--behave", labelled,
              "--behave-on", "both", "--steps", steps, "--batch-size", 8, "--lr", RATES[method],
              "--schedule", "constant", "-o", run)
    return run / "checkpoints" / f"step-{steps:06}"


def compare(name: str, base: list[dict], trained: list[dict], reference: Reference, failures: list[str]) -> list:
    differences, moved = [], []
    for case_before, case in zip(base, trained):
        readout = case["readout"]
        for (_, _, before), (place, messages, after) in zip(answered(case_before), answered(case)):
            prompt = reference.tokenizer.prompt(messages, readout["prefill"])
            expected = reference.log_probabilities(prompt, readout["choices"])
            differences.append(max(abs(after["logprobs"][choice] - expected[choice]) for choice in expected))
            moved.append(max(abs(after["logprobs"][choice] - before["logprobs"][choice]) for choice in expected))
            if not differences[-1] <= BOUND:
                failures.append(f"{name}: {place}: log-probabilities differ by {differences[-1]:.1e}")
    # What agrees without having changed proves nothing: most prompts must have moved far.
    if not median(moved) >= MOVED:
        failures.append(f"{name}: training moved half of the prompts by no more than {median(moved):.1e}")
    assert len(differences) >= 20
    return [name, len(differences), max(differences), min(moved), median(moved)]


def check_tokenizer(directory: Path, tokenizer: ChatTokenizer, cases: list[dict], failures: list[str]):
    """The tokenizer files of a full checkpoint, with the chat template, in transformers."""
    found = AutoTokenizer.from_pretrained(directory)
    for case in cases:
        ids = found.apply_chat_template(case["messages"], add_generation_prompt=True, return_dict=False)
        if ids != tokenizer.prompt(case["messages"]):
            failures.append(f"full: {case['id']}: transformers renders or tokenizes the prompt in another way")


def main():
    options = arguments(__doc__).parse_args()
    tools, tokenizer, failures, rows = Tools(options.bin), ChatTokenizer(options.model), [], []
    cases = task_cases(tools, {"hint": 6, "sycophancy": 2}, features=2)
    probes = cases["hint"] + cases["sycophancy"] + hard_cases(tokenizer, cases["sycophancy"], 16)
    base = tools.label(probes, options.model)
    with tempfile.TemporaryDirectory() as parent:
        labelled = Path(parent) / "labelled.jsonl"
        training = tools.generate("hint", "--split", "train", "--limit", 40)
        labelled.write_bytes(write_stream(tools.label(training, options.model)))

        adapter = train(tools, options.model, "lora", labelled, Path(parent) / "lora")
        trained = tools.label(probes, options.model, "--adapter", adapter)
        model = PeftModel.from_pretrained(load_model(options.model), adapter).eval()
        rows.append(compare("lora", base, trained, Reference(model, tokenizer), failures))

        directory = train(tools, options.model, "full", labelled, Path(parent) / "full")
        trained = tools.label(probes, directory)
        model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
        rows.append(compare("full", base, trained, Reference(model, tokenizer), failures))
        check_tokenizer(directory, tokenizer, cases["hint"] + cases["sycophancy"], failures)
    print_table(["method", "prompts", "largest difference", "moved by training: least", "median"], rows)
    verdict(failures)


if __name__ == "__main__":
    main()
