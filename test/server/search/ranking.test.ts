import { describe, expect, it } from 'vitest';
import type { SearchReply } from '../../../server/api.ts';
import { random } from '../../bench/random.ts';
import { start } from '../client.ts';
import { newDataDir, publish, rows } from '../sample-warehouse.ts';

const words = ['工资', '食堂', '瓦斯', '尘肺', '年休'];
const next = random(7);
const below = (n: number) => Math.floor(next() * n);

/** BM25 as its authors wrote it, over whole documents in memory; no two words here are part of one another. */
function ranked(documents: { document_id: string; received_date: string; length: number; counts: Record<string, number> }[], asked: string[]): string[] {
  const length = documents.reduce((n, d) => n + d.length, 0) / documents.length;
  const idf = (word: string) => { const n = documents.filter((d) => d.counts[word]).length; return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5)); };
  const score = (d: (typeof documents)[number]) => asked.reduce((sum, word) => { const n = d.counts[word] ?? 0; return sum + idf(word) * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * d.length / length)); }, 0);
  const all = documents.filter((d) => asked.every((word) => d.counts[word])), found = all.length > 0 ? all : documents.filter((d) => asked.some((word) => d.counts[word]));
  return found.sort((a, b) => score(b) - score(a)).map((d) => d.document_id);
}

describe('server/search/find-documents', () => {
  it('ranks as the formula does, whatever words are asked for', async () => {
    const dir = newDataDir(), warehouse = rows(1);
    const counts = new Map([...warehouse.document!].map((d) => [d.document_id, Object.fromEntries(words.flatMap((word) => { const n = below(4); return n > 0 ? [[word, n]] : []; }))]));
    // Lengths that differ by an odd part, so that no two texts weigh the same.
    const document = [...warehouse.document!].map((d, i) => ({ ...d, length: 40 + 13 * i + below(7) }));
    const open = document.filter((d) => !d.restricted);
    const term = open.flatMap(({ document_id }) => Object.entries(counts.get(document_id)!).map(([word, count]) => ({ document_id, term: word, tag: 'n', count })));
    await publish(dir, 1, { ...warehouse, document, term });
    const s = await start(dir), leader = await s.signedIn('leader', 'leader');
    const known = open.map((d) => ({ ...d, counts: counts.get(d.document_id)! }));
    for (let n = 1; n < 2 ** words.length; n++) {
      const asked = words.filter((_, i) => n & (1 << i));
      const { hits, total } = (await leader.get(`/api/search?q=${encodeURIComponent(asked.join(' '))}`)).json<SearchReply>();
      const expected = ranked(known, asked);
      expect([asked, total, hits.map((h) => h.document_id)]).toEqual([asked, expected.length, expected.slice(0, 20)]);
    }
    await s.close();
  });
});
