#!/usr/bin/env python3
"""The N most frequent words of texts, counted the way the Azure Batch tutorial counts them.

An oracle for tests: it shares nothing with the program under test.

    topwords.py --numwords N FILE...            for each file the lines WORD:<TAB>COUNT
    topwords.py --numwords N --total FILE...    the same over all files together, in their order

With more than one file, and without --total, a line "==> FILE <==" stands before each file's words.
"""

import argparse
import collections
import string
import sys


def count_words(path, counts):
    with open(path, encoding="utf-8", errors="replace") as text:
        for line in text:
            for token in line.split():
                word = token.strip(string.punctuation)
                if word:
                    counts[word] += 1


def print_top(counts, limit, out):
    for word, count in counts.most_common(limit):
        out.write("{}:\t{}\n".format(word, count).encode("utf-8"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numwords", type=int, required=True)
    parser.add_argument("--total", action="store_true", help="one list over all files")
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    out = sys.stdout.buffer

    counts = collections.Counter()
    for path in arguments.files:
        if not arguments.total:
            counts = collections.Counter()
        count_words(path, counts)
        if not arguments.total:
            if len(arguments.files) > 1:
                out.write("==> {} <==\n".format(path).encode("utf-8", "surrogateescape"))
            print_top(counts, arguments.numwords, out)
    if arguments.total:
        print_top(counts, arguments.numwords, out)


if __name__ == "__main__":
    main()
