#!/usr/bin/env python3
"""Writes a Hugging Face checkpoint with random weights in the shape of a model that people use.

    Tests/Reference/shapes.py Qwen3-4B DIR --tokenizer DIR [--empty] [--seed N]
    Tests/Reference/shapes.py --list

transformers' configuration classes write config.json, and its model classes name the tensors, which are made one at a time: bfloat16,
normal with a deviation of 0.02, norms as a new model has them. The tokenizer is copied from another checkpoint, such as one that
`xp-train export --to hf` wrote; its ids must lie within the vocabulary. With --empty the weights are holes in the files: all zero, and
no space on disk, for counting memory. Needs torch and transformers.
"""

import argparse
import json
import pathlib
import shutil
import struct

import torch
from transformers import AutoModelForCausalLM, Gemma3TextConfig, LlamaConfig, Qwen3Config


def llama(hidden, inner, layers, heads, key_heads, **rest):
    return LlamaConfig(hidden_size=hidden, intermediate_size=inner, num_hidden_layers=layers, num_attention_heads=heads,
                       num_key_value_heads=key_heads, rms_norm_eps=1e-5, **rest)


def smol(*sizes, theta):
    return llama(*sizes, vocab_size=49152, max_position_embeddings=8192, tie_word_embeddings=True,
                 rope_parameters={"rope_type": "default", "rope_theta": theta})


def llama3(*sizes, tied, factor):
    rope = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": factor, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192}
    return llama(*sizes, vocab_size=128256, max_position_embeddings=131072, tie_word_embeddings=tied, rope_parameters=rope)


def qwen3(hidden, inner, layers, heads, tied):
    return Qwen3Config(hidden_size=hidden, intermediate_size=inner, num_hidden_layers=layers, num_attention_heads=heads,
                       num_key_value_heads=8, head_dim=128, vocab_size=151936, max_position_embeddings=40960,
                       tie_word_embeddings=tied, rope_parameters={"rope_type": "default", "rope_theta": 1000000.0})


def gemma3(hidden, inner, layers, heads, key_heads, vocabulary, window, context, factor=None):
    whole = {"rope_type": "linear", "factor": factor} if factor else {"rope_type": "default"}
    return Gemma3TextConfig(
        hidden_size=hidden, intermediate_size=inner, num_hidden_layers=layers, num_attention_heads=heads,
        num_key_value_heads=key_heads, head_dim=256, vocab_size=vocabulary, sliding_window=window,
        max_position_embeddings=context, query_pre_attn_scalar=256,
        rope_parameters={"full_attention": {**whole, "rope_theta": 1000000.0},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}})


SHAPES = {
    "SmolLM2-360M": lambda: smol(960, 2560, 32, 15, 5, theta=100000.0),
    "SmolLM2-1.7B": lambda: smol(2048, 8192, 24, 32, 32, theta=130000.0),
    "Qwen3-0.6B": lambda: qwen3(1024, 3072, 28, 16, tied=True),
    "Qwen3-1.7B": lambda: qwen3(2048, 6144, 28, 16, tied=True),
    "Qwen3-4B": lambda: qwen3(2560, 9728, 36, 32, tied=True),
    "Qwen3-8B": lambda: qwen3(4096, 12288, 36, 32, tied=False),
    "Llama-3.2-1B": lambda: llama3(2048, 8192, 16, 32, 8, tied=True, factor=32.0),
    "Llama-3.2-3B": lambda: llama3(3072, 8192, 28, 24, 8, tied=True, factor=32.0),
    "Llama-3.1-8B": lambda: llama3(4096, 14336, 32, 32, 8, tied=False, factor=8.0),
    "Gemma-3-1B": lambda: gemma3(1152, 6912, 26, 4, 1, 262144, 512, 32768),
    "Gemma-3-4B": lambda: gemma3(2560, 10240, 34, 8, 4, 262208, 1024, 131072, factor=8.0),
}

SHARD_BYTES = 2 << 30
DTYPE_BYTES = 2


def describe(config) -> tuple[str, dict[str, torch.Size]]:
    """The model's class, and name and shape of each tensor that the checkpoint holds; a head that is the token table is none."""
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if config.tie_word_embeddings:
        shapes.pop("lm_head.weight", None)
    return type(model).__name__, shapes


def values(name: str, shape: torch.Size, config, generator: torch.Generator) -> torch.Tensor:
    if len(shape) == 1:
        # Gemma's norms add 1 to their weights.
        return torch.full(shape, 0.0 if config.model_type.startswith("gemma") or name.endswith("bias") else 1.0)
    return torch.randn(shape, generator=generator, dtype=torch.float32).mul_(0.02)


def shards(shapes: dict[str, torch.Size]) -> list[list[str]]:
    result, size = [[]], 0
    for name, shape in shapes.items():
        if result[-1] and size + shape.numel() * DTYPE_BYTES > SHARD_BYTES:
            result.append([])
            size = 0
        result[-1].append(name)
        size += shape.numel() * DTYPE_BYTES
    return result


def write_shard(path: pathlib.Path, names: list[str], shapes, make):
    """A safetensors file, whose tensors `make` gives one by one; None for holes."""
    header, end = {}, 0
    for name in names:
        start, end = end, end + shapes[name].numel() * DTYPE_BYTES
        header[name] = {"dtype": "BF16", "shape": list(shapes[name]), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in names if make else []:
            file.write(make(name).to(torch.bfloat16).view(torch.uint8).numpy().tobytes())
        file.truncate(8 + len(text) + end)


def write(config, directory: pathlib.Path, tokenizer: pathlib.Path, seed: int, is_empty: bool):
    directory.mkdir(parents=True)
    config.dtype = "bfloat16"
    name, shapes = describe(config)
    config.architectures = [name]
    described = json.loads((tokenizer / "config.json").read_text())
    for key in ("bos_token_id", "eos_token_id", "pad_token_id"):
        setattr(config, key, described.get(key))
    config.save_pretrained(directory)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja"):
        if (tokenizer / name).exists():
            shutil.copy(tokenizer / name, directory)
    ids = [token["id"] for token in json.loads((directory / "tokenizer.json").read_text())["added_tokens"]]
    assert max(ids, default=0) < config.vocab_size, "the tokenizer's ids lie within the vocabulary"
    generator = torch.Generator().manual_seed(seed)
    parts = shards(shapes)
    places = {}
    for index, names in enumerate(parts):
        name = "model.safetensors" if len(parts) == 1 else f"model-{index + 1:05}-of-{len(parts):05}.safetensors"
        places |= {tensor: name for tensor in names}
        write_shard(directory / name, names, shapes,
                    None if is_empty else lambda tensor: values(tensor, shapes[tensor], config, generator))
    count = sum(shape.numel() for shape in shapes.values())
    if len(parts) > 1:
        index = {"metadata": {"total_size": count * DTYPE_BYTES}, "weight_map": places}
        (directory / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")
    print(f"{directory}: {count / 1e6:,.0f} million parameters in {len(parts)} files")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", nargs="?", choices=SHAPES)
    parser.add_argument("directory", nargs="?", type=pathlib.Path)
    parser.add_argument("--tokenizer", type=pathlib.Path, metavar="DIR", help="a Hugging Face directory whose tokenizer is copied")
    parser.add_argument("--empty", action="store_true", help="weights that are zero and take no space")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--list", action="store_true", help="print the names of the shapes")
    options = parser.parse_args()
    if options.list:
        print("\n".join(SHAPES))
        return
    if options.directory is None or options.tokenizer is None:
        parser.error("name a shape, a directory and a --tokenizer")
    write(SHAPES[options.shape](), options.directory, options.tokenizer, options.seed, options.empty)


if __name__ == "__main__":
    main()
