"""What the contestants work on: cases made by cf-gen and, for training, examples in the order of the steps."""

import json
import os
from dataclasses import dataclass

import order
import streams
from processes import run
from workloads import BATCH_SIZE, FEATURES, Workload


@dataclass
class Material:
    """The files of a workload."""
    cases: str
    count: int
    #: train: examples as xp-train writes them, in the order in which it goes through them; its adapter before any step.
    examples: str = ""
    adapter: str = ""
    steps: int = 0


def make(workload: Workload, count: int, shares: int, tools: str, model: str, inputs: list[str], directory: str
         ) -> list[Material]:
    """The cases in so many shares of about equal size, one a round."""
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, f"{workload.name}.zst")
    command = [f"{tools}/cf-gen", "--quiet", "--force", "--task", workload.task, *FEATURES[workload.task],
               "--limit", str(count), "-o", path]
    for input in inputs:
        command += ["--input", input]
    if workload.kind == "train":
        command += ["--split", "train"]
    run(command)
    cases = streams.read(path)
    if len(cases) < count:
        print(f"{workload.name}: only {len(cases)} cases", flush=True)
    return [share(workload, f"{workload.name}-{index + 1}", cases[index::shares], tools, model, directory)
            for index in range(shares)]


def share(workload: Workload, name: str, cases: list[dict], tools: str, model: str, directory: str) -> Material:
    path = os.path.join(directory, f"{name}.zst")
    streams.write(path, cases)
    if workload.kind != "train":
        return Material(path, len(cases))
    labelled = os.path.join(directory, f"{name}-labelled.zst")
    run([f"{tools}/cf-label", "--quiet", "--force", "--model", model, "--as", "M0", "-o", labelled, path])
    return Material(labelled, len(cases), *training(name, labelled, tools, model, directory))


def training(name: str, labelled: str, tools: str, model: str, directory: str) -> tuple[str, str, int]:
    """A step that learns nothing shows the examples, and the adapter as it starts."""
    written = os.path.join(directory, f"{name}-written.zst")
    start = os.path.join(directory, f"{name}-start")
    run([f"{tools}/xp-train", "--quiet", "--force", "--model", model, "--explain", labelled, "--behave", labelled,
         "--lr", "0", "--steps", "1", "--batch-size", "1", "--write-examples", written, "-o", start])
    examples, cases = streams.read(written), streams.read(labelled)
    groups = [case["id"] for case in cases for _ in case["features"]] + [case["id"] for case in cases]
    assert len(groups) == len(examples)
    ordered = os.path.join(directory, f"{name}-ordered.zst")
    streams.write(ordered, [examples[place] for place in order.first_epoch(groups)])
    return ordered, f"{start}/checkpoints/step-000001", -(-len(examples) // BATCH_SIZE)


def question_answers(path: str) -> dict:
    """What cf-label wrote, by question (see questions.py)."""
    answers = {}
    for case in streams.read(path):
        behavior = case["behaviors"]["M"]
        answers[f"{case['id']} original"] = behavior["original"]
        for feature, answer in behavior["counterfactual"].items():
            answers[f"{case['id']} {feature}"] = answer
        for feature, explanation in case.get("explanations", {}).get("M", {}).items():
            answers[f"{case['id']} {feature} explained"] = explanation
    return answers


def manifest(path: str) -> dict:
    with open(path + ".manifest.json") as file:
        return json.load(file)
