#!/usr/bin/env python3
"""Checks that transformers loads what this package writes: a GGUF model as a Hugging Face directory.

    Tests/Reference/huggingface_export.py MODEL.gguf [EXPECTED_DIR] [--bin DIR]

`xp-train export` writes the directory; then AutoTokenizer must give the same ids as a tokenizer built from the GGUF file (on plain text
and through the chat template), and AutoModelForCausalLM must hold the weights that gguf dequantizes. With EXPECTED_DIR, the
Hugging Face form of the same model, logits must be equal too. Needs torch, transformers, tokenizers and
gguf.
"""

import os
import sys
import tempfile

import torch
from gguf import GGUFReader, dequantize
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import AddedToken
from transformers import AutoModelForCausalLM, AutoTokenizer

from byte_level import reference
from tools import ROOT, Tools, arguments

sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from fuzz_strings import fuzz_strings  # noqa: E402


def export(tools: Tools, model: str, directory: str):
    tools.run("xp-train", "export", "--model", model, "--to", "hf", "-o", directory)


def check_tokenizer(path: str, directory: str):
    fields = GGUFReader(path).fields
    expected = reference(path)
    types = fields["tokenizer.ggml.token_type"].contents()
    tokens = fields["tokenizer.ggml.tokens"].contents()
    expected.add_special_tokens([AddedToken(token, special=True) for token, kind in zip(tokens, types) if kind == 3])
    found = AutoTokenizer.from_pretrained(directory)
    texts = fuzz_strings(2_000, seed=99)
    wrong = [text for text in texts
             if found(text, add_special_tokens=False)["input_ids"] != expected.encode(text, add_special_tokens=False).ids]
    print(f"tokenizer: {len(texts)} texts, {len(wrong)} differ, e.g. {wrong[:3]}")
    assert not wrong
    messages = [{"role": "user", "content": "Hi, 12!"}]
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    text = environment.from_string(fields["tokenizer.chat_template"].contents()).render(
        messages=messages, add_generation_prompt=True)
    ids = found.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
    assert ids == expected.encode(text, add_special_tokens=False).ids, ids
    print(f"chat template: {len(ids)} ids agree; eos {found.eos_token!r}, bos {found.bos_token!r}, pad {found.pad_token!r}")
    return ids


def check_model(path: str, directory: str, ids: list[int]):
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    tensors = {tensor.name: tensor for tensor in GGUFReader(path).tensors}
    state = model.state_dict()
    for name, gguf_name in [("model.embed_tokens.weight", "token_embd.weight"),
                            ("model.layers.1.mlp.down_proj.weight", "blk.1.ffn_down.weight")]:
        weight = dequantize(tensors[gguf_name].data, tensors[gguf_name].tensor_type)
        assert torch.equal(state[name], torch.from_numpy(weight.reshape(state[name].shape).copy())), name
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0, -1]
    print(f"model: loads, {sum(p.numel() for p in model.parameters())} parameters, finite logits: {bool(logits.isfinite().all())}")
    print(f"greedy: {AutoTokenizer.from_pretrained(directory).decode(model.generate(torch.tensor([ids]), max_new_tokens=12, do_sample=False)[0][len(ids):])!r}")
    return logits


def main():
    parser = arguments(__doc__)
    parser.add_argument("expected", metavar="EXPECTED_DIR", nargs="?")
    options = parser.parse_args()
    path = options.model
    with tempfile.TemporaryDirectory() as parent:
        directory = os.path.join(parent, "model")
        export(Tools(options.bin), path, directory)
        ids = check_tokenizer(path, directory)
        logits = check_model(path, directory, ids)
        if options.expected:
            other = AutoModelForCausalLM.from_pretrained(options.expected, dtype=torch.float32)
            with torch.no_grad():
                assert torch.equal(other(torch.tensor([ids])).logits[0, -1], logits)
            print("logits: equal to the bit")


if __name__ == "__main__":
    main()
