"""A vocabulary as llama.cpp reads it from a GGUF file: text to ids and back."""

import ctypes

import llama_cpp


class LlamaVocabulary:
    """Needs the package llama-cpp-python."""

    def __init__(self, path: str):
        self.log = llama_cpp.llama_log_callback(lambda *_: None)
        llama_cpp.llama_log_set(self.log, None)
        parameters = llama_cpp.llama_model_default_params()
        parameters.vocab_only = True
        self.model = llama_cpp.llama_model_load_from_file(path.encode(), parameters)
        assert self.model, f"llama.cpp does not load {path}"
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)

    def __len__(self) -> int:
        return llama_cpp.llama_vocab_n_tokens(self.vocabulary)

    def encode(self, text: str) -> list[int]:
        """The ids of plain text, without a beginning of sequence: special tokens are not parsed."""
        data = text.encode()
        tokens = (llama_cpp.llama_token * (len(data) + 8))()
        count = llama_cpp.llama_tokenize(self.vocabulary, data, len(data), tokens, len(tokens), False, False)
        assert count >= 0
        return list(tokens[:count])

    def decode(self, ids: list[int]) -> bytes:
        tokens = (llama_cpp.llama_token * len(ids))(*ids)
        buffer = ctypes.create_string_buffer(256 * len(ids) + 16)
        count = llama_cpp.llama_detokenize(self.vocabulary, tokens, len(ids), buffer, len(buffer), False, False)
        assert count >= 0
        return buffer.raw[:count]

    def is_plain(self, token: int) -> bool:
        """Whether plain text may become this token."""
        special = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_UNKNOWN | llama_cpp.LLAMA_TOKEN_ATTR_UNUSED
        return not llama_cpp.llama_vocab_get_attr(self.vocabulary, token) & special
