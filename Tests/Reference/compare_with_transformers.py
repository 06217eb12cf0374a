#!/usr/bin/env python3
"""Holds cf-label on a real SmolLM2 model against transformers in fp32, with the weights of the same GGUF file.

    Tests/Reference/compare_with_transformers.py MODEL.gguf [--bin DIR]

Choice log-probabilities agree to 2e-3 with the same arg max on more than 100 prompts: cases of every task (x and x without each
feature), and conversations that are hard to render and tokenize. Greedy texts of the refusal task are equal; where they part,
the reference's two best logits lie within 1e-4. Prompts and token ids are made here, so a prompt rendered or tokenized in
another way shows: the last two columns say by how much the same log-probabilities move when one token of the prompt's middle is
left out.
"""

from statistics import median

from probes import hard_cases, task_cases, with_refusal_choices
from reference_model import NEAR_TIE, ChatTokenizer, Reference, load_model
from tools import Tools, answered, arguments, print_table, verdict

BOUND = 2e-3
COUNTS = {"hint": 20, "sycophancy": 10, "refusal": 8}


def largest_difference(found: dict[str, float], expected: dict[str, float]) -> float:
    assert list(found) == list(expected), (list(found), list(expected))
    return max(abs(found[choice] - expected[choice]) for choice in expected)


def compare_choices(name: str, cases: list[dict], reference: Reference, failures: list[str]) -> list:
    lengths, scored, differences, moved, differing, ties = [], 0, [], [], 0, 0
    for case in cases:
        readout = case["readout"]
        for place, messages, found in answered(case):
            prompt = reference.tokenizer.prompt(messages, readout["prefill"])
            expected = reference.log_probabilities(prompt, readout["choices"])
            lengths.append(len(prompt))
            del prompt[len(prompt) // 2]
            moved.append(largest_difference(reference.log_probabilities(prompt, readout["choices"]), expected))
            scored += len(expected)
            differences.append(largest_difference(found["logprobs"], expected))
            if not differences[-1] <= BOUND:
                failures.append(f"{place}: log-probabilities differ by {differences[-1]:.1e}")
            first, second = sorted(expected.values(), reverse=True)[:2]
            ties += first - second <= NEAR_TIE
            if found["answer"] != max(expected, key=expected.get):
                differing += 1
                if first - second > NEAR_TIE:
                    failures.append(f"{place}: answers {found['answer']}, expected {max(expected, key=expected.get)}")
    return [name, len(lengths), f"{min(lengths)}–{max(lengths)}", scored, max(differences), differing, ties,
            median(moved), min(moved)]


def compare_texts(cases: list[dict], reference: Reference, failures: list[str]) -> list:
    prompts, equal, near_ties, smallest = 0, 0, 0, float("inf")
    for case in cases:
        for place, messages, found in answered(case):
            prompt = reference.tokenizer.prompt(messages)
            expected = reference.greedy(prompt, case["readout"]["max_tokens"], wanted=found["text"])
            prompts += 1
            near_ties += expected.near_ties
            smallest = min(smallest, *expected.margins)
            if (found["text"], found["tokens"], found["finish"]) == (expected.text, expected.tokens, expected.finish):
                equal += 1
            else:
                failures.append(f"{place}: greedy text {found['text']!r}, expected {expected.text!r}")
    return [prompts, equal, near_ties, smallest]


def main():
    options = arguments(__doc__).parse_args()
    tools, tokenizer, failures = Tools(options.bin), ChatTokenizer(options.model), []
    reference = Reference(load_model(options.model), tokenizer)
    cases = task_cases(tools, COUNTS, features=2)
    groups = {
        "hint": cases["hint"], "sycophancy": cases["sycophancy"],
        "refusal": [with_refusal_choices(case) for case in cases["refusal"]],
        "hard": hard_cases(tokenizer, cases["sycophancy"], 30)}

    rows = print_table(["prompts of", "prompts", "tokens", "choices", "largest difference", "arg max differs", "near-ties",
                        "a token less: median", "smallest"],
                       (compare_choices(name, tools.label(group, options.model), reference, failures)
                        for name, group in groups.items()))
    assert sum(row[1] for row in rows) > 100
    print()
    row = compare_texts(tools.label(cases["refusal"], options.model), reference, failures)
    print_table(["greedy texts", "equal", "near-ties on the way", "smallest lead"], [row])
    assert row[0] >= 20
    verdict(failures)


if __name__ == "__main__":
    main()
