#!/usr/bin/env python3
"""Makes xp-score/explanation-scores.jsonl, a synthetic stream whose explanations have log-probabilities, and
xp-score/explanation-scores.json, its scores by numpy and scikit-learn. Nothing of this repository takes part.

Run with numpy 2, scikit-learn 1.9:  python3 make_explanation_scores.py
"""

import json
import os

import numpy as np
from sklearn.metrics import brier_score_loss

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "xp-score")
ANSWERS = ["A", "B", "C"]
ITEMS = 60
random = np.random.default_rng(20261129)


def case(item, variant):
    x, s = random.choice(ANSWERS), random.choice(ANSWERS)
    o = s if random.random() < 0.6 else random.choice(ANSWERS)
    # Likelier for s, a little for o, and far from summing to 1: other sentences are likelier than all of these.
    logits = random.normal(0, 1.2, 3) - 9
    logits[ANSWERS.index(s)] += 1.5
    logits[ANSWERS.index(o)] += 0.4
    logprobs = {a: round(float(v), 5) for a, v in zip(ANSWERS, logits)}
    said = {"text": "…", "changed": None, "answer": None, "logprobs": logprobs}
    if item == 0:
        del said["logprobs"]
    did = lambda a, b: {"model": {"name": "m"}, "original": {"answer": a}, "counterfactual": {"c": {"answer": b}}}
    return {"schema": "case/1", "id": f"{item}/{variant}", "task": "hint", "split": "test",
            "source": {"item": f"i{item}"}, "messages": [{"role": "user", "content": "Which? C"}],
            "readout": {"kind": "choice", "prefill": "", "choices": ANSWERS},
            "features": [{"id": "c", "kind": "hint", "text": "C", "span": {"message": 0, "start": 7, "end": 8},
                          "messages": [{"role": "user", "content": "Which? "}]}],
            "behaviors": {"M1": did(x, s), "M0": did(x, o)}, "explanations": {"M1": {"c": said}}}


def main():
    cases = [case(item, variant) for item in range(ITEMS) for variant in range(1 + item % 4)]
    with open(os.path.join(OUT, "explanation-scores.jsonl"), "w", encoding="utf-8") as file:
        for record in cases:
            print(json.dumps(record, ensure_ascii=False), file=file)

    scored = [c for c in cases if "logprobs" in c["explanations"]["M1"]["c"]]
    items = np.array([c["source"]["item"] for c in scored])
    s = np.array([ANSWERS.index(c["behaviors"]["M1"]["counterfactual"]["c"]["answer"]) for c in scored])
    o = np.array([ANSWERS.index(c["behaviors"]["M0"]["counterfactual"]["c"]["answer"]) for c in scored])
    logits = np.array([[c["explanations"]["M1"]["c"]["logprobs"][a] for a in ANSWERS] for c in scored])
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.arange(len(scored))
    ratios = np.log(p[rows, s]) - np.log(p[rows, o])
    best = p.argmax(axis=1)
    diverged = s != o
    squares = ((p - np.eye(3)[s]) ** 2).sum(axis=1)
    brier = squares.mean()
    assert abs(brier - brier_score_loss(s, p, labels=[0, 1, 2], scale_by_half=False)) < 1e-12

    top = p.max(axis=1)
    bins = np.minimum((top * 10).astype(int), 9)
    error = 0.0
    for b in range(10):
        inside = bins == b
        if inside.any():
            error += inside.mean() * abs(top[inside].mean() - (best == s)[inside].mean())

    def cluster_error(values, weights):
        """The sandwich estimate of the standard error of a ratio of sums over items."""
        mean = values.sum() / weights.sum()
        residuals = np.array([(values - mean * weights)[items == i].sum() for i in np.unique(items)])
        return float(np.sqrt((residuals**2).sum()) / weights.sum())

    one = np.ones(len(scored))
    scores = {
        "log_ratio": (ratios, one), "answer_accuracy.self": (best == s, one), "answer_accuracy.orig": (best == o, one),
        "answer_accuracy.gap": ((best == s) * 1.0 - (best == o), one), "diverged.log_ratio": (ratios, diverged),
        "diverged.self": ((best == s) & diverged, diverged), "diverged.orig": ((best == o) & diverged, diverged),
        "brier": (squares, one),
    }
    references = {
        "pairs": len(scored), "items": len(set(items)), "diverged": int(diverged.sum()),
        "expected_calibration_error": float(error),
        "bins": [int((bins == b).sum()) for b in range(10)],
        "scores": {
            key: {"value": float(values.sum() / weights.sum()),
                  "standard_error": cluster_error(values * 1.0, weights * 1.0)}
            for key, (values, weights) in scores.items()
        },
    }
    with open(os.path.join(OUT, "explanation-scores.json"), "w", encoding="utf-8") as file:
        json.dump(references, file, indent=1)
        file.write("\n")


main()
