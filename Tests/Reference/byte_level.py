"""SmolLM2's tokenizer by Hugging Face's tokenizers: a Sequence of Digits and ByteLevel over the GGUF file's vocabulary."""

from gguf import GGUFReader
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

# GPT-2's alphabet: the byte of each character.
PRINTABLE = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
ALPHABET = {chr(byte): byte for byte in PRINTABLE}
ALPHABET.update({chr(0x100 + place): byte for place, byte in enumerate(b for b in range(256) if b not in PRINTABLE)})


def reference(path: str) -> Tokenizer:
    """SmolLM2's tokenizer, from the vocabulary and merges of its GGUF file."""
    fields = GGUFReader(path).fields
    assert fields["tokenizer.ggml.pre"].contents() == "smollm"
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = fields["tokenizer.ggml.merges"].contents()
    pairs = [(merge[:merge.index(" ", 1)], merge[merge.index(" ", 1) + 1:]) for merge in merges]
    tokenizer = Tokenizer(models.BPE(vocab={token: id for id, token in enumerate(tokens)}, merges=pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


class ByteLevel:
    """That tokenizer as a reference in both directions."""

    def __init__(self, path: str):
        self.tokenizer = reference(path)
        fields = GGUFReader(path).fields
        self.tokens = fields["tokenizer.ggml.tokens"].contents()
        kinds = fields["tokenizer.ggml.token_type"].contents()
        self.plain = [id for id, kind in enumerate(kinds) if kind == 1]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def decode(self, ids: list[int]) -> bytes:
        """The decoder's text where it is whole; where it replaced broken characters, the bytes of the alphabet."""
        text = self.tokenizer.decode(ids, skip_special_tokens=False)
        data = bytes(ALPHABET[character] for id in ids for character in self.tokens[id])
        assert data.decode(errors="replace") == text
        return data
