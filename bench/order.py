"""The order in which xp-train goes through its examples (--shuffle case, the default), so that peers train the same steps.

The losses of the steps, which must agree, show that it is the same order.
"""

import hashlib
import struct


class CounterRandom:
    """Philox4x32-10, keyed as Sources/Shared/Streams/Run/CounterRandom.swift does."""

    def __init__(self, seed: int, *stream: str):
        digest = hashlib.sha256(struct.pack("<Q", seed))
        for name in stream:
            digest.update(struct.pack("<Q", len(name.encode())) + name.encode())
        self.key = struct.unpack("<4I", digest.digest()[:16])
        self.counter = 0

    def next(self) -> int:
        block, half = divmod(self.counter, 2)
        self.counter += 1
        words = philox((block & 0xFFFF_FFFF, block >> 32, *self.key[2:]), self.key[:2])
        return words[2 * half + 1] << 32 | words[2 * half]

    def below(self, bound: int) -> int:
        while True:
            product = self.next() * bound
            if product & (2**64 - 1) >= 2**64 % bound:
                return product >> 64

    def shuffled(self, items: list) -> list:
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def philox(counter, key):
    for _ in range(10):
        first, second = counter[0] * 0xD251_1F53, counter[2] * 0xCD9E_8D57
        counter = (second >> 32 ^ counter[1] ^ key[0], second & 0xFFFF_FFFF,
                   first >> 32 ^ counter[3] ^ key[1], first & 0xFFFF_FFFF)
        key = (key[0] + 0x9E37_79B9 & 0xFFFF_FFFF, key[1] + 0xBB67_AE85 & 0xFFFF_FFFF)
    return counter


def first_epoch(groups: list[str], seed: int = 0) -> list[int]:
    """Places of the examples, a group's together, the groups in random order."""
    places = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    shuffled = CounterRandom(seed, "order", "0").shuffled(list(places.values()))
    return [place for group in shuffled for place in group]
