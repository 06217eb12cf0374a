"""How our time grows with the number of distinct tokens, and how soon a first label is there."""

import os
import statistics

from contestants import Ours
from material import manifest
from processes import run

FEATURES = range(1, 9)


def scaling(ours: Ours, count: int, rounds: int, inputs: list[str]) -> list[str]:
    """Lines of Markdown: labelling posts with 1 to 8 sentence features."""
    points = []
    for features in FEATURES:
        cases = os.path.join(ours.directory, f"scaling-{features}.zst")
        command = [f"{ours.tools}/cf-gen", "--quiet", "--force", "--task", "sycophancy", "--features", "sentence",
                   "--max-features", str(features), "--limit", str(count), "-o", cases]
        for path in inputs:
            command += ["--input", path]
        run(command)
        output = os.path.join(ours.directory, f"scaling-{features}-labelled.zst")
        seconds = []
        for _ in range(rounds):
            run(ours.label(cases, output, []))
            seconds.append(ours.work_seconds(output))
        tokens = manifest(output)["tokens"]
        points.append((features, tokens["distinct"], tokens["total"], statistics.median(seconds)))
    lines = ["", f"{ours.name}, {count} posts, 1 to 8 sentence features:", "",
             "| features a case, at most | distinct tokens | all tokens | seconds | µs a distinct token |",
             "|--:|--:|--:|--:|--:|"]
    for features, distinct, total, seconds in points:
        lines.append(f"| {features} | {distinct:,} | {total:,} | {seconds:.2f} | {seconds / distinct * 1e6:.0f} |")
    return lines + line_through(points)


def line_through(points: list[tuple]) -> list[str]:
    """How well a straight line fits."""
    tokens, seconds = [float(point[1]) for point in points], [point[3] for point in points]
    slope, intercept = statistics.linear_regression(tokens, seconds)
    fit = statistics.correlation(tokens, seconds) ** 2
    return ["", f"Least squares: {slope * 1e6:.0f} µs a distinct token + {intercept:.2f} s; R² = {fit:.4f}."]


def first_label(ours: Ours, cases: str, rounds: int) -> list[str]:
    """From nothing to a first label, the files in the page cache."""
    output = os.path.join(ours.directory, "first.zst")
    seconds = [run([*ours.label(cases, output, []), "--limit", "1"]).seconds for _ in range(rounds + 1)][1:]
    return ["", f"Warm start to the first label (`cf-label --limit 1`, wall time of the process): median "
            f"{statistics.median(seconds):.2f} s, {min(seconds):.2f}–{max(seconds):.2f}."]
