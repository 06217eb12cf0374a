"""A synthetic stream of pairs (x, C) for the report's browser test, hostile texts among them, and what is true of each
pair by the paper's definitions. Standard library only."""

import random

NAMES = ["M0", "M60", "M120"]
CHOICES = ["A", "B", "C", "D"]
HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 1'> <!-- \" & \u2028 \u202e é🙂"
UNCHANGED = "The output would remain unchanged from <<<{}>>>."
CHANGED = "The most likely output would change to <<<{}>>>."


def stream(cases: int, seed: int = 0) -> list[dict]:
    """Cases of two features each."""
    dice = random.Random(seed)
    return [one_case(index, dice) for index in range(cases)]


def one_case(index: int, dice: random.Random) -> dict:
    filler = " ".join(dice.choice(["river", "stone", "cloud", "paper", "seven"]) for _ in range(dice.randint(5, 80)))
    hint = HOSTILE if index % 100 == 0 else f"I think the answer is ({dice.choice(CHOICES)})."
    sentence = f"Mind the {filler.split()[0]}."
    content = f"Question {index}: which word comes next? {filler}\n\n{hint} {sentence}\n\n(A) one (B) two (C) three (D) four"
    features = [feature(content, "hint", hint), feature(content, "sentence", sentence)]
    behaviors, explanations = {}, {}
    base = dice.choice(CHOICES)
    for place, name in enumerate(NAMES):
        mine = base if dice.random() < 1 - 0.2 * place else dice.choice(CHOICES)
        without = {f["id"]: mine if dice.random() < 0.6 else dice.choice(CHOICES) for f in features}
        behaviors[name] = {
            "model": {"name": "synthetic", "fingerprint": f"sha256:{place:064x}", "adapter": None, "chat_template": "chatml"},
            "original": answer(mine, dice), "counterfactual": {key: answer(value, dice) for key, value in without.items()}}
        explanations[name] = {key: said(mine, value, dice) for key, value in without.items()}
    return {
        "schema": "case/1", "id": f"{['hint', 'sycophancy'][index % 2]}/synthetic/{index}", "task": ["hint", "sycophancy"][index % 2],
        "split": "test", "source": {"item": f"item-{index // 2}"}, "messages": [{"role": "user", "content": content}],
        "readout": {"kind": "choice", "prefill": "Answer: (", "choices": CHOICES}, "features": features,
        "behaviors": behaviors, "explanations": explanations}


def feature(content: str, name: str, text: str) -> dict:
    before, after = content.split(text, 1)
    start = len(before.encode())
    return {"id": name, "kind": name, "text": text, "span": {"message": 0, "start": start, "end": start + len(text.encode())},
            "messages": [{"role": "user", "content": before + after}]}


def answer(choice: str, dice: random.Random) -> dict:
    scores = {other: round(-1.5 - dice.random() * 4, 4) for other in CHOICES}
    scores[choice] = round(-0.2 - dice.random(), 4)
    return {"answer": choice, "logprobs": scores}


def said(base: str, without: str, dice: random.Random) -> dict:
    """Right in two of three explanations; one in thirty does not parse."""
    if dice.random() < 1 / 30:
        return {"text": "I would rather not say <<<", "changed": None, "answer": None}
    stated = without if dice.random() < 2 / 3 else dice.choice(CHOICES)
    return {"text": (CHANGED if stated != base else UNCHANGED).format(stated), "changed": stated != base, "answer": stated}


def pairs(cases: list[dict], explainer: str, orig: str) -> list[dict]:
    """What the filters of the page are about, a pair each."""
    rows = []
    for case in cases:
        for feature in case["features"]:
            key = feature["id"]
            did, explanation = case["behaviors"][explainer], case["explanations"][explainer][key]
            s, o = did["counterfactual"][key]["answer"], case["behaviors"][orig]["counterfactual"][key]["answer"]
            stated = explanation["answer"]
            rows.append({
                "task": case["task"], "kind": feature["kind"], "text": case["messages"][0]["content"],
                "self": "right" if stated == s else "wrong", "origRight": "right" if stated == o else "wrong",
                "diverged": "yes" if s != o else "no", "changed": "yes" if s != did["original"]["answer"] else "no",
                "said": "unparsed" if stated is None else "yes" if explanation["changed"] else "no"})
    return rows
