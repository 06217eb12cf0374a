#!/usr/bin/env python3
"""Makes Tests/Fixtures/tokenizers: tiny byte-level BPE vocabularies, one a pre-tokenizer, and the ids that Hugging Face's
`tokenizers` gives to fuzzed strings.

Each file holds {"tokenizer": tokenizer.json, "ids": [[…], …]} for the strings of texts.json, special tokens in the text
being taken as plain text. Needs the package tokenizers.
"""

import json
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

import tiny_corpus
from fuzz_strings import fuzz_strings

OUT = Path(__file__).parent / "tokenizers"
VOCABULARY_SIZE = 600
# Bytes without a token in the "smollm" vocabulary, as SmolLM2's has some: they vanish.
MISSING_BYTES = [0x04, 0x06, 0x1B, 0xF1, 0xF3]
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
          r"|\s+(?!\S)|\s+")


def byte_level(use_regex: bool) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=use_regex)


def split(pattern: str) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), byte_level(False)])


PRE_TOKENIZERS = {
    "smollm": pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level(True)]),
    "gpt-2": byte_level(True),
    "llama-bpe": split(LLAMA3),
    "qwen2": split(LLAMA3.replace("{1,3}", "")),
    # No model's: rules within rules, in a sequence within a sequence.
    "mixed": pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=False), split(LLAMA3)]),
}


def train(name: str) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama-bpe"))
    tokenizer.pre_tokenizer = PRE_TOKENIZERS[name]
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    if name == "smollm":
        printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
        spare = [byte for byte in range(256) if byte not in printable]
        mapped = {byte: chr(byte) if byte in printable else chr(0x100 + spare.index(byte)) for byte in range(256)}
        alphabet = [character for character in alphabet if character not in {mapped[byte] for byte in MISSING_BYTES}]
    if name == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    if name == "mixed":
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.NFKD(), normalizers.Lowercase(), normalizers.Replace("e\u0301", "e"), normalizers.Prepend("_")])
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY_SIZE, initial_alphabet=alphabet, show_progress=False,
        special_tokens=[AddedToken(text, special=True) for text in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]])
    tokenizer.train_from_iterator(tiny_corpus.TEXT.split("\n"), trainer)
    if name == "qwen2":
        tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in ["<<<", ">>>", "<<<B>>>"]])
    return tokenizer


def main():
    OUT.mkdir(exist_ok=True)
    texts = ["", " ", "  multiple   spaces", "in 1999 and 2,500", "!\u0004!", "1\n 2", "A.\n    10", "a" * 300] + fuzz_strings(300, 7)
    (OUT / "texts.json").write_text(json.dumps(texts, ensure_ascii=True, indent=0) + "\n")
    for name in PRE_TOKENIZERS:
        tokenizer = train(name)
        tokenizer.encode_special_tokens = True
        ids = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
        document = {"tokenizer": json.loads(tokenizer.to_str()), "ids": ids}
        (OUT / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
