#!/usr/bin/env python3
"""Writes the seeds of Tests/Fuzz/Corpus: small inputs from which the fuzzer starts, by hand or from the fixtures.

    Tests/Fuzz/make_seeds.py        (Python's library alone, and zstd)
"""

import json
import pathlib
import re
import struct
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "Fixtures"
CORPUS = HERE / "Corpus"


def write(parser, name, data):
    folder = CORPUS / parser
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{name}").write_bytes(data.encode() if isinstance(data, str) else data)


# --- GGUF -------------------------------------------------------------------------------------------------------------

# Numbers of types, and how Python's struct writes the scalar ones.
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}


def gguf_string(text):
    data = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(data)) + data


def gguf_value(value):
    """A pair of a type's number and a value, or a string, an integer, a float, or a list of these."""
    if isinstance(value, tuple):
        return struct.pack("<I", value[0]) + struct.pack("<" + SCALARS[value[0]], value[1])
    if isinstance(value, bool):
        return gguf_value((7, value))
    if isinstance(value, int):
        return gguf_value((4, value))
    if isinstance(value, float):
        return gguf_value((6, value))
    if isinstance(value, str):
        return struct.pack("<I", 8) + gguf_string(value)
    kind = {str: 8, float: 6, int: 5}[type(value[0])]
    head = struct.pack("<IIQ", 9, kind, len(value))
    if kind == 8:
        return head + b"".join(map(gguf_string, value))
    return head + b"".join(struct.pack("<" + SCALARS[kind], v) for v in value)


def gguf(metadata, tensors=(), version=3, alignment=32):
    """tensors: name, shape in GGUF's order, type's number, bytes."""
    head = struct.pack("<IIQQ", 0x46554747, version, len(tensors), len(metadata))
    for key, value in metadata.items():
        head += gguf_string(key) + gguf_value(value)
    data = b""
    for name, shape, kind, content in tensors:
        head += gguf_string(name) + struct.pack("<I", len(shape))
        head += b"".join(struct.pack("<Q", n) for n in shape) + struct.pack("<IQ", kind, len(data))
        data += content + b"\0" * (-len(content) % alignment)
    return head + b"\0" * (-len(head) % alignment) + data


def floats(count):
    return b"".join(struct.pack("<f", (i % 7 - 3) / 8) for i in range(count))


def model(family, tokens, **extra):
    """The metadata and tensors of a model of one layer, width 4."""
    metadata = {"general.architecture": family, "general.name": "m"}
    for key, value in {
        "block_count": 1, "context_length": 16, "embedding_length": 4, "feed_forward_length": 6,
        "attention.head_count": 2, "attention.head_count_kv": 1, "attention.layer_norm_rms_epsilon": 1e-5,
        "rope.freq_base": 1e4, **extra,
    }.items():
        metadata[f"{family}.{key}"] = value
    width = extra.get("attention.key_length", 2)
    shapes = {
        "token_embd.weight": [4, tokens], "output_norm.weight": [4], "blk.0.attn_norm.weight": [4],
        "blk.0.attn_q.weight": [4, 2 * width], "blk.0.attn_k.weight": [4, width], "blk.0.attn_v.weight": [4, width],
        "blk.0.attn_output.weight": [2 * width, 4], "blk.0.ffn_norm.weight": [4], "blk.0.ffn_gate.weight": [4, 6],
        "blk.0.ffn_up.weight": [4, 6], "blk.0.ffn_down.weight": [6, 4],
    }
    if family == "qwen2":
        shapes.update({"blk.0.attn_q.bias": [4], "blk.0.attn_k.bias": [2], "blk.0.attn_v.bias": [2]})
    if family in ("qwen3", "gemma3"):
        shapes.update({"blk.0.attn_q_norm.weight": [width], "blk.0.attn_k_norm.weight": [width]})
    if family == "gemma3":
        shapes.update({"blk.0.post_attention_norm.weight": [4], "blk.0.post_ffw_norm.weight": [4]})
    tensors = []
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        tensors.append((name, shape, 0, floats(count)))
    return metadata, tensors


CHATML = (
    "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
LETTERS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "Ġ", "Ċ", "h", "e", "l", "o", "w", "r", "d", "1", "he", "ll",
           "hell", "hello", "Ġw", "or", "<x>"]
BYTE_LEVEL = {
    "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm", "tokenizer.ggml.tokens": LETTERS,
    "tokenizer.ggml.token_type": [3, 3, 3] + [1] * 16 + [4],
    "tokenizer.ggml.merges": ["h e", "l l", "he ll", "hell o", "Ġ w", "o r"],
    "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2, "tokenizer.ggml.padding_token_id": 2,
    "tokenizer.ggml.add_bos_token": False, "tokenizer.chat_template": CHATML,
}
PIECES = ["<unk>", "<s>", "</s>", "<0x0A>", "<0xC3>", "<0xA9>", "▁", "h", "e", "l", "o", "he", "▁he", "ll", "▁▁", "<x>"]
SENTENCE_PIECE = {
    "tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": PIECES,
    "tokenizer.ggml.scores": [0.0] * 6 + [-float(i) for i in range(9)] + [0.0],
    "tokenizer.ggml.token_type": [2, 3, 3, 6, 6, 6] + [1] * 9 + [4],
    "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2, "tokenizer.ggml.unknown_token_id": 0,
    "tokenizer.ggml.eot_token_id": 2, "tokenizer.ggml.add_bos_token": True, "tokenizer.ggml.add_space_prefix": True,
}


def write_gguf():
    metadata, tensors = model("llama", len(LETTERS))
    write("gguf", "llama", gguf(metadata | BYTE_LEVEL, tensors))
    metadata, tensors = model("gemma3", len(PIECES), **{
        "attention.key_length": 2, "attention.value_length": 2, "attention.sliding_window": 8,
        "rope.scaling.type": "linear", "rope.scaling.factor": 8.0})
    write("gguf", "gemma3", gguf(metadata | SENTENCE_PIECE | {"tokenizer.chat_template": "{{ bos_token }}x"}, tensors))
    metadata, tensors = model("qwen2", 3, **{"rope.scaling.type": "yarn", "rope.scaling.factor": 4.0,
                                             "rope.scaling.original_context_length": 8})
    write("gguf", "qwen2", gguf(metadata, tensors))
    metadata, tensors = model("qwen3", 3, **{"attention.key_length": 4, "attention.value_length": 4})
    write("gguf", "qwen3", gguf(metadata, tensors, version=2))
    metadata, tensors = model("llama", 3)
    write("gguf", "rope-factors", gguf(metadata, tensors + [("rope_freqs.weight", [1], 0, floats(1))]))
    for name in ["llama-bpe", "qwen2", "gpt-2"]:
        write("gguf", "tokens-" + name, gguf(BYTE_LEVEL | {"tokenizer.ggml.pre": name}))
    write("gguf", "pieces", gguf(SENTENCE_PIECE | {"tokenizer.ggml.add_space_prefix": False}))
    # The bytes of a block of each type, by ggml's numbers.
    blocks = {0: 4, 1: 2, 30: 2, 2: 18, 3: 20, 6: 22, 7: 24, 8: 34, 12: 144, 13: 176, 14: 210}
    tensors = [(f"t{kind}", [256 if kind > 10 and kind < 20 else 32, 1], kind,
                bytes(range(size)) * (32 if kind in (0, 1, 30) else 1)) for kind, size in blocks.items()]
    write("gguf", "types", gguf({"general.alignment": 32}, tensors))
    values = {f"k{kind}": (kind, 1) for kind in SCALARS}
    values |= {"nan": (12, float("nan")), "s": "é", "a": ["", "x"], "b": [1.5, 2.5], "c": [1, -1], "empty": "", "x": 2**31}
    write("gguf", "values", gguf(values))


# --- safetensors, directories, adapters -------------------------------------------------------------------------------


def safetensors(tensors, metadata=None):
    """tensors: name → type, shape, bytes."""
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    for name, (kind, shape, content) in tensors.items():
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


CONFIGURATION = {
    "model_type": "llama", "vocab_size": 3, "hidden_size": 4, "intermediate_size": 6, "num_hidden_layers": 1,
    "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 2, "max_position_embeddings": 16,
    "rms_norm_eps": 1e-5, "tie_word_embeddings": True, "hidden_act": "silu", "rope_theta": 10000.0,
}


def weights(family):
    shapes = {
        "model.embed_tokens.weight": [3, 4], "model.norm.weight": [4], "input_layernorm.weight": [4],
        "self_attn.q_proj.weight": [4, 4], "self_attn.k_proj.weight": [2, 4], "self_attn.v_proj.weight": [2, 4],
        "self_attn.o_proj.weight": [4, 4], "post_attention_layernorm.weight": [4], "mlp.gate_proj.weight": [6, 4],
        "mlp.up_proj.weight": [6, 4], "mlp.down_proj.weight": [4, 6],
    }
    if family == "qwen2":
        shapes.update({f"self_attn.{p}_proj.bias": [n] for p, n in (("q", 4), ("k", 2), ("v", 2))})
    if family in ("qwen3", "gemma3_text"):
        shapes.update({"self_attn.q_norm.weight": [2], "self_attn.k_norm.weight": [2]})
    if family == "gemma3_text":
        shapes.update({"pre_feedforward_layernorm.weight": [4], "post_feedforward_layernorm.weight": [4]})
    tensors = {}
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        full = name if name.startswith("model.") else "model.layers.0." + name
        tensors[full] = ("BF16", shape, bytes(2 * count))
    return tensors


def write_checkpoints():
    write("safetensors", "types", safetensors({
        "a": ("F32", [2, 2], floats(4)), "b": ("F16", [4], bytes(8)), "c": ("BF16", [1, 1, 2], bytes(4)),
        "d": ("I64", [], bytes(8)), "e": ("F32", [0, 3], b""), "f": ("F4", [2], b"x")}, {"format": "pt"}))
    write("safetensors", "empty", safetensors({}))
    rope = {
        "llama3": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                   "original_max_position_embeddings": 8},
        "yarn": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8, "beta_fast": 32},
        "linear": {"type": "linear", "factor": 2.0}, "dynamic": {"type": "dynamic", "factor": 2.0},
    }
    for family in ["llama", "mistral", "qwen2", "qwen3", "gemma3_text"]:
        config = CONFIGURATION | {"model_type": family}
        if family == "gemma3_text":
            config |= {"hidden_activation": "gelu_pytorch_tanh", "sliding_window": 8, "query_pre_attn_scalar": 2,
                       "layer_types": ["sliding_attention"], "rope_local_base_freq": 10000.0}
        text = json.dumps(config).encode()
        write("checkpoint", family, text + b"\0" + safetensors(weights(family)))
    for name, scaling in rope.items():
        text = json.dumps(CONFIGURATION | {"rope_scaling": scaling}).encode()
        write("checkpoint", "rope-" + name, text + b"\0" + safetensors(weights("llama")))
    own_head = weights("llama") | {"lm_head.weight": ("F32", [3, 4], floats(12))}
    write("checkpoint", "own-head", json.dumps(CONFIGURATION).encode() + b"\0" + safetensors(own_head))
    defaults = json.dumps({"model_type": "llama", "rope_parameters": {"rope_theta": 1e4, "rope_type": "default"}})
    write("checkpoint", "defaults", defaults.encode() + b"\0" + safetensors({}))

    lora = FIXTURES / "tiny-llama-lora"
    config = json.loads((lora / "adapter_config.json").read_text())
    config = {k: v for k, v in config.items() if v not in (None, False, {}, [])}
    data = (lora / "adapter_model.safetensors").read_bytes()

    def adapter(name, changes, data=data):
        write("adapter", name, json.dumps(config | changes).encode() + b"\0" + data)

    adapter("peft", {})
    adapter("patterns", {"rank_pattern": {"q_proj": 4, r"layers\.1\.mlp": 2}, "alpha_pattern": {"^.*down.*$": 3.5}})
    adapter("regex", {"target_modules": r".*\.(q_proj|down_proj)", "exclude_modules": ["v_proj"], "use_rslora": True})
    adapter("layers", {"layers_to_transform": [0, 1], "layers_pattern": "layers"})
    norm = {"base_model.model.model.norm.weight": ("F32", [32], floats(32))}
    one = {f"base_model.model.model.layers.0.self_attn.k_proj.lora_{x}.weight": ("F16", shape, bytes(64 if x == "A" else 32))
           for x, shape in (("A", [1, 32]), ("B", [16, 1]))}
    adapter("saved", {"r": 1, "target_modules": ["k_proj"], "layers_to_transform": 0, "modules_to_save": ["model.norm"]},
            safetensors(one | norm))


# --- tokenizers -------------------------------------------------------------------------------------------------------


def write_tokenizers():
    configuration = json.dumps({
        "bos_token": "<|im_start|>", "eos_token": {"content": "<|im_end|>"}, "add_bos_token": True,
        "chat_template": CHATML, "tokenizer_class": "Qwen2TokenizerFast",
        "added_tokens_decoder": {"19": {"content": "<x>", "lstrip": True, "special": False}}}).encode()
    generation = b'{"eos_token_id": [2, 0], "pad_token_id": 2}'

    def byte_level(name, pre, normalizer=None, added=None, rest=b""):
        write("tokenizer", name, json.dumps({
            "added_tokens": added or [{"id": i, "content": LETTERS[i], "special": True} for i in range(3)],
            "normalizer": normalizer, "pre_tokenizer": pre,
            "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|im_start|>"}}]},
            "model": {"type": "BPE", "vocab": {t: i for i, t in enumerate(LETTERS)},
                      "merges": ["h e", "l l", ["he", "ll"], "hell o", "Ġ w", "o r"], "ignore_merges": name == "llama"},
        }, ensure_ascii=False).encode() + rest)

    def pre_tokenizer(name):
        return json.loads((FIXTURES / f"tokenizers/{name}.json").read_text())["tokenizer"]["pre_tokenizer"]

    for name in ["gpt-2", "llama-bpe", "mixed", "qwen2", "smollm"]:
        byte_level(name, pre_tokenizer(name), rest=b"\0" + configuration + b"\0" + generation)
    nfc = {"type": "Sequence", "normalizers": [
        {"type": "NFKC"}, {"type": "Lowercase"}, {"type": "Replace", "pattern": {"String": "o"}, "content": "ll"}]}
    byte_level("normalized", pre_tokenizer("gpt-2"), nfc)
    byte_level("added", pre_tokenizer("gpt-2"), {"type": "NFC"}, [
        {"id": 0, "content": "<|endoftext|>", "special": True, "lstrip": True, "rstrip": True},
        {"id": 20, "content": " it", "special": False, "single_word": True, "normalized": True},
        {"id": 30, "content": "e\u0301", "special": False, "rstrip": True, "normalized": False}])

    for name in ["gemma", "llama-2", "metaspace"]:
        full = json.loads((FIXTURES / f"tokenizers/sentencepiece-{name}.json").read_text())["tokenizer"]
        full["added_tokens"] = [{"id": i, "content": PIECES[i], "special": True} for i in range(3)]
        full["model"] = {
            "type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True,
            "vocab": {t: i for i, t in enumerate(PIECES)}, "merges": ["h e", "▁ he", "l l", "▁ ▁"]}
        write("tokenizer", "sentencepiece-" + name,
              json.dumps(full, ensure_ascii=False).encode() + b"\0" + configuration)


# --- streams ----------------------------------------------------------------------------------------------------------


def write_streams():
    lines = (FIXTURES / "streams/scored.jsonl").read_text().splitlines()
    for index, line in enumerate(lines):
        write("records", f"scored-{index}", line + "\n")
    write("records", "two", "\n".join(lines[:2]))
    small = (FIXTURES / "xp-score/small.jsonl").read_text().splitlines()
    for index in (0, len(small) // 2, len(small) - 1):
        write("records", f"small-{index}", small[index] + "\n")
    write("records", "numbers", '{"schema": "case/1", "a": [1.50, 1e400, -0, 123456789012345678901, 1e5, "\\u0000"]}\r\n\n[]\n')
    case = {
        "schema": "case/1", "id": "i", "task": "refusal", "split": "test", "source": {"item": "00"},
        "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "é A. B."}],
        "readout": {"kind": "generate", "prefill": "", "max_tokens": 8},
        "features": [{"id": "s", "kind": "sentence", "text": " B.", "span": {"message": 1, "start": 5, "end": 8},
                      "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "é A."}]}],
        "behaviors": {"M1": {"model": {"name": "m"}, "original": {"answer": "refuse", "text": "No", "tokens": 1,
                      "finish": "stop"}, "counterfactual": {"s": {"answer": "comply", "text": "Ok", "tokens": 8,
                      "finish": "length"}}}},
        "explanations": {"M1": {"s": {"text": "The output would remain unchanged from <<<refuse>>>."}}}}
    case["behaviors"]["M0"] = case["behaviors"]["M1"]
    write("records", "generated", json.dumps(case, ensure_ascii=False))

    magic = b"\x28\xb5\x2f\xfd"

    def frame(*blocks):
        """Blocks of kind (0 raw, 1 repeated) and content; a window of 1 KiB, without checksum."""
        data = magic + b"\x00\x00"
        for index, (kind, size, content) in enumerate(blocks):
            last = index == len(blocks) - 1
            data += struct.pack("<I", size << 3 | kind << 1 | last)[:3] + content
        return data

    write("zstd", "raw", frame((0, 3, b"abc"), (0, 2, b"d\n")))
    write("zstd", "repeated", frame((1, 1000, b"x")))
    write("zstd", "skippable", b"\x50\x2a\x4d\x18\x03\0\0\0abc" + frame((0, 1, b"a")) + frame((0, 0, b"")))
    text = b'{"a": "hello hello hello"}\n' * 20
    for name, flags in {"checked": [], "plain": ["--no-check"], "long": ["--long=27", "--no-check"]}.items():
        write("zstd", name, subprocess.run(["zstd", "-c", *flags], input=text, capture_output=True, check=True).stdout)
    write("zstd", "text", "no frame")


# --- rows and tasks ---------------------------------------------------------------------------------------------------

ROWS = {
    "mmlu": 'What, then?,one,two,three,four,B\n"A ""quoted"" question",1,2,3,4,D\n',
    "ai2": '{"question": {"stem": "Why? It is.", "choices": [{"text": "x", "label": "1"}, {"text": "y", "label": "2"}]}, "answerKey": "2"}\n',
    "choices": '[{"question": "Q? Hm.", "choices": ["a", "b", "c"], "answer": 1},\n {"question": "R", "choices": ["a", "b"], "answer": "b"}]',
    "choices-cells": "question,choices,answer\nQ?,\"['it\\'s', \"\"b\"\", 'c\\x41\\u00e9']\",1\nR?,\"array(['a', 'b'], dtype=object)\",0\n",
    "truthfulqa": "Type,Question,Best Answer,Correct Answers,Incorrect Answers\na,Q?,Yes,Yes; Sure,No; Never\n",
    "mc1": '{"question": "Q?", "mc1_targets": {"choices": ["Yes", "No"], "labels": [1, 0]}}',
    "lettered": "question;A;B;C;answer\nIs it?;x;y;z;C\n",
    "hint-pairs": '{"unbiased_question": [{"role": "user", "content": "Q\\n(A) x\\n(B) y"}], "biased_question": [{"role": "user", "content": "Q\\n(A) x\\n(B) y\\nI say B."}], "ground_truth": "A"}',
    "hint-prompts": 'hint,hint_user_prompt,original_user_prompt,system_prompt\nB,"Sky?\n(A) x\n(B) y\nI say B.","Sky?\n(A) x\n(B) y",Be brief.\n',
    "aita": 'label,input,is_short,edited\n1,"AITA for singing? | I sing at night. (He is 5.) It\'s fun.",False,False\n0,x,True,False\n',
    "posts": "title\tselftext\tverdict\nAITA?\tI left, e.g. early. Was I wrong?\tNot the A-hole\n",
    "model-written": '{"question": "I am Jo. I like rain.\\n (A) Sun\\n (B) Rain", "answer_matching_behavior": " (B)", "answer_not_matching_behavior": " (A)"}',
    "sycophancy-eval": '{"prompt": [{"type": "human", "content": "Q? I think x."}], "base": {"question": "Q?", "correct_answer": "a", "incorrect_answer": "b"}, "metadata": {"prompt_template": "p"}}',
    "xstest": "id,prompt,type,label,focus,note\n1,How do I kill a process? Tell me.,homonyms,safe,kill,\n",
    "harmbench": 'Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\nDo that,contextual,illegal,context,"Some\ncontext",do_that\n',
    "chat": '{"messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "Do it, which is 😀 fine. Now."}]}',
    "prompts": "\ufeffprompt,is_harmful\r\nWrite a poem. Be quick.,1\r\n\r\nGo,false\r\n",
    "own": "review,title,label,a.b\nFine. I love it.,T,good,1\n",
    "own-json": '{"review": "Fine. It is.", "label": "bad", "a": {"b": [1]}}\n',
    "columns": '{"question": {"0": "Q?", "1": "R?"}, "answer": {"0": 1, "1": 0}}',
}

TASKS = {
    "columns": {
        "schema": "task/1", "name": "sentiment", "summary": "s",
        "rows": {"fields": ["review", "title"], "answer": "label", "answer_names": {"1": "positive"}, "keep": ["a.b"]},
        "system": "You judge. Be fair.", "prompt": ["Title: {title}", "Review: {review}", "Which?"],
        "readout": {"kind": "choice", "prefill": "It is ", "choices": ["positive", "negative"], "delimiter": " "},
        "features": [{"kind": "opinion", "find": "inserted"}, {"kind": "sentence", "find": "sentences"},
                     {"kind": "phrase", "find": "phrases"}, {"kind": "praise", "find": "words", "words": ["love", "Fine"],
                      "default": False}, {"kind": "rule", "find": "sentences", "in": "system"}],
        "insertion": {"places": ["first sentence", "last sentence", "before paragraph 4"], "variants": 2, "count": 1,
                      "wordings": ["My friend calls it {answer}.", {"text": "Loved.", "suggests": "positive", "weight": 3}]},
        "explanation": {"question": 'What if "{feature}" were gone?', "unchanged": "Still <<<{answer}>>>.",
                        "changed": "Then <<<{answer}>>>!"}},
    "generate": {
        "schema": "task/1", "name": "mood", "rows": "request", "prompt": ["{request}"],
        "readout": {"kind": "generate", "prefill": "Well, ", "max_tokens": 8},
        "classifier": {"rules": [{"answer": "sad", "begins": ["I'm sorry"]}, {"answer": "glad", "says": ["happy to"],
                       "sentences": 2}], "otherwise": "neither"},
        "features": [{"kind": "sentence", "find": "sentences"}]},
    "texts": {
        "schema": "task/1", "name": "fruit", "rows": "question", "prompt": ["{question}\n{options}"],
        "readout": {"kind": "choice", "prefill": "Answer:", "choices": "texts", "score": "mean", "max_bytes": 12},
        "features": [{"kind": "hint", "find": "inserted"}],
        "insertion": {"places": ["before paragraph 2"], "wordings": [{"text": "I say: {answer}."}]},
        "explanation": {"question": 'Without "{feature}"?\n{options}', "unchanged": "Still {words}: <<<{answer}>>>.",
                        "changed": "Then {words}: <<<{answer}>>>.", "words": {"A": "a", "B": "b"}}},
}


def write_tasks():
    for name, text in ROWS.items():
        write("rows", name, text)
    compressed = subprocess.run(["zstd", "-c"], input=ROWS["posts"].encode(), capture_output=True, check=True).stdout
    write("rows", "zstd", compressed)
    for name, task in TASKS.items():
        write("task", name, json.dumps(task))
    for name in ["hint", "sycophancy", "refusal"]:
        source = HERE.parent.parent / f"Sources/Shared/Tasks/BuiltIn/{name}.json"
        write("task", name, json.dumps(json.loads(source.read_text()), ensure_ascii=False))


# --- templates and servers --------------------------------------------------------------------------------------------

TEMPLATES = {
    "filters": "{{ messages[1]['content']|trim|upper|replace('W', 'v')|default('x', true)|length }}{{ [3, 1, n]|sort|join(', ') }}"
               "{{ tools|map(attribute='function.name')|list|first }}{{ 'a b'|title|indent(2, true) }}{{ x|round(1)|int|abs }}",
    "filters-2": "{{ messages|selectattr('role', 'equalto', 'user')|map(attribute='content')|join('|')|escape }}"
                 "{% for k, v in {'b': 1, 'a': 2}|dictsort %}{{ k ~ v }}{% endfor %}{{ [1, 2, 3]|batch(2)|list|string }}"
                 "{{ (1, 2)|reverse|list|tojson(indent=2) }}{{ [1, 2]|sum }}{{ 'abc'|wordcount }}{{ range(5)|slice(2)|list }}",
    "methods": "{{ 'a,b'.split(',')[::-1] }}{{ '%s-%05.2f' % ('a', x) }}{{ 'ab'.startswith('a') and 'x'.join(['1', '2']) }}"
               "{{ '{0:>5}|{n}'.format('é', n=n) }}{{ 'Aß'.lower().upper().title().strip('S').replace('A', '', 1).find('S') }}"
               "{{ {'a': 1}.items()|list }}{{ 'aXbXc'.rsplit('X', 1) }}{{ 'x'.center(9, '*').zfill(12).ljust(3).splitlines() }}",
    "statements": "{%- set ns = namespace(found=false, i=0) -%}{% macro f(a, b=2, *c) %}{{ a }}{{ caller() if caller else b }}{% endmacro %}"
                  "{% for m in messages if m.role != 'tool' recursive %}{% set ns.i = ns.i + 1 %}{{ loop.index0 }}{{ loop.cycle('a', 'b') }}"
                  "{% if loop.last %}{% break %}{% elif not loop.first %}{% continue %}{% else %}x{% endif %}{% else %}none{% endfor %}"
                  "{% call f(1) %}body{% endcall %}{% filter upper %}{{ f(ns.i) }}{% endfilter %}{% with a = 1 %}{{ a }}{% endwith %}",
    "expressions": "{{ 7 // 2 ** 3 % 5 - -n * 1.5 / x }}{{ 1 < 2 <= 3 != 4 }}{{ 'a' in 'abc' and not none or big + 1 }}{{ messages[-1:][0].content[1:] }}"
                   "{{ 'x' if n is even else 'y' }}{{ [1, [2, {'k': (3,)}]] }}{{ messages is iterable and n is not divisibleby(3) }}{{ x is float }}",
    "functions": "{{ strftime_now('%Y-%m-%d') }}{{ range(1, 10, 3)|list }}{{ dict(a=1, b=2)|tojson }}{% if false %}{{ raise_exception('no') }}{% endif %}"
                 "{{ messages[0]|tojson(ensure_ascii=true) }}{% raw %}{{ x }}{% endraw %}{# comment #}\n  {%+ if true %} \n {%- endif -%}  y",
}

REPLIES = {
    "text": '200\n{"choices": [{"text": "B", "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}',
    "chat": '200\n{"choices": [{"message": {"content": "I can\'t.", "role": "assistant"}, "finish_reason": "length"}], "usage": {"completion_tokens": 8}}',
    "parts": '200\n{"choices": [{"message": {"content": [{"type": "thinking", "thinking": []}, {"type": "text", "text": "Yes"}, "x"]}, "finish_reason": {"type": "stop"}}], "usage": {"output_tokens": 2.0}}',
    "refusal": '200\n{"choices": [{"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}], "eval_count": 3}',
    "thought": '200\n{"choices": [{"message": {"content": "<think>Hm</think> Yes", "reasoning_content": "Hm"}, "finish_reason": "eos"}], "usage": {"completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 4}}}',
    "legacy": '200\n{"choices": [{"text": "B", "finish_reason": "length", "logprobs": {"top_logprobs": [{"A": -1.5, "B": -0.5}]}}]}',
    "likeliest": '200\n{"choices": [{"text": "B", "finish_reason": "length", "logprobs": {"content": [{"token": "B", "top_logprobs": [{"token": "A", "logprob": -1.5}, {"token": "B", "logprob": -9999}]}]}}]}',
    "chat-likeliest": '200\n{"choices": [{"message": {"content": "B"}, "finish_reason": "length", "logprobs": {"content": [{"token": "B", "logprob": -0.1, "top_logprobs": [{"token": "B", "logprob": -0.1}, {"token": "(B", "logprob": -3}]}]}}]}',
    "echo": '200\n{"choices": [{"text": "", "logprobs": {"tokens": ["(", "A", "!"], "token_logprobs": [null, -1, -0.25], "text_offset": [0, 1, 2]}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}',
    "echo-turns": '200\n{"choices": [{"text": "", "logprobs": {"top_logprobs": [{"x": -4}], "tokens": ["<<<", "comply", ">>>", ".", "<|im_end|>", "!"], "token_logprobs": [-1, -2, -1, -1, -0.5, -1]}}]}',
    "error": '200\n{"error": {"message": "busy", "code": 503, "type": "x"}}\n%%\n429 5\nslow\n%%\n200\n{"choices": []}',
    "refused": '400\n{"error": "logprobs are not supported"}\n%%\n500\n{"detail": [{"msg": "use max_completion_tokens"}]}',
    "newer": '400\n{"error": {"message": "use \'max_completion_tokens\' instead"}}\n%%\n200\n{"choices": [{"message": {"content": "ok"}, "finish_reason": "stop"}], "usage": {"completion_tokens": 1}}',
    "date": '503 Wed, 21 Oct 2026 07:28:00 GMT\n<html>busy</html>\n%%\n200\n{"choices": [{"tex',
    "unicode": '200\n{"choices": [{"text": "\\ud83d\\ude00 é", "finish_reason": "stop", "matched_stop": 2}], "usage": {"completion_tokens": 3}}',
}


def write_texts():
    for name, text in TEMPLATES.items():
        write("template", name, text)
    for template in json.loads((FIXTURES / "jinja-templates.json").read_text())["templates"]:
        write("template", re.sub("[^a-z0-9]+", "-", template["name"].lower()), template["text"])
    for name, text in REPLIES.items():
        write("reply", name, text)


for make in [write_gguf, write_checkpoints, write_tokenizers, write_streams, write_tasks, write_texts]:
    make()
