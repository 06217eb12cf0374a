#!/usr/bin/env python3
"""Compares token ids and decoded texts of a real vocabulary with the reference's, on 10,000 fuzzed strings.

    Tests/Reference/tokenizer_fuzz.py MODEL.gguf

For byte-level BPE the reference is Hugging Face's tokenizers, built from the GGUF file's vocabulary and merges with SmolLM2's
own pre-tokenizer, a Sequence of Digits and ByteLevel (the export of transformers loses the first). For SentencePiece (Gemma)
it is llama.cpp, but for `</s>`. Decoded are the ids of the strings and 10,000 random sequences of ids, compared as bytes.
Then the tokenizer.json that is written is read by tokenizers, and must give the same ids.

Needs the packages tokenizers, gguf and llama-cpp-python, and a test build (swift build -c release --build-tests).
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from gguf import GGUFReader
from tokenizers import Tokenizer

from byte_level import ByteLevel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from fuzz_strings import GEMMA_WORDS, WORDS, fuzz_strings  # noqa: E402
from llama_vocabulary import LlamaVocabulary  # noqa: E402

COUNT = 10_000


class SentencePiece(LlamaVocabulary):
    """llama.cpp, but for the user-defined token `</s>`, a tag of HTML in Gemma's vocabulary: llama.cpp makes every token of
    that text one that ends a generation and is never found in text. So it is cut out before, which is what comes of any
    user-defined token."""

    def __init__(self, path: str, fields):
        super().__init__(path)
        kinds = fields["tokenizer.ggml.token_type"].contents()
        tokens = fields["tokenizer.ggml.tokens"].contents()
        self.tags = [id for id, (token, kind) in enumerate(zip(tokens, kinds)) if token == "</s>" and kind == 4]
        self.plain = [id for id in range(len(tokens)) if self.is_plain(id)] + self.tags

    def encode(self, text: str) -> list[int]:
        if not self.tags:
            return super().encode(text)
        parts = [super(SentencePiece, self).encode(part) for part in text.split("</s>")]
        return sum(([*self.tags, *part] for part in parts[1:]), parts[0])

    def decode(self, ids: list[int]) -> bytes:
        if not ids or not set(ids) & set(self.tags):
            return super().decode(ids) if ids else b""
        place = ids.index(self.tags[0])
        return self.decode(ids[:place]) + b"</s>" + self.decode(ids[place + 1:])


def main():
    path = os.path.abspath(sys.argv[1])
    fields = GGUFReader(path).fields
    is_byte_level = fields["tokenizer.ggml.model"].contents() == "gpt2"
    reference = ByteLevel(path) if is_byte_level else SentencePiece(path, fields)
    texts = fuzz_strings(COUNT, seed=2026, words=WORDS if is_byte_level else GEMMA_WORDS)
    ids = [reference.encode(text) for text in texts]
    generator = random.Random(2027)
    decoded_ids = [list for list in ids if list]
    decoded_ids += [generator.choices(reference.plain, k=generator.randint(1, 20)) for _ in range(COUNT)]
    with tempfile.TemporaryDirectory() as directory:
        case, export = Path(directory) / "case.json", Path(directory) / "tokenizer.json"
        case.write_text(json.dumps({
            "model": path, "texts": texts, "ids": ids, "decoded_ids": decoded_ids,
            "decoded_bytes": [reference.decode(list).hex() for list in decoded_ids], "export": str(export)}))
        environment = dict(os.environ, CF_TOKENIZER_FUZZ=str(case))
        command = ["swift", "test", "-c", "release", "--skip-build", "--filter", "TokenizerFuzzTests"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        written = Tokenizer.from_file(str(export))
    written.encode_special_tokens = True
    encodings = written.encode_batch(texts, add_special_tokens=False)
    differing = [text for text, list, encoding in zip(texts, ids, encodings) if encoding.ids != list]
    tokens = sum(map(len, ids))
    print(f"{len(texts)} strings, {tokens} tokens, {len(decoded_ids)} sequences decoded; "
          f"the tokenizer.json written gives other ids for {len(differing)} strings")
    for text in differing[:5]:
        print(f"  {text!r}")
    if differing:
        sys.exit(1)
    print("all bounds hold")


if __name__ == "__main__":
    main()
