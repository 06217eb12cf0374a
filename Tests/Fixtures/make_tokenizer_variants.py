#!/usr/bin/env python3
"""Makes tokenizers/variants.json: the tiny vocabularies of tokenizers/ with other added tokens, models, classes and
configurations, and the ids that transformers gives to what a chat template writes with them.

    python3 make_tokenizer_variants.py       (needs transformers, tokenizers; first make_tokenizer_fixtures.py)

Each entry: "vocabulary" (a file of tokenizers/), "added_tokens" to append to those of its tokenizer.json, "model" (members
of its model; "without" are tokens to take out of the vocabulary, "again" how many merges follow a second time),
"configuration" (tokenizer_config.json), and "prompts": [parts, ids], where a part is a text of data or {"special": what the
template writes}.
"""
import copy, itertools, json, pathlib, random, tempfile
from transformers import AutoTokenizer

FOLDER = pathlib.Path(__file__).resolve().parent / "tokenizers"
BYTE_LEVEL, PIECES = ["smollm", "qwen2"], ["sentencepiece-llama-2", "sentencepiece-gemma", "sentencepiece-metaspace"]
ROLES = {"bos_token": "<bos>", "eos_token": "<eos>", "unk_token": "<unk>", "pad_token": "<pad>"}


def token(content, special=False, **flags):
    return {"id": 900, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
            "special": special} | flags


def entries():
    for name in BYTE_LEVEL + PIECES:
        for left, right in itertools.product([False, True], repeat=2):
            flags = dict(single_word=True, lstrip=left, rstrip=right)
            yield name, dict(added_tokens=[token("<tk>", True, **flags), token("a\u00e9b", True, **flags)])
        # The longest counts, whether it is special or not; ids are as `tokenizers` deals them.
        yield name, dict(added_tokens=[token("<tk>", True), token("<tk><tk>"), token("<tk>\n", rstrip=True)])
        # Not tokens of the model: merging finds them nowhere.
        yield name, dict(added_tokens=[token("\u00c9", single_word=True), token("x\u00e9", single_word=True)])
        # Named as special, and nowhere else.
        yield name, dict(configuration={"eos_token": "<end>", "pad_token": {
            "__type": "AddedToken", "content": "<fill>", "lstrip": True, "rstrip": False, "normalized": False,
            "single_word": False}, "extra_special_tokens": ["<a>", "<b>"]})
        yield name, dict(configuration={"eos_token": "<end>", "image_token": "<image>",
                                        "extra_special_tokens": {"audio_token": "<audio>"}})
        yield name, dict(model={"again": 9})
    for name in ["qwen2"] + PIECES[2:]:
        # In normalized text, what the others have left.
        yield name, dict(added_tokens=[token("<tk>", True, normalized=True), token("<tk>.", True)])
    few = {"without": ["1", "X", "\u00d0", "<0x0A>", "<0xE6>", "<0x01>"], "unk_token": "."}
    for name, fused in itertools.product(["smollm", "sentencepiece-gemma"], [False, True]):
        yield name, dict(model=few | {"fuse_unk": fused})
    yield "llama-bpe", dict(added_tokens=[token("\u00e9"), token("the")])
    for options in [{}, {"legacy": True}, {"legacy": False}, {"add_prefix_space": False}]:
        yield PIECES[0], dict(configuration=ROLES | {"tokenizer_class": "LlamaTokenizer"} | options)
    yield PIECES[2], dict(configuration=ROLES)


TEXTS = ["a", " ", "  ", "\n", "the", " the", "a\u00e9b", "x\u00e9", "\u00c9", "\u00c9t\u00e9", "<tk>", "<tk", ".", "1", "X", "_", "\u65e5\u672c",
         "\x01", "Hello world", "e\u0301", "<a>"]


def changed(source, change):
    """As the test changes it."""
    result = copy.deepcopy(source)
    model = result["model"]
    for key, value in change.get("model", {}).items():
        if key == "without":
            model["vocab"] = {k: v for k, v in model["vocab"].items() if k not in value}
            model["merges"] = [m for m in model["merges"] if not set(m) & set(value) and "".join(m) not in value]
        elif key == "again":
            model["merges"] = model["merges"] + model["merges"][:value]
        else:
            model[key] = value
    result["added_tokens"] = result["added_tokens"] + change.get("added_tokens", [])
    return result


def prompt(specials):
    parts = []
    for _ in range(random.randrange(1, 5)):
        text = "".join(random.choice(TEXTS) for _ in range(random.randrange(0, 6)))
        # Data never become special, as transformers would have them.
        if text and not any(special in text for special in specials):
            parts.append(text)
        if random.random() < 0.7:
            parts.append({"special": random.choice(specials)})
    return parts


def main():
    random.seed(18)
    result = []
    for name, change in entries():
        source = changed(json.loads((FOLDER / f"{name}.json").read_text())["tokenizer"], change)
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "tokenizer.json").write_text(json.dumps(source))
            pathlib.Path(folder, "tokenizer_config.json").write_text(
                json.dumps({"tokenizer_class": "TokenizersBackend"} | change.get("configuration", {})))
            tokenizer = AutoTokenizer.from_pretrained(folder)
        added = tokenizer.added_tokens_decoder.values()
        specials = [t.content for t in added if t.special]
        prompts = []
        while len(prompts) < 14:
            parts = prompt(specials)
            if parts:
                text = "".join(part if isinstance(part, str) else part["special"] for part in parts)
                prompts.append([parts, tokenizer(text, add_special_tokens=False)["input_ids"]])
        result.append({"vocabulary": name} | change | {"prompts": prompts})
    (FOLDER / "variants.json").write_text(
        "[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in result) + "\n]\n")
    print(len(result), "tokenizers")


if __name__ == "__main__":
    main()
