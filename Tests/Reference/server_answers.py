#!/usr/bin/env python3
"""Holds `cf-label --server` against the engine in the process, on a real OpenAI-compatible server.

The server is llama-cpp-python's (`pip install 'llama-cpp-python[server]' gguf numpy`), started on the loopback interface with an
F32 export of the model made here and keys and values in F32, for llama.cpp rounds activations beside quantized weights, and keys
and values to F16 by default. Both label the same cases: hints,
posts, requests for text, and explanations. Every case starts with a system message, so that the server's own template for chat
completions and `--chat-template chatml` write the same prompt.

Bounds: log-probabilities within 2e-3; the same answers, texts and finishes, but where the two best lie within 2e-3.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import gguf
import numpy as np

from tools import Tools, answered, arguments, print_table, spread, verdict, write_stream, read_stream

BOUND = 2e-3
NAME = "reference"
SYSTEM = {"role": "system", "content": "You answer in few words."}


def export_f32(source: str, target: Path):
    """The same model as GGUF with all tensors in F32."""
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, reader.get_field("general.architecture").contents())
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name in ("general.architecture", "general.file_type"):
            continue
        kind = field.types[0]
        element = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), kind, sub_type=element)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        writer.add_tensor(tensor.name, values.reshape(tuple(reversed(tensor.shape.tolist()))))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def start_server(model: Path, log) -> tuple[subprocess.Popen, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "llama_cpp.server", "--model", model, "--model_alias", NAME, "--host", "127.0.0.1",
         "--port", str(port), "--n_ctx", "1024", "--n_threads", str(os.cpu_count()), "--logits_all", "true",
         # Keys and values in F32, which is type 0 of ggml.
         "--type_k", "0", "--type_v", "0", "--verbose", "false"], stdout=log, stderr=log)
    for _ in range(600):
        if server.poll() is not None:
            sys.exit(f"the server ended: {Path(log.name).read_text()[-2000:]}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models").read()
            return server, f"http://127.0.0.1:{port}/v1"
        except OSError:
            time.sleep(0.2)
    server.terminate()
    sys.exit("the server did not start")


def with_system_message(case: dict) -> dict:
    """The case with a first message more, in x and in every counterfactual."""
    features = []
    for feature in case["features"]:
        span = {**feature["span"], "message": feature["span"]["message"] + 1}
        features.append({**feature, "span": span, "messages": [SYSTEM, *feature["messages"]]})
    return {**case, "messages": [SYSTEM, *case["messages"]], "features": features}


def is_tie(tools: Tools, model: Path, case: dict, messages: list[dict], texts: list[str]) -> bool:
    """Whether two greedy texts part where the engine finds both ways equally likely."""
    shared = os.path.commonprefix(texts)
    ways = [text[len(shared):len(shared) + 1] for text in texts]
    if not all(ways):
        return False
    asked = {**case, "messages": messages, "features": [],
             "readout": {"kind": "choice", "prefill": shared, "choices": ways}}
    values = answered(tools.label([asked], model, "--chat-template", "chatml", name="tie")[0], "tie")[0][2]["logprobs"].values()
    return max(values) - min(values) < BOUND


def main():
    parser = arguments(__doc__)
    parser.add_argument("--scale", type=int, default=1, metavar="N", help="that many times as many cases (default: 1)")
    options = parser.parse_args()
    tools = Tools(options.bin)
    failures: list[str] = []
    folder = Path(tempfile.mkdtemp())
    server = None
    try:
        model = folder / "f32.gguf"
        export_f32(options.model, model)
        with open(folder / "server.log", "w") as log:
            server, address = start_server(model, log)

        def rows():
            # Echoed prompts cost llama-cpp-python seconds each: it sorts the vocabulary at every token.
            for task, count in (("hint", 16), ("sycophancy", 2), ("refusal", 4)):
                shortest = sorted(tools.generate(task, "--max-features", "1"), key=lambda case: len(str(case["messages"])))
                cases = spread(shortest[:max(count * options.scale, len(shortest) // 4)], count * options.scale)
                cases = [with_system_message(case) for case in cases]
                for case in cases:
                    if case["readout"]["kind"] == "generate":
                        case["readout"]["max_tokens"] = 24
                # Unless told otherwise, this server penalizes repetition in chats.
                shared = ["--chat-template", "chatml", "--explain", "--as", "M0", "--request-fields", '{"repeat_penalty": 1}']
                here = tools.label(cases, model, "--chat-template", "chatml", "--explain")
                there_path = folder / f"{task}.zst"
                tools.run("cf-label", "--server", address, "--model", NAME, *shared, "-o", there_path,
                          stream=write_stream(cases))
                there = read_stream(there_path.read_bytes())
                yield compare(task, here, there, there_path)

        def compare(task, here, there, path):
            largest, scored, texts, ties = 0.0, 0, 0, 0
            if [case["id"] for case in here] != [case["id"] for case in there]:
                failures.append(f"{task}: other cases, or another order")
            for mine, other in zip(here, there):
                for (place, messages, a), (_, _, b) in zip(answered(mine), answered(other)):
                    if a.get("logprobs"):
                        if not b.get("logprobs"):
                            failures.append(f"{place}: no log-probabilities")
                            continue
                        difference = max(abs(a["logprobs"][choice] - b["logprobs"][choice]) for choice in a["logprobs"])
                        largest, scored = max(largest, difference), scored + len(a["logprobs"])
                        best = sorted(a["logprobs"].values())[-2:]
                        near = best[1] - best[0] < BOUND
                        if difference > BOUND:
                            failures.append(f"{place}: log-probabilities {difference:.1e} apart")
                        if a["answer"] != b["answer"] and not near:
                            failures.append(f"{place}: {a['answer']} here, {b['answer']} there")
                        ties += a["answer"] != b["answer"] and near
                    else:
                        texts += 1
                        if a != b:
                            if is_tie(tools, model, mine, messages, [a["text"], b["text"]]):
                                ties += 1
                            else:
                                failures.append(f"{place}: {a} here, {b} there")
                for feature in mine["features"]:
                    a, b = (case["explanations"]["M0"][feature["id"]] for case in (mine, other))
                    texts += 1
                    if a != b:
                        question = f'If "{feature["text"]}" were removed, how would the assistant\'s answer change?'
                        last = mine["messages"][-1]
                        messages = [*mine["messages"][:-1], {**last, "content": f'{last["content"]}\n\n{question}'}]
                        if is_tie(tools, model, mine, messages, [a["text"], b["text"]]):
                            ties += 1
                        else:
                            failures.append(f"{mine['id']}, {feature['id']}: explained as {a['text']!r} here, {b['text']!r} there")
            return [task, len(here), scored, largest, texts, ties]

        print_table(["task", "cases", "log-probabilities", "largest difference", "texts", "near-ties"], rows())
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder)
    verdict(failures)


if __name__ == "__main__":
    main()
