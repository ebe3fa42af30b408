"""Writes numpy_philox.csv: words of NumPy's Philox4x64-10, an independent implementation.

    python3 -m pip install numpy && python3 make_numpy_vectors.py

Each row is a key, the counter before the first block, and the first twelve words as hexadecimal.
The counters cover a carry into each of the four words and the wrap past 2^256.
"""

import csv
import pathlib

import numpy

WORDS = 12
W = 2**64
PI_KEY = 0xBE5466CF34E90C6C452821E638D01377
PI_COUNTER = 0x082EFA98EC4E6C89A4093822299F31D013198A2E03707344243F6A8885A308D3

CASES = [
    (0, 0),
    (1, 0),
    (W, 0),
    (PI_KEY, PI_COUNTER),
    (W * W - 1, 12345),
    (0x0123456789ABCDEF, W - 2),
    (0x0123456789ABCDEF, W**2 - 2),
    (PI_KEY, W**3 - 2),
    (PI_KEY, W**4 - 2),
]


def words_of(number: int, count: int) -> list[int]:
    return [number >> (64 * place) & (W - 1) for place in range(count)]


def main() -> None:
    path = pathlib.Path(__file__).with_name("numpy_philox.csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            [f"key{i}" for i in range(2)]
            + [f"counter{i}" for i in range(4)]
            + [f"word{i}" for i in range(WORDS)]
        )
        for key, counter in CASES:
            raw = numpy.random.Philox(key=key, counter=counter).random_raw(WORDS)
            row = words_of(key, 2) + words_of(counter, 4) + [int(word) for word in raw]
            writer.writerow([f"{word:016x}" for word in row])


if __name__ == "__main__":
    main()
