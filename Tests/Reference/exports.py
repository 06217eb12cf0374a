#!/usr/bin/env python3
"""Holds everything that `xp-train export` writes against the engine, in the programs that it is written for.

    Tests/Reference/exports.py MODEL.gguf [--gemma GEMMA.gguf] [--only NAME] [--bin DIR]

For each model a few steps of LoRA at a high rate make an adapter that matters. The model with that adapter is exported in every
format and type, and loaded by transformers, peft and llama.cpp; their log-probabilities are held against those of
`cf-label --adapter`. Models: SmolLM2 (also all weights trained), with --gemma Gemma 3 270M, and random models of each family over
the tiny vocabulary of Tests/Fixtures. Prompts are cases of hint and sycophancy, each asked for 24 single tokens from all over the
vocabulary, so that logits agree, not only answers. Prompts are rendered and tokenized by transformers from the files exported,
and llama.cpp must find the same ids in them. Prints the table of docs/checkpoints.md.

F32, where nothing is rounded, must agree to 1e-3. For what is rounded on purpose the second model is the engine on the exported
file itself where it can read it; the column "of rounding" says how far the type alone moves the log-probabilities.
Needs torch, transformers, peft, llama-cpp-python.
"""

import json
import random
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy
import torch
from peft import PeftModel
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast

from llama_model import LlamaModel
from tools import ROOT, Tools, arguments, print_table, spread, verdict, write_stream

sys.path.insert(0, str(ROOT / "Tests" / "Fixtures"))
import make_tiny_families  # noqa: E402
from fuzz_strings import fuzz_strings  # noqa: E402
from llama_vocabulary import LlamaVocabulary  # noqa: E402

FIXTURES = ROOT / "Tests" / "Fixtures"
# What transformers, peft and llama.cpp may differ by where the weights are those of the engine to the bit. llama.cpp rounds
# the other factor of a product to the type of the weights.
BOUNDS = {"f32": 1e-3, "f16": 3e-2, "bf16": 3e-1, "q8_0": 8e-1}
# What llama.cpp's GELU adds for Gemma: it looks values up in a table of F16.
TABLE_BOUND = 2e-2
MOVED = 0.1
NEAR_TIE = 2e-3
HEADER = ["model", "export", "loaded by", "prompts", "largest difference", "median", "of rounding", "other answers"]


class Subject:
    """A model with what was trained on it, and the probes with the engine's answers."""

    def __init__(self, tools: Tools, name: str, model: Path, folder: Path, template: str | None):
        self.tools, self.name, self.model, self.folder, self.template = tools, name, model, folder, template
        self.options = ["--chat-template", template] if template else []
        folder.mkdir()

    def train(self, method: str) -> Path:
        labelled, run = self.folder / "labelled.jsonl", self.folder / method
        cases = self.tools.generate("hint", "--split", "train", "--limit", 24, "--max-features", 1)
        labelled.write_bytes(write_stream(self.tools.label(cases, self.model, *self.options)))
        rate, steps = {"lora": (3e-3, 6), "full": (1e-4, 2)}[method]
        self.tools.run("xp-train", "--model", self.model, "--method", method, *self.options, "--explain", labelled, "--behave",
                       labelled, "--steps", steps, "--batch-size", 8, "--lr", rate, "--schedule", "constant", "-o", run)
        return run

    def export(self, run: Path, to: str, type: str | None = None) -> Path:
        out = self.folder / f"{run.name}.{to}.{type or 'default'}"
        self.tools.run("xp-train", "export", run, "--to", to, *(["--type", type] if type else []), "-o", out)
        return out

    def label(self, cases: list[dict], model, *options) -> list[dict[str, float]]:
        labelled = self.tools.label(cases, model, *self.options, *options)
        return [case["behaviors"]["M0"]["original"]["logprobs"] for case in labelled]


class Prompts:
    """The probes as token ids, by the tokenizer and the chat template of an exported directory."""

    def __init__(self, tools: Tools, directory: Path):
        # tokenizer.json as it stands: AutoTokenizer would put another pre-tokenizer into a qwen2 model of a SmolLM vocabulary.
        self.tokenizer = PreTrainedTokenizerFast.from_pretrained(directory)
        generator = random.Random(2026)
        cases = [case for task in ("hint", "sycophancy") for case in spread(tools.generate(task, "--max-features", 1), 6)]
        self.cases = [{**case, "features": [], "id": f'{case["id"]}/probe',
                       "readout": {"kind": "choice", "prefill": "Answer: (", "choices": self.single_tokens(generator)}}
                      for case in cases]
        self.texts = [self.tokenizer.apply_chat_template(case["messages"], tokenize=False, add_generation_prompt=True)
                      + "Answer: (" for case in self.cases]
        self.ids = [self.encode(text) for text in self.texts]
        self.choices = [[self.encode(choice)[0] for choice in case["readout"]["choices"]] for case in self.cases]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    def single_tokens(self, generator: random.Random, count=24) -> list[str]:
        texts: dict[str, None] = {}
        while len(texts) < count:
            id = generator.randrange(len(self.tokenizer))
            text = self.tokenizer.decode([id])
            # Text never becomes a special token in the engine.
            plain = id not in self.tokenizer.added_tokens_decoder and "\ufffd" not in text and "\0" not in text
            if plain and self.encode(text) == [id]:
                texts[text] = None
        return list(texts)

    def log_probabilities(self, logits) -> list[dict[str, float]]:
        """By a function from ids to the logits after the last one."""
        found = []
        for case, ids, choices in zip(self.cases, self.ids, self.choices):
            row = torch.as_tensor(numpy.asarray(logits(ids))).double().log_softmax(-1)
            found.append({text: float(row[id]) for text, id in zip(case["readout"]["choices"], choices)})
        return found


def transformers_logits(model):
    model = model.float().eval()

    @torch.no_grad()
    def logits(ids):
        return model(torch.tensor([ids]), logits_to_keep=1).logits[0, -1].numpy()
    return logits


def differences(found: list[dict], expected: list[dict]) -> list[float]:
    return [max(abs(a[choice] - b[choice]) for choice in b) for a, b in zip(found, expected)]


class Comparison:
    def __init__(self, subject: Subject, prompts: Prompts, failures: list[str]):
        self.subject, self.prompts, self.failures = subject, prompts, failures

    def row(self, export: str, type: str, loader: str, logits, expected: list[dict], reference: list[dict]) -> list:
        """`reference` is the engine on the very weights that were written, `expected` on those before they were rounded."""
        found = self.prompts.log_probabilities(logits)
        differing, other = differences(found, reference), 0
        for values, wanted in zip(found, reference):
            first, second = sorted(wanted.values(), reverse=True)[:2]
            if max(values, key=values.get) != max(wanted, key=wanted.get):
                other += 1
                if first - second > (NEAR_TIE if type == "f32" else 2 * max(differing)):
                    self.failures.append(f"{self.subject.name}, {export}, {loader}: another answer")
        bound = BOUNDS["f32" if loader != "llama.cpp" else type]
        if loader == "llama.cpp" and "gemma" in self.subject.name.lower():
            bound += TABLE_BOUND
        if not max(differing) <= bound:
            self.failures.append(f"{self.subject.name}, {export}, {loader}: differs by {max(differing):.1e}, bound {bound:.0e}")
        rounding = max(differences(reference, expected))
        return [self.subject.name, export, loader, len(found), max(differing), median(differing), rounding or "–", other]

    def check_tokens(self, path: Path, model: LlamaModel):
        wrong = [text for text, ids in zip(self.prompts.texts, self.prompts.ids) if model.encode(text) != ids]
        if wrong:
            self.failures.append(f"{self.subject.name}: llama.cpp reads other ids in {len(wrong)} prompts of {path.name}: {wrong[0]!r}")


def exports_of_adapter(subject: Subject, failures: list[str]):
    tools = subject.tools
    run = subject.train("lora")
    adapter = run / "checkpoints" / "step-000006"
    directory = subject.export(run, "hf")
    prompts = Prompts(tools, directory)
    compare = Comparison(subject, prompts, failures)
    expected = subject.label(prompts.cases, subject.model, "--adapter", adapter)
    base = subject.label(prompts.cases, subject.model)
    moved = median(differences(base, expected))
    # What agrees without having changed proves nothing.
    if not moved >= MOVED:
        failures.append(f"{subject.name}: training moved half of the prompts by no more than {moved:.1e}")

    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    yield compare.row("hf f32", "f32", "transformers", transformers_logits(model), expected, expected)
    for type in ["f16", "bf16"]:
        rounded = subject.export(run, "hf", type)
        reference = subject.label(prompts.cases, rounded)
        assert AutoConfig.from_pretrained(rounded).dtype == getattr(torch, {"f16": "float16", "bf16": "bfloat16"}[type])
        # The weights as they are stored, in products of F32: of a smaller type, transformers rounds also Gemma's embedding scale.
        model = AutoModelForCausalLM.from_pretrained(rounded, dtype=torch.float32)
        yield compare.row(f"hf {type}", type, "transformers", transformers_logits(model), expected, reference)
        shutil.rmtree(rounded)

    # The base without the adapter, by export as well.
    bare = subject.folder / "base"
    tools.run("xp-train", "export", "--model", subject.model, *subject.options, "--to", "hf", "-o", bare)
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(bare, dtype=torch.float32), subject.export(run, "peft"))
    yield compare.row("peft", "f32", "peft", transformers_logits(model), expected, expected)
    del model

    for type in ["f32", "f16", "bf16", "q8_0"]:
        path = subject.export(run, "gguf", type)
        reference = expected if type == "f32" else subject.label(prompts.cases, path)
        model = LlamaModel(path)
        compare.check_tokens(path, model)
        yield compare.row(f"gguf {type}", type, "llama.cpp", lambda ids: model.logits(ids)[-1], expected, reference)
        del model
        path.unlink()
    bare = subject.folder / "base.gguf"
    tools.run("xp-train", "export", "--model", subject.model, *subject.options, "--to", "gguf", "--type", "f32", "-o", bare)
    model = LlamaModel(bare, subject.export(run, "gguf-lora"))
    yield compare.row("gguf-lora", "f32", "llama.cpp", lambda ids: model.logits(ids)[-1], expected, expected)


def tokenizer_there_and_back(subject: Subject, failures: list[str]):
    """The tokenizer of a GGUF file, through tokenizer.json into a GGUF file again, as llama.cpp reads both."""
    directory, path = subject.folder / "tokenizer.hf", subject.folder / "tokenizer.gguf"
    subject.tools.run("xp-train", "export", "--model", subject.model, *subject.options, "--to", "hf", "--type", "bf16", "-o", directory)
    subject.tools.run("xp-train", "export", "--model", directory, "--to", "gguf", "--type", "q8_0", "-o", path)
    texts, original, found = fuzz_strings(2_000, seed=7), LlamaVocabulary(str(subject.model)), LlamaVocabulary(str(path))
    wrong = [text for text in texts if original.encode(text) != found.encode(text)]
    if wrong:
        failures.append(f"{subject.name}: ids of {len(wrong)} texts differ after the way there and back: {wrong[0]!r}")
    yield [subject.name, "gguf → hf → gguf, tokenizer", "llama.cpp", f"{len(texts):,} texts", "–", "–", "–", len(wrong)]


def exports_of_weights(subject: Subject, failures: list[str]):
    run = subject.train("full")
    directory = subject.export(run, "hf")
    prompts = Prompts(subject.tools, directory)
    compare = Comparison(subject, prompts, failures)
    expected = subject.label(prompts.cases, run / "checkpoints" / "step-000002")
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    yield compare.row("full: hf f32", "f32", "transformers", transformers_logits(model), expected, expected)
    path = subject.export(run, "gguf", "f32")
    model = LlamaModel(path)
    compare.check_tokens(path, model)
    yield compare.row("full: gguf f32", "f32", "llama.cpp", lambda ids: model.logits(ids)[-1], expected, expected)


def exports_without_tokenizer(tools: Tools, family: str, folder: Path, failures: list[str]):
    """A model that is only given tokens, against what PyTorch made of it (Tests/Fixtures/make_tiny_families.py)."""
    source, path = FIXTURES / "tiny-families" / family, folder / f"{family}.tokens.gguf"
    tools.run("xp-train", "export", "--model", source, "--to", "gguf", "--type", "f32", "-o", path)
    model, reference, found = LlamaModel(path), json.loads((source / "reference.json").read_text()), []
    for ids, expected in zip(reference["sequences"], reference["log_probabilities"]):
        rows = torch.from_numpy(model.logits(ids[:-1], last=len(ids) - 1)).double().log_softmax(-1)
        found.append(max(abs(float(row[token]) - value) for row, token, value in zip(rows, ids[1:], expected)))
    if not max(found) <= BOUNDS["f32"] + (TABLE_BOUND if family == "gemma3" else 0):
        failures.append(f"{family} without tokenizer: llama.cpp differs from PyTorch by {max(found):.1e}")
    name = f"tiny {family}, without tokenizer"
    yield [name, "gguf f32", "llama.cpp", len(found), max(found), median(found), "–", "–"]
    if family == "gemma3":
        found = with_gelu_of_half_precision(source, model, reference["sequences"])
        if not max(found) <= BOUNDS["f32"]:
            failures.append(f"{family}: llama.cpp differs from PyTorch with GELU in F16 by {max(found):.1e}")
        yield [name, "gguf f32, beside a GELU in F16", "llama.cpp", len(found), max(found), median(found), "–", "–"]


class GELUOfHalfPrecision(torch.nn.Module):
    """As ggml's table has it: its argument and its value in F16."""

    def forward(self, x):
        return torch.nn.functional.gelu(x.half().float(), approximate="tanh").half().float()


@torch.no_grad()
def with_gelu_of_half_precision(source: Path, model: LlamaModel, sequences: list[list[int]]) -> list[float]:
    """By how much llama.cpp differs from transformers with that GELU, at the most in each sequence."""
    reference = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32).eval()
    for layer in reference.model.layers:
        layer.mlp.act_fn = GELUOfHalfPrecision()
    differences = []
    for ids in sequences:
        found = torch.from_numpy(model.logits(ids[:-1], last=len(ids) - 1)).double().log_softmax(-1)
        expected = reference(torch.tensor([ids[:-1]])).logits[0].double().log_softmax(-1)
        differences.append(float((found - expected).abs().max()))
    return differences


def make_tiny(family: str, folder: Path) -> Path:
    """A random model of a family over tiny-llama's vocabulary, wide enough for Q8_0, with its tokenizer files."""
    make_tiny_families.SIZES.update(vocab_size=544, hidden_size=64, intermediate_size=96, max_position_embeddings=2048,
                                    bos_token_id=1, eos_token_id=2, pad_token_id=2)
    torch.manual_seed(270)
    model = make_tiny_families.FAMILIES[family]().float().eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * (0.1 if parameter.dim() > 1 else 0.3))
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(FIXTURES / "tiny-llama" / "hf" / name, folder)
    return folder


def main():
    parser = arguments(__doc__)
    parser.add_argument("--gemma", metavar="GEMMA.gguf", type=Path, help="Gemma 3 270M, a base model: with the plain template")
    parser.add_argument("--only", metavar="NAME", help="smollm2, gemma, or a family of Tests/Fixtures/tiny-families")
    options = parser.parse_args()
    tools, failures = Tools(options.bin), []

    def rows(parent: Path):
        def wanted(name: str) -> bool:
            return options.only in (None, name)

        for family in make_tiny_families.FAMILIES:
            if wanted(family):
                yield from exports_without_tokenizer(tools, family, parent, failures)
                model = make_tiny(family, parent / f"{family}.model")
                yield from exports_of_adapter(Subject(tools, f"tiny {family}", model, parent / family, None), failures)
                yield from exports_of_weights(Subject(tools, f"tiny {family}", model, parent / f"{family}.full", None), failures)
        if wanted("smollm2"):
            model = Path(options.model)
            subject = Subject(tools, "SmolLM2-135M", model, parent / "smollm2", None)
            yield from tokenizer_there_and_back(subject, failures)
            yield from exports_of_adapter(subject, failures)
            yield from exports_of_weights(Subject(tools, "SmolLM2-135M", model, parent / "smollm2.full", None), failures)
        if options.gemma and wanted("gemma"):
            model = options.gemma.resolve()
            subject = Subject(tools, "Gemma 3 270M", model, parent / "gemma", "plain")
            yield from tokenizer_there_and_back(subject, failures)
            yield from exports_of_adapter(subject, failures)

    with tempfile.TemporaryDirectory() as parent:
        print_table(HEADER, rows(Path(parent)))
    verdict(failures)


if __name__ == "__main__":
    main()
