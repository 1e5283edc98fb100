import { describe, expect, it } from 'vitest';
import { deidentify, deidentifyText } from '../../pipelines/deidentify.ts';
import type { IncomingDocument, Span } from '../../pipelines/records.ts';
import { identifierMarks, type IdentifierType } from '../../datasets/vocabulary.ts';
import { markedCases } from './deidentify-cases.ts';

const isType = (word: string): word is IdentifierType => word in identifierMarks;

function unmark(marked: string): { text: string; spans: Span[] } {
  let text = '';
  const spans: Span[] = [];
  for (const piece of marked.split(/(⟦[^⟧]*⟧)/)) {
    const [, type, value] = /^⟦([a-z_]+)\|([^⟧]*)⟧$/.exec(piece) ?? [];
    if (type !== undefined && value !== undefined && isType(type)) {
      spans.push({ start: text.length, end: text.length + value.length, type });
      text += value;
    } else text += piece;
  }
  return { text, spans };
}

const incoming = (change: Partial<IncomingDocument>): IncomingDocument => ({
  document_id: 'd1', kind: 'petition', unit: '二矿', channel: '来信', received_at: '2026-03-05 09:02:00', occurred_date: null, title: null, text: '',
  people: 1, likes: 0, identity: {}, petition: null, source_id: 's', source_row: 2, ...change,
});
const secret = Buffer.alloc(32, 7);

describe('deidentifyText', () => {
  it.each(markedCases.map((marked) => ({ marked, ...unmark(marked) })))('finds exactly what is marked: $marked', ({ text, spans }) => {
    expect(deidentifyText(text).spans).toEqual(spans);
  });

  it('replaces what it finds by typed marks', () => {
    expect(deidentifyText('我叫牛得草，电话138 1234 5678。').text).toBe('我叫[姓名]，电话[电话]。');
  });

  it('also replaces what the ledger row says about the writer, word for word', () => {
    expect(deidentifyText('A000107相信会有答复，向上进来过', { user: 'A000107', name: '向上进' }).text).toBe('[社交账号]相信会有答复，[姓名]来过');
  });

  it('leaves an already de-identified text as it is', () => {
    const { text } = deidentifyText('我叫牛得草，工号KJ-00123，家住安居小区3号楼4单元102，电话13812345678');
    expect(deidentifyText(text)).toEqual({ text, spans: [] });
  });
});

describe('deidentify', () => {
  const petition: IncomingDocument['petition'] = {
    registration_no: 'X-1', purpose: '申诉求决', is_escalated: false, stated_repeat: null, responsible_unit: null, registered_date: '2026-03-05', accepted_date: null, concluded_date: null,
    extended_days: 0, outcome: '已电话告知牛得草', reply: '牛得草同志：请打13812345678联系。', satisfaction: null, post: null, age_band: null,
  };

  it('cleans title, text, outcome and reply, and empties the identity', () => {
    const { documents } = deidentify([incoming({ title: '牛得草的诉求', text: '本人牛得草。', identity: { name: '牛得草' }, petition })], secret);
    const [document] = documents;
    expect(document?.identity).toEqual({});
    expect([document?.title, document?.text, document?.petition?.outcome, document?.petition?.reply]).toEqual(['[姓名]的诉求', '本人[姓名]。', '已电话告知[姓名]', '[姓名]同志：请打[电话]联系。']);
  });

  it('gives one person the same keys however a telephone is written, and no readable value', () => {
    const { persons } = deidentify([
      incoming({ document_id: 'a', identity: { phone: '138 1234 5678' } }),
      incoming({ document_id: 'b', text: '我的电话是１３８-１２３４-５６７８' }),
      incoming({ document_id: 'c', text: '我叫牛得草' }),
      incoming({ document_id: 'd', identity: { name: '牛得草' } }),
      incoming({ document_id: 'e', text: '没有留下任何信息' }),
    ], secret);
    const [a, b, c, d] = persons;
    expect(persons.map(({ document_id }) => document_id)).toEqual(['a', 'b', 'c', 'd']);
    expect(a?.keys).toEqual(b?.keys);
    expect(c?.keys).toEqual(d?.keys);
    expect(a?.keys).not.toEqual(c?.keys);
    expect(JSON.stringify(persons)).not.toMatch(/13812345678|牛得草/);
    expect(persons.every(({ keys }) => keys.every((key) => /^[0-9a-f]{64}$/.test(key)))).toBe(true);
  });

  it('makes no key from a masked value', () => {
    expect(deidentify([incoming({ identity: { name: '牛**', phone: '138****5678' } })], secret).persons).toEqual([]);
  });
});
