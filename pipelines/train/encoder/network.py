# In: character ids and a mask. Out: the logits of every head, and one vector of the text.
# Invariant: padding changes nothing; pair ids are computed in the graph, so the exported model needs characters only.
import math

import torch
from torch import Tensor, nn

from ngram_vectors import BUCKETS, pair_bucket

TOPICS = ['safety', 'pay', 'health', 'skills', 'welfare', 'employment', 'living', 'environment', 'governance', 'other']
POLARITY = ['negative', 'neutral', 'positive']
INTENTS = ['求决', '投诉', '检举', '建议', '咨询', '感谢']
HEADS = [*(f'topic:{t}' for t in TOPICS), *(f'polarity:{p}' for p in POLARITY), *(f'intent:{i}' for i in INTENTS), 'intensity:1', 'intensity:2', 'intensity:3', 'critical']
# Heads that look at the text with the same eyes share one attention.
VIEWS = [[i] for i in range(10)] + [[10, 11, 12], list(range(13, 19)), [19, 20, 21], [22]]


class Block(nn.Module):
    """A pre-norm transformer layer."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float):
        super().__init__()
        self.heads, self.drop = heads, nn.Dropout(dropout)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, hide: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        a = q @ k.transpose(2, 3) / math.sqrt(w // self.heads) + hide[:, None, None, :]
        x = x + self.drop(self.out((a.softmax(-1) @ v).transpose(1, 2).reshape(b, n, w)))
        return x + self.drop(self.down(torch.relu(self.up(self.norm2(x)))))


class Encoder(nn.Module):
    """Characters and hashed pairs → convolution over four characters with stride two → transformer layers → one attention per question."""

    def __init__(self, chars: Tensor, pairs: Tensor, scale: Tensor, width: int = 128, inner: int = 384, layers: int = 2, heads: int = 4, longest: int = 256, dropout: float = 0.1):
        super().__init__()
        self.char = nn.Embedding.from_pretrained(chars.clone(), freeze=False)
        self.register_buffer('pair', pairs.clone())
        self.register_buffer('scale', scale.clone())
        e = chars.shape[1]
        self.gain = nn.Parameter(torch.full((2,), 4.0))
        self.mix = nn.Linear(e, e)
        self.conv = nn.Conv1d(e, width, 4, stride=2)
        self.place = nn.Parameter(torch.randn(longest // 2 + 1, width) * 0.02)
        self.drop, self.word_drop = nn.Dropout(dropout), nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(width, inner, heads, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.look = nn.Linear(width, len(VIEWS))
        self.register_buffer('view_of', torch.tensor([v for h in range(len(HEADS)) for v, hs in enumerate(VIEWS) if h in hs]))
        self.speak = nn.Parameter(torch.randn(len(HEADS), 2 * width) * 0.02)
        self.bias = nn.Parameter(torch.full((len(HEADS),), -1.0))

    def embed(self, ids: Tensor, seen: Tensor) -> Tensor:
        after = torch.cat([ids[:, 1:], torch.zeros_like(ids[:, :1])], 1)
        both = (seen * torch.cat([seen[:, 1:], torch.zeros_like(seen[:, :1])], 1)).unsqueeze(2)
        pair = self.pair[pair_bucket(ids, after)].float() * self.scale
        return (self.char(ids) * self.gain[0] + pair * self.gain[1] * both) * seen.unsqueeze(2)

    def hidden(self, ids: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        x = self.word_drop(self.embed(ids, seen))
        x = x + torch.relu(self.mix(x)) * seen.unsqueeze(2)
        x = self.conv(nn.functional.pad(x.transpose(1, 2), (1, 2))).transpose(1, 2)
        half = nn.functional.max_pool1d(nn.functional.pad(seen, (0, 1)).unsqueeze(1), 2, stride=2).squeeze(1)
        x = self.drop(x + self.place[:x.shape[1]])
        hide = (half - 1) * 1e4
        for block in self.blocks:
            x = block(x, hide)
        return self.norm(x), half

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        seen = mask.float()
        x, half = self.hidden(ids, seen)
        return self.answer(x, half)

    def answer(self, x: Tensor, half: Tensor) -> tuple[Tensor, Tensor]:
        weight = (self.look(x) * 2 + ((half - 1) * 1e4).unsqueeze(2)).softmax(1)
        seen_by_view = weight.transpose(1, 2) @ x
        mean = (x * half.unsqueeze(2)).sum(1) / half.sum(1, keepdim=True).clamp(min=1)
        most = (x + ((half - 1) * 1e4).unsqueeze(2)).amax(1)
        view = self.drop(torch.cat([seen_by_view[:, self.view_of], most.unsqueeze(1).expand(-1, len(HEADS), -1)], 2))
        return (view * self.speak).sum(2) + self.bias, torch.cat([mean, most], 1)


def build(vectors, **options) -> Encoder:
    """A fresh encoder over the vectors of `ngram_vectors.py`."""
    return Encoder(torch.tensor(vectors['char']), torch.tensor(vectors['pair']), torch.tensor(vectors['scale']), **options)


class Together(nn.Module):
    """Several encoders over one table of pairs: their mean logits, and the vectors side by side."""

    def __init__(self, nets: list[Encoder]):
        super().__init__()
        for net in nets[1:]:
            net.pair, net.scale = nets[0].pair, nets[0].scale
        self.nets = nn.ModuleList(nets)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        logits, vectors = zip(*(net(ids, mask) for net in self.nets))
        return torch.stack(logits).mean(0), torch.cat(vectors, 1)
