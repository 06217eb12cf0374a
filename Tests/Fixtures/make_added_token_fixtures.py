#!/usr/bin/env python3
"""Makes tokenizers/added-tokens.json: tokens added to the tiny vocabularies of tokenizers/ with every flag, and the ids
that transformers gives to prompts with them.

    python3 make_added_token_fixtures.py       (needs transformers, tokenizers; first make_tokenizer_fixtures.py)

Each entry: "vocabulary" (a file of tokenizers/), "added_tokens" to append to those of its tokenizer.json, "configuration"
(tokenizer_config.json), and "prompts": [parts, ids], where a part is a text or {"special": a special token}.
"""
import json, pathlib, random, tempfile
from transformers import AutoTokenizer

FOLDER = pathlib.Path(__file__).resolve().parent / "tokenizers"
NFC, NFD = "<\u00e9>", "<e\u0301>"


def token(content, special=False, **flags):
    return {"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": special} | flags


def entries():
    end = "<|im_end|>"
    for name in ["smollm", "qwen2"]:
        yield name, [token("<tool>", lstrip=True), token("<end>", rstrip=True), token("<both>", lstrip=True, rstrip=True),
                     token("word", single_word=True), token("x y", single_word=True, lstrip=True)], {}
        yield name, [token(NFC), token(NFD), token("<\u212a>"), token("<K>")], {}
        yield name, [token("caf\u00e9", normalized=True), token("cafe\u0301", normalized=False),
                     token("a caf\u00e9 b", normalized=True, rstrip=True)], {}
        for flags in [dict(lstrip=True), dict(rstrip=True), dict(lstrip=True, rstrip=True)]:
            yield name, [token(end, True, **flags), token("<tool>", lstrip=True, rstrip=True)], {}
            decoder = {"2": token(end, True, **flags), "900": token("<new>", rstrip=True)}
            yield name, [], {"added_tokens_decoder": decoder, "eos_token": end}
        yield name, [token(end, True, lstrip=True)], {"added_tokens_decoder": {"2": token(end, True)}}


PIECES = ["a", " ", "  ", "\n", "\u2003", "word", "words", "_word", "x y", "<tool>", "<end>", "<both>", "<new>", NFC, NFD,
          "caf\u00e9", "cafe\u0301", "a caf\u00e9 b", "a cafe\u0301 b", "<K>", "<\u212a>", ".", "\u0301", "\u00df", "1"]


def prompt():
    parts = []
    for _ in range(random.randrange(1, 4)):
        parts.append("".join(random.choice(PIECES) for _ in range(random.randrange(0, 7))))
        if random.random() < 0.6:
            parts.append({"special": random.choice(["<|im_end|>", "<|im_start|>"])})
    return [part for part in parts if part]


def main():
    random.seed(9)
    result = []
    for name, added, configuration in entries():
        source = json.loads((FOLDER / f"{name}.json").read_text())["tokenizer"]
        size = max(list(source["model"]["vocab"].values()) + [t["id"] for t in source["added_tokens"]]) + 1
        tokens = []
        for entry in added:
            # As `tokenizers` has it: the id of the vocabulary, if it is there.
            known = source["model"]["vocab"].get(entry["content"])
            tokens.append(entry | {"id": size if known is None else known})
            size += known is None
        names = [t["content"] for t in tokens]
        source["added_tokens"] = [t for t in source["added_tokens"] if t["content"] not in names] + tokens
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "tokenizer.json").write_text(json.dumps(source))
            pathlib.Path(folder, "tokenizer_config.json").write_text(
                json.dumps(configuration | {"tokenizer_class": "TokenizersBackend"}))
            tokenizer = AutoTokenizer.from_pretrained(folder)
        prompts = []
        for _ in range(60):
            parts = prompt()
            text = "".join(part if isinstance(part, str) else part["special"] for part in parts)
            prompts.append([parts, tokenizer(text, add_special_tokens=False)["input_ids"]])
        result.append({"vocabulary": name, "added_tokens": tokens, "configuration": configuration, "prompts": prompts})
    (FOLDER / "added-tokens.json").write_text(
        "[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in result) + "\n]\n")
    print(len(result), "tokenizers")


if __name__ == "__main__":
    main()
