#!/usr/bin/env python3
"""Makes tiny-families/adapters/: LoRA adapters as peft saves them, over the tiny models of tiny-families, one for each
thing that an adapter_config.json can say, and the log-probabilities that peft computes with them.

    python3 make_peft_variants.py             (needs torch, transformers, peft; first make_tiny_families.py)

NAME/adapter_config.json, adapter_model.safetensors    the adapter
NAME/reference.json                                    base, sequences, log-probabilities; "unsupported": true where the
                                                       engine has to refuse it
"""
import json, pathlib, random, shutil
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

FAMILIES = pathlib.Path(__file__).resolve().parent / "tiny-families"
OUT = FAMILIES / "adapters"
UNTIED, TIED = "llama3-scaled", "qwen2"
ATTENTION = ["q_proj", "v_proj"]

VARIANTS = {
    "regex": (UNTIED, dict(target_modules=r".*\.[02]\.self_attn\.(q|o)_proj")),
    "all-linear": (UNTIED, dict(target_modules="all-linear")),
    "exclude-names": (UNTIED, dict(target_modules=ATTENTION, exclude_modules=["layers.0.self_attn.q_proj"])),
    "exclude-regex": (UNTIED, dict(target_modules=ATTENTION, exclude_modules=r".*\.1\..*v_proj")),
    "patterns": (UNTIED, dict(target_modules=ATTENTION + ["down_proj"],
                              rank_pattern={"q_proj": 3, r"layers\.[12]\.mlp\.down_proj": 1, "proj": 5},
                              alpha_pattern={r"^model.layers.0.*v_proj": 9, "q_proj": 2})),
    "patterns-rslora": (UNTIED, dict(target_modules=ATTENTION, use_rslora=True, rank_pattern={"v_proj": 4},
                                     alpha_pattern={"model.layers.2.self_attn.v_proj": 5})),
    "layers": (UNTIED, dict(target_modules=ATTENTION, layers_to_transform=[0, 2])),
    "layers-pattern": (UNTIED, dict(target_modules=ATTENTION, layers_to_transform=1, layers_pattern="layers")),
    "fan-in-fan-out": (UNTIED, dict(target_modules=ATTENTION, fan_in_fan_out=True)),
    "target-head": (UNTIED, dict(target_modules=["q_proj", "lm_head"])),
    "saved-head": (UNTIED, dict(target_modules=ATTENTION, modules_to_save=["lm_head"])),
    "saved-embedding-and-norm": (UNTIED, dict(target_modules=ATTENTION, modules_to_save=["embed_tokens", "norm"])),
    "saved-layer": (UNTIED, dict(target_modules=ATTENTION, modules_to_save=["layers.1.mlp"])),
    "stored-embeddings": (UNTIED, dict(target_modules=ATTENTION)),
    "tied-stored-embeddings": (TIED, dict(target_modules=ATTENTION)),
    "tied-saved-head": (TIED, dict(target_modules=ATTENTION, modules_to_save=["lm_head"])),
    "tied-target-head": (TIED, dict(target_modules=["q_proj", "lm_head"])),
    "target-embedding": (UNTIED, dict(target_modules=["q_proj", "embed_tokens"])),
    "dora": (UNTIED, dict(target_modules=ATTENTION, use_dora=True)),
    "bias": (UNTIED, dict(target_modules=ATTENTION, lora_bias=True)),
    "trained-biases": (TIED, dict(target_modules=ATTENTION, bias="lora_only")),
}
UNSUPPORTED = {"tied-saved-head", "tied-target-head", "target-embedding", "dora", "bias", "trained-biases"}


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    for name, (base, options) in VARIANTS.items():
        torch.manual_seed(17)
        random.seed(17)
        model = AutoModelForCausalLM.from_pretrained(FAMILIES / base, dtype=torch.float32)
        if "stored" in name:
            # As after a change of the embedding matrix: peft stores it, changed or not.
            with torch.no_grad():
                model.get_input_embeddings().weight.add_(torch.randn_like(model.get_input_embeddings().weight) * 0.3)
        model = get_peft_model(model, LoraConfig(r=2, lora_alpha=6, task_type="CAUSAL_LM", **options)).eval()
        with torch.no_grad():
            for parameter_name, parameter in model.named_parameters():
                if "lora_" in parameter_name or "modules_to_save" in parameter_name or (
                        options.get("bias") and parameter_name.endswith("bias")):
                    parameter.add_(torch.randn_like(parameter) * 0.3)
        folder = OUT / name
        model.save_pretrained(folder, save_embedding_layers=True if "stored" in name else "auto")
        (folder / "README.md").unlink(missing_ok=True)
        config = json.loads((folder / "adapter_config.json").read_text())
        config["base_model_name_or_path"] = base
        (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")
        reference = {"base": base}
        if name in UNSUPPORTED:
            reference["unsupported"] = True
        else:
            # As peft reads what it wrote.
            loaded = PeftModel.from_pretrained(
                AutoModelForCausalLM.from_pretrained(FAMILIES / base, dtype=torch.float32), folder).eval()
            sequences = [[random.randrange(2, 64) for _ in range(length)] for length in (5, 24)]
            values = []
            with torch.no_grad():
                for tokens in sequences:
                    logits = torch.log_softmax(loaded(torch.tensor([tokens])).logits[0, :-1], -1)
                    values.append(logits.gather(1, torch.tensor(tokens[1:])[:, None])[:, 0].tolist())
            reference |= {"sequences": sequences, "log_probabilities": values}
        (folder / "reference.json").write_text(json.dumps(reference) + "\n")
        print(name)


if __name__ == "__main__":
    main()
