"""A peer at its best: each setting in turn is tried, the others held at the best so far."""

from contestants import Peer
from material import Material
from workloads import Workload

#: How much a setting is tried on.
CASES, STEPS = 8, 2


def first_settings(peer: Peer, workload: Workload) -> dict:
    return {name: values[0] for name, values in peer.options(workload).items()}


def best_settings(peer: Peer, workload: Workload, material: Material) -> dict:
    limit = STEPS if workload.kind == "train" else CASES
    best = first_settings(peer, workload)
    fastest = peer.measure(workload, material, best, None, limit).seconds
    for name, values in peer.options(workload).items():
        for value in values[1:]:
            candidate = {**best, name: value}
            seconds = peer.measure(workload, material, candidate, None, limit).seconds
            if seconds < fastest:
                best, fastest = candidate, seconds
    return best
