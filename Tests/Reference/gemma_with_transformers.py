#!/usr/bin/env python3
"""Holds cf-label on Gemma 3 270M against transformers in fp32, with the weights of the same GGUF file.

    Tests/Reference/gemma_with_transformers.py MODEL.gguf [--bin DIR]

Log-probabilities of choices agree to 5e-3 with the same arg max on more than 100 prompts: cases of every task (x and x without
each feature), as `--chat-template plain` renders them. Prompts are rendered here, token ids are llama.cpp's. The last column says
by how much the same log-probabilities move when one token of the prompt's middle is left out. Needs torch, transformers, gguf and
llama-cpp-python.
"""

import sys
from statistics import median

import torch
from gguf import GGUFReader, dequantize
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

from tools import ROOT, Tools, answered, arguments, print_table, spread, verdict

sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
from llama_vocabulary import LlamaVocabulary  # noqa: E402

BOUND, NEAR_TIE = 5e-3, 1e-4
COUNTS = {"hint": 30, "sycophancy": 6, "refusal": 6}
BEGINNING = 2

MODULES = {
    "attn_norm": "input_layernorm", "ffn_norm": "pre_feedforward_layernorm",
    "post_attention_norm": "post_attention_layernorm", "post_ffw_norm": "post_feedforward_layernorm",
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "attn_q_norm": "self_attn.q_norm", "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}


def load_model(path: str) -> Gemma3ForCausalLM:
    reader = GGUFReader(path)

    def value(key: str):
        return reader.fields[f"gemma3.{key}"].contents()

    config = Gemma3TextConfig(
        vocab_size=int(next(t for t in reader.tensors if t.name == "token_embd.weight").shape[1]),
        hidden_size=value("embedding_length"), intermediate_size=value("feed_forward_length"),
        num_hidden_layers=value("block_count"), num_attention_heads=value("attention.head_count"),
        num_key_value_heads=value("attention.head_count_kv"), head_dim=value("attention.key_length"),
        query_pre_attn_scalar=value("attention.key_length"), sliding_window=value("attention.sliding_window"),
        layer_types=["full_attention" if (layer + 1) % 6 == 0 else "sliding_attention"
                     for layer in range(value("block_count"))],
        max_position_embeddings=value("context_length"), rms_norm_eps=value("attention.layer_norm_rms_epsilon"),
        rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": value("rope.freq_base")},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 1e4}})
    weights = {}
    for tensor in reader.tensors:
        # The dimensions of GGUF are innermost first.
        shape = [int(size) for size in reversed(tensor.shape)]
        weight = torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).reshape(shape).copy())
        weights[hugging_face_name(tensor.name)] = weight - 1 if tensor.name.endswith("norm.weight") else weight
    model = Gemma3ForCausalLM(config).to(torch.float32).eval()
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert set(missing) <= {"lm_head.weight"} and not unexpected, (missing, unexpected)
    model.tie_weights()
    return model


def hugging_face_name(name: str) -> str:
    whole = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}
    if name in whole:
        return whole[name]
    _, layer, module, _ = name.split(".")
    return f"model.layers.{layer}.{MODULES[module]}.weight"


class Reference:
    def __init__(self, path: str):
        self.model, self.vocabulary = load_model(path), LlamaVocabulary(path)

    def prompt(self, messages: list[dict], prefill: str) -> list[int]:
        text = "".join(message["content"] + "\n\n" for message in messages) + prefill
        return [BEGINNING, *self.vocabulary.encode(text)]

    @torch.no_grad()
    def log_probabilities(self, prompt: list[int], choices: list[str]) -> dict[str, float]:
        scores = {}
        for choice in choices:
            ids = self.vocabulary.encode(choice)
            logits = self.model(torch.tensor([prompt + ids[:-1]]), logits_to_keep=len(ids)).logits[0]
            scores[choice] = sum(float(row[token]) for row, token in zip(logits.double().log_softmax(-1), ids))
        return scores


def choices_instead_of_text(case: dict) -> dict:
    if case["readout"]["kind"] == "choice":
        return case
    choices = ["I can't help with that.", "Sure, here is how", "To do this, 1. take"]
    return {**case, "readout": {"kind": "choice", "prefill": "", "choices": choices}, "task": "hint"}


def compare(task: str, cases: list[dict], reference: Reference, failures: list[str]) -> list:
    lengths, scored, differences, moved, differing = [], 0, [], [], 0
    for case in cases:
        readout = case["readout"]
        for place, messages, found in answered(case):
            prompt = reference.prompt(messages, readout["prefill"])
            expected = reference.log_probabilities(prompt, readout["choices"])
            lengths.append(len(prompt))
            del prompt[len(prompt) // 2]
            less = reference.log_probabilities(prompt, readout["choices"])
            moved.append(max(abs(less[choice] - expected[choice]) for choice in expected))
            scored += len(expected)
            differences.append(max(abs(found["logprobs"][choice] - expected[choice]) for choice in expected))
            if not differences[-1] <= BOUND:
                failures.append(f"{place}: log-probabilities differ by {differences[-1]:.1e}")
            first, second = sorted(expected.values(), reverse=True)[:2]
            if found["answer"] != max(expected, key=expected.get):
                differing += 1
                if first - second > NEAR_TIE:
                    failures.append(f"{place}: answers {found['answer']}, expected {max(expected, key=expected.get)}")
    return [task, len(lengths), f"{min(lengths)}–{max(lengths)}", scored, max(differences), differing, median(moved)]


def main():
    options = arguments(__doc__).parse_args()
    tools, reference, failures = Tools(options.bin), Reference(options.model), []

    def rows():
        for task, count in COUNTS.items():
            cases = [choices_instead_of_text(case) for case in spread(tools.generate(task, "--max-features", 3), count)]
            labelled = tools.label(cases, options.model, "--chat-template", "plain")
            yield compare(task, labelled, reference, failures)

    print_table(["task", "prompts", "tokens", "log-probabilities", "largest difference", "other answers",
                 "moved without a token, median"], rows())
    verdict(failures)


if __name__ == "__main__":
    main()
