# Writes the model as the product loads it: /usr/bin/python3 export.py --vectors V.npz --weights O.pt … --output DIR
# In: vectors and weights. Out: DIR/{config.json,tokenizer.json,tokenizer_config.json,onnx/model.onnx} in transformers.js layout.
# Invariant: pair vectors stay int8 with one scale a column, read back in the graph; nothing depends on the batch or on padding.
import argparse
import json
from pathlib import Path

import numpy as np
import torch

from network import HEADS, Together, build
from texts import MARK

a = argparse.ArgumentParser()
a.add_argument('--vectors', required=True); a.add_argument('--weights', nargs='+', required=True); a.add_argument('--output', required=True); a.add_argument('--version', default='encoder-2026.4')
o = a.parse_args()
vectors = np.load(o.vectors)
nets = []
for file in o.weights:
    nets.append(build(vectors))
    nets[-1].load_state_dict(torch.load(file))
net = (Together(nets) if len(nets) > 1 else nets[0]).eval()
out = Path(o.output)
(out / 'onnx').mkdir(parents=True, exist_ok=True)
ids = torch.randint(5, 900, (2, 31))
torch.onnx.export(
    net, (ids, torch.ones_like(ids)), str(out / 'onnx' / 'model.onnx'), opset_version=14, input_names=['input_ids', 'attention_mask'], output_names=['logits', 'embedding'],
    dynamic_axes={'input_ids': {0: 'batch', 1: 'length'}, 'attention_mask': {0: 'batch', 1: 'length'}, 'logits': {0: 'batch'}, 'embedding': {0: 'batch'}},
)
chars = [str(c) for c in vectors['chars']]
special = [{'id': i, 'content': c, 'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': True} for i, c in enumerate(chars[:5])]
replace = lambda regex, content: {'type': 'Replace', 'pattern': {'Regex': regex}, 'content': content}
tokenizer = {
    'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': special,
    'normalizer': {'type': 'Sequence', 'normalizers': [replace(MARK.pattern, '某'), {'type': 'NFKC'}, {'type': 'Lowercase'}, replace('[0-9]', '0'), replace(r'[\s\ufeff]', '')]},
    'pre_tokenizer': {'type': 'Split', 'pattern': {'Regex': '.'}, 'behavior': 'Isolated', 'invert': False},
    'post_processor': {'type': 'BertProcessing', 'sep': ['[SEP]', 3], 'cls': ['[CLS]', 2]}, 'decoder': None,
    'model': {'type': 'WordPiece', 'unk_token': '[UNK]', 'continuing_subword_prefix': '##', 'max_input_chars_per_word': 4, 'vocab': {c: i for i, c in enumerate(chars)}},
}
dump = lambda name, data: (out / name).write_text(json.dumps(data, ensure_ascii=False, separators=(',', ':')), encoding='utf8')
dump('tokenizer.json', tokenizer)
dump('tokenizer_config.json', {'tokenizer_class': 'PreTrainedTokenizer', 'model_max_length': 160, 'cls_token': '[CLS]', 'sep_token': '[SEP]', 'pad_token': '[PAD]', 'unk_token': '[UNK]', 'mask_token': '[MASK]', 'do_lower_case': False})
dump('config.json', {
    'model_type': 'bert', 'architectures': ['BertModel'], 'hidden_size': 128, 'num_hidden_layers': 2, 'num_attention_heads': 4, 'intermediate_size': 384, 'vocab_size': len(chars),
    'max_position_embeddings': 160, 'pad_token_id': 0, 'version': o.version, 'id2label': {str(i): h for i, h in enumerate(HEADS)}, 'label2id': {h: i for i, h in enumerate(HEADS)},
})
print((out / 'onnx' / 'model.onnx').stat().st_size, 'bytes')
