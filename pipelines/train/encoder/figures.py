# In: decisions and gold, one 0/1 a head. Out: the figures by which classifiers are compared, with 95 % intervals.
# Invariant: intervals come from seeded bootstrap draws of whole texts; absent classes are left out of means.
import numpy as np

from network import INTENTS, POLARITY, TOPICS


def f1(s, r):
    return 2 * (s * r).sum(-2) / np.maximum(1, s.sum(-2) + r.sum(-2))


def figures(s: np.ndarray, y: np.ndarray) -> dict[str, float]:
    seen = y.sum(0) > 0
    both = f1(s, y)
    level = lambda a: a[:, 19:22].sum(1)
    return {
        'topics micro-F1': 2 * (s[:, :10] * y[:, :10]).sum() / (s[:, :10].sum() + y[:, :10].sum()), 'topics macro-F1': both[:10][seen[:10]].mean(),
        'polarity macro-F1': both[10:13][seen[10:13]].mean(), 'polarity macro-F1 (negative, neutral)': both[10:12].mean(),
        'intent macro-F1': both[13:19][seen[13:19]].mean(), 'intensity accuracy': (level(s) == level(y)).mean(), 'intensity within 1': (abs(level(s) - level(y)) <= 1).mean(),
        'critical recall': (s[:, 22] * y[:, 22]).sum() / max(1, y[:, 22].sum()), 'critical precision': (s[:, 22] * y[:, 22]).sum() / max(1, s[:, 22].sum()),
        **{f'topic {t}': both[i] for i, t in enumerate(TOPICS)}, **{f'polarity {p}': both[10 + i] for i, p in enumerate(POLARITY)}, **{f'intent {p}': both[13 + i] for i, p in enumerate(INTENTS)}, 'critical': both[22],
    }


def with_intervals(s: np.ndarray, y: np.ndarray, draws: int = 500) -> dict[str, list[float]]:
    rng = np.random.default_rng(20260101)
    many = []
    for _ in range(draws):
        pick = rng.integers(0, len(y), len(y))
        many.append(list(figures(s[pick], y[pick]).values()))
    low, high = np.quantile(many, [0.025, 0.975], axis=0)
    return {k: [round(float(v), 3), round(float(a), 3), round(float(b), 3)] for (k, v), a, b in zip(figures(s, y).items(), low, high)}


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    bins = np.minimum(9, (p * 10).astype(int))
    return round(float(sum(abs((p - y)[bins == b].sum()) for b in range(10)) / p.size), 3)
