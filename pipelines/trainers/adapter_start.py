"""The adapter with which xp-train starts: A uniform in ±1/√in, B zero, by the same random numbers, so that a seed means the same
start in both trainers.

The numbers are those of Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011), of a stream that the seed, "adapter", the layer
and the module name. Sources/Shared/Streams/Run/CounterRandom.swift says how.
"""

import hashlib
import re

import numpy
import torch

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
INCREMENTS = (0x9E3779B9, 0xBB67AE85)
MASK = numpy.uint64(0xFFFFFFFF)
HALF = numpy.uint64(32)


def uniform(seed: int, *stream: str, count: int) -> numpy.ndarray:
    """That many numbers in [0, 1) of the stream with this name."""
    named = seed.to_bytes(8, "little")
    for name in stream:
        named += len(name.encode()).to_bytes(8, "little") + name.encode()
    words = numpy.frombuffer(hashlib.sha256(named).digest()[:16], dtype="<u4").astype(numpy.uint64)
    key, stream_words = [int(word) for word in words[:2]], words[2:]
    block = numpy.arange((count + 1) // 2, dtype=numpy.uint64)
    counter = [block & MASK, block >> HALF, numpy.full_like(block, stream_words[0]), numpy.full_like(block, stream_words[1])]
    for _ in range(10):
        products = [counter[0] * numpy.uint64(MULTIPLIERS[0]), counter[2] * numpy.uint64(MULTIPLIERS[1])]
        counter = [(products[1] >> HALF) ^ counter[1] ^ numpy.uint64(key[0]), products[1] & MASK,
                   (products[0] >> HALF) ^ counter[3] ^ numpy.uint64(key[1]), products[0] & MASK]
        key = [(word + increment) & 0xFFFFFFFF for word, increment in zip(key, INCREMENTS)]
    values = numpy.stack([counter[1] << HALF | counter[0], counter[3] << HALF | counter[2]], axis=1).reshape(-1)[:count]
    return (values >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53


def start_adapter(model: torch.nn.Module, seed: int):
    """Gives the LoRA matrices of a peft model their first values."""
    for name, parameter in model.named_parameters():
        found = re.search(r"layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])\.", name)
        if not found:
            continue
        layer, module, side = found.groups()
        with torch.no_grad():
            if side == "B":
                parameter.zero_()
                continue
            values = 2 * uniform(seed, "adapter", layer, module, count=parameter.numel()) - 1
            values *= 1 / numpy.sqrt(float(parameter.shape[1]))
            parameter.copy_(torch.from_numpy(values.astype(numpy.float32)).reshape(parameter.shape))
