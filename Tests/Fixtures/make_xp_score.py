"""Makes xp-score/small.jsonl, a synthetic stream of labelled cases, and xp-score/references.json, its scores by numpy,
scipy, scikit-learn and statsmodels. Nothing of this repository takes part.

Run with numpy 2, scipy 1.17, scikit-learn 1.9, statsmodels 0.15:  python3 make_xp_score.py
"""

import hashlib
import json
import os

import numpy as np
from scipy import optimize, stats
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "xp-score")
TASKS = {
    "hint": {
        "readout": {"kind": "choice", "prefill": "Answer: (", "choices": ["A", "B", "C", "D"]},
        "kinds": ["hint", "sentence"],
    },
    "refusal": {
        "readout": {"kind": "generate", "prefill": "", "max_tokens": 8, "answers": ["refuse", "comply"]},
        "kinds": ["phrase", "phrase"],
    },
}
NAMES = ["M0", "M1", "M2"]
DRIFT = {"M0": 0.0, "M1": 0.3, "M2": 0.45}
INSIGHT = {"M0": 0.35, "M1": 0.6, "M2": 0.35}
random = np.random.default_rng(20260630)


def behaviour(readout, answer):
    if readout["kind"] == "choice":
        share = random.dirichlet(np.ones(len(readout["choices"]))) * random.uniform(0.8, 1.0)
        best = readout["choices"].index(answer)
        top = int(np.argmax(share))
        share[best], share[top] = share[top], share[best]
        logprobs = {c: round(float(np.log(p)), 4) for c, p in zip(readout["choices"], share)}
        return {"answer": answer, "logprobs": logprobs}
    text = "I can't help with that." if answer == "refuse" else "Sure, I can help with that."
    if random.random() < 0.1:
        text = " "
    return {"answer": answer, "text": text, "tokens": len(text.split()), "finish": random.choice(["stop", "length"])}


def case(task, item, variant, split):
    spec = TASKS[task]
    answers = spec["readout"].get("choices") or spec["readout"]["answers"]
    parts = [f"Part {item}.{i}." for i in range(len(spec["kinds"]))][: random.integers(1, 3)]
    content = " ".join(["Say which."] + parts)
    features = []
    for index, part in enumerate(parts):
        start = content.index(part)
        features.append({
            "id": f"f{index}", "kind": spec["kinds"][index], "text": part,
            "span": {"message": 0, "start": start, "end": start + len(part)},
            "messages": [{"role": "user", "content": content[: start - 1] + content[start + len(part):]}],
        })
    record = {
        "schema": "case/1", "id": f"{task}/synthetic/{item}/v{variant}", "task": task, "split": split,
        "source": {"dataset": f"set{item % 3}", "file": "synthetic", "row": item, "item": f"{task}-{item}"},
        "messages": [{"role": "user", "content": content}], "readout": spec["readout"], "features": features,
        "behaviors": {}, "explanations": {},
    }
    weights = np.array([4.0, 3, 2, 1][: len(answers)])
    base = random.choice(answers, p=weights / weights.sum())
    truth = {"x": base}
    for feature in features:
        truth[feature["id"]] = random.choice(answers) if random.random() < 0.5 else base
    for name in NAMES:
        def drifted(answer):
            return str(random.choice(answers)) if random.random() < DRIFT[name] else str(answer)
        own = {key: drifted(answer) for key, answer in truth.items()}
        record["behaviors"][name] = {
            "model": {"name": "synthetic", "fingerprint": "sha256:00", "adapter": None, "chat_template": "chatml"},
            "original": behaviour(spec["readout"], own["x"]),
            "counterfactual": {f["id"]: behaviour(spec["readout"], own[f["id"]]) for f in features},
        }
        record["explanations"][name] = {}
        for feature in features:
            said = own[feature["id"]] if random.random() < INSIGHT[name] else str(random.choice(answers))
            changed = said != own["x"] if random.random() < 0.95 else said == own["x"]
            if random.random() < 0.08:
                explanation = {"text": "I do not know.", "changed": None, "answer": None}
            else:
                text = f"change to <<<{said}>>>." if changed else f"remain unchanged from <<<{said}>>>."
                explanation = {"text": text, "changed": bool(changed), "answer": said}
            record["explanations"][name][feature["id"]] = explanation
    return record


def pairs_of(records, self_name, orig_name):
    rows = []
    for record in records:
        own, first = record["behaviors"][self_name], record["behaviors"][orig_name]
        for feature in record["features"]:
            said = record["explanations"][self_name][feature["id"]]
            rows.append({
                "item": record["source"]["item"], "task": record["task"], "kind": feature["kind"],
                "base": own["original"]["answer"], "s": own["counterfactual"][feature["id"]]["answer"],
                "orig_base": first["original"]["answer"], "o": first["counterfactual"][feature["id"]]["answer"],
                "e": said["answer"], "said": bool(said["answer"] is not None and said["changed"]),
            })
    return {key: np.array([row[key] for row in rows], dtype=object) for key in rows[0]}


def majority(values):
    names, counts = np.unique(values.astype(str), return_counts=True)
    return names[np.argmax(counts)]


def by_task_majority(p, labels, label_tasks):
    return np.array([majority(labels[label_tasks == task]) for task in p["task"]], dtype=object)


def sign_flip(p):
    """All flips of the items' signs, by scipy."""
    right = (p["e"] == p["s"]).astype(int) - (p["e"] == p["o"]).astype(int)
    sums = np.array([right[p["item"] == item].sum() for item in np.unique(p["item"].astype(str))])
    sums = sums[sums != 0]
    if sums.size == 0:
        return 1.0
    if sums.size > 18:
        return None
    result = stats.permutation_test(
        (sums,), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="two-sided")
    return float(result.pvalue) if sums.sum() else 1.0


def permuted(p, draws):
    """Indices that permute explanations within (task, kind, base), one row a draw."""
    strata = np.array([f"{a}|{b}|{c}" for a, b, c in zip(p["task"], p["kind"], p["base"])])
    order = np.tile(np.arange(len(strata)), (draws, 1))
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        order[:, members] = random.permuted(np.tile(members, (draws, 1)), axis=1)
    return order


def around(values, share, count):
    """Where a percentile of so many draws lies, within three standard deviations."""
    error = 3 * np.sqrt(share * (1 - share) / count)
    low, high = np.quantile(values, [max(0, share - error), min(1, share + error)])
    return [low - 1e-9, high + 1e-9]


def gap_null(p, where, draws):
    order = permuted(p, draws)
    e = p["e"][order][:, where]
    own, first = (e == p["s"][where]).mean(axis=1), (e == p["o"][where]).mean(axis=1)
    gap = own - first
    observed = (p["e"] == p["s"])[where].mean() - (p["e"] == p["o"])[where].mean()
    return own, first, gap, (1 + (gap >= observed - 1e-12).sum()) / (1 + draws), observed


def references(records, training, self_name, orig_name):
    p = pairs_of(records, self_name, orig_name)
    n = len(p["s"])
    self_right, orig_right = p["e"] == p["s"], p["e"] == p["o"]
    diverged = p["s"] != p["o"]
    self_changed, orig_changed = p["s"] != p["base"], p["o"] != p["orig_base"]
    said = p["said"].astype(bool)
    exact = {
        "pairs": n, "items": len(set(p["item"])),
        "answer_accuracy.self.value": self_right.mean(), "answer_accuracy.orig.value": orig_right.mean(),
        "answer_accuracy.gap.value": self_right.mean() - orig_right.mean(),
        "diverged.pairs": int(diverged.sum()),
        "exact_match.self.value": (self_right & (said == self_changed)).mean(),
        "exact_match.orig.value": (orig_right & (said == orig_changed)).mean(),
        "changed.said.value": said.mean(),
        "changed.self.labelled": self_changed.mean(), "changed.orig.labelled": orig_changed.mean(),
        "valid.value": np.mean([e is not None for e in p["e"]]),
        "baselines.copy.self": (p["base"] == p["s"]).mean(), "baselines.copy.orig": (p["base"] == p["o"]).mean(),
        "null.where_changed.pairs": int(self_changed.sum()),
        "null.where_changed.diverged": int((self_changed & diverged).sum()),
        "null.where_unchanged.pairs": int((~self_changed).sum()),
        "agreement.counterfactual.accuracy.value": metrics.accuracy_score(p["s"].astype(str), p["o"].astype(str)),
        "tests.self_only": int((self_right & ~orig_right).sum()),
        "tests.orig_only": int((orig_right & ~self_right).sum()),
    }
    if diverged.any():
        exact["diverged.self.value"] = self_right[diverged].mean()
        exact["diverged.orig.value"] = orig_right[diverged].mean()
        exact["diverged.neither.value"] = (~self_right & ~orig_right)[diverged].mean()
    for against, labels in (("self", self_changed), ("orig", orig_changed)):
        scores = metrics.precision_recall_fscore_support(labels, said, average="binary")
        for name, score in zip(("precision", "recall", "f1"), scores):
            exact[f"changed.{against}.{name}.value"] = score
        exact[f"changed.{against}.macro_f1.value"] = metrics.f1_score(labels, said, average="macro")
        exact[f"changed.{against}.constant_macro_f1"] = max(
            metrics.f1_score(labels, np.full(n, always), average="macro") for always in (True, False))
    for label, guess in (
        ("majority_self", by_task_majority(p, p["s"], p["task"])),
        ("majority_training", by_task_majority(p, *training[orig_name])),
    ):
        exact[f"baselines.{label}.self"] = (guess == p["s"]).mean()
        exact[f"baselines.{label}.orig"] = (guess == p["o"]).mean()
    kappa = metrics.cohen_kappa_score(p["s"].astype(str), p["o"].astype(str))
    exact["agreement.counterfactual.kappa"] = kappa
    own = [r["behaviors"][self_name]["original"]["answer"] for r in records]
    first = [r["behaviors"][orig_name]["original"]["answer"] for r in records]
    exact["agreement.original.count"] = len(own)
    exact["agreement.original.accuracy.value"] = metrics.accuracy_score(own, first)
    exact["agreement.original.kappa"] = metrics.cohen_kappa_score(own, first)
    table = [
        [int((self_right & orig_right).sum()), int((self_right & ~orig_right).sum())],
        [int((~self_right & orig_right).sum()), int((~self_right & ~orig_right).sum())],
    ]
    exact["tests.mcnemar_p"] = float(mcnemar(table, exact=True).pvalue)
    flipped = sign_flip(p)
    if flipped is not None:
        exact["tests.sign_flip_p"] = flipped

    near = {}
    items = np.unique(p["item"].astype(str))
    indicator = np.stack([(p["item"] == item) for item in items]).astype(float)
    sums = {
        "n": indicator.sum(1), "self": indicator @ self_right, "orig": indicator @ orig_right,
        "d": indicator @ diverged, "ds": indicator @ (diverged & self_right), "said": indicator @ said,
        "hit": indicator @ (said & self_changed), "label": indicator @ self_changed,
    }
    draws = random.integers(0, len(items), size=(20000, len(items)))
    total = {key: value[draws].sum(1) for key, value in sums.items()}
    with np.errstate(invalid="ignore"):
        replicates = {
            "answer_accuracy.self": total["self"] / total["n"],
            "answer_accuracy.orig": total["orig"] / total["n"],
            "answer_accuracy.gap": (total["self"] - total["orig"]) / total["n"],
            "diverged.self": total["ds"] / total["d"],
            "changed.self.f1": 2 * total["hit"] / (total["said"] + total["label"]),
            "agreement.counterfactual.accuracy": 1 - total["d"] / total["n"],
        }
    for name, values in replicates.items():
        values = values[np.isfinite(values)]
        if values.size:
            near[f"{name}.low"], near[f"{name}.high"] = around(values, 0.025, 2000), around(values, 0.975, 2000)
    for name, where in (
        ("all", np.ones(n, bool)), ("where_changed", self_changed), ("where_unchanged", ~self_changed)):
        own, first, gap, probability, observed = gap_null(p, where, 20000)
        for label, values in (("null_self", own), ("null_orig", first), ("null_gap", gap)):
            error = 4 * values.std() / np.sqrt(len(values)) + 1e-9
            near[f"null.{name}.{label}.value"] = [values.mean() - error, values.mean() + error]
            near[f"null.{name}.{label}.low"] = around(values, 0.025, 1000)
            near[f"null.{name}.{label}.high"] = around(values, 0.975, 1000)
        error = 4 * gap.std() / np.sqrt(len(gap)) + 1e-9
        near[f"null.{name}.gap_over_null.value"] = [observed - gap.mean() - error, observed - gap.mean() + error]
        error = 3 * np.sqrt(probability * (1 - probability) / 1000) + 0.0015
        near[f"null.{name}.p"] = [probability - error, probability + error]
    return {
        "self": self_name, "orig": orig_name,
        "exact": {key: float(value) for key, value in exact.items()},
        "near": {key: [float(low), float(high)] for key, (low, high) in near.items()},
    }


def fold(item):
    """Cross-fitting: which of ten folds an item is in."""
    return int.from_bytes(hashlib.sha256(f"item {item}".encode()).digest()[:8], "big") % 10


def usual_place(p):
    """Each pair's answer by the place that is picked most often in the other folds, of tasks with fixed choices."""
    folds, guesses = np.array([fold(item) for item in p["item"]]), []
    for task, own in zip(p["task"], folds):
        spec = TASKS[task]["readout"]
        places = spec.get("choices") or spec["answers"]
        known = p["s"][(p["task"] == task) & (folds != own)]
        guesses.append(places[int(np.argmax([(known == place).sum() for place in places]))])
    return np.array(guesses, dtype=object)


def truthful(records, self_name):
    """Self against what guessing has; random draws of their own, so that other references stay what they are."""
    p = pairs_of(records, self_name, "M0")
    own, random = p["e"] == p["s"], np.random.default_rng(7)
    strata = np.array([f"{a}|{b}|{c}" for a, b, c in zip(p["task"], p["kind"], p["base"])])
    guesses = {
        "copy": p["base"] == p["s"], "majority": by_task_majority(p, p["s"], p["task"]) == p["s"],
        "permuted": np.array([(p["e"][strata == group] == s).mean() for group, s in zip(strata, p["s"])]),
        "position": usual_place(p) == p["s"],
    }
    items = np.unique(p["item"].astype(str))
    indicator = np.stack([(p["item"] == item) for item in items]).astype(float)
    draws = random.integers(0, len(items), size=(20000, len(items)))
    pairs = indicator.sum(1)[draws].sum(1)
    result = {"self": self_name, "accuracy": float(own.mean()), "guesses": {}}
    for name, right in guesses.items():
        margins = (indicator @ (own.astype(float) - right))[draws].sum(1) / pairs
        p_value = (margins <= 1e-9).mean()
        error = 3 * np.sqrt(p_value * (1 - p_value) / 2000) + 1 / 2000
        result["guesses"][name] = {
            "value": float(right.mean()), "margin": float(own.mean() - right.mean()),
            "low": around(margins, 0.025, 2000), "high": around(margins, 0.975, 2000),
            "p": [float(p_value - error), float(p_value + error)],
        }
    return result


def health(records, name, task):
    records = [r for r in records if r["task"] == task]
    behaviors = [r["behaviors"][name] for r in records]
    original = [b["original"] for b in behaviors]
    without = [c for b in behaviors for c in b["counterfactual"].values()]
    changed = [c["answer"] != b["original"]["answer"] for b in behaviors for c in b["counterfactual"].values()]
    values = {"name": name, "task": task, "cases": len(original), "pairs": len(without), "changed": np.mean(changed)}
    for label, outputs in (("original", original), ("counterfactual", without)):
        counts = np.unique([o["answer"] for o in outputs], return_counts=True)[1]
        values[f"{label}.entropy_bits"] = stats.entropy(counts, base=2)
        values[f"{label}.most_common_share"] = counts.max() / counts.sum()
        if "logprobs" in outputs[0]:
            values[f"{label}.choice_mass"] = np.mean([sum(np.exp(list(o["logprobs"].values()))) for o in outputs])
    if "text" in original[0]:
        texts = original + without
        values["valid_outputs"] = np.mean([bool(o["text"].strip()) for o in texts])
        values["cut_off"] = np.mean([o["finish"] == "length" for o in texts])
    return {key: value if isinstance(value, str) else float(value) for key, value in values.items()}


def smallest_share(n):
    """The share of n independent sides that a two-sided exact sign test finds with 80 % power."""
    critical = next((k for k in range(n // 2 + 1, n + 1) if 2 * stats.binom.sf(k - 1, n, 0.5) <= 0.05), None)
    if critical is None:
        return None
    return float(optimize.brentq(lambda share: stats.binom.sf(critical - 1, n, share) - 0.8, 0.5, 1.0, xtol=1e-12))


def statistics():
    differences = [[int(d) for d in random.integers(-4, 5, size=size)] for size in (1, 3, 6, 9, 12, 14)]
    flips = []
    for values in differences:
        d = np.array([v for v in values if v != 0] or [0])
        signs = np.array(np.meshgrid(*[[-1, 1]] * len(d))).reshape(len(d), -1)
        flips.append({"differences": values, "p": float((np.abs(d @ signs) >= abs(d.sum())).mean())})
    sides = [(0, 0), (1, 0), (3, 3), (10, 2), (33, 21), (54, 0), (400, 320), (5200, 4800), (60000, 59000)]
    return {
        "mcnemar": [
            {"self_only": a, "orig_only": b, "p": float(stats.binomtest(a, a + b).pvalue) if a + b else 1.0}
            for a, b in sides],
        "sign_flip": flips,
        "power": [{"sides": n, "share": smallest_share(n)} for n in (3, 5, 6, 8, 20, 54, 99)],
        "binomial": [
            {"trials": n, "marked": m, "total": t, "pmf": stats.binom.pmf(np.arange(n + 1), n, m / t).tolist()}
            for n, m, t in ((1, 1, 2), (7, 1, 9), (40, 3, 4), (60, 1, 60), (100, 50, 101))],
        "hypergeometric": [
            {"draws": d, "marked": m, "total": t,
             "pmf": stats.hypergeom.pmf(np.arange(d + 1), t, m, d).tolist()}
            for d, m, t in ((1, 1, 2), (5, 4, 6), (10, 30, 45), (50, 20, 60), (30, 500, 1000))],
        "chi_square_999": {str(k): float(stats.chi2.ppf(0.999, k)) for k in range(1, 60)},
    }


def holm():
    families = [[0.04], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.0005, 0.9, 0.02], [0.0005] * 8]
    return [{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in families]


def main():
    os.makedirs(OUT, exist_ok=True)
    test, train = [], []
    for task in TASKS:
        for item in range(18):
            test += [case(task, item, v, "test") for v in range(random.integers(1, 3))]
        for item in range(18, 28):
            train.append(case(task, item, 0, "train"))
    for record in train:
        del record["explanations"]
    stream = [*train[:5], *test[:25], *train[5:], *test[25:]]
    with open(os.path.join(OUT, "small.jsonl"), "w") as file:
        for record in stream:
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
    training = {}
    for name in NAMES:
        labels = [(c["answer"], r["task"]) for r in train for c in r["behaviors"][name]["counterfactual"].values()]
        training[name] = tuple(np.array(column, dtype=object) for column in zip(*labels))
    result = {
        "rows": [references(test, training, own, first) for first in ("M0", "M1") for own in ("M1", "M2", "M0")
                 if own != first or own == "M0"],
        "health": [health(test, name, task) for name in NAMES for task in TASKS],
        "statistics": statistics(),
        "truthful": [truthful(test, name) for name in NAMES],
        "holm": holm(),
    }
    with open(os.path.join(OUT, "references.json"), "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
