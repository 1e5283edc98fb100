# Joins encoder and linear model: /usr/bin/python3 combine.py --evidence E.jsonl --logits O0.npz … --final O.npz … --output DIR
# In: the rows of export-evidence.ts and logits of texts that the encoder did not see. Out: DIR/combine.json, oof.jsonl and figures.json, with figures of linear, encoder and both on the same folds.
# Invariant: figures are cross-fitted: weights and cuts of a fold come from the other folds; those shipped come from all of them.
import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from batches import answers, labelled
from figures import calibration, with_intervals
from network import TOPICS

QUESTIONS = [(t, [i]) for i, t in enumerate(TOPICS)] + [('polarity', [10, 11, 12]), ('intent', list(range(13, 19))), ('intensity', [19, 20, 21]), ('critical', [22])]
GRID = np.arange(0.2, 0.66, 0.025)


def right_answers(y: np.ndarray, name: str, heads: list[int]) -> np.ndarray:
    if name == 'intensity':
        return y[:, heads].sum(1).astype(int)
    return y[:, heads].argmax(1) if len(heads) > 1 else y[:, heads[0]].astype(int)


def spoken(logits: np.ndarray, name: str, heads: list[int]) -> np.ndarray:
    """The encoder's score of every answer of a question."""
    z = logits[:, heads]
    if name == 'intensity':
        return np.concatenate([np.zeros((len(z), 1)), np.cumsum(z, 1)], 1)
    return z if len(heads) > 1 else np.concatenate([np.zeros_like(z), z], 1)


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def joined(w: np.ndarray, lp: np.ndarray, e: np.ndarray) -> np.ndarray:
    return softmax(w[0] * lp + w[1] * e + w[2:])


def fit(lp: np.ndarray, e: np.ndarray, right: np.ndarray, use: tuple[int, int] = (1, 1)) -> np.ndarray:
    """alpha, beta, gamma by the least log loss; `use` leaves one of the two out."""
    k = lp.shape[1]
    free = np.array([use[0], use[1], *[1] * k], float)

    def cost(w):
        p = joined(w * free, lp, e)
        d = p.copy()
        d[np.arange(len(right)), right] -= 1
        g = np.array([(d * lp).sum(), (d * e).sum(), *d.sum(0)]) / len(right) * free
        return -np.log(p[np.arange(len(right)), right] + 1e-12).mean() + 1e-3 * ((w[0] - use[0]) ** 2 + w[1] ** 2 + (w[2:] ** 2).sum()), g + 2e-3 * np.array([w[0] - use[0], w[1], *w[2:]])

    return minimize(cost, np.array([use[0], 0.5 * use[1], *[0.0] * k]), jac=True, method='L-BFGS-B').x * free


def topic_cuts(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Cuts of the best micro-F1 together, with a small pull to the common one."""
    table = np.array([[[(y[:, t] * (p[:, t] >= c)).sum(), (p[:, t] >= c).sum() + y[:, t].sum()] for c in GRID] for t in range(10)])
    f1 = lambda g: 2 * table[range(10), g, 0].sum() / table[range(10), g, 1].sum()
    common = max(range(len(GRID)), key=lambda g: f1([g] * 10))
    g = [common] * 10
    for _ in range(3):
        for t in range(10):
            g[t] = max(range(len(GRID)), key=lambda c: f1([*g[:t], c, *g[t + 1:]]) - 0.0003 * abs(c - common))
    return GRID[g]


def critical_cut(p: np.ndarray, y: np.ndarray, recall: float = 0.96, precision: float = 0.85) -> float:
    """The cut that comes nearest to both what must be found and how many alarms may be false."""
    def worth(cut):
        hit, said = ((p >= cut) & (y > 0)).sum(), (p >= cut).sum()
        return min(hit / y.sum() / recall, hit / max(1, said) / precision)
    return float(max(np.arange(0.05, 0.9, 0.01), key=worth))


def polarity_factors(p: np.ndarray, right: np.ndarray) -> list[float]:
    options = [0.7, 0.85, 1, 1.2, 1.45, 1.75]
    macro = lambda f: np.mean([2 * ((s := (p * f).argmax(1) == a) & (right == a)).sum() / max(1, s.sum() + (right == a).sum()) for a in range(3)])
    return max(([1, a, b] for a in options for b in options), key=lambda f: (round(macro(f), 6), -abs(np.log(f[1])) - abs(np.log(f[2]))))


def linear_probabilities(x: np.ndarray, y: np.ndarray, fold: np.ndarray) -> dict[str, np.ndarray]:
    """The linear model's second layer again, cross-fitted."""
    z = (x - x[fold >= 0].mean(0)) / x[fold >= 0].std(0).clip(0.02)
    out = {}
    for name, heads in QUESTIONS:
        right = right_answers(y, name, heads)
        out[name] = np.zeros((len(y), right.max() + 1))
        for f in sorted(set(fold)):
            train, test = (fold >= 0) & (fold != f), fold == f
            out[name][test] = LogisticRegression(C=0.02, max_iter=300).fit(z[train], right[train]).predict_proba(z[test])
    return out


DOUBTFUL = 0.06  # as in pipelines/classify/evidence.ts


def logit(p: np.ndarray) -> np.ndarray:
    q = p.clip(1e-4, 1 - 1e-4)
    return np.log(q / (1 - q))


def topics_of(p: dict[str, np.ndarray]) -> np.ndarray:
    return np.stack([p[t][:, 1] for t in TOPICS], 1)


def fit_joint(p: np.ndarray, carried: np.ndarray, y: np.ndarray) -> list[float]:
    """How far the whole text and its clauses are each to be believed, over all topics."""
    likely = p >= DOUBTFUL
    m = LogisticRegression(C=100).fit(np.stack([logit(p[likely]), logit(carried[likely])], 1), y[likely])
    return [*m.coef_[0], m.intercept_[0]]


def with_clauses(p: dict[str, np.ndarray], carried: np.ndarray, joint: list[float]) -> dict[str, np.ndarray]:
    """The probabilities once the clauses were read too."""
    t = topics_of(p)
    t = np.where(t >= DOUBTFUL, 1 / (1 + np.exp(-(joint[0] * logit(t) + joint[1] * logit(carried) + joint[2]))), t)
    return {**p, **{name: np.stack([1 - t[:, i], t[:, i]], 1) for i, name in enumerate(TOPICS)}}


def decide(p: dict[str, np.ndarray], cuts: np.ndarray, critical: float, factors: list[float]) -> np.ndarray:
    """Labels as one 0/1 a head."""
    t = topics_of(p)
    said = (t >= cuts) | ((t == t.max(1, keepdims=True)) & ~(t >= cuts).any(1, keepdims=True))
    hot = lambda a, n: np.eye(n)[a]
    level = p['intensity'].argmax(1)
    return np.concatenate([said, hot((p['polarity'] * factors).argmax(1), 3), hot(p['intent'].argmax(1), 6), np.stack([level >= k for k in (1, 2, 3)], 1), p['critical'][:, 1:] >= critical], 1).astype(np.float32)


def cross_fitted(lp, e, carried, y, fold, mine, use=(1, 1)):
    """Decisions and probabilities of every text by weights and cuts of other folds; gold (fold -1) by all."""
    said = np.zeros((len(y), 23), np.float32)
    probabilities = {name: np.zeros_like(lp[name]) for name, _ in QUESTIONS}
    for f in sorted(set(fold)):
        train, test = (fold >= 0) & (fold != f), fold == f
        model = ship(lp, e, carried, y, train, mine, use)
        p = with_clauses({name: joined(model['w'][name], lp[name], e[name]) for name, _ in QUESTIONS}, carried, model['joint'])
        said[test] = decide({k: v[test] for k, v in p.items()}, *model['cuts'])
        for name in p:
            probabilities[name][test] = p[name][test]
    return said, probabilities


def ship(lp, e, carried, y, train, mine, use=(1, 1)):
    w = {name: fit(lp[name][train], e[name][train], right_answers(y, name, heads)[train], use) for name, heads in QUESTIONS}
    p = {name: joined(w[name], lp[name], e[name])[train] for name, _ in QUESTIONS}
    joint = fit_joint(topics_of(p), carried[train], y[train][:, :10])
    p = with_clauses(p, carried[train], joint)
    own = mine[train]  # the notion of critical is that of the mine
    cuts = (topic_cuts(topics_of(p), y[train][:, :10]), critical_cut(p['critical'][own][:, 1], y[train][own][:, 22]), polarity_factors(p['polarity'], y[train][:, 10:13].argmax(1)))
    return {'w': w, 'cuts': cuts, 'joint': joint}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument('--evidence', required=True); a.add_argument('--logits', nargs='+', required=True); a.add_argument('--final', nargs='+', required=True); a.add_argument('--output', required=True); a.add_argument('--version', default='encoder-2026.4')
    o = a.parse_args()
    rows = [r for r in labelled(o.evidence) if r['fold'] != -2]  # clauses are never judged
    fold = np.array([r['fold'] for r in rows])
    mine = np.array([f >= 0 and not r['group'].startswith('turn') for f, r in zip(fold, rows)])
    logits = np.zeros((len(rows), 23)); times = np.zeros(len(rows))
    where = {(r['id'], r['fold']): i for i, r in enumerate(rows)}
    for file in [*o.logits, *o.final]:  # several files of a fold: the mean, as in the exported model; gold by the final weights
        d = np.load(file)
        of = (d['fold'] == -1) == (file in o.final)
        at = [where[(i, f)] for i, f in zip(d['ids'][of], d['fold'][of])]
        logits[at] += d['logits'][of]; times[at] += 1
    y, keep = answers(rows), times > 0
    linear = linear_probabilities(np.array([r['evidence'] for r in rows]), y, fold)
    carried = np.array([r['carried'] for r, k in zip(rows, keep) if k], float)
    logits, fold, mine, y, rows = logits[keep] / times[keep, None], fold[keep], mine[keep], y[keep], [r for r, k in zip(rows, keep) if k]
    lp = {k: np.log(v[keep] + 1e-9) for k, v in linear.items()}
    unseen = [{'id': r['id'], 'fold': int(f), 'logits': [round(float(v), 2) for v in z]} for r, f, z, own in zip(rows, fold, logits, mine) if own]
    turn = {g: k % 5 for k, g in enumerate(sorted({r['group'] for r in rows}))}
    fold = np.array([turn[r['group']] if f >= 0 else -1 for r, f in zip(rows, fold)])  # for weights and cuts: five parts of writers
    e = {name: spoken(logits, name, heads) for name, heads in QUESTIONS}
    report = {}
    first = np.array([r['id'].startswith('c') for r in rows]) & mine
    parts = {'mine language, folds by writer': mine, 'of these the first corpus': first, 'of these the later voices': mine & ~first, 'real messages, folds by turn': (fold >= 0) & ~mine, 'gold-dev': fold == -1}
    for way, use in (('linear', (1, 0)), ('encoder', (0, 1)), ('both', (1, 1))):
        said, p = cross_fitted(lp, e, carried, y, fold, mine, use)
        for part, sel in parts.items():
            report.setdefault(part, {'texts': int(sel.sum())})[way] = with_intervals(said[sel], y[sel])
            report[part][way]['ECE topics'] = calibration(topics_of(p)[sel], y[sel][:, :10])
            report[part][way]['ECE critical'] = calibration(p['critical'][sel][:, 1], y[sel][:, 22])
    model = ship(lp, e, carried, y, fold >= 0, mine)
    out = Path(o.output); out.mkdir(parents=True, exist_ok=True)
    r4 = lambda v: round(float(v), 4)
    (out / 'combine.json').write_text(json.dumps({
        'version': o.version, 'questions': {n: {'alpha': r4(w[0]), 'beta': r4(w[1]), 'gamma': [r4(g) for g in w[2:]]} for n, w in model['w'].items()},
        'joint': [*map(r4, model['joint'])], 'thresholds': [*map(r4, model['cuts'][0]), r4(model['cuts'][1])], 'polarityFactors': model['cuts'][2],
    }, ensure_ascii=False, indent=1) + '\n', encoding='utf8')
    (out / 'oof.jsonl').write_text(''.join(json.dumps(u, separators=(',', ':')) + '\n' for u in unseen), encoding='utf8')
    (out / 'figures.json').write_text(json.dumps(report, ensure_ascii=False, indent=1) + '\n', encoding='utf8')
    for part, r in report.items():
        print(f"\n{part} ({r['texts']})")
        for k in list(r['both'])[:9]:
            print(f'{k:40}', *(f"{way} {r[way][k][0]:.3f}" for way in ('linear', 'encoder', 'both')))
        print('ECE', [(way, r[way]['ECE topics'], r[way]['ECE critical']) for way in ('linear', 'encoder', 'both')])


if __name__ == '__main__':
    main()
