"""A GGUF file as llama.cpp runs it: logits of token ids, with a LoRA adapter or without. Needs llama-cpp-python and numpy."""

import ctypes

import llama_cpp
import numpy

F32 = 0
CONTEXT = 1024


class LlamaModel:
    def __init__(self, path, adapter=None):
        self.log = llama_cpp.llama_log_callback(lambda *_: None)
        llama_cpp.llama_log_set(self.log, None)
        parameters = llama_cpp.llama_model_default_params()
        # Weights laid out anew for this processor would be rounded in another way.
        parameters.use_extra_bufts = False
        self.model = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        assert self.model, f"llama.cpp does not load {path}"
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)
        context = llama_cpp.llama_context_default_params()
        context.n_ctx = context.n_batch = context.n_ubatch = CONTEXT
        # Keys and values as they are computed, and attention without its fused form, which has F16 inside.
        context.type_k = context.type_v = F32
        context.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        context.n_threads = context.n_threads_batch = 2
        self.context = llama_cpp.llama_init_from_model(self.model, context)
        assert self.context
        if adapter:
            self.adapter = llama_cpp.llama_adapter_lora_init(self.model, str(adapter).encode())
            assert self.adapter, f"llama.cpp does not load {adapter}"
            adapters = (llama_cpp.llama_adapter_lora_p_ctypes * 1)(self.adapter)
            assert llama_cpp.llama_set_adapters_lora(self.context, adapters, 1, (ctypes.c_float * 1)(1.0)) == 0

    def logits(self, ids: list[int], last=1) -> numpy.ndarray:
        """The logits after each of the last tokens."""
        assert len(ids) <= CONTEXT
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), True)
        batch = llama_cpp.llama_batch_init(len(ids), 0, 1)
        batch.n_tokens = len(ids)
        for place, token in enumerate(ids):
            batch.token[place], batch.pos[place], batch.n_seq_id[place], batch.seq_id[place][0] = token, place, 1, 0
            batch.logits[place] = place >= len(ids) - last
        assert llama_cpp.llama_decode(self.context, batch) == 0
        size = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        rows = [numpy.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(self.context, place), (size,)).copy()
                for place in range(len(ids) - last, len(ids))]
        llama_cpp.llama_batch_free(batch)
        return numpy.stack(rows)

    def encode(self, text: str) -> list[int]:
        """The ids of a rendered prompt, special tokens among its text, without a beginning of sequence of llama.cpp's own."""
        data = text.encode()
        tokens = (llama_cpp.llama_token * (len(data) + 8))()
        count = llama_cpp.llama_tokenize(self.vocabulary, data, len(data), tokens, len(tokens), False, True)
        assert count >= 0
        return list(tokens[:count])
