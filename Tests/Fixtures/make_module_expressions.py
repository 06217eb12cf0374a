#!/usr/bin/env python3
"""Writes module-expressions.json: regular expressions, and which names Python's re.fullmatch finds them to fit; null where
re.compile refuses one. Some by hand, in the manner of LoRA configurations, most made by chance."""

import json
import pathlib
import random
import re
import warnings

NAMES = [
    "", "q_proj", "lm_head", "model.layers.0.self_attn.q_proj", "model.layers.12.mlp.down_proj", "model.norm", "aab", "abab",
    "a.b", "A1_b", "-]^", "x\n", "é",
]
BY_HAND = [
    r".*\.(q_proj|v_proj)", r"model\.layers\.(\d+)\.self_attn\.(q|k|v|o)_proj", r"^(?!lm_head).*proj$", r".*(?<!q)_proj",
    r"(?:.*?(?:self_attn|mlp).*?(?:q_proj|down_proj).*?)|(?:\bmodel\.layers\.[\d]{1,}\.(?:mlp)\.(?:down_proj))",
    r"(?i)MODEL.*Q_PROJ", r"(?P<layer>model)\.norm", r"a{2}b", r"a{,2}b", r"(ab){1,}", r"(a|b){2,4}", r"a{x}", r"[]^-]*", r"[^a-c]+",
    r"[\w.]*\d[\w.]*", r"\Aa+?b\Z", r"(a*)*b", r"(a|a|ab)*", r"(?#comment)q_proj", r"(?=q).*", r".*(?<=proj)", r"\x61\u0061b",
    r"\b\w+\b", r"a\Bab", r"x$", r"x.", r"x\n", r"é|É", r"(", r")", r"a**", r"*a", r"[a", r"[b-a]", r"a{3,2}", r"(?:a", r"\x6", "",
]
PIECES = ["a", "b", ".", r"\.", r"\w", r"\d", "[ab]", "[^a]", "(a|b)", "(?:ab)", "_proj", "q", r"\b", "(?=a)", "(?!b)", "(?<=a)",
          "model", "layers", "^", "$", "|", "(", ")", "(?:"]
QUANTIFIERS = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "{,1}"]


def fits(pattern):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            expression = re.compile(pattern)
        except (re.error, FutureWarning):
            return None
    return [name for name in NAMES if expression.fullmatch(name)]


def main():
    chance = random.Random(1)
    patterns = list(BY_HAND)
    while len(patterns) < 600:
        patterns.append("".join(
            chance.choice(PIECES) + chance.choice(QUANTIFIERS) for _ in range(chance.randint(1, 6))))
    entries = [{"pattern": pattern, "fits": fits(pattern)} for pattern in dict.fromkeys(patterns)]
    # Few of those that fit nothing, or are none, are enough.
    kept = [e for i, e in enumerate(entries) if e["fits"] or i < len(BY_HAND) or i % 4 == 0]
    path = pathlib.Path(__file__).with_name("module-expressions.json")
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in kept)
    path.write_text(f'{{"names": {json.dumps(NAMES, ensure_ascii=False)},\n"expressions": [\n{lines}\n]}}\n')


main()
