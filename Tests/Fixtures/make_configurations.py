#!/usr/bin/env python3
"""Makes configurations.json: config.json files with keys left out or written in older and newer forms, and what
transformers' configuration classes and rotary embeddings make of them.

    python3 make_configurations.py            (needs torch, transformers)

For each: "config"; and "values" as transformers computes them, or "unsupported": true where transformers computes
something that the engine has no words for, so that it must refuse.
"""
import copy, json, pathlib
import torch
from transformers import AutoConfig
from transformers.models.gemma3.modeling_gemma3 import Gemma3RotaryEmbedding
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

OUT = pathlib.Path(__file__).resolve().parent / "configurations.json"
SIZES = dict(vocab_size=64, hidden_size=256, intermediate_size=48, num_hidden_layers=4, num_attention_heads=32,
             num_key_value_heads=2, head_dim=16, max_position_embeddings=1024, rms_norm_eps=1e-5,
             tie_word_embeddings=True)
FAMILIES = {
    "llama": dict(hidden_act="silu", attention_bias=False, mlp_bias=False, rope_theta=50000.0, rope_scaling=None),
    "mistral": dict(hidden_act="silu", sliding_window=None, rope_theta=50000.0),
    "qwen2": dict(hidden_act="silu", use_sliding_window=False, sliding_window=16, max_window_layers=2,
                  rope_theta=50000.0),
    "qwen3": dict(hidden_act="silu", use_sliding_window=False, sliding_window=None, max_window_layers=2,
                  attention_bias=False, rope_theta=50000.0),
    "gemma3_text": dict(hidden_activation="gelu_pytorch_tanh", query_pre_attn_scalar=100, sliding_window=16,
                        sliding_window_pattern=2, rope_theta=50000.0, rope_local_base_freq=20000.0,
                        attention_bias=False, final_logit_softcapping=None, attn_logit_softcapping=None),
}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 256}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 256}
SCALINGS = [
    {"rope_type": "default"}, {"factor": 8.0}, {"type": "linear", "factor": 1.0}, {"type": "linear", "factor": 4.0},
    {"rope_type": "linear", "type": "dynamic", "factor": 2}, {"rope_type": "dynamic", "factor": 4.0}, LLAMA3,
    {k: v for k, v in LLAMA3.items() if k != "original_max_position_embeddings"}, YARN,
    {k: v for k, v in YARN.items() if k != "original_max_position_embeddings"},
    YARN | {"type": "yarn", "beta_fast": 16.0, "beta_slow": 2.0}, YARN | {"attention_factor": 1.5},
    YARN | {"mscale": 0.7, "mscale_all_dim": 1.0}, YARN | {"truncate": False}, YARN | {"factor": 1.0},
]
UNSUPPORTED = [
    {"rope_type": "longrope", "short_factor": [1.0] * 8, "long_factor": [4.0] * 8,
     "original_max_position_embeddings": 256},
    {"rope_type": "linear", "factor": 4.0, "partial_rotary_factor": 0.5},
    {"rope_type": "proportional", "partial_rotary_factor": 0.5},
]


def variants(family):
    base = {"model_type": family} | SIZES | FAMILIES[family]
    flat = family != "gemma3_text"
    yield base, True
    for key in base:
        if key != "model_type":
            yield {k: v for k, v in base.items() if k != key}, True
    yield {k: v for k, v in base.items() if not k.startswith("rope")}, True
    if family in ["llama", "qwen2", "qwen3"]:
        yield base | {"num_key_value_heads": None}, True
    for scaling in SCALINGS:
        is_supported = flat or scaling.get("rope_type") != "yarn" or scaling["factor"] == 1
        # Gemma 3's class in transformers 5 takes no notice of the older name of the type; that in version 4 does.
        has_older_name = "type" in scaling and "rope_type" not in scaling and scaling["factor"] != 1
        yield base | {"rope_scaling": scaling}, is_supported and (flat or not has_older_name)
        if flat:
            parameters = scaling | {"rope_theta": 30000.0}
            yield base | {"rope_parameters": parameters}, True
            yield base | {"rope_scaling": {"rope_type": "linear", "factor": 3.0}, "rope_parameters": parameters}, True
            yield {k: v for k, v in base.items() if k != "rope_theta"} | {"rope_parameters": scaling}, True
        else:
            for name in ["full_attention", "sliding_attention"]:
                kinds = {name: scaling | {"rope_theta": 30000.0}}
                typed = scaling.get("rope_type", scaling.get("type", "default")) != "default"
                yield base | {"rope_parameters": kinds}, is_supported if name == "full_attention" else not typed
    if flat:
        yield base | {"rope_scaling": LLAMA3, "original_max_position_embeddings": 128}, True
    for scaling in UNSUPPORTED:
        yield base | {"rope_scaling": scaling}, False
    # What transformers does to models of any family.
    yield base | {"is_causal": True, "quantization_config": {}}, True
    yield base | {"is_causal": False}, False
    yield base | {"transformers_weights": "other.safetensors"}, False
    yield base | {"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": True}}, False
    if family in ["qwen2", "qwen3"]:
        window = base | {"use_sliding_window": True, "sliding_window": 16}
        yield window, False
        yield window | {"max_window_layers": 4}, True
        yield window | {"sliding_window": None}, True
        yield window | {"sliding_window": 1024}, True
        yield window | {"layer_types": ["full_attention"] * 4}, True
        yield window | {"layer_types": ["full_attention"] * 3 + ["sliding_attention"]}, False
        yield {k: v for k, v in window.items() if k != "max_window_layers"}, True
    if family == "mistral":
        yield base | {"sliding_window": 16}, False
        yield base | {"sliding_window": 1024}, True
    if family == "gemma3_text":
        yield base | {"layer_types": ["sliding_attention", "full_attention"] * 2}, True
        yield base | {"layer_types": ["sliding_attention"] * 3 + ["full_attention"]}, True
        yield base | {"layer_types": ["sliding_attention"] * 4}, True
        yield base | {"layer_types": ["full_attention"] * 4}, True
        yield base | {"layer_types": ["full_attention"] * 2 + ["sliding_attention"] * 2}, False
        yield base | {"final_logit_softcapping": 30.0}, False
        yield base | {"attn_logit_softcapping": 50.0}, False
        yield base | {"use_bidirectional_attention": True}, False


def values(given):
    kwargs = copy.deepcopy(given)
    config = AutoConfig.for_model(kwargs.pop("model_type"), **kwargs)
    result = {key: getattr(config, key) for key in [
        "vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
        "num_key_value_heads", "max_position_embeddings", "rms_norm_eps", "tie_word_embeddings"]}
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    result["head_dim"] = head
    scale = head ** -0.5
    if config.model_type == "gemma3_text":
        # The classes hold frequencies for the kinds of layers that there are.
        rope = Gemma3RotaryEmbedding(config)
        scale = config.query_pre_attn_scalar ** -0.5
        for kind in set(config.layer_types):
            result[f"{kind}_frequencies"] = getattr(rope, f"{kind}_inv_freq").tolist()
        attention = getattr(rope, "full_attention_attention_scaling", 1.0)
        result["window_layers"] = [kind == "sliding_attention" for kind in config.layer_types]
        result["sliding_window"] = config.sliding_window
    else:
        rope = LlamaRotaryEmbedding(config)
        result["full_attention_frequencies"] = rope.inv_freq.tolist()
        attention = rope.attention_scaling
    result["product_scale"] = scale * attention ** 2
    return result


def main():
    cases = []
    for family in FAMILIES:
        for config, is_supported in variants(family):
            case = {"config": config}
            if is_supported:
                case["values"] = values(config)
            else:
                case["unsupported"] = True
            cases.append(case)
    OUT.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print(len(cases), "configurations,", sum("values" in case for case in cases), "supported")


if __name__ == "__main__":
    main()
