// In: two years of made-up letters of a small group, and two more. Out: whether two letters of one thing that nobody told before are an emergent matter, and when they are none.
import { describe, expect, it } from 'vitest';
import { detect } from '../../pipelines/detect.ts';
import { aggregateWeeks, letters, plain, segmented, units, type Letter } from './detect-material.ts';

const ordinary = plain();
const run = (more: Letter[]) => {
  const documents = letters([...ordinary, ...more]), { hotspots, members } = detect({ series: aggregateWeeks(documents), documents, terms: segmented(documents), units, headcounts: [], asOf: '2026-10-31', provisionalFrom: '2026-10-26' });
  return hotspots.filter((h) => h.detector.startsWith('linked-texts')).map((h) => ({ ...h, texts: members.filter((m) => m.hotspot_id === h.hotspot_id).map((m) => documents.find((d) => d.document_id === m.document_id)?.text) }));
};
const lockers: Letter = { unit: 'xl', topics: ['living'], day: 712, text: '听说井口寄存柜下月要拆，升井以后东西往哪搁。', words: ['寄存柜', '升井', '东西'] };
const keys: Letter = { unit: 'xl', topics: ['welfare', 'living'], day: 718, text: '井口寄存柜下月统一拆除，手机钥匙没有地方放，望暂缓。', words: ['寄存柜', '手机', '钥匙', '暂缓'] };

describe('linked texts', () => {
  it('tells what two letters of one mine complain of within two weeks and nobody before them', () => {
    expect(run([lockers, keys]).map(({ kind, unit_id, topic, title, from_date, to_date, observed, terms, texts }) => ({ kind, unit_id, topic, title, from_date, to_date, observed, terms, texts }))).toEqual([{
      kind: 'emergent', unit_id: 'xl', topic: 'living', title: '西岭煤矿新出现“寄存柜”反映（7 天内 2 件说同一件事，以往没有这样相近的）',
      from_date: '2026-10-14', to_date: '2026-10-20', observed: 2, terms: ['寄存柜'], texts: [lockers.text, keys.text],
    }]);
  });

  it.each<[string, Letter[]]>([
    ['was told before', [{ ...lockers, day: 400, text: '井口寄存柜锁坏了三个，没人修。', words: ['寄存柜'] }, lockers, keys]],
    ['comes from two mines', [lockers, { ...keys, unit: 'dh' }]],
    ['lies more than two weeks apart', [{ ...lockers, day: 700 }, keys]],
    ['is one matter told again', [{ ...lockers, matter: 'one' }, { ...keys, matter: 'one' }]],
    ['is one letter copied', [{ ...lockers, template: 'one' }, { ...keys, template: 'one' }]],
    ['has no topic in common', [{ ...lockers, topics: ['pay'] }, keys]],
    ['is no complaint', [lockers, { ...keys, polarity: 'positive' }]],
    ['may not be read', [lockers, { ...keys, restricted: true }]],
    ['is told for a unit that is not known', [{ ...lockers, unit: '未注明' }, { ...keys, unit: '未注明' }]],
    ['shares words that everybody uses', [lockers, { ...keys, text: '反映宿舍和绩效方面的问题，望研究解决。' }]],
    ['is lost among a hundred complaints a fortnight', [lockers, keys, ...Array.from({ length: 400 }, (_, i): Letter => ({ unit: 'xl', topics: ['other'], day: 674 + (i % 56), text: '反映食堂和班车方面的问题，望研究解决。', words: ['食堂', '班车'] }))]],
  ])('says nothing of what %s', (_, more) => { expect(run(more)).toEqual([]); });

  it('leaves to a hotspot what the hotspot tells', () => {
    const more = Array.from({ length: 12 }, (_, i): Letter => ({ ...keys, topics: ['living'], day: 716 + (i % 5), text: `${'甲乙丙丁戊己庚辛壬癸子丑'[i] ?? ''}班问，井口寄存柜下月拆除以后怎么办。` }));
    expect(run([lockers, keys, ...more])).toEqual([]);
  });
});
