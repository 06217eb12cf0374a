#!/usr/bin/env python3
"""Makes tiny-llama/reference/divergence*: what PyTorch and peft make of losses that hold a divergence from a teacher.

    python3 make_divergence_reference.py       (needs torch, transformers, peft, safetensors)

The teacher is the tiny random llama; the student is it with the adapter of make_reference_dumps.py, beside it (lora) or merged
in and trained itself (full). Of the sequences of reference.json every second one is distilled: at each of its scored tokens the
divergence over the whole vocabulary takes the place of the cross entropy. Written:
  divergence.json            for lora and full, forward KL(teacher || student) and reverse KL(student || teacher): the loss
                             Σ wᵢℓᵢ / Σ wᵢ over all sequences, and the mean over the distilled ones alone
  divergence.safetensors     gradients of that loss: lora of both, full of reverse
"""
import json, pathlib
import torch
from peft import PeftModel
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

HERE = pathlib.Path(__file__).resolve().parent / "tiny-llama"
OUT = HERE / "reference"
torch.set_num_threads(1)


def base():
    return AutoModelForCausalLM.from_pretrained(HERE / "hf", dtype=torch.float32, attn_implementation="eager").eval()


def adapted():
    return PeftModel.from_pretrained(base(), OUT / "adapter", is_trainable=True).eval()


def log_probabilities(model, sequence):
    tokens, first = sequence["tokens"], sequence["first_scored"]
    return torch.log_softmax(model(torch.tensor([tokens])).logits[0][first - 1 : -1], -1)


def losses(student, teacher, sequence, is_distilled, direction):
    q = log_probabilities(student, sequence)
    if not is_distilled:
        return -q.gather(1, torch.tensor(sequence["tokens"][sequence["first_scored"] :])[:, None])[:, 0]
    with torch.no_grad():
        p = log_probabilities(teacher, sequence)
    # kl_div(input, target) is KL(target || input).
    pair = (q, p) if direction == "forward" else (p, q)
    return torch.nn.functional.kl_div(*pair, log_target=True, reduction="none").sum(-1)


def run(student, teacher, data, direction):
    student.zero_grad()
    total = weights = distilled = distilled_weights = 0
    for index, sequence in enumerate(data):
        values = losses(student, teacher, sequence, index % 2 == 0, direction)
        weight = sequence["weight"]
        total, weights = total + weight * values.sum(), weights + weight * len(values)
        if index % 2 == 0:
            distilled += weight * values.sum().item()
            distilled_weights += weight * len(values)
    (total / weights).backward()
    return {"loss": (total / weights).item(), "distilled": distilled / distilled_weights}


def main():
    data = json.loads((OUT / "reference.json").read_text())["sequences"]
    teacher = base()
    result, gradients = {}, {}
    for direction in ("forward", "reverse"):
        student = adapted()
        result["lora_" + direction] = run(student, teacher, data, direction)
        for name, p in student.named_parameters():
            if "lora_" in name:
                gradients[f"lora.{direction}." + name.replace(".default", "")] = p.grad.clone().contiguous()
        student = adapted().merge_and_unload()
        for p in student.parameters():
            p.requires_grad_(True)
        result["full_" + direction] = run(student, teacher, data, direction)
        if direction == "reverse":
            for name, p in student.named_parameters():
                gradients[f"full.{direction}." + name] = p.grad.clone().contiguous()
    save_file(gradients, OUT / "divergence.safetensors")
    (OUT / "divergence.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
