"""A peer's process: it loads its model, then does jobs, one JSON line in and one out each."""

import json
import os
import sys
import time

THREADS = len(os.sched_getaffinity(0))


def serve(load, work):
    """`load(arguments)` gives a model; `work(model, job)` gives a function to time, whose value is the result, and is
    itself not timed: it may warm up. A result is a dictionary."""
    # Libraries write to standard output too; the answers get one of their own.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    model = load(json.loads(sys.argv[1]))
    for line in sys.stdin:
        timed = work(model, json.loads(line))
        reset_peak_memory()
        start = time.perf_counter()
        result = timed()
        seconds = time.perf_counter() - start
        answers.write(json.dumps({"seconds": seconds, "peak_bytes": peak_memory(), **finish(result)}) + "\n")
        answers.flush()


def finish(result: dict) -> dict:
    """Entries that are functions are what is found out after the clock has stopped."""
    return {key: value() if callable(value) else value for key, value in result.items()}


def reset_peak_memory():
    """So that the peak is that of the work, not of loading (dequantization, for example)."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak_memory() -> int:
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
