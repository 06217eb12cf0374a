"""Strings that are hard to tokenize: Unicode of every kind, white-space runs, digits, contractions, special-looking text."""

import random

WORDS = (
    "the The answer would change to B is it if hint removed user assistant's don't we'll I'M THEY'RE you've he'd 'tis "
    "rock'n'roll O'Reilly's café naïve Zürich déjà résumé x²+y² Москва Ελλάδα 日本語 中文字符 العربية हिन्दी ไทย 한국어 שלום "
    "<|im_start|> <|im_end|> <|endoftext|> <|eot_id|> <<<B>>> </s> <s> [INST] {{bos_token}} print(x) a_b camelCase http://a.b/c?d=e&f"
).split()
SPACES = [" ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n", "\n ", "\u00a0", "\u3000", "\u0085", "\u2028", "\u000b",
          "\u200b", "\u202f", "\x1c", "\u1680", " \t \n  \n "]
DIGITS = ["0", "7", "12", "345", "6789", "1,000", "3.14", "$5", "50%", "١٢٣", "½", "Ⅷ", "²", "१२", "𝟘", "1st", "2e10", "00"]
SYMBOLS = list("!?.,;:'\"()[]{}<>|/\\@#$%^&*-_=+~`") + ["...", "—", "…", "“", "”", "’s", "'S", "'lL", "'ſ", "«", "€", "!?!", "->", "''"]
OTHERS = ["😊", "👨‍👩‍👧", "🇩🇪", "é", "e\u0301", "\u0301", "नि", "\u200d", "\ufeff", "\ufffd", "\x00", "\x04", "\x06", "\x7f", "\x1b[0m",
          "\ue000", "\U000f0000", "\U0010ffff", "\u0378", "𝔘𝔫𝔦", "ǅ", "ª", "ʰ", "々", "ￇ", "\u00ad"]


# What Gemma's vocabulary has tokens for: markers, tags of HTML, bytes, runs of white space; and what looks like them.
GEMMA_WORDS = WORDS + (
    "<start_of_turn> <end_of_turn> <bos> <eos> <pad> <unk> <mask> [multimodal] <unused5> <unused99> <0x0A> <0xE2> <0x0a> <table> "
    "</table> <h1> <br> <ul><li> </s> <code> </code <start_of_image> ▁ ▁▁ ▁the _ __ ᐃᓄᒃᑎᑐᑦ 𓀀𓂀 ꙮ 龘 ﷽ ਪੰਜਾਬੀ"
).split() + ["\n" * 33, " " * 40, "\t" * 5, " " * 31, "\n" * 31 + " ", "a" * 70, "=" * 50, "-" * 17]


def fuzz_string(generator: random.Random, words: list[str] = WORDS) -> str:
    parts = []
    for _ in range(generator.randint(1, 12)):
        kind = generator.random()
        if kind < 0.35:
            parts.append(generator.choice(words))
        elif kind < 0.6:
            parts.append(generator.choice(SPACES) * generator.choice([1, 1, 1, 2, 3]))
        elif kind < 0.72:
            parts.append(generator.choice(DIGITS))
        elif kind < 0.86:
            parts.append(generator.choice(SYMBOLS))
        elif kind < 0.95:
            parts.append(generator.choice(OTHERS))
        else:
            point = generator.randrange(0x20, 0x2F000 if kind < 0.97 else 0x3000)
            parts.append("" if 0xD800 <= point < 0xE000 else chr(point))
    return "".join(parts)


def fuzz_strings(count: int, seed: int, words: list[str] = WORDS) -> list[str]:
    generator = random.Random(seed)
    return [fuzz_string(generator, words) for _ in range(count)]
