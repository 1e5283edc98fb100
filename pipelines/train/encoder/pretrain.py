# Pre-trains the encoder: /usr/bin/python3 pretrain.py --data DATA --vectors V.npz --output S.pt [--steps N]
# In: public texts, some with a category, a mood or an emotion. Out: weights to fine-tune from, saved every 500 steps.
# Invariant: seeded; no label of our own taxonomy is read. A masked stretch is told by the vector of the pair that stood there, among those of the batch.
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy, normalize

from batches import Tokens, batches, padded
from network import build
from ngram_vectors import pair_bucket
from texts import categories, petitions, reviews, shuffled, unlabelled

MASK = 4


def material(folder: Path) -> tuple[list[tuple[str, int, int]], list[list[str]]]:
    """(text, task, class); task -1 has no class."""
    named = {'category': [], 'mood': ['0', '1'], 'emotion': []}
    out = []
    for text, label in categories(folder) * 2:
        out.append((text, 0, named['category'].index(label) if label in named['category'] else (named['category'].append(label) or len(named['category']) - 1)))
    most = {'waimai_10k': 9000, 'chnsenticorp_htl': 2500, 'online_shopping_10_cats': 6000, 'weibo_polarity': 6000, 'weibo_emotion': 8000}
    taken = dict.fromkeys(most, 0)
    for kind, label, text in shuffled(reviews(folder), 3):
        if taken[kind] >= most[kind]:
            continue
        taken[kind] += 1
        if kind == 'weibo_emotion':
            if label not in named['emotion']:
                named['emotion'].append(label)
            out.append((text, 2, named['emotion'].index(label)))
        else:
            out.append((text, 1, int(label)))
    plain = unlabelled(folder)
    for kind, n in (('coal', 6000), ('replies', 6000), ('sms', 6000), ('sentences', 20000), ('weibo', 6000)):
        out += [(t, -1, 0) for t in shuffled(plain[kind], 4)[:n]]
    out += [(t, -1, 0) for t in shuffled(petitions(folder), 5)[:6000]]
    return shuffled(out, 6), list(named.values())


def mask_spans(ids: torch.Tensor, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Masks a seventh of the characters in stretches of two at even places, where the convolution's stride falls."""
    even = ids[:, : ids.shape[1] // 2 * 2].reshape(ids.shape[0], -1, 2)
    full = (even > 4).all(2)
    chosen = torch.tensor(rng.random(full.shape) < 0.14) & full
    masked = ids.clone()
    masked[:, : chosen.shape[1] * 2][chosen.repeat_interleave(2, 1)] = MASK
    return masked, chosen


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument('--data', required=True); a.add_argument('--vectors', required=True); a.add_argument('--output', required=True)
    a.add_argument('--steps', type=int, default=12000); a.add_argument('--rate', type=float, default=1e-3); a.add_argument('--batch', type=int, default=32)
    a.add_argument('--layers', type=int, default=2); a.add_argument('--width', type=int, default=128); a.add_argument('--longest', type=int, default=160); a.add_argument('--threads', type=int, default=1)
    o = a.parse_args()
    torch.set_num_threads(o.threads); torch.manual_seed(1)
    rng = np.random.default_rng(1)
    vectors = np.load(o.vectors)
    net = build(vectors, dropout=0.0, layers=o.layers, width=o.width, inner=3 * o.width)
    texts, classes = material(Path(o.data))
    read = Tokens(vectors['chars'], o.longest)
    ids = [read.ids(t) for t, _, _ in texts]
    ids, texts = zip(*[(i, t) for i, t in zip(ids, texts) if len(i) > 8])
    print(len(ids), 'texts', sum(map(len, ids)), 'ids', [len(c) for c in classes], flush=True)
    heads = nn.ModuleList(nn.Linear(2 * o.width, max(2, len(c))) for c in classes)
    guess = nn.Linear(o.width, vectors['char'].shape[1])
    every = [*net.parameters(), *heads.parameters(), *guess.parameters()]
    opt = torch.optim.AdamW(every, lr=o.rate, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 100, max(0.02, 1 - s / o.steps)))
    plan = [b for e in range(o.steps * o.batch // len(ids) + 1) for b in batches([len(i) for i in ids], o.batch, e)]
    started, sums, counts, hits = time.time(), np.zeros(4), np.zeros(4), np.zeros(4)
    for step, part in enumerate(plan[:o.steps]):
        x, mask = padded([ids[i] for i in part])
        hidden_ids, chosen = mask_spans(x, rng)
        seen = mask.float()
        h, half = net.hidden(hidden_ids, seen)
        _, whole = net.answer(h, half)
        loss = torch.zeros(())
        if chosen.sum() > 8:
            said = normalize(guess(h[:, :chosen.shape[1]][chosen]), dim=1)
            first = x[:, : chosen.shape[1] * 2].reshape(len(part), -1, 2)[chosen]
            bucket = pair_bucket(first[:, 0], first[:, 1])
            real, place = bucket.unique(return_inverse=True)
            score = said @ normalize(net.pair[real].float() * net.scale + 1e-6, dim=1).t() * 12
            part_loss = cross_entropy(score, place)
            loss = loss + part_loss
            sums[3] += part_loss.item(); counts[3] += 1; hits[3] += (score.argmax(1) == place).float().mean().item()
        for task, head in enumerate(heads):
            rows = [k for k, i in enumerate(part) if texts[i][1] == task]
            if rows:
                z, t = head(whole[rows]), torch.tensor([texts[part[k]][2] for k in rows])
                task_loss = cross_entropy(z, t, reduction='sum')
                loss = loss + task_loss / len(part) * 2
                sums[task] += task_loss.item(); counts[task] += len(rows); hits[task] += (z.argmax(1) == t).sum().item()
        opt.zero_grad(); loss.backward()
        torch.nn.utils.clip_grad_norm_(every, 1.0)
        opt.step(); schedule.step()
        if (step + 1) % 100 == 0:
            print(step + 1, 'loss', (sums / counts.clip(1)).round(3), 'right', (hits / counts.clip(1)).round(3), f'{time.time() - started:.0f} s wall {time.process_time():.0f} s cpu', flush=True)
            sums[:], counts[:], hits[:] = 0, 0, 0
        if (step + 1) % 500 == 0 or step + 1 == o.steps:
            torch.save(net.state_dict(), o.output)


if __name__ == '__main__':
    main()
