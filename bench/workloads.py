"""What is measured, and on how much of it."""

from dataclasses import dataclass, field

#: How cf-gen makes the cases of a task.
FEATURES = {
    "hint": [],
    "sycophancy": ["--features", "sentence", "--max-features", "4"],
    "refusal": ["--features", "phrase", "--max-features", "4"],
}

#: Examples a step, and the learning rates, xp-train's defaults.
BATCH_SIZE = 16
LEARNING_RATE = {"lora": 2e-4, "full": 2e-5}


@dataclass
class Workload:
    name: str
    #: label, explain (label with explanations) or train.
    kind: str
    task: str
    #: lora or full.
    method: str = ""
    #: Cases in QUICK: small, so that all of it ends within five minutes.
    quick_cases: int = 8

    @property
    def explain(self) -> bool:
        return self.kind == "explain"


WORKLOADS = {workload.name: workload for workload in [
    Workload("label-hint", "label", "hint", quick_cases=16),
    Workload("label-sycophancy", "label", "sycophancy", quick_cases=4),
    Workload("label-refusal", "label", "refusal", quick_cases=8),
    Workload("explain-hint", "explain", "hint", quick_cases=16),
    Workload("explain-sycophancy", "explain", "sycophancy", quick_cases=4),
    Workload("explain-refusal", "explain", "refusal", quick_cases=8),
    Workload("train-lora", "train", "sycophancy", "lora", quick_cases=3),
    Workload("train-full", "train", "sycophancy", "full", quick_cases=3),
]}

#: What `make bench QUICK=1` measures.
QUICK = ["label-hint", "label-sycophancy", "label-refusal", "explain-hint", "train-lora"]


@dataclass
class Measurement:
    """One contestant, once: what it took and what came out."""
    seconds: float
    peak_bytes: int
    #: How many cases it worked on.
    cases: int = 0
    #: label, explain: the answer to each question.
    answers: dict = field(default_factory=dict)
    #: How far apart the two best logits are where a text differs from the expected one.
    gaps: dict = field(default_factory=dict)
    #: train: the loss of each step, before its update.
    losses: list = field(default_factory=list)
