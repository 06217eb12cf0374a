#!/usr/bin/env python3
"""Shows that cf-label's results on a real model do not depend on how the work was cut.

    Tests/Reference/invariance.py MODEL.gguf [--bin DIR] [--cases N]

Labels cases of each task with other batch budgets, thread counts, shards and orders, and holds every run against the first:
log-probabilities within 1e-4 a choice (stricter than the contract's 1e-4 a token), the same answers but for ties, the same
texts. Where texts part, both must be greedy texts of the reference model but for near-ties (reference_model.py and what it needs
are loaded only then). Explanations of the hint task are compared as well.
"""

import random

from tools import TASKS, Tools, answered, arguments, print_table, spread, verdict

BOUND = 1e-4


def runs(cases: list[dict]):
    """Name, cases in their order, and options of each run; the first is what the others are held against."""
    yield "as it comes", cases, [[]]
    for budget in [1, 300]:
        yield f"--batch-tokens {budget}", cases, [["--batch-tokens", budget]]
    for threads in [1, 3]:
        yield f"--threads {threads}", cases, [["--threads", threads]]
    yield "--shard 0/3, 1/3, 2/3", cases, [["--shard", f"{index}/3"] for index in range(3)]
    yield "reversed", cases[::-1], [[]]
    yield "shuffled", random.Random(7).sample(cases, len(cases)), [[]]


def readings(case: dict) -> dict[str, dict]:
    """Everything that was recorded of a case, by where it stands."""
    found = {place: answer for place, _, answer in answered(case)}
    for feature, explanation in case.get("explanations", {}).get("M0", {}).items():
        found[f'{case["id"]} explaining {feature}'] = explanation
    return found


def label(tools: Tools, model: str, cases: list[dict], parts: list[list], explain: bool) -> dict[str, dict]:
    labelled = [case for part in parts
                for case in tools.label(cases, model, *part, *(["--explain"] if explain else []))]
    ids = [case["id"] for case in labelled]
    expected = [case["id"] for case in cases]
    assert ids == expected if len(parts) == 1 else sorted(ids) == sorted(expected), "cases lost, repeated or out of order"
    return {place: reading for case in labelled for place, reading in readings(case).items()}


class Judge:
    """Says whether a text that differs is one that near-ties allow."""

    def __init__(self, model: str, cases: list[dict]):
        from reference_model import ChatTokenizer, Reference, load_model
        self.tokenizer = ChatTokenizer(model)
        self.reference = Reference(load_model(model), self.tokenizer)
        self.prompts = {}
        for case in cases:
            places = [(case["id"], case["messages"])]
            for feature in case["features"]:
                places.append((f'{case["id"]} without {feature["id"]}', feature["messages"]))
                question = f'If "{feature["text"]}" were removed, how would the assistant\'s answer change?'
                asked = [dict(message) for message in case["messages"]]
                asked[-1]["content"] += "\n\n" + question
                places.append((f'{case["id"]} explaining {feature["id"]}', asked))
            self.prompts.update(places)

    def allows(self, place: str, text: str) -> bool:
        maximum = 32 if " explaining " in place else 24
        return self.reference.greedy(self.tokenizer.prompt(self.prompts[place]), maximum, wanted=text).text == text


def compare(model: str, cases: list[dict], first: dict, other: dict, run: str, failures: list[str]) -> list:
    assert first.keys() == other.keys()
    scored, largest, texts, differing, answers, judge = 0, 0.0, 0, 0, 0, None
    for place, expected in first.items():
        found = other[place]
        for choice, value in expected.get("logprobs", {}).items():
            scored += 1
            largest = max(largest, abs(found["logprobs"][choice] - value))
        if "text" in expected:
            texts += 1
            if found["text"] != expected["text"]:
                differing += 1
                judge = judge or Judge(model, cases)
                if not all(judge.allows(place, text) for text in [found["text"], expected["text"]]):
                    failures.append(f"{run}: {place}: {found['text']!r}, expected {expected['text']!r}")
                continue
        if found["answer"] != expected["answer"]:
            answers += 1
            best = sorted(expected.get("logprobs", {}).values())[-2:]
            if not best or best[1] - best[0] > BOUND:
                failures.append(f"{run}: {place}: answers {found['answer']}, expected {expected['answer']}")
    if not largest <= BOUND:
        failures.append(f"{run}: log-probabilities differ by {largest:.1e}")
    return [scored, largest, texts, differing, answers]


def rows(tools: Tools, options, failures: list[str]):
    for task in TASKS:
        cases = spread(tools.generate(task, "--max-features", 1), options.cases)
        cases = random.Random(3).sample(cases, len(cases))
        first = None
        for run, ordered, parts in runs(cases):
            found = label(tools, options.model, ordered, parts, explain=task == "hint")
            first = first or found
            if found is not first:
                yield [task, run, len(cases), *compare(options.model, cases, first, found, f"{task}, {run}", failures)]


def main():
    parser = arguments(__doc__)
    parser.add_argument("--cases", metavar="N", type=int, default=60, help="cases of each task (default: 60)")
    options = parser.parse_args()
    tools, failures = Tools(options.bin), []
    print_table(["task", "run", "cases", "choices", "largest difference", "texts", "texts differ", "answers differ"],
                rows(tools, options, failures))
    verdict(failures)


if __name__ == "__main__":
    main()
