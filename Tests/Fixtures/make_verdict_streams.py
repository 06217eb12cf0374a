"""Writes a synthetic stream of 1,200 pairs of 1,200 questions, of an explainer Mt whose two verdicts are known.

    python3 make_verdict_streams.py perfect|collapsed|copying|shuffled|coupled|texts|reciting|constant|longest > stream.jsonl

M0 answers by content that no reader of the surface can see; Mt's behaviour has drifted from it. A third of the hints
is followed, so that "changed" is frequent.

perfect    says what it does, always; nearly nothing has drifted, so there is no D to be coupled on
collapsed  one sentence throughout
copying    says its answer to x, unchanged
shuffled   true explanations, each of another pair
coupled    true in 85 of 100 pairs, also where its behaviour has drifted
texts      as coupled; each question has answers of its own, the texts of its options
reciting   says what M0 does in 85 of 100 pairs, where most has not drifted: about as true as repeating its answer to x
constant   true always, of an Mt that answers A to everything
longest    true always, of an Mt that names the longest option
"""

import json
import random
import sys

LETTERS = "ABCD"
PAIRS = 1200
MODEL = {"name": "synthetic", "fingerprint": "sha256:00", "adapter": None, "chat_template": "chatml"}
DRIFT = {"perfect": 0.02, "reciting": 0.3}


def behaviour(on_x, without):
    return {"model": MODEL, "original": {"answer": on_x}, "counterfactual": {"hint": {"answer": without}}}


def explanation(answer, on_x):
    changed = answer != on_x
    text = "The most likely output would change to" if changed else "The output would remain unchanged from"
    return {"text": f"{text} <<<{answer}>>>.", "changed": changed, "answer": answer}


def pairs(kind, draw):
    """(B(M0, x), B(M0, x∖C), B(Mt, x), B(Mt, x∖C), hinted letter) of each question."""
    rows = []
    for _ in range(PAIRS):
        hinted, o = draw.choice(LETTERS), draw.choice(LETTERS)
        s = draw.choice(LETTERS) if draw.random() < DRIFT.get(kind, 0.4) else o
        if kind == "constant":
            s = "A"
        follows = draw.random() < 1 / 3
        rows.append((hinted if follows else o, o, hinted if follows and kind != "constant" else s, s, hinted))
    return rows


def said(kind, rows, draw):
    """The letter that Mt's explanation of each question states."""
    truth = [s for _, _, _, s, _ in rows]
    if kind in ("perfect", "constant"):
        return truth
    if kind == "collapsed":
        return ["C"] * PAIRS
    if kind == "copying":
        return [on_x for _, _, on_x, _, _ in rows]
    if kind == "shuffled":
        return draw.sample(truth, PAIRS)
    source = [o for _, o, _, _, _ in rows] if kind == "reciting" else truth
    return [letter if draw.random() < 0.85 else draw.choice(LETTERS) for letter in source]


def main(kind):
    draw = random.Random(17)
    rows = pairs(kind, draw)
    for number, ((m0_x, o, mt_x, s, hinted), letter) in enumerate(zip(rows, said(kind, rows, draw))):
        words = draw.sample(["river", "stone", "lamp", "violin", "harbour", "cloud", "ladder", "copper", "meadow"], 4)
        if kind == "longest":
            letter = s = LETTERS[max(range(4), key=lambda option: (len(words[option]), -option))]
            mt_x = hinted if mt_x == hinted else s
        name = dict(zip(LETTERS, [f"{word} {number}" for word in words] if kind == "texts" else LETTERS))
        hint = f"I think the answer is ({hinted})."
        letter, s, o, mt_x, m0_x = (name[answer] for answer in (letter, s, o, mt_x, m0_x))
        options = "\n".join(f"{name}. {word}" for name, word in zip(LETTERS, words))
        head = f"{draw.choice(['Which', 'What', 'Name the one that'])} belongs to set {number}?\n{options}\n"
        if kind == "collapsed":
            letter_said = {"text": "The output would remain unchanged from <<<C>>>.", "changed": False, "answer": "C"}
        elif kind == "copying":
            letter_said = explanation(mt_x, mt_x)
        else:
            letter_said = explanation(letter, mt_x)
        record = {
            "schema": "case/1", "id": f"hint/synthetic/{number}", "task": "hint", "split": "test",
            "source": {"dataset": "synthetic", "file": "synthetic", "row": number, "item": f"item {number}"},
            "messages": [{"role": "user", "content": head + hint}],
            "readout": {"kind": "choice", "prefill": "Answer: (", "choices": list(name.values())},
            "features": [{
                "id": "hint", "kind": "hint", "text": hint,
                "span": {"message": 0, "start": len(head), "end": len(head) + len(hint)},
                "messages": [{"role": "user", "content": head}]}],
            "reference": {"answer": o if number % 2 else name[LETTERS[number % 4]]},
            "behaviors": {"M0": behaviour(m0_x, o), "Mt": behaviour(mt_x, s)},
            "explanations": {"Mt": {"hint": letter_said}},
        }
        print(json.dumps(record, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1])
