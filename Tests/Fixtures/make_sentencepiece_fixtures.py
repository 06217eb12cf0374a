#!/usr/bin/env python3
"""Makes the SentencePiece fixtures in Tests/Fixtures/tokenizers: tiny BPE vocabularies with byte fallback, as tokenizer.json
with what Hugging Face's `tokenizers` makes of the strings, and as GGUF with what llama.cpp makes of them.

Each JSON file holds {"ids": [[…], …], "decoded": ["hexadecimal bytes", …]} for the strings of sentencepiece-texts.json, special
tokens in the text being plain text, and {"tokenizer": tokenizer.json} where that is the format. The GGUF vocabularies have scores
in groups of four equal ones, so that ties are decided. Needs the packages tokenizers, gguf, numpy and llama-cpp-python.
"""

import json
from pathlib import Path

import gguf
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

import tiny_corpus
from fuzz_strings import GEMMA_WORDS, fuzz_strings
from llama_vocabulary import LlamaVocabulary

OUT = Path(__file__).parent / "tokenizers"
MARK = "\u2581"
SPECIALS = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"]
# As Gemma has them: found in raw text. GGUF has spaces where tokenizer.json has marks.
USER_DEFINED = ["\n", "\n\n", "\n\n\n", MARK * 2, MARK * 3, MARK * 4, "<h1>", "</h1>"]
LEARNED = 400


def learned() -> tuple[list[str], list[tuple[str, str]]]:
    """Characters and merges of a vocabulary without bytes or special tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Replace(" ", MARK)
    tokenizer.train_from_iterator(
        [line for line in tiny_corpus.TEXT.split("\n") if line],
        trainers.BpeTrainer(vocab_size=LEARNED, show_progress=False, max_token_length=16))
    model = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    return tokens, [tuple(merge) for merge in model["merges"]]


def tokenizer_json(kind: str, tokens: list[str], merges: list[tuple[str, str]]) -> Tokenizer:
    everything = SPECIALS + (USER_DEFINED if kind == "gemma" else []) + [f"<0x{byte:02X}>" for byte in range(256)] + tokens
    vocabulary = {token: id for id, token in enumerate(dict.fromkeys(everything))}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIALS])
    common = [decoders.Replace(MARK, " "), decoders.ByteFallback(), decoders.Fuse()]
    if kind == "gemma":
        tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in USER_DEFINED])
        tokenizer.normalizer = normalizers.Replace(" ", MARK)
        tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
        tokenizer.decoder = decoders.Sequence(common)
    elif kind == "llama-2":
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)])
        tokenizer.decoder = decoders.Sequence(common + [decoders.Strip(" ", 1, 0)])
    else:
        tokenizer.add_tokens([AddedToken("<h1>", special=False, normalized=False)])
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(MARK, "first", split=False)
        tokenizer.decoder = decoders.Sequence(common + [decoders.Strip(" ", 1, 0)])
    return tokenizer


def write_gguf(path: Path, tokens: list[str], prefixes: bool):
    kinds = gguf.TokenType
    entries = [(token, -1000.0, kinds.CONTROL) for token in SPECIALS]
    entries += [(token.replace(MARK, " "), -1000.0, kinds.USER_DEFINED) for token in ([] if prefixes else USER_DEFINED)]
    entries += [(f"<0x{byte:02X}>", 0.0, kinds.BYTE) for byte in range(256)]
    merged = [token for token in tokens if len(token) > 1]
    entries += [(token, -float(place // 4), kinds.NORMAL) for place, token in enumerate(merged)]
    entries += [(token, -float(len(merged)), kinds.NORMAL) for token in tokens if len(token) == 1]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([token.encode() for token, _, _ in entries])
    writer.add_token_scores([score for _, score, _ in entries])
    writer.add_token_types([kind for _, _, kind in entries])
    writer.add_bos_token_id(2)
    writer.add_eos_token_id(1)
    writer.add_unk_token_id(3)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(prefixes)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def write(name: str, document: dict):
    (OUT / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    words = [word for word in GEMMA_WORDS if len(word) < 32]
    texts = ["", " ", "  ", " leading", "two  spaces", "<0x0A>", "<bos>", MARK, "a" * 300] + fuzz_strings(300, 11, words)
    (OUT / "sentencepiece-texts.json").write_text(json.dumps(texts, ensure_ascii=True, indent=0) + "\n")
    tokens, merges = learned()
    for kind in ["gemma", "llama-2", "metaspace"]:
        tokenizer = tokenizer_json(kind, tokens, merges)
        tokenizer.encode_special_tokens = True
        ids = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
        decoded = [tokenizer.decode(list).encode().hex() for list in ids]
        write(f"sentencepiece-{kind}", {"tokenizer": json.loads(tokenizer.to_str()), "ids": ids, "decoded": decoded})
    for name, prefixes in [("unprefixed", False), ("prefixed", True)]:
        path = OUT / f"sentencepiece-{name}.gguf"
        write_gguf(path, tokens, prefixes)
        vocabulary = LlamaVocabulary(str(path))
        ids = [vocabulary.encode(text) for text in texts]
        decoded = [vocabulary.decode(list).hex() if list else "" for list in ids]
        write(f"sentencepiece-{name}", {"ids": ids, "decoded": decoded})


if __name__ == "__main__":
    main()
