"""Token ids of conversations, for the peers: the default model's vocabulary in Hugging Face's tokenizers, and ChatML."""

from gguf import GGUFReader
from tokenizers import Tokenizer, models, pre_tokenizers

QUESTION = "If \"{feature}\" were removed, how would the assistant's answer change?"
SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"


class Chat:
    """Special tokens come from the template alone, never from a text."""

    def __init__(self, path: str):
        fields = GGUFReader(path).fields
        if fields["tokenizer.ggml.pre"].contents() != "smollm" or SYSTEM not in fields["tokenizer.chat_template"].contents():
            raise SystemExit(f"{path}: the benchmark knows the default model only")
        tokens = fields["tokenizer.ggml.tokens"].contents()
        merges = fields["tokenizer.ggml.merges"].contents()
        pairs = [(merge[:merge.index(" ", 1)], merge[merge.index(" ", 1) + 1:]) for merge in merges]
        self.tokenizer = Tokenizer(models.BPE(vocab={token: id for id, token in enumerate(tokens)}, merges=pairs))
        # What transformers reads from the file loses the first of the two.
        self.tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
        self.start, self.end = tokens.index("<|im_start|>"), tokens.index("<|im_end|>")
        self.stop = {self.end, tokens.index("<|endoftext|>")}
        byte_of = {character: byte for byte, character in enumerate(byte_alphabet())}
        self.bytes_of = [bytes(byte_of[c] for c in token) if set(token) <= byte_of.keys() else token.encode()
                         for token in tokens]

    def encode(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def prompts(self, conversations: list[tuple[list[dict], str]]) -> list[list[int]]:
        """The prompt of each (messages, prefill), with the prefill as the start of the assistant's turn."""
        texts, lengths = [], []
        for messages, prefill in conversations:
            if messages[0]["role"] != "system":
                messages = [{"role": "system", "content": SYSTEM}, *messages]
            # What stands between two special tokens is tokenized as one text.
            turns = [message["role"] + "\n" + message["content"] for message in messages]
            turns.append("assistant\n" + prefill)
            texts += turns + ["\n"]
            lengths.append(len(turns))
        encoded = iter(self.encode(texts))
        prompts = []
        for length in lengths:
            turns = [next(encoded) for _ in range(length)]
            newline = next(encoded)
            prompt = []
            for turn in turns[:-1]:
                prompt += [self.start, *turn, self.end, *newline]
            prompts.append(prompt + [self.start, *turns[-1]])
        return prompts

    def text(self, tokens: list[int]) -> bytes:
        return b"".join(self.bytes_of[token] for token in tokens)


def byte_alphabet() -> list[str]:
    """GPT-2's character for each byte."""
    printable = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = iter(range(0x100, 0x200))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]
