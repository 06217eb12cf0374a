"""The peers' forms of the default model: Hugging Face F32 for transformers, GGUF files of other types for llama.cpp."""

import json
import os
import sys

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, dequantize

#: llama.cpp's numbers of the file types (enum llama_ftype).
FILE_TYPES = {"BF16": 32, "Q8_0": 7, "Q4_0": 2}


def main():
    source, directory = sys.argv[1:]
    reader = GGUFReader(source)
    tensors = {tensor.name: dequantize(tensor.data, tensor.tensor_type).astype(np.float32) for tensor in reader.tensors}
    write_hugging_face(reader, tensors, os.path.join(directory, "huggingface"))
    write_gguf_files(reader, tensors, directory)


def write_hugging_face(reader: GGUFReader, tensors: dict, directory: str):
    from safetensors.numpy import save_file
    os.makedirs(directory, exist_ok=True)
    def value(key):
        return reader.fields["llama." + key].contents()
    heads, groups = value("attention.head_count"), value("attention.head_count_kv")
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "dtype": "float32",
        "hidden_size": value("embedding_length"), "intermediate_size": value("feed_forward_length"),
        "num_hidden_layers": value("block_count"), "num_attention_heads": heads, "num_key_value_heads": groups,
        "max_position_embeddings": value("context_length"), "rms_norm_eps": value("attention.layer_norm_rms_epsilon"),
        "rope_theta": value("rope.freq_base"), "vocab_size": len(tensors["token_embd.weight"]),
        "tie_word_embeddings": True, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2,
    }
    with open(os.path.join(directory, "config.json"), "w") as file:
        json.dump(config, file, indent=1)
    names = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
             "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
             "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm"}
    state = {}
    for name, tensor in tensors.items():
        if not name.startswith("blk."):
            state[{"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}[name]] = tensor
            continue
        _, layer, part, _ = name.split(".")
        if part in ("attn_q", "attn_k"):
            tensor = rows_in_halves(tensor, heads if part == "attn_q" else groups)
        state[f"model.layers.{layer}.{names[part]}.weight"] = tensor
    save_file(state, os.path.join(directory, "model.safetensors"), metadata={"format": "pt"})


def rows_in_halves(weight: np.ndarray, heads: int) -> np.ndarray:
    """GGUF has the two members of a rotary pair side by side, Hugging Face half a head apart."""
    rows, columns = weight.shape
    paired = weight.reshape(heads, rows // heads // 2, 2, columns)
    return np.ascontiguousarray(paired.swapaxes(1, 2).reshape(rows, columns))


def write_gguf_files(reader: GGUFReader, tensors: dict, directory: str):
    import llama_cpp
    whole = os.path.join(directory, "F32.gguf")
    writer = GGUFWriter(whole, "llama")
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key in ("general.architecture", "general.file_type", "general.quantization_version"):
            continue
        kind, *element = field.types
        writer.add_key_value(key, field.contents(), kind, element[0] if kind == GGUFValueType.ARRAY else None)
    writer.add_file_type(0)
    for name, tensor in tensors.items():
        writer.add_tensor(name, tensor, raw_dtype=GGMLQuantizationType.F32)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    for name, number in FILE_TYPES.items():
        parameters = llama_cpp.llama_model_quantize_default_params()
        parameters.ftype = number
        target = os.path.join(directory, name + ".gguf")
        status = llama_cpp.llama_model_quantize(whole.encode(), target.encode(), parameters)
        if status != 0:
            raise SystemExit(f"llama_model_quantize: {status} for {name}")


if __name__ == "__main__":
    main()
