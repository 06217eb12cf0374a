"""The Markdown of what was measured."""

import json
import statistics
from dataclasses import dataclass

from agreement import Agreement
from workloads import Measurement


@dataclass
class Row:
    """A contestant's measurements of a workload."""
    workload: str
    name: str
    settings: dict
    measurements: list[Measurement]
    agreement: Agreement
    #: Whether it has to agree.
    exact: bool

    @property
    def cases(self) -> int:
        return sum(measurement.cases for measurement in self.measurements)

    @property
    def rates(self) -> list[float]:
        return [measurement.cases / measurement.seconds for measurement in self.measurements]

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def may_be_compared(self) -> bool:
        return self.agreement.holds or not self.exact


def table(rows: list[Row]) -> list[str]:
    ours = sorted({row.name for row in rows if row.name.startswith("ours")}, reverse=True)
    head = ["work", "cases", "program", "cases/s: median", "min–max", *(f"{name} ÷ this" for name in ours), "peak MB",
            "same answers", "setting"]
    lines = [head, ["---", "--:", "---", "--:", "--:", *("--:" for _ in ours), "--:", "---", "---"]]
    for row in rows:
        peak = max(measurement.peak_bytes for measurement in row.measurements) / 1e6
        lines.append([
            row.workload, f"{row.cases:,}", row.name, number(row.rate), f"{number(min(row.rates))}–{number(max(row.rates))}",
            *(ratio(rows, name, row) for name in ours), f"{peak:,.0f}",
            row.agreement.text + ("" if row.may_be_compared else ": **differs**"),
            " ".join(f"{key} {json.dumps(value).strip(chr(34))}" for key, value in row.settings.items())])
    return ["| " + " | ".join(line) + " |" for line in lines]


def ratio(rows: list[Row], name: str, other: Row) -> str:
    """How many times as many cases a second: the median of the rounds' ratios; nothing where answers differ that must
    not."""
    mine = next((row for row in rows if row.workload == other.workload and row.name == name), None)
    if not mine or mine is other or not (mine.may_be_compared and other.may_be_compared):
        return "–"
    return f"{statistics.median(a / b for a, b in zip(mine.rates, other.rates, strict=True)):.2f}"


def explanations_alone(rows: list[Row]) -> list[str]:
    """By difference: what explaining adds to labelling."""
    lines = []
    for row in rows:
        label = next((other for other in rows if other.name == row.name and other.cases == row.cases
                      and other.workload == row.workload.replace("explain-", "label-") != row.workload), None)
        if label:
            seconds = row.cases / row.rate - label.cases / label.rate
            rate = number(row.cases / seconds) if seconds > 0 else "–"
            lines.append(f"| {row.workload} | {row.name} | {rate} |")
    head = ["", "Explanations alone, by difference of the medians of explain and label:", "",
            "| work | program | cases/s |", "|---|---|--:|"]
    return head + lines if lines else []


def number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
