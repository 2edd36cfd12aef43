#!/usr/bin/env python3
"""Writes random words of an alphabet beyond ASCII: the same text each time.

    make-script-text.py SCRIPT MEGABYTES FILE [VOCABULARY]

SCRIPT is cyrillic, greek, cjk, emoji, or mixed (all of them and Latin). The 120,000 words are as frequent as Zipf's law
has it; with a VOCABULARY, that many words are all equally frequent. The first 32 MB are drawn word by word; what is
longer repeats them.
"""

import itertools
import random
import sys

BASE_BYTES = 32 << 20
SCRIPTS = {
    "cyrillic": [chr(letter) for letter in range(0x430, 0x450)],
    "greek": [chr(letter) for letter in range(0x3B1, 0x3CA)] + list("άέήίόύώ"),
    "cjk": [chr(letter) for letter in range(0x4E00, 0x6001)],
    "emoji": [chr(letter) for letter in [*range(0x1F600, 0x1F650), *range(0x1F400, 0x1F500)]],
    "latin": [chr(letter) for letter in range(ord("a"), ord("z") + 1)],
}


def vocabulary(scripts, size, chance):
    words = {}
    for script in itertools.cycle(scripts):
        if len(words) >= size:
            return list(words)
        shortest, longest = (1, 4) if script in ("cjk", "emoji") else (2, 10)
        words["".join(chance.choices(SCRIPTS[script], k=chance.randint(shortest, longest)))] = None


def dressed(word, chance):
    luck = chance.random()
    return word + ("," if luck < 0.055 else "." if luck < 0.1 else "")


def main():
    script, size, path = sys.argv[1], int(sys.argv[2]) << 20, sys.argv[3]
    even = len(sys.argv) > 4
    chance = random.Random(20)
    words = vocabulary(list(SCRIPTS) if script == "mixed" else [script], int(sys.argv[4]) if even else 120_000, chance)
    weights = None if even else list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    base = bytearray()
    while len(base) < min(size, BASE_BYTES):
        drawn = [dressed(word, chance) for word in chance.choices(words, cum_weights=weights, k=12_000)]
        for start in range(0, len(drawn), 12):
            base += " ".join(drawn[start : start + 12]).encode("utf-8") + b"\n"
    with open(path, "wb") as text:
        while text.tell() < size:
            text.write(base[: size - text.tell()])


if __name__ == "__main__":
    main()
