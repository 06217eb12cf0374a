#!/usr/bin/env python3
"""Compares token ids with Hugging Face's tokenizers on 10,000 fuzzed strings, with a real SmolLM2 model's vocabulary.

    Tests/Reference/tokenizer_fuzz.py MODEL.gguf

The reference is built from the GGUF file's vocabulary and merges with SmolLM2's own pre-tokenizer, a Sequence of Digits and
ByteLevel; the export of transformers loses the first. Needs the packages tokenizers and gguf, and a test build
(swift build -c release --build-tests).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from gguf import GGUFReader
from tokenizers import Tokenizer, models, pre_tokenizers

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from fuzz_strings import fuzz_strings  # noqa: E402


def reference(path: str) -> Tokenizer:
    fields = GGUFReader(path).fields
    assert fields["tokenizer.ggml.pre"].contents() == "smollm"
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = fields["tokenizer.ggml.merges"].contents()
    pairs = [(merge[:merge.index(" ", 1)], merge[merge.index(" ", 1) + 1:]) for merge in merges]
    tokenizer = Tokenizer(models.BPE(vocab={token: id for id, token in enumerate(tokens)}, merges=pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def main():
    path = os.path.abspath(sys.argv[1])
    texts = fuzz_strings(10_000, seed=2026)
    encodings = reference(path).encode_batch(texts, add_special_tokens=False)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"texts": texts, "ids": [encoding.ids for encoding in encodings]}, file)
        file.flush()
        environment = dict(os.environ, CF_TEST_MODEL=path, CF_TOKENIZER_FUZZ=file.name)
        command = ["swift", "test", "-c", "release", "--skip-build", "--filter", "RealModelTests"]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environment).returncode)


if __name__ == "__main__":
    main()
