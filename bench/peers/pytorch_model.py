"""The default model in transformers, from the Hugging Face form that prepare.py makes of the GGUF file."""

import torch
from transformers import AutoModelForCausalLM
from transformers.cache_utils import Cache, DynamicLayer

from peers.worker import THREADS


def load(directory: str, precision: str):
    torch.set_num_threads(THREADS)
    dtype = {"fp32": torch.float32, "bf16": torch.bfloat16}[precision]
    return AutoModelForCausalLM.from_pretrained(directory, dtype=dtype, attn_implementation="sdpa")


class RoomyLayer(DynamicLayer):
    """Keys and values with room for `room` more tokens, so that a step need not copy all that came before it."""

    def __init__(self, room: int):
        super().__init__()
        self.room = room
        self.length = 0

    def update(self, keys, values, *_arguments, **_options):
        if not self.is_initialized:
            batch, heads, length, width = keys.shape
            self.keys = keys.new_empty(batch, heads, length + self.room, width)
            self.values = torch.empty_like(self.keys)
            self.is_initialized = True
        end = self.length + keys.shape[2]
        self.keys[:, :, self.length:end] = keys
        self.values[:, :, self.length:end] = values
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]

    def get_seq_length(self):
        return self.length


def roomy_cache(model, room: int) -> Cache:
    return Cache(layers=[RoomyLayer(room) for _ in range(model.config.num_hidden_layers)])


def padded(rows: list[list[int]], length: int | None = None) -> torch.Tensor:
    """Padded on the right, where a causal model does not see it: no mask is needed."""
    length = length or max(map(len, rows))
    return torch.tensor([row + [0] * (length - len(row)) for row in rows])


def batches(items: list, length, settings: dict) -> list[list]:
    """Items of like length together: `batch` items, or as many as fill `tokens` padded places."""
    result = []
    for item in sorted(items, key=length, reverse=True):
        most = settings.get("batch") or max(1, settings["tokens"] // length(result[-1][0]) if result else 1)
        if result and len(result[-1]) < most:
            result[-1].append(item)
        else:
            result.append([item])
    return result
