# Teaches the heads: /usr/bin/python3 finetune.py --vectors V.npz --evidence E.jsonl [--start S.pt] --fold K --output O
# In: the labelled rows of export-evidence.ts. Out: O.npz (logits of the texts of fold K and of the gold rows, which it did not see) and O.pt (weights).
# Invariant: seeded; fold -1 learns from every labelled text but gold. Rows of fold -2 are clauses, learned from always.
import argparse
import random
import time

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch.nn.functional import binary_cross_entropy_with_logits as bce, cross_entropy

from batches import Tokens, answers, batches, labelled, padded
from network import Encoder, build

# How much a clause teaches, beside 1 of a text.
CLAUSE = 0.4


def loss_of(z: torch.Tensor, y: torch.Tensor, whole: torch.Tensor) -> torch.Tensor:
    """Clauses (`whole` 0) have topics as their only answer."""
    rows = bce(z[:, :10], y[:, :10], reduction='none').sum(1)
    other = (cross_entropy(z[:, 10:13], y[:, 10:13].argmax(1), reduction='none') + cross_entropy(z[:, 13:19], y[:, 13:19].argmax(1), reduction='none')
             + bce(z[:, 19:22], y[:, 19:22], reduction='none').sum(1) * 0.5 + bce(z[:, 22], y[:, 22], pos_weight=torch.tensor(2.0), reduction='none'))
    return (rows * (whole + CLAUSE * (1 - whole)) + other * whole).mean()


@torch.no_grad()
def logits_of(net: Encoder, texts: list[list[list[int]]]) -> np.ndarray:
    """Logits of each text: the mean over its windows by their length, as the product pools them."""
    net.eval()
    flat = [w for windows in texts for w in windows]
    out = np.zeros((len(flat), 23), np.float32)
    order = sorted(range(len(flat)), key=lambda i: len(flat[i]))
    for i in range(0, len(order), 64):
        part = order[i:i + 64]
        out[part] = net(*padded([flat[j] for j in part]))[0].numpy()
    ends = np.cumsum([len(w) for w in texts])
    return np.stack([np.average(out[e - len(w):e], axis=0, weights=[len(x) - 2 + 1e-9 for x in w]) for e, w in zip(ends, texts)])


def micro(z: np.ndarray, y: np.ndarray, cut: float = -0.6) -> float:
    said = (z[:, :10] >= cut) | (z[:, :10] == z[:, :10].max(1, keepdims=True))
    return f1_score(y[:, :10], said, average='micro')


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument('--vectors', required=True); a.add_argument('--evidence', required=True); a.add_argument('--start')
    a.add_argument('--fold', type=int, default=-1); a.add_argument('--epochs', type=int, default=8); a.add_argument('--seed', type=int, default=1)
    a.add_argument('--rate', type=float, default=2e-3); a.add_argument('--batch', type=int, default=24); a.add_argument('--dropout', type=float, default=0.1)
    a.add_argument('--layers', type=int, default=2); a.add_argument('--width', type=int, default=128)
    a.add_argument('--output', required=True); a.add_argument('--threads', type=int, default=1)
    o = a.parse_args()
    torch.set_num_threads(o.threads); torch.manual_seed(o.seed)
    vectors = np.load(o.vectors)
    net = build(vectors, dropout=o.dropout, layers=o.layers, width=o.width, inner=3 * o.width)
    if o.start:
        net.load_state_dict(torch.load(o.start))
    rows = labelled(o.evidence)
    read = Tokens(vectors['chars'])
    cut, y = [read.windows(r['text']) for r in rows], answers(rows)
    ids = [w[0] for w in cut]
    whole = torch.tensor([float(r['fold'] != -2) for r in rows])
    train = [i for i, r in enumerate(rows) if r['fold'] not in (-1, o.fold)]
    apart = [i for i, r in enumerate(rows) if r['fold'] == -1 or r['fold'] == o.fold]
    mine = np.array([r['fold'] == o.fold and not r['group'].startswith('turn') for r in rows])[apart]
    real = np.array([r['fold'] == -1 for r in rows])[apart]
    decay = [p for p in net.parameters() if p.dim() > 1]
    rest = [p for p in net.parameters() if p.dim() <= 1]
    opt = torch.optim.AdamW([{'params': decay, 'weight_decay': 0.02}, {'params': rest, 'weight_decay': 0}], lr=o.rate, betas=(0.9, 0.98))
    plan = [b for e in range(o.epochs) for b in batches([len(ids[i]) for i in train], o.batch, o.seed * 100 + e)]
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 60, (1 - s / len(plan)) + 0.01))
    mean = {k: v.clone() for k, v in net.state_dict().items() if v.is_floating_point()}
    chance = random.Random(o.seed)
    started, total = time.time(), 0.0
    for step, part in enumerate(plan):
        net.train()
        pick = [train[i] for i in part]
        # Of a long text the first window or any, by turns of chance.
        z, _ = net(*padded([ids[i] if len(cut[i]) == 1 or chance.random() < 0.5 else chance.choice(cut[i]) for i in pick]))
        loss = loss_of(z, torch.tensor(y[pick]), whole[pick])
        opt.zero_grad(); loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step(); schedule.step()
        total += loss.item()
        for k, v in net.state_dict().items():
            if k in mean:
                mean[k].lerp_(v, 1 / min(step + 1, 100))
        if (step + 1) % (len(plan) // o.epochs) == 0:
            line = f'step {step + 1}/{len(plan)} loss {total / (len(plan) // o.epochs):.3f}'
            if (step + 1) // (len(plan) // o.epochs) >= o.epochs - 1:
                z = logits_of(net, [cut[i] for i in apart])
                line += f" mine {micro(z[mine], y[apart][mine]) if mine.any() else 0:.4f} real {micro(z[real], y[apart][real]):.4f}"
            print(line, f'{time.time() - started:.0f} s wall {time.process_time():.0f} s cpu', flush=True)
            total = 0.0
    net.load_state_dict({**net.state_dict(), **mean})
    z = logits_of(net, [cut[i] for i in apart])
    print(f"averaged: mine {micro(z[mine], y[apart][mine]) if mine.any() else 0:.4f} real {micro(z[real], y[apart][real]):.4f}", flush=True)
    np.savez(o.output + '.npz', ids=np.array([rows[i]['id'] for i in apart]), fold=np.array([rows[i]['fold'] for i in apart]), logits=z)
    torch.save(net.state_dict(), o.output + '.pt')


if __name__ == '__main__':
    main()
