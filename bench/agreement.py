"""Whether contestants gave the same answers: the reference is PyTorch fp32, or ours where it is not measured."""

from dataclasses import dataclass

from workloads import Measurement

#: Two choices, or two tokens, are nearly tied where their log-probabilities are less apart than that.
NEAR_TIE = 0.01
#: How far losses in fp32 may be apart, relative, over the first steps; rounding then makes two runs drift apart.
LOSS_TOLERANCE, LOSS_STEPS = 1e-3, 10


@dataclass
class Agreement:
    text: str
    #: Whether it is as it must be for exact arithmetic.
    holds: bool


def agreement(measured: list[Measurement], references: list[Measurement]) -> Agreement:
    """Of all rounds."""
    rounds = list(zip(references, measured, strict=True))
    if references[0].losses:
        return losses([(reference.losses, other.losses) for reference, other in rounds])
    parts = {"choices": [0, 0, 0], "texts": [0, 0, 0]}
    apart = 0.0
    for reference, other in rounds:
        for question, answer in reference.answers.items():
            found = other.answers[question]
            is_choice = "logprobs" in answer
            key = "answer" if is_choice else "text"
            counts = parts["choices" if is_choice else "texts"]
            counts[0] += 1
            if is_choice:
                apart = max(apart, *(abs(a - b) for a, b in zip(scores(answer), scores(found), strict=True)))
            if found[key] == answer[key]:
                counts[1] += 1
            elif gap(question, answer, reference) < NEAR_TIE:
                counts[2] += 1
    said = [f"{name} {same:,}/{count:,}" + (f" + {ties} near-ties" if ties else "")
            for name, (count, same, ties) in parts.items() if count]
    if parts["choices"][0]:
        said.append(f"log-probabilities within {apart:.1e}")
    return Agreement(", ".join(said), all(count == same + ties for count, same, ties in parts.values()))


def gap(question: str, answer: dict, reference: Measurement) -> float:
    """How far apart the two best are. A text without a known gap counts as different."""
    if "logprobs" not in answer:
        return reference.gaps.get(question, float("inf"))
    best, second = sorted(scores(answer), reverse=True)[:2]
    return best - second


def scores(answer: dict) -> list[float]:
    """In the order of the choices: cf-label names them, peers do not."""
    values = answer["logprobs"]
    return values if isinstance(values, list) else list(values.values())


def losses(rounds: list[tuple[list[float], list[float]]]) -> Agreement:
    """Of each round's reference and measurement."""
    apart = [[abs(a - b) / max(abs(a), 1e-9) for a, b in zip(reference, measured, strict=True)]
             for reference, measured in rounds]
    most = max(max(steps) for steps in apart)
    first = max(max(steps[:LOSS_STEPS]) for steps in apart)
    is_long = any(len(steps) > LOSS_STEPS for steps in apart)
    return Agreement(f"losses within {most:.1e}" + (f", {first:.1e} at first" if is_long else ""), first <= LOSS_TOLERANCE)
