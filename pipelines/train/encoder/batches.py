# In: texts. Out: ids with their mask in batches of like length, and the labelled rows with answers in the order of the heads.
# Invariant: [CLS] text [SEP], at most `longest` ids; the same seed gives the same batches.
import json
import random

import numpy as np
import torch

from network import HEADS, INTENTS, POLARITY, TOPICS
from texts import fold_text

CLS, SEP = 2, 3


class Tokens:
    def __init__(self, chars, longest: int = 160):
        self.place = {c: i for i, c in enumerate(chars)}
        self.longest = longest

    def ids(self, text: str) -> list[int]:
        return [CLS, *(self.place.get(c, 1) for c in fold_text(text)[:self.longest - 2]), SEP]

    def windows(self, text: str, overlap: int = 64) -> list[list[int]]:
        """The whole text in stretches of `longest` ids that share `overlap`, as the product cuts it."""
        inner, room = [self.place.get(c, 1) for c in fold_text(text)], self.longest - 2
        starts = [0]
        while starts[-1] + room < len(inner):
            starts.append(starts[-1] + room - overlap)
        return [[CLS, *inner[s:s + room], SEP] for s in starts]


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    n = max(map(len, rows))
    ids = torch.zeros(len(rows), n, dtype=torch.long)
    for i, r in enumerate(rows):
        ids[i, :len(r)] = torch.tensor(r)
    return ids, (ids != 0).long()


def batches(lengths: list[int], size: int, seed: int) -> list[list[int]]:
    """Rows of like length together, in seeded order."""
    rng = random.Random(seed)
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 24)
    out = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def labelled(file: str) -> list[dict]:
    return [json.loads(line) for line in open(file, encoding='utf8')]


def answers(rows: list[dict]) -> np.ndarray:
    """One 0/1 per head."""
    return np.array([[
        *(t in r['topics'] for t in TOPICS), *(p == r['polarity'] for p in POLARITY), *(i == r['intent'] for i in INTENTS),
        r['intensity'] >= 1, r['intensity'] >= 2, r['intensity'] >= 3, r['critical'],
    ] for r in rows], dtype=np.float32)


assert len(HEADS) == 23
