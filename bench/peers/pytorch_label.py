"""transformers answers questions: batches of like length, logits only where they are read, keys and values kept."""

import torch

import streams
from chat import Chat
from peers.pytorch_model import batches, load, padded, roomy_cache
from peers.worker import serve
from questions import Question, questions


class Labeller:
    def __init__(self, arguments: dict):
        self.chat = Chat(arguments["gguf"])
        self.model = load(arguments["directory"], arguments["precision"]).eval()

    @torch.inference_mode()
    def answer(self, cases: list[dict], explain: bool, settings: dict) -> dict:
        asked = [question for case in questions(cases, self.chat, explain) for question in case]
        answers = {}
        for method, group in [(self.choose, [q for q in asked if q.choices]),
                              (self.generate, [q for q in asked if not q.choices])]:
            for batch in batches(group, lambda question: len(question.prompt), settings):
                answers.update(method(batch))
        return answers

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        return self.model.lm_head(states).float()

    def choose(self, batch: list[Question]):
        """The log-probability of each choice. Tokens after a choice's first go through the model in a second pass, over
        the kept keys and values."""
        longest = max(len(choice) for question in batch for choice in question.choices)
        cache = roomy_cache(self.model, longest - 1) if longest > 1 else None
        lengths = torch.tensor([len(question.prompt) for question in batch])
        states = self.model.model(padded([q.prompt for q in batch]), cache=cache, use_cache=longest > 1).last_hidden_state
        first = self.logits(states[range(len(batch)), lengths - 1]).log_softmax(-1)
        scores = [[first[row, choice[0]].item() for choice in question.choices] for row, question in enumerate(batch)]
        if longest > 1:
            self.add_later_tokens(batch, scores, cache, lengths, states.shape[1])
        for question, values in zip(batch, scores):
            best = max(range(len(values)), key=lambda index: (values[index], -index))
            yield question.id, {"answer": question.names[best], "logprobs": values}

    def add_later_tokens(self, batch, scores, cache, lengths, width):
        places = [(row, index) for row, question in enumerate(batch) for index in range(len(question.choices))]
        choices = [batch[row].choices[index] for row, index in places]
        for layer in cache.layers:
            layer.batch_select_indices(torch.tensor([row for row, _ in places]))
        inputs = padded([choice[:-1] for choice in choices])
        starts = lengths[[row for row, _ in places]][:, None]
        mask = torch.cat([torch.arange(width)[None] < starts, torch.ones_like(inputs, dtype=torch.bool)], dim=1)
        states = self.model.model(
            inputs, attention_mask=mask, position_ids=starts + torch.arange(inputs.shape[1])[None], cache=cache,
            use_cache=True).last_hidden_state
        reads = [(row, step, choice[step + 1]) for row, choice in enumerate(choices) for step in range(len(choice) - 1)]
        rows, steps, tokens = map(list, zip(*reads))
        later = self.logits(states[rows, steps]).log_softmax(-1)[range(len(reads)), tokens].tolist()
        for row, value in zip(rows, later):
            scores[places[row][0]][places[row][1]] += value

    def generate(self, batch: list[Question]):
        """Greedy text, all of the batch side by side until each has ended."""
        limit = max(question.limit for question in batch)
        lengths = torch.tensor([len(question.prompt) for question in batch])
        cache = roomy_cache(self.model, limit - 1)
        states = self.model.model(padded([q.prompt for q in batch]), cache=cache, use_cache=True).last_hidden_state
        states = states[range(len(batch)), lengths - 1]
        mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
        texts, ended = [[] for _ in batch], [False] * len(batch)
        for step in range(limit):
            tokens = self.logits(states).argmax(-1).tolist()
            for row, token in enumerate(tokens):
                ended[row] = ended[row] or token in self.chat.stop
                if not ended[row]:
                    texts[row].append(token)
            ended = [end or len(text) == question.limit for end, text, question in zip(ended, texts, batch)]
            if all(ended):
                break
            mask = torch.cat([mask, torch.ones(len(batch), 1, dtype=torch.bool)], dim=1)
            states = self.model.model(
                torch.tensor(tokens)[:, None], attention_mask=mask, position_ids=(lengths + step)[:, None], cache=cache,
                use_cache=True).last_hidden_state[:, -1]
        for question, tokens in zip(batch, texts):
            yield question.id, {"text": self.chat.text(tokens).decode(errors="replace"), "tokens": tokens}

    @torch.inference_mode()
    def gaps(self, cases: list[dict], explain: bool, answers: dict, expected: dict) -> dict:
        """For each text that differs from the expected one, how far apart the two best logits are where they part."""
        result = {}
        for question in (question for case in questions(cases, self.chat, explain) for question in case):
            answer, other = answers[question.id], expected[question.id]
            if question.choices or answer["text"] == other["text"]:
                continue
            tokens, wanted = answer["tokens"], other["text"].encode()
            common = 0
            while common < len(tokens) and wanted.startswith(self.chat.text(tokens[:common + 1])):
                common += 1
            states = self.model.model(torch.tensor([question.prompt + tokens[:common]])).last_hidden_state
            best = self.logits(states[0, -1]).topk(2).values
            result[question.id] = (best[0] - best[1]).item()
        return result


def work(labeller: Labeller, job: dict):
    cases = streams.read(job["cases"])[:job.get("limit")]
    arguments = (job["explain"], job["settings"])
    labeller.answer(cases[:job["warm_up"]], *arguments)

    def timed():
        answers = labeller.answer(cases, *arguments)
        expected = job.get("expected")
        return {"answers": answers,
                "gaps": lambda: labeller.gaps(cases, job["explain"], answers, expected) if expected else {}}
    return timed


if __name__ == "__main__":
    serve(Labeller, work)
