#!/usr/bin/env python3
"""How well a step of training is shared by several machines: computed, from the speed of one and of what joins them.

    bench/several_machines.py

Each of N processes computes its slices of a step, and then all add up their gradients, of which a process sends 2·(N−1)/N times the
bytes. Slices are whole examples. An exchange takes its bytes through the wire, and a delay for each of its 2·log₂N messages in turn;
Tests/Reference/mpi.py --hosts measures one.
"""

import math

MACHINES = [2, 4, 8, 16, 32, 64]
GIGABITS = [1, 10, 100]
# A step.
EXAMPLES, TOKENS = 64, 256
# Seconds until a message is there, however short.
DELAY = 50e-6
# Parameters of the model, and numbers of an adapter of rank 128 on all its modules.
MODELS = {"SmolLM2-135M": (134.5e6, 39.1e6), "Llama-3.1-8B": (8.03e9, 335.5e6)}
# Operations a second in fp32: as measured on two cores with AVX2; and 64 times one of them, of which schedule.md finds 31 % busy on
# the small model and 79 % on the large one.
CORES = 60e9
BUSY = {"SmolLM2-135M": {2: 1, 64: 0.31}, "Llama-3.1-8B": {64: 0.79}}


def step(model: str, cores: int) -> float:
    """Seconds on one machine: products of the forward pass, and of the gradients of activations."""
    parameters, _ = MODELS[model]
    return 4 * parameters * EXAMPLES * TOKENS / (cores * CORES * BUSY[model][cores])


def exchange(machines: int, numbers: float, gigabits: float) -> float:
    """Seconds in which gradients are added up."""
    sent = 2 * (machines - 1) / machines * 4 * numbers
    return sent / (gigabits * 1e9 / 8) + 2 * math.log2(machines) * DELAY


def efficiency(model: str, cores: int, machines: int, gigabits: float) -> float:
    """What is reached of the speed of so many machines that share a step for nothing."""
    share = math.ceil(EXAMPLES / machines) / EXAMPLES
    alone = step(model, cores)
    return alone / machines / (alone * share + exchange(machines, MODELS[model][1], gigabits))


def main():
    print("| model | cores per machine | a step on one, s | Gbit/s | 2 machines | " + " | ".join(map(str, MACHINES[1:])) + " |")
    print("|---|--:|--:|--:|" + "--:|" * len(MACHINES))
    for model in MODELS:
        for cores in BUSY[model]:
            for gigabits in GIGABITS:
                parts = [f"{efficiency(model, cores, machines, gigabits):.0%}" for machines in MACHINES]
                print(f"| {model} | {cores} | {step(model, cores):,.0f} | {gigabits} | " + " | ".join(parts) + " |")


if __name__ == "__main__":
    main()
