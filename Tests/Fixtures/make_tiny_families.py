#!/usr/bin/env python3
"""Makes tiny-families/: a tiny random model of every architecture, and what PyTorch computes on it.

    python3 make_tiny_families.py            (needs torch, transformers, safetensors, gguf, numpy)

For each family:
  NAME/config.json, model.safetensors     the model as transformers saves it, F32
  NAME/model.gguf                         the same weights as GGUF stores them (not for llama3-scaled)
  NAME/reference.json                     sequences, the log-probabilities of their tokens, and a loss
  NAME/gradients.safetensors              the gradients of all weights

The sequences share prefixes at several depths, and are longer than Gemma's window.
"""
import json, pathlib, random
import gguf, torch
from safetensors.torch import save_file
from transformers import (Gemma3ForCausalLM, Gemma3TextConfig, LlamaConfig, LlamaForCausalLM, Qwen2Config,
                          Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM)

OUT = pathlib.Path(__file__).resolve().parent / "tiny-families"
SIZES = dict(vocab_size=64, hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=4,
             num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-5, bos_token_id=0, eos_token_id=1,
             pad_token_id=1)
WINDOW, RHYTHM = 8, ["sliding_attention", "full_attention", "sliding_attention"]

FAMILIES = {
    "llama3-scaled": lambda: LlamaForCausalLM(LlamaConfig(
        **SIZES, head_dim=8, tie_word_embeddings=False,
        rope_parameters={"rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "low_freq_factor": 1.0,
                         "high_freq_factor": 4.0, "original_max_position_embeddings": 32})),
    "qwen2": lambda: Qwen2ForCausalLM(Qwen2Config(
        **SIZES, tie_word_embeddings=True, rope_parameters={"rope_type": "default", "rope_theta": 1e6})),
    "qwen3": lambda: Qwen3ForCausalLM(Qwen3Config(
        **SIZES, head_dim=8, tie_word_embeddings=False, rope_parameters={"rope_type": "default", "rope_theta": 1e6})),
    "gemma3": lambda: Gemma3ForCausalLM(Gemma3TextConfig(
        **SIZES, head_dim=8, query_pre_attn_scalar=8, sliding_window=WINDOW, layer_types=RHYTHM,
        rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 1e6},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 1e4}})),
}

GGUF_NAMES = {
    "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm", "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}
GEMMA_NAMES = GGUF_NAMES | {
    "post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}


def gguf_name(name, names):
    module, kind = name.rsplit(".", 1)
    if module.startswith("model.layers."):
        _, _, layer, rest = module.split(".", 3)
        return f"blk.{layer}.{names[rest]}.{kind}"
    return f"{names[module]}.{kind}"


def write_gguf(path, family, model):
    """As llama.cpp's converter lays these families out: rows in order, Gemma's norms with one added."""
    config = model.config
    writer = gguf.GGUFWriter(str(path), family)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(1e6)
    if family != "qwen2":
        writer.add_key_length(config.head_dim)
        writer.add_value_length(config.head_dim)
    if family == "gemma3":
        writer.add_sliding_window(WINDOW)
        writer.add_uint32("gemma3.attention.sliding_window_pattern", 2)
    names = GEMMA_NAMES if family == "gemma3" else GGUF_NAMES
    for name, value in model.named_parameters():
        value = value.detach()
        if family == "gemma3" and name.endswith("norm.weight"):
            value = value + 1
        writer.add_tensor(gguf_name(name, names), value.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def sequences():
    def draw(count):
        return [random.randrange(2, SIZES["vocab_size"]) for _ in range(count)]
    trunk = draw(5)
    stems = [trunk + draw(length) for length in (2, 13, 70)]
    return [stem + draw(random.randrange(2, 9)) for stem in stems for _ in range(2)]


def main():
    for name, make in FAMILIES.items():
        torch.manual_seed(270)
        random.seed(270)
        model = make().float().eval()
        model.set_attn_implementation("eager")
        with torch.no_grad():
            for parameter_name, parameter in model.named_parameters():
                # Norms and biases start as constants, which would hide what is done with them.
                spread = 0.2 if parameter.dim() > 1 else 0.3
                parameter.add_(torch.randn_like(parameter) * spread)
        folder = OUT / name
        folder.mkdir(parents=True, exist_ok=True)
        model.save_pretrained(folder)
        (folder / "generation_config.json").unlink(missing_ok=True)
        data = sequences()
        values = []
        for tokens in data:
            logits = model(torch.tensor([tokens])).logits[0]
            chosen = torch.tensor(tokens[1:])[:, None]
            values.append(torch.log_softmax(logits[:-1], -1).gather(1, chosen)[:, 0])
        loss = -torch.cat(values).mean()
        loss.backward()
        save_file({n: p.grad.contiguous() for n, p in model.named_parameters()}, folder / "gradients.safetensors")
        (folder / "reference.json").write_text(json.dumps({
            "torch": torch.__version__, "sequences": data,
            "log_probabilities": [v.tolist() for v in values], "loss": loss.item()}) + "\n")
        if name != "llama3-scaled":
            write_gguf(folder / "model.gguf", name, model)


if __name__ == "__main__":
    main()
