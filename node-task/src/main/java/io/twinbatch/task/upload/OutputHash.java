package io.twinbatch.task.upload;

/**
 * SHA-256 (FIPS 180-4). The Java platform has it too, but starts its security providers for it, which takes longer than
 * all else that a small task does.
 */
final class OutputHash {
    private static final String HEX = "0123456789abcdef";
    private static final int BLOCK_BYTES = 64;

    private static final int[] CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private final int[] state = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    private final int[] schedule = new int[64];
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long length;

    /** Takes more of the data. */
    void update(byte[] bytes, int from, int count) {
        length += count;
        int at = from;
        int end = from + count;
        if (filled > 0) {
            int taken = Math.min(BLOCK_BYTES - filled, count);
            System.arraycopy(bytes, at, block, filled, taken);
            filled += taken;
            at += taken;
            if (filled < BLOCK_BYTES) {
                return;
            }
            compress(block, 0);
        }
        while (end - at >= BLOCK_BYTES) {
            compress(bytes, at);
            at += BLOCK_BYTES;
        }
        filled = end - at;
        System.arraycopy(bytes, at, block, 0, filled);
    }

    /** Ends the data and returns its hash in 64 hexadecimal digits. To be called once. */
    String finish() {
        long bits = length << 3;
        byte[] end = new byte[(filled < 56 ? 56 : 120) - filled + 8];
        end[0] = (byte) 0x80;
        for (int at = 0; at < 8; at++) {
            end[end.length - 1 - at] = (byte) (bits >>> (at << 3));
        }
        update(end, 0, end.length);
        StringBuilder hex = new StringBuilder(64);
        for (int word : state) {
            for (int shift = 28; shift >= 0; shift -= 4) {
                hex.append(HEX.charAt((word >>> shift) & 0xf));
            }
        }
        return hex.toString();
    }

    private void compress(byte[] bytes, int from) {
        expand(bytes, from);
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int round = 0; round < 64; round++) {
            int sum1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int first = h + sum1 + ((e & f) ^ (~e & g)) + CONSTANTS[round] + schedule[round];
            int sum0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private void expand(byte[] bytes, int from) {
        for (int word = 0; word < 16; word++) {
            int at = from + (word << 2);
            schedule[word] = (bytes[at] & 0xff) << 24
                    | (bytes[at + 1] & 0xff) << 16
                    | (bytes[at + 2] & 0xff) << 8
                    | (bytes[at + 3] & 0xff);
        }
        for (int word = 16; word < 64; word++) {
            int early = schedule[word - 15];
            int late = schedule[word - 2];
            int sigma0 = Integer.rotateRight(early, 7) ^ Integer.rotateRight(early, 18) ^ (early >>> 3);
            int sigma1 = Integer.rotateRight(late, 17) ^ Integer.rotateRight(late, 19) ^ (late >>> 10);
            schedule[word] = schedule[word - 16] + sigma0 + schedule[word - 7] + sigma1;
        }
    }
}
