// Makes the tiny model that tests name in the settings: npx tsx test/models/make-tiny.ts
// In: the characters below. Out: test/models/tiny/ in transformers.js layout: a character tokenizer and an ONNX graph of embedding, tanh, matrix, masked sum.
// Invariant: written byte for byte by hand (protobuf), seeded, so that the same script gives the same files.
import { writeFileSync } from 'node:fs';
import { taught, tinyLabels } from './tiny-labels.ts';

const width = 32;
const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const characters = [...new Set([...Object.values(taught).join(''), ...'的了是不我在人有他这上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感'])];
const vocabulary = [...special, ...characters];

let seed = 20260101;
const random = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32 - 0.5; };
const table = Float32Array.from({ length: vocabulary.length * width }, () => random() * 0.1);
const matrix = Float32Array.from({ length: width * tinyLabels.length }, (_, i) => (Math.floor(i / tinyLabels.length) === i % tinyLabels.length ? 4 : random() * 0.05));
tinyLabels.forEach((label, k) => { for (const c of taught[label]) table[vocabulary.indexOf(c) * width + k] = 2; });

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const number = (field: number, value: number) => Buffer.from([...varint(field * 8), ...varint(value)]);
const bytes = (field: number, value: Buffer | string) => { const b = Buffer.from(value as string); return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(b.length)]), b]); };
const tensor = (name: string, dims: number[], type: 1 | 7, raw: Float32Array | BigInt64Array) => bytes(5, Buffer.concat([...dims.map((d) => number(1, d)), number(2, type), bytes(8, name), bytes(9, Buffer.from(raw.buffer))]));
const node = (op: string, inputs: string[], output: string, ...attributes: Buffer[]) => bytes(1, Buffer.concat([...inputs.map((i) => bytes(1, i)), bytes(2, output), bytes(4, op), ...attributes]));
const whole = (name: string, value: number) => bytes(5, Buffer.concat([bytes(1, name), number(3, value), number(20, 2)]));
const value = (field: number, name: string, type: 1 | 7, dims: (string | number)[]) => bytes(field, Buffer.concat([bytes(1, name), bytes(2, bytes(1, Buffer.concat([number(1, type), bytes(2, Buffer.concat(dims.map((d) => bytes(1, typeof d === 'number' ? number(1, d) : bytes(2, d)))))])))]));

const graph = Buffer.concat([
  node('Gather', ['table', 'input_ids'], 'embedded'), node('Tanh', ['embedded'], 'squashed'), node('MatMul', ['squashed', 'matrix'], 'scored'),
  node('Cast', ['attention_mask'], 'mask', whole('to', 1)), node('Unsqueeze', ['mask', 'last'], 'wide_mask'), node('Mul', ['scored', 'wide_mask'], 'masked'),
  node('ReduceSum', ['masked', 'middle'], 'summed', whole('keepdims', 0)), node('Add', ['summed', 'bias'], 'logits'),
  bytes(2, 'tiny'),
  tensor('table', [vocabulary.length, width], 1, table), tensor('matrix', [width, tinyLabels.length], 1, matrix), tensor('bias', [tinyLabels.length], 1, new Float32Array(tinyLabels.length).fill(-3)),
  tensor('last', [1], 7, BigInt64Array.of(2n)), tensor('middle', [1], 7, BigInt64Array.of(1n)),
  value(11, 'input_ids', 7, ['batch', 'sequence']), value(11, 'attention_mask', 7, ['batch', 'sequence']), value(12, 'logits', 1, ['batch', tinyLabels.length]),
]);
const model = Buffer.concat([number(1, 8), bytes(2, 'zhiwei test'), bytes(7, graph), bytes(8, number(2, 13))]);

const folder = new URL('./tiny/', import.meta.url);
const json = (name: string, content: unknown) => writeFileSync(new URL(name, folder), `${JSON.stringify(content)}\n`);
writeFileSync(new URL('onnx/model.onnx', folder), model);
json('config.json', {
  model_type: 'bert', architectures: ['BertForSequenceClassification'], problem_type: 'multi_label_classification', max_position_embeddings: 64, hidden_size: width, vocab_size: vocabulary.length,
  id2label: Object.fromEntries(tinyLabels.map((l, i) => [i, l])), label2id: Object.fromEntries(tinyLabels.map((l, i) => [l, i])),
});
json('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', model_max_length: 64, do_lower_case: true, unk_token: '[UNK]', cls_token: '[CLS]', sep_token: '[SEP]', pad_token: '[PAD]', mask_token: '[MASK]' });
json('tokenizer.json', {
  version: '1.0', truncation: null, padding: null,
  added_tokens: special.map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }], pair: [], special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } } },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(vocabulary.map((v, i) => [v, i])) },
});
