"""Makes xp-score/views.json: the cross matrix and the agreement of checkpoints on xp-score/small.jsonl, by numpy, scipy
and scikit-learn. Nothing of this repository takes part.

Run with numpy 2, scipy 1.17, scikit-learn 1.9, after make_xp_score.py:  python3 make_xp_score_views.py
"""

import json
import os

import numpy as np
from scipy import stats
from sklearn import metrics

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xp-score")
NAMES = ["M1", "M2", "M0"]
RESAMPLES = 2000
random = np.random.default_rng(17)


def around(values, share):
    """Where a percentile of RESAMPLES resamples lies, within three standard deviations."""
    error = 3 * np.sqrt(share * (1 - share) / RESAMPLES)
    low, high = np.quantile(values, [max(0, share - error), min(1, share + error)])
    return [float(low) - 1e-9, float(high) + 1e-9]


def bootstrap(items, *values):
    """Sums of some values of the pairs over 20,000 resamples of their items."""
    names = np.unique(items)
    by_item = [np.array([v[items == name].sum() for name in names]) for v in values]
    draws = random.integers(0, len(names), size=(20000, len(names)))
    return [sums[draws].sum(axis=1) for sums in by_item]


def interval(replicates):
    return {"low": around(replicates, 0.025), "high": around(replicates, 0.975)}


def matrix(names, s, e, items):
    """s[name], e[name]: what each does and says, by pair."""
    right = np.array([[(e[row] == s[column]) for column in names] for row in names], dtype=float)
    cells = right.mean(axis=2)
    others = ~np.eye(len(names), dtype=bool)
    couplings = []
    for column in range(len(names)):
        by_pair = right[column, column] - right[others[:, column], column].mean(axis=0)
        total, count = bootstrap(items, by_pair, np.ones(len(items)))
        p = float((total <= 1e-9).mean())
        error = 3 * np.sqrt(p * (1 - p) / RESAMPLES) + 1 / RESAMPLES
        couplings.append({"value": float(by_pair.mean()), **interval(total / count), "p": [p - error, p + error]})
    # The mean of the diagonal less the mean of all that is off it.
    overall = float(np.diag(cells).mean() - cells[others].mean())
    by_pair = np.mean([right[i, i] for i in range(len(names))], axis=0) - right[others].mean(axis=0)
    total, count = bootstrap(items, by_pair, np.ones(len(items)))
    return {
        "names": names, "self": cells.tolist(), "couplings": couplings,
        "overall": {"value": overall, **interval(total / count)},
    }


def agreement(first, second, pairs, cases):
    a, b = pairs["s"][first], pairs["s"][second]
    equal = (a == b).astype(float)
    total, count = bootstrap(pairs["item"], equal, np.ones(len(equal)))
    x, y = cases["x"][first], cases["x"][second]
    equal_x = (x == y).astype(float)
    total_x, count_x = bootstrap(cases["item"], equal_x, np.ones(len(equal_x)))
    labels = equal.astype(bool) & (pairs["changed"][first] == pairs["changed"][second])
    answers = np.unique(np.concatenate([a, b]))
    return {
        "names": [first, second], "pairs": len(a), "items": len(np.unique(pairs["item"])),
        "agreement": {"value": metrics.accuracy_score(a, b), **interval(total / count)},
        "kappa": metrics.cohen_kappa_score(a, b),
        "chance": float(sum((a == answer).mean() * (b == answer).mean() for answer in answers)),
        "original": {
            "value": metrics.accuracy_score(x, y), "kappa": metrics.cohen_kappa_score(x, y), **interval(total_x / count_x)},
        "labels": float(labels.mean()),
        "by_kind": {kind: float(equal[pairs["kind"] == kind].mean()) for kind in np.unique(pairs["kind"])},
        "by_answer": {answer: float(equal[a == answer].mean()) for answer in np.unique(a)},
    }


def main():
    with open(os.path.join(OUT, "small.jsonl")) as file:
        records = [json.loads(line) for line in file]
    records = [r for r in records if r.get("split") in (None, "test")]
    rows = [(r, f) for r in records for f in r["features"]]
    pairs = {
        "item": np.array([r["source"]["item"] for r, _ in rows]), "kind": np.array([f["kind"] for _, f in rows]),
        "s": {n: np.array([r["behaviors"][n]["counterfactual"][f["id"]]["answer"] for r, f in rows]) for n in NAMES},
        "e": {n: np.array([str(r["explanations"][n][f["id"]]["answer"]) for r, f in rows]) for n in NAMES},
    }
    base = {n: np.array([r["behaviors"][n]["original"]["answer"] for r, _ in rows]) for n in NAMES}
    pairs["changed"] = {n: pairs["s"][n] != base[n] for n in NAMES}
    cases = {
        "item": np.array([r["source"]["item"] for r in records]),
        "x": {n: np.array([r["behaviors"][n]["original"]["answer"] for r in records]) for n in NAMES},
    }
    views = {
        "matrices": [matrix(names, pairs["s"], pairs["e"], pairs["item"]) for names in (NAMES[:2], NAMES)],
        "agreements": [agreement(a, b, pairs, cases) for a, b in (("M0", "M1"), ("M0", "M2"), ("M2", "M1"))],
        "unanimous": [
            {"items": n, "low": float(stats.binomtest(n, n).proportion_ci(0.95, "exact").low)} for n in (1, 4, 30, 36)],
    }
    with open(os.path.join(OUT, "views.json"), "w") as file:
        json.dump(views, file, indent=1)
        file.write("\n")


main()
