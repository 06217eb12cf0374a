"""What is asked of a checkpoint about a case: the same questions that cf-label asks, as tokens."""

from dataclasses import dataclass

from chat import QUESTION, Chat

EXPLANATION_TOKENS = 32


@dataclass
class Question:
    id: str
    prompt: list[int]
    #: The tokens of each choice; none where a text is generated.
    choices: list[list[int]]
    names: list[str]
    #: The most tokens of a text.
    limit: int = 0


def questions(cases: list[dict], chat: Chat, explain: bool) -> list[list[Question]]:
    """The questions of each case: x, every x∖C, and with `explain` every explanation."""
    asked = [list(conversations(case, explain)) for case in cases]
    prompts = iter(chat.prompts([(messages, prefill) for case in asked for _, messages, prefill, _ in case]))
    names = sorted({name for case in cases for name in case["readout"].get("choices", [])})
    tokens = dict(zip(names, chat.encode(names)))
    result = []
    for case in asked:
        result.append([])
        for id, _, _, readout in case:
            names = readout.get("choices", [])
            result[-1].append(
                Question(id, next(prompts), [tokens[name] for name in names], names, readout.get("max_tokens", 0)))
    return result


def conversations(case: dict, explain: bool):
    """(id, messages, prefill, readout) of each question about a case."""
    readout = case["readout"]
    prefill = readout.get("prefill", "")
    yield f"{case['id']} original", case["messages"], prefill, readout
    for feature in case["features"]:
        yield f"{case['id']} {feature['id']}", feature["messages"], prefill, readout
    if explain:
        for feature in case["features"]:
            messages = [dict(message) for message in case["messages"]]
            messages[-1]["content"] += "\n\n" + QUESTION.replace("{feature}", feature["text"])
            yield f"{case['id']} {feature['id']} explained", messages, "", {"max_tokens": EXPLANATION_TOKENS}
