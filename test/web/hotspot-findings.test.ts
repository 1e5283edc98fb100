import { describe, expect, it } from 'vitest';
import { changeNote, everyWeek, expectedNote, lifeFinding, stageChanges, whySentences, type StageRow } from '../../web/hotspot-findings.ts';

const row = (week: string, documents: number, stage: StageRow['stage'], words: string[] = []): StageRow => ({ week, documents, matters: documents, likes: 0, units: 1, stage, words });
const life = [row('2026-07-06', 2, 'born'), row('2026-07-20', 5, 'growing'), row('2026-07-27', 9, 'growing'), row('2026-08-10', 3, 'split', ['烟道', '噪音'])];

describe('hotspot-findings', () => {
  it('say how a matter lived, and how it stands', () => {
    expect(lifeFinding(life, '2026-07-08')).toBe('2026 年 7 月 8 日出现，7 月 27 日那一周最多（9 条），其中“烟道、噪音”分化出来，仍在持续');
    expect(lifeFinding([row('2026-07-06', 1, 'born')], '2026-07-06')).toBe('2026 年 7 月 6 日出现');
    expect(lifeFinding([row('2025-12-29', 4, 'born'), row('2026-02-23', 0, 'gone')], '2025-12-30')).toBe('2025 年 12 月 30 日出现，12 月 29 日那一周最多（4 条），2026 年 2 月 23 日起平息');
    expect(lifeFinding([], '2026-07-06')).toBe('还看不出变化');
  });

  it('say what a hotspot stands out from, and of two letters that they are enough', () => {
    const of = (kind: 'series' | 'emergent' | 'critical', detector: string, expected: number) => expectedNote({ kind, detector, measure: 'documents', observed: 6, expected, upper: 2.52 });
    expect(of('series', 'expected-nb/2', 0.84)).toBe('期内 6 条，按往年与季节应有 0.8 条，常态上界 2.5 条。');
    expect(of('emergent', 'linked-texts/1', 0.003)).toMatch(/^同一单位两周内有两件以上诉求说法相近.*两件就提示/);
    expect(of('emergent', 'bursty-words/1', 0.1)).toBe('期内 6 条，按以往同类文字应有 0.1 条，常态上界 2.5 条。');
    expect(of('emergent', 'standing-matters/2', 0)).toBeNull();
    expect(of('critical', 'critical-text/1', 0)).toMatch(/^一条就够/);
  });

  it('tell a week only where something changed', () => {
    expect(stageChanges(life).map((r) => r.week)).toEqual(['2026-07-06', '2026-07-20', '2026-08-10']);
    expect(stageChanges(life).map(changeNote)).toEqual(['当周 2 条', '当周 5 条', '分出“烟道、噪音”']);
  });

  it('lay quiet weeks between the others', () => {
    expect(everyWeek(life).map((w) => w.documents)).toEqual([2, 0, 5, 9, 0, 3]);
  });

  it('say why there is an alarm or none, and how many more texts would have been one', () => {
    const near = { week: '2026-08-03', observed: 7, expected: 3.2, upper: 9, score: 1.84, needed: 12 }, newest = { week: '2026-10-12', observed: 2, expected: 3.1, upper: 9, score: -0.4, needed: 11 };
    const why = { unit_name: '三矿', alarm_from: 3.2, nearest: near, newest, hotspots: [] };
    expect(whySentences(why)).toEqual([
      '近一年没有报警。最接近的是 2026-08-03 那一周 7 条，期望 3.2 条，得分 1.8，报警线 3.2；单凭这一周，要有约 12 条（再多 5 条）才会报警。',
      '登记已满的最近一周：2026-10-12 那一周 2 条，期望 3.1 条，得分 -0.4；单凭这一周，要有约 11 条（再多 9 条）才会报警。',
    ]);
    const hot = { ...why, nearest: { ...near, score: 4.1 } };
    expect(whySentences({ ...hot, newest: hot.nearest, hotspots: [{ hotspot_id: 'h', title: '', unit_name: '三矿', is_own: true }] })).toEqual(['近一年报过警：2026-08-03 那一周 7 条，期望 3.2 条，得分 4.1，报警线 3.2。']);
    expect(whySentences({ ...hot, newest: hot.nearest, hotspots: [{ hotspot_id: 'h', title: '', unit_name: '集团', is_own: false }] })[0]).toContain('由“集团”的热点说明得更清楚');
    expect(whySentences({ ...hot, newest: hot.nearest })[0]).toContain('总共不足 4 条');
    expect(whySentences({ ...why, nearest: null })[0]).toContain('可以放长时段');
    expect(whySentences({ ...why, unit_name: null })[0]).toContain('请选一个单位');
  });
});
