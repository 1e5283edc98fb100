# Vectors of characters and hashed character pairs from plain text: /usr/bin/python3 ngram_vectors.py DATA OUTPUT.npz (about 6 minutes on two busy cores)
# In: the folder of public texts. Out: vocabulary, int8 vectors of characters and of pair buckets, with their scales.
# Invariant: seeded; no labelled text of our own corpus is read, so folds by writer stay honest.
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from sklearn.utils.extmath import randomized_svd

from texts import SPECIAL, categories, fold_text, petitions, reviews, shuffled, unlabelled

BUCKETS, WIDTH, CONTEXTS = 65536, 128, 6000
OFFSETS = (1, 2, 3, 4, 6, 9, 13)


def pair_bucket(a, b):
    """The same arithmetic as in the exported graph: int64, no bit operations."""
    return (a * 31337 + b * 7919 + (a * b) % 10007 * 13) % BUCKETS


def corpus(folder: Path) -> list[str]:
    plain = unlabelled(folder)
    most = {'laws': 40_000, 'sentences': 200_000}
    out = [t for kind, lines in plain.items() for t in shuffled(lines, 1)[:most.get(kind)]]
    out += petitions(folder) + [t for t, _ in categories(folder)]
    out += [t for _, _, t in shuffled(reviews(folder), 2)[:25_000]]
    return [fold_text(t)[:400] for t in out]


def main(folder: Path, output: str) -> None:
    started = time.time()
    texts = corpus(folder)
    frequent = Counter(c for t in texts for c in t)
    chars = SPECIAL + [c for c, n in sorted(frequent.items(), key=lambda x: (-x[1], x[0])) if n >= 8][:5000 - len(SPECIAL)]
    place = {c: i for i, c in enumerate(chars)}
    print(len(texts), 'texts', sum(map(len, texts)), 'characters', len(chars), 'in the vocabulary', flush=True)
    ids = np.array([i for t in texts for i in [*(place.get(c, 1) for c in t), 0]], dtype=np.int64)
    pairs = pair_bucket(ids[:-1], ids[1:])
    broken = (ids[:-1] == 0) | (ids[1:] == 0)
    document = np.cumsum(ids == 0)[:-1]
    n_units = len(chars) + BUCKETS
    pair_count = np.bincount(pairs[~broken], minlength=BUCKETS)
    # Contexts: the most frequent pairs but the very commonest, which say nothing about matter.
    order = np.argsort(-pair_count, kind='stable')[30:30 + CONTEXTS]
    context_of = np.full(BUCKETS, -1, dtype=np.int64)
    context_of[order] = np.arange(CONTEXTS)
    context = np.where(broken, -1, context_of[pairs])
    total = coo_matrix((n_units, CONTEXTS), dtype=np.float32).tocsr()
    units = (np.where(broken, -1, pairs + len(chars)), ids[:-1])
    for offset in OFFSETS:
        near = 1.0 if offset <= 4 else 0.5
        for unit in units:
            for a, b in ((slice(None, -offset), slice(offset, None)), (slice(offset, None), slice(None, -offset))):
                u, c = unit[a], context[b]
                keep = (u >= 0) & (c >= 0) & (document[a] == document[b])
                total = total + coo_matrix((np.full(keep.sum(), near, np.float32), (u[keep], c[keep])), shape=total.shape).tocsr()
        print('offset', offset, total.nnz, f'{time.time() - started:.0f} s', flush=True)
    row = np.asarray(total.sum(1)).ravel()
    column = np.asarray(total.sum(0)).ravel() ** 0.75
    column /= column.sum()
    m = total.tocoo()
    value = np.log(m.data / (row[m.row] * column[m.col]) + 1e-9)
    keep = value > 0.2
    # A pair seen seldom is damped: its row is less sure.
    value = value[keep] * np.minimum(1, row[m.row[keep]] / 30) ** 0.5
    ppmi = coo_matrix((value.astype(np.float32), (m.row[keep], m.col[keep])), shape=total.shape).tocsr()
    u, s, _ = randomized_svd(ppmi, WIDTH, n_oversamples=10, n_iter=2, random_state=1)
    vectors = (u * np.sqrt(s)).astype(np.float32)
    print('svd', f'{time.time() - started:.0f} s', flush=True)
    norm = np.linalg.norm(vectors, axis=1, keepdims=True)
    typical = np.median(norm[norm > 0])
    vectors /= np.maximum(norm, typical)  # unit length at most; unsure rows stay shorter
    scale = np.abs(vectors).max(0) / 127
    np.savez_compressed(output, chars=np.array(chars), char=vectors[:len(chars)], pair=np.round(vectors[len(chars):] / scale).astype(np.int8), scale=scale.astype(np.float32))
    for word in ('工资', '瓦斯', '宿舍', '领导', '粉尘'):
        if all(c in place for c in word):
            v = vectors[len(chars) + pair_bucket(place[word[0]], place[word[1]])]
            best = Counter()
            for p in np.argsort(-(vectors[len(chars):] @ v))[:12]:
                best[int(p)] = 1
            near = Counter(t[i:i + 2] for t in texts[-40000::4] for i in range(len(t) - 1) if int(pair_bucket(place.get(t[i], 1), place.get(t[i + 1], 1))) in best)
            print(word, [w for w, _ in near.most_common(14)], flush=True)


if __name__ == '__main__':
    main(Path(sys.argv[1]), sys.argv[2])
