#!/usr/bin/env python3
"""Writes English-like text: the same words each time, as often as words occur in English (Zipf's law).

    make-text.py MEGABYTES FILE

The first 32 MB are drawn word by word; what is longer repeats them.
"""

import itertools
import random
import sys

BASE_BYTES = 32 << 20
VOCABULARY = 120_000
COMMON = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were her all she there would their we him been has when who will more no if out so said what up its about "
    "into than them can only other new some could time these two may then do first any my now such like our over man me "
    "even most made after also did many before must through back years where much your way well down should because "
    "each just those people how too little state good very make world still own see men work long get here between both "
    "life being under never day same another know while last might us great old year off come since against go came "
    "right used take three"
).split()
SYLLABLES = (
    "an ar ber con de der di en er ex fin gra hal in ing ion ist ity ker lan ly man men mer min nal ness or out per por "
    "pre pro re ri ro se sen sion ster sub tal ter tion tra un ver vi ward wer"
).split()


def vocabulary(chance):
    words = dict.fromkeys(COMMON)
    while len(words) < VOCABULARY:
        word = "".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 2, 3, 3, 4))))
        words[word] = None
        if len(words) > 400 and chance.random() < 0.1:
            words[chance.choice("bcdfghlmprst") + word] = None
    return list(words)[:VOCABULARY]


def dressed(word, chance):
    luck = chance.random()
    if luck < 0.055:
        return word + ","
    if luck < 0.1:
        return word + "."
    if luck < 0.13:
        return word.capitalize()
    if luck < 0.135:
        return "\u201c" + word + ",\u201d"
    if luck < 0.14:
        return word + "\u2019s"
    if luck < 0.145:
        return "(" + word + ")"
    return word


def main():
    size, path = int(sys.argv[1]) << 20, sys.argv[2]
    chance = random.Random(20)
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    base = bytearray()
    while len(base) < BASE_BYTES:
        drawn = [dressed(word, chance) for word in chance.choices(words, cum_weights=weights, k=12_000)]
        for start in range(0, len(drawn), 12):
            base += " ".join(drawn[start : start + 12]).encode("utf-8") + b"\n"
    with open(path, "wb") as text:
        while text.tell() < size:
            text.write(base[: size - text.tell()])


if __name__ == "__main__":
    main()
