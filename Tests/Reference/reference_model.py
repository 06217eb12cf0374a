"""A llama model of a GGUF file as transformers runs it, in fp32: what the programs are held against.

Weights are dequantized by the package gguf, query and key rows put back in Hugging Face's order, the tokenizer is the one of
tokenizer_fuzz.py, and prompts are rendered here, in Python. Nothing of this repository's engine is used. Needs torch,
transformers, tokenizers and gguf.
"""

from dataclasses import dataclass

import torch
from gguf import GGUFReader, dequantize
from tokenizers import Tokenizer, decoders
from transformers import LlamaConfig, LlamaForCausalLM

from byte_level import reference

SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
NEAR_TIE = 1e-4

MODULES = {
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}


def load_model(path: str) -> LlamaForCausalLM:
    """The model of a GGUF file with tied embeddings."""
    reader = GGUFReader(path)

    def value(key: str):
        return reader.fields[f"llama.{key}"].contents()

    heads, key_heads = value("attention.head_count"), value("attention.head_count_kv")
    config = LlamaConfig(
        vocab_size=value("vocab_size"), hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"), num_hidden_layers=value("block_count"),
        num_attention_heads=heads, num_key_value_heads=key_heads,
        max_position_embeddings=value("context_length"), rms_norm_eps=value("attention.layer_norm_rms_epsilon"),
        rope_parameters={"rope_type": "default", "rope_theta": value("rope.freq_base")},
        tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, pad_token_id=2)
    weights = {}
    for tensor in reader.tensors:
        # The dimensions of GGUF are innermost first.
        shape = [int(size) for size in reversed(tensor.shape)]
        weight = torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).reshape(shape).copy())
        weights[hugging_face_name(tensor.name)] = unpermuted(tensor.name, weight, heads, key_heads)
    model = LlamaForCausalLM(config).to(torch.float32).eval()
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert set(missing) <= {"lm_head.weight"} and not unexpected, (missing, unexpected)
    model.tie_weights()
    assert model.lm_head.weight.data_ptr() == model.model.embed_tokens.weight.data_ptr()
    return model


def hugging_face_name(name: str) -> str:
    whole = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}
    if name in whole:
        return whole[name]
    _, layer, module, _ = name.split(".")
    return f"model.layers.{layer}.{MODULES[module]}.weight"


def unpermuted(name: str, weight: torch.Tensor, heads: int, key_heads: int) -> torch.Tensor:
    """llama.cpp's converter interleaves the halves of each query and key head."""
    count = heads if "attn_q." in name else key_heads if "attn_k." in name else None
    if count is None:
        return weight
    return weight.reshape(count, -1, 2, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


class ChatTokenizer:
    """Prompts of SmolLM2's ChatML as token ids, and ids as text."""

    def __init__(self, path: str):
        self.tokenizer: Tokenizer = reference(path)
        self.tokenizer.decoder = decoders.ByteLevel()
        fields = GGUFReader(path).fields
        tokens = fields["tokenizer.ggml.tokens"].contents()
        kinds = fields["tokenizer.ggml.token_type"].contents()
        self.special = {id for id, kind in enumerate(kinds) if kind == 3}
        self.start, self.end = tokens.index("<|im_start|>"), tokens.index("<|im_end|>")
        self.stop = {self.end, tokens.index("<|endoftext|>")}

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def prompt(self, messages: list[dict], prefill="") -> list[int]:
        """Whatever a message spells, only the template writes special tokens."""
        if messages[0]["role"] != "system":
            messages = [{"role": "system", "content": SYSTEM}, *messages]
        ids = []
        for message in messages:
            ids += [self.start, *self.encode(f'{message["role"]}\n{message["content"]}'), self.end, *self.encode("\n")]
        return ids + [self.start, *self.encode("assistant\n" + prefill)]

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode([id for id in ids if id not in self.special])


class Reference:
    """Answers prompts as cf-label is meant to, one plain forward pass at a time."""

    def __init__(self, model: torch.nn.Module, tokenizer: ChatTokenizer):
        self.model = model
        self.tokenizer = tokenizer

    @torch.no_grad()
    def logits(self, ids: list[int], last=1) -> torch.Tensor:
        """The logits after each of the last tokens."""
        return self.model(torch.tensor([ids]), logits_to_keep=last).logits[0]

    def log_probabilities(self, prompt: list[int], choices: list[str]) -> dict[str, float]:
        """The log-probability of every choice's whole token string after the prompt."""
        known: dict[tuple, torch.Tensor] = {}
        scores = {}
        for choice in choices:
            ids = self.tokenizer.encode(choice)
            before = tuple(ids[:-1])
            if before not in known:
                known[before] = self.logits(prompt + ids[:-1], last=len(ids)).double().log_softmax(-1)
            scores[choice] = sum(float(row[token]) for row, token in zip(known[before], ids))
        return scores

    def greedy(self, prompt: list[int], maximum: int, wanted: str) -> "Greedy":
        """Greedy text, following `wanted` where the two best tokens lie within a near-tie of each other."""
        ids, margins = [], []
        while len(ids) < maximum:
            values, best = self.logits(prompt + ids)[-1].topk(2)
            first, second = best.tolist()
            margins.append(float(values[0] - values[1]))
            token = second if margins[-1] <= NEAR_TIE and not self.leads(ids, first, wanted) else first
            if token in self.tokenizer.stop:
                return Greedy(self.tokenizer.decode(ids), len(ids), "stop", margins)
            ids.append(token)
        return Greedy(self.tokenizer.decode(ids), len(ids), "length", margins)

    def leads(self, ids: list[int], token: int, wanted: str) -> bool:
        """Whether the text can go on to what is wanted with that token."""
        if token in self.tokenizer.stop:
            return self.tokenizer.decode(ids) == wanted
        # The last character may still lack bytes.
        return wanted.startswith(self.tokenizer.decode([*ids, token]).rstrip("\ufffd"))


@dataclass
class Greedy:
    """A greedy text, and by how much the best token led the second at each of its steps."""

    text: str
    tokens: int
    finish: str
    margins: list[float]

    @property
    def near_ties(self) -> int:
        return sum(margin <= NEAR_TIE for margin in self.margins)
