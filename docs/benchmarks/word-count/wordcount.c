/*
 * The rival: counts words as node-task does, byte by byte, with a class table, a hash computed on the way and a table
 * with open addressing. Prints the N most frequent words. It keeps invalid UTF-8 as it is, which is less work than
 * putting U+FFFD in its place.
 *
 *     wordcount N FILE
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SPACE, PUNCT, WORD, HIGH };

struct entry {
    uint64_t hash;
    uint64_t count;
    const unsigned char *word;
    uint32_t length;
    uint32_t first;
};

static unsigned char kinds[256];
static struct entry *entries;
static uint32_t *slots;
static size_t slot_count = 1 << 14, entry_count, entry_room;
static unsigned char *arena;
static size_t arena_left;

static void *checked(void *memory) {
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(5);
    }
    return memory;
}

static void grow_slots(void) {
    free(slots);
    slot_count *= 2;
    slots = checked(calloc(slot_count, sizeof *slots));
    for (size_t i = 0; i < entry_count; i++) {
        size_t s = entries[i].hash & (slot_count - 1);
        while (slots[s])
            s = (s + 1) & (slot_count - 1);
        slots[s] = (uint32_t)(i + 1);
    }
}

static void insert(size_t slot, uint64_t hash, const unsigned char *word, size_t length) {
    if (entry_count == entry_room) {
        entry_room = entry_room ? entry_room * 2 : 4096;
        entries = checked(realloc(entries, entry_room * sizeof *entries));
    }
    if (length > arena_left) {
        arena_left = length > 1 << 20 ? length : 1 << 20;
        arena = checked(malloc(arena_left));
    }
    memcpy(arena, word, length);
    entries[entry_count] = (struct entry){hash, 1, arena, (uint32_t)length, (uint32_t)entry_count};
    arena += length;
    arena_left -= length;
    slots[slot] = (uint32_t)++entry_count;
    if (entry_count * 2 > slot_count)
        grow_slots();
}

static inline void add(const unsigned char *word, size_t length, uint64_t hash) {
    hash ^= hash >> 32;
    size_t s = hash & (slot_count - 1);
    for (uint32_t i; (i = slots[s]) != 0; s = (s + 1) & (slot_count - 1)) {
        struct entry *e = &entries[i - 1];
        if (e->hash == hash && e->length == length && memcmp(e->word, word, length) == 0) {
            e->count++;
            return;
        }
    }
    insert(s, hash, word, length);
}

/* The length of a white space character beyond ASCII, or 0. */
static inline int wide_space(const unsigned char *p) {
    if (p[0] == 0xc2)
        return p[1] == 0x85 || p[1] == 0xa0 ? 2 : 0;
    if (p[0] == 0xe1)
        return p[1] == 0x9a && p[2] == 0x80 ? 3 : 0;
    if (p[0] == 0xe2 && p[1] == 0x80)
        return (p[2] >= 0x80 && p[2] <= 0x8a) || p[2] == 0xa8 || p[2] == 0xa9 || p[2] == 0xaf ? 3 : 0;
    if (p[0] == 0xe2 && p[1] == 0x81)
        return p[2] == 0x9f ? 3 : 0;
    if (p[0] == 0xe3)
        return p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
    return 0;
}

/* Counts the words that end before `end`; returns where the unfinished one begins. */
static unsigned char *scan(unsigned char *p, unsigned char *end, int last) {
    for (;;) {
        while (p < end && kinds[*p] <= PUNCT)
            p++;
        if (p >= end)
            return end;
        unsigned char *start = p, *stop = p;
        uint64_t hash = 0xcbf29ce484222325ULL, stop_hash = hash;
        int space = 0;
        for (;; p++) {
            unsigned char c = *p, kind = kinds[c];
            if (kind == SPACE)
                break;
            if (kind == HIGH && (space = wide_space(p)) != 0)
                break;
            hash = (hash ^ c) * 0x100000001b3ULL;
            if (kind != PUNCT) {
                stop = p + 1;
                stop_hash = hash;
            }
        }
        if (p >= end && !last)
            return start;
        if (stop > start)
            add(start, (size_t)(stop - start), stop_hash);
        p += space;
    }
}

static int compare(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->first < y->first ? -1 : 1;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    for (int c = 0; c < 256; c++) {
        int alphanumeric = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        int space = c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
        int punctuation = c > ' ' && c < 127 && !alphanumeric;
        kinds[c] = c >= 0x80 ? HIGH : space ? SPACE : punctuation ? PUNCT : WORD;
    }
    slots = checked(calloc(slot_count, sizeof *slots));
    size_t room = 1 << 16, kept = 0;
    unsigned char *buffer = checked(malloc(room + 16));
    int file = open(argv[2], O_RDONLY), last = 0;
    if (file < 0) {
        perror(argv[2]);
        return 3;
    }
    while (!last) {
        if (kept == room)
            buffer = checked(realloc(buffer, (room *= 2) + 16));
        ssize_t got = read(file, buffer + kept, room - kept);
        if (got < 0) {
            perror(argv[2]);
            return 3;
        }
        last = got == 0;
        unsigned char *end = buffer + kept + got;
        memset(end, ' ', 16);
        unsigned char *rest = scan(buffer, end, last);
        kept = (size_t)(end - rest);
        memmove(buffer, rest, kept);
    }
    qsort(entries, entry_count, sizeof *entries, compare);
    size_t limit = strtoul(argv[1], NULL, 10);
    for (size_t i = 0; i < entry_count && i < limit; i++)
        printf("%.*s:\t%llu\n", (int)entries[i].length, (const char *)entries[i].word, (unsigned long long)entries[i].count);
    return 0;
}
