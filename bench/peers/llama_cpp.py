"""llama.cpp answers questions: many sequences in a batch, prompts that begin alike computed once through its sequence copy,
logits only where they are read. Settings: `file`, `cases` side by side, `reuse` of prefixes, `flash` attention."""

import ctypes
import os
from itertools import takewhile

import llama_cpp
import numpy as np

import streams
from chat import Chat
from peers.worker import THREADS, serve
from questions import Question, questions

BATCH = 2048
#: llama.cpp's LLAMA_MAX_SEQ.
MOST_SEQUENCES = 256


@llama_cpp.llama_log_callback
def silent(_level, _text, _data):
    pass


class Runner:
    """A context, and the answers it gives."""

    def __init__(self, peer: "Peer", groups: list[list[list[Question]]], settings: dict):
        self.chat, self.settings = peer.chat, settings
        model = peer.model(settings["file"])
        sequences = [[question for case in group for question in case] for group in groups]
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_seq_max = max(map(len, sequences))
        parameters.kv_unified = settings["reuse"]
        room = [[len(question.prompt) + max(question.limit, 8) for question in group] for group in sequences]
        # One buffer for all sequences where they share, else one of the longest's size for each.
        cells = max(map(sum, room)) if settings["reuse"] else max(map(max, room)) * parameters.n_seq_max
        parameters.n_ctx = cells + 256 * parameters.n_seq_max
        parameters.n_batch, parameters.n_ubatch = BATCH, 512
        parameters.n_threads = parameters.n_threads_batch = THREADS
        parameters.flash_attn_type = int(settings["flash"])
        self.context = llama_cpp.llama_init_from_model(model, parameters)
        if not self.context:
            raise MemoryError("llama.cpp cannot make a context")
        self.memory = llama_cpp.llama_get_memory(self.context)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(llama_cpp.llama_model_get_vocab(model))
        self.batch = llama_cpp.llama_batch_init(BATCH, 0, 1)

    def close(self):
        llama_cpp.llama_batch_free(self.batch)
        llama_cpp.llama_free(self.context)

    def decode(self, runs: list[tuple[int, int, list[int], int]], read):
        """Computes runs (sequence, position of the first token, tokens, how many of the last are read) and calls
        `read(run, step, logits)` for each token that is read."""
        tokens = [(index, step, sequence, start + step, token, step >= len(run) - reads)
                  for index, (sequence, start, run, reads) in enumerate(runs) for step, token in enumerate(run)]
        for begin in range(0, len(tokens), BATCH):
            part = tokens[begin:begin + BATCH]
            self.batch.n_tokens = len(part)
            for place, (_, _, sequence, position, token, is_read) in enumerate(part):
                self.batch.token[place], self.batch.pos[place] = token, position
                self.batch.n_seq_id[place], self.batch.seq_id[place][0] = 1, sequence
                self.batch.logits[place] = is_read
            status = llama_cpp.llama_decode(self.context, self.batch)
            if status != 0:
                raise RuntimeError(f"llama_decode: {status}")
            for place, (index, step, *_, is_read) in enumerate(part):
                if is_read:
                    logits = llama_cpp.llama_get_logits_ith(self.context, place)
                    read(index, step, np.ctypeslib.as_array(logits, (self.vocabulary,)))

    def answer(self, cases: list[list[Question]]) -> dict:
        """The answers about a group of cases, all side by side."""
        llama_cpp.llama_memory_clear(self.memory, False)
        asked = [question for case in cases for question in case]
        sequence = {question.id: number for number, question in enumerate(asked)}
        # What each prompt has in common with its case's first.
        shared = {question.id: common_length(question.prompt, case[0].prompt) if self.settings["reuse"] and index else 0
                  for case in cases for index, question in enumerate(case)}
        first = {}

        def prefill(questions):
            def read(index, _step, logits):
                question = questions[index]
                first[question.id] = log_softmax(logits) if question.choices else int(logits.argmax())
            self.decode([(sequence[q.id], shared[q.id], q.prompt[shared[q.id]:], 1) for q in questions], read)

        prefill([question for question in asked if not shared[question.id]])
        for case in cases:
            for question in case:
                if shared[question.id]:
                    llama_cpp.llama_memory_seq_cp(
                        self.memory, sequence[case[0].id], sequence[question.id], 0, shared[question.id])
        prefill([question for question in asked if shared[question.id]])
        answers = self.choose([question for question in asked if question.choices], sequence, first)
        answers.update(self.generate([question for question in asked if not question.choices], sequence, first))
        return answers

    def choose(self, asked: list[Question], sequence: dict, first: dict) -> dict:
        scores = {q.id: [float(first[q.id][choice[0]]) for choice in q.choices] for q in asked}
        # A choice's later tokens follow the prompt in its own sequence, and are forgotten again.
        for number in range(max((len(question.choices) for question in asked), default=0)):
            longer = [q for q in asked if number < len(q.choices) and len(q.choices[number]) > 1]

            def read(index, step, logits):
                question = longer[index]
                scores[question.id][number] += float(log_softmax(logits)[question.choices[number][step + 1]])
            self.decode([(sequence[q.id], len(q.prompt), q.choices[number][:-1], len(q.choices[number]) - 1)
                         for q in longer], read)
            for question in longer:
                llama_cpp.llama_memory_seq_rm(self.memory, sequence[question.id], len(question.prompt), -1)
        return {question.id: {"answer": question.names[int(np.argmax(scores[question.id]))],
                              "logprobs": scores[question.id]} for question in asked}

    def generate(self, asked: list[Question], sequence: dict, first: dict) -> dict:
        texts = {question.id: [] for question in asked}
        following = {question.id: first[question.id] for question in asked}
        active = asked
        while True:
            active = [q for q in active if following[q.id] not in self.chat.stop and len(texts[q.id]) < q.limit]
            for question in active:
                texts[question.id].append(following[question.id])
            active = [question for question in active if len(texts[question.id]) < question.limit]
            if not active:
                break

            def read(index, _step, logits):
                following[active[index].id] = int(logits.argmax())
            self.decode([(sequence[q.id], len(q.prompt) + len(texts[q.id]) - 1, texts[q.id][-1:], 1) for q in active], read)
        return {id: {"text": self.chat.text(tokens).decode(errors="replace")} for id, tokens in texts.items()}


def common_length(tokens: list[int], other: list[int]) -> int:
    """At least the last token is left to compute."""
    return min(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(tokens, other))), len(tokens) - 1)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max()
    return shifted - np.log(np.exp(shifted).sum())


class Peer:
    def __init__(self, arguments: dict):
        llama_cpp.llama_log_set(silent, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self.chat = Chat(arguments["gguf"])
        self.files = {"as shipped": arguments["gguf"]}
        for name in ("BF16", "Q8_0", "Q4_0"):
            self.files[name] = os.path.join(arguments["directory"], name + ".gguf")
        self.models = {}

    def model(self, name: str):
        if name not in self.models:
            parameters = llama_cpp.llama_model_default_params()
            self.models[name] = llama_cpp.llama_model_load_from_file(self.files[name].encode(), parameters)
        return self.models[name]


def work(peer: Peer, job: dict):
    cases = streams.read(job["cases"])[:job.get("limit")]
    settings = job["settings"]
    # The context is made before the clock starts, so the sizes of prompts are found out twice.
    runner = Runner(peer, groups(questions(cases, peer.chat, job["explain"]), settings), settings)
    for group in groups(questions(cases[:job["warm_up"]], peer.chat, job["explain"]), settings):
        runner.answer(group)

    def timed():
        answers = {}
        for group in groups(questions(cases, peer.chat, job["explain"]), settings):
            answers.update(runner.answer(group))
        return {"answers": answers, "closed": runner.close}
    return timed


def groups(asked: list[list[Question]], settings: dict) -> list[list[list[Question]]]:
    """`cases` cases together, fewer where they are more sequences than llama.cpp can hold."""
    result = []
    for case in asked:
        full = not result or len(result[-1]) >= settings["cases"]
        if full or sum(map(len, result[-1])) + len(case) > MOST_SEQUENCES:
            result.append([])
        result[-1].append(case)
    return result


if __name__ == "__main__":
    serve(Peer, work)
