"""Who is measured: our tools and the peers, each as processes of its own."""

import json
import os
import shutil
import subprocess

import streams
from chat import Chat
from material import Material, manifest, question_answers
from processes import Worker, run
from workloads import BATCH_SIZE, LEARNING_RATE, Measurement, Workload

#: Cases that a peer answers before the clock starts.
WARM_UP = 2


class Ours:
    """cf-label and xp-train with their defaults, in one precision."""

    def __init__(self, precision: str, tools: str, model: str, directory: str):
        self.name = f"ours {precision}"
        self.exact = precision == "fp32"
        self.tools, self.model, self.directory = tools, model, directory
        self.flags = [] if self.exact else ["--precision", precision]
        self.chat = Chat(model)

    def close(self):
        """Its processes end by themselves."""

    def takes(self, workload: Workload) -> bool:
        return self.exact or self.has_precision()

    def has_precision(self) -> bool:
        """Whether this build and processor have it."""
        empty = os.path.join(self.directory, "empty.zst")
        streams.write(empty, [])
        command = self.label(empty, os.path.join(self.directory, "empty-labelled.zst"), [])
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0

    def options(self, _workload: Workload) -> dict[str, list]:
        return {}

    def measure(self, workload: Workload, material: Material, _settings: dict, _expected: dict | None) -> Measurement:
        if workload.kind == "train":
            return self.train(workload, material)
        output = os.path.join(self.directory, f"{workload.name}-ours.zst")
        explain = ["--explain"] if workload.explain else []
        ran = run(self.label(material.cases, output, explain))
        return Measurement(self.work_seconds(output), ran.peak_bytes, answers=question_answers(output))

    def label(self, cases: str, output: str, more: list[str]) -> list[str]:
        return [f"{self.tools}/cf-label", "--quiet", "--force", "--model", self.model, "--as", "M", *self.flags, *more,
                "-o", output, cases]

    def work_seconds(self, output: str) -> float:
        """All of a cf-label's time but for that until the model was loaded."""
        time = manifest(output)["time"]
        return time["seconds"] - time["load_seconds"]

    def train(self, workload: Workload, material: Material) -> Measurement:
        output = os.path.join(self.directory, f"{workload.name}-run")
        ran = run([f"{self.tools}/xp-train", "--quiet", "--force", "--model", self.model, "--method", workload.method,
                   "--explain", material.cases, "--behave", material.cases, "--schedule", "constant", *self.flags,
                   "--lr", str(LEARNING_RATE[workload.method]), "--batch-size", str(BATCH_SIZE),
                   "--steps", str(material.steps), "--save-every", "0", "-o", output])
        with open(os.path.join(output, "metrics.jsonl")) as file:
            metrics = [json.loads(line) for line in file]
        shutil.rmtree(output)
        # The steps alone, as the peers are timed: a step says how many tokens a second it took in.
        tokens = self.step_tokens(material)
        seconds = sum(count / line["tokens_per_second"] for count, line in zip(tokens, metrics, strict=True))
        return Measurement(seconds, ran.peak_bytes, losses=[line["loss"] for line in metrics])

    def step_tokens(self, material: Material) -> list[int]:
        examples = streams.read(material.examples)
        prompts = self.chat.prompts([(example["messages"], example["prefill"]) for example in examples])
        completions = self.chat.encode([example["completion"] for example in examples])
        lengths = [len(prompt) + len(completion) + example["end_of_turn"]
                   for prompt, completion, example in zip(prompts, completions, examples)]
        return [sum(lengths[start:start + BATCH_SIZE]) for start in range(0, len(lengths), BATCH_SIZE)]


class Peer:
    """Another program. Its process lasts until it is closed: the fewer measurements, the more exact the peak of memory."""

    #: Whether its answers must be ours, but for near-ties.
    exact = False
    module = training_module = ""
    arguments: dict = {}

    def __init__(self, name: str):
        self.name = name
        self.workers: dict[str, Worker] = {}

    def takes(self, workload: Workload) -> bool:
        return bool(self.module_for(workload))

    def options(self, workload: Workload) -> dict[str, list]:
        """The settings that are tried; the first of each where none are."""
        raise NotImplementedError

    def module_for(self, workload: Workload) -> str:
        return self.training_module if workload.kind == "train" else self.module

    def measure(self, workload: Workload, material: Material, settings: dict, expected: dict | None,
                limit: int | None = None) -> Measurement:
        job = {"settings": settings}
        if workload.kind == "train":
            job |= {"examples": material.examples, "adapter": material.adapter, "method": workload.method,
                    "lr": LEARNING_RATE[workload.method], "batch_size": BATCH_SIZE, "steps": limit or material.steps}
        else:
            job |= {"cases": material.cases, "explain": workload.explain, "warm_up": WARM_UP, "limit": limit,
                    "expected": expected}
        result = self.worker(self.module_for(workload)).do(job)
        return Measurement(
            sum(result.get("step_seconds", [result["seconds"]])), result["peak_bytes"],
            answers=result.get("answers", {}), gaps=result.get("gaps", {}), losses=result.get("losses", []))

    def worker(self, module: str) -> Worker:
        if module not in self.workers:
            self.workers[module] = Worker(module, self.arguments)
        return self.workers[module]

    def close(self):
        for worker in self.workers.values():
            worker.close()
        self.workers = {}


class PyTorch(Peer):
    module, training_module = "peers.pytorch_label", "peers.pytorch_train"

    def __init__(self, precision: str, model: str, directory: str):
        super().__init__(f"PyTorch {precision}")
        self.precision = precision
        self.exact = precision == "fp32"
        self.arguments = {"gguf": model, "directory": os.path.join(directory, "huggingface"), "precision": precision}

    def options(self, workload: Workload) -> dict[str, list]:
        if workload.kind != "train":
            # Small batches waste less on padding; text is generated for many sequences side by side.
            is_text = workload.explain or workload.task == "refusal"
            return {"tokens": [4096, 2048, 1024, 8192] if is_text else [512, 1024, 2048, 4096]}
        ways = {"fp32": ["fp32"], "bf16": ["autocast", "bf16"]}[self.precision]
        if self.precision == "bf16" and workload.method == "lora":
            ways.insert(0, "autocast-bf16")
        return {"batch": [8, 4, 16], "precision": ways}


class LlamaCpp(Peer):
    module = "peers.llama_cpp"

    def __init__(self, model: str, directory: str):
        super().__init__("llama.cpp")
        self.arguments = {"gguf": model, "directory": directory}

    def options(self, workload: Workload) -> dict[str, list]:
        # Four bits were found faster where prompts are most of the work, bfloat16 where text is.
        files = ["BF16", "Q4_0"] if workload.task == "refusal" else ["Q4_0", "BF16"]
        return {"cases": [4, 1, 16], "reuse": [True, False], "flash": [True, False],
                "file": [*files, "Q8_0", "as shipped"]}
