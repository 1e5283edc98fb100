import { describe, expect, it } from 'vitest';
import { changeNote, everyWeek, lifeFinding, stageChanges, type StageRow } from '../../web/hotspot-findings.ts';

const row = (week: string, documents: number, stage: StageRow['stage'], words: string[] = []): StageRow => ({ week, documents, matters: documents, likes: 0, units: 1, stage, words });
const life = [row('2026-07-06', 2, 'born'), row('2026-07-20', 5, 'growing'), row('2026-07-27', 9, 'growing'), row('2026-08-10', 3, 'split', ['烟道', '噪音'])];

describe('hotspot-findings', () => {
  it('say how a matter lived, and how it stands', () => {
    expect(lifeFinding(life, '2026-07-08')).toBe('2026 年 7 月 8 日出现，7 月 27 日那一周最多（9 条），其中“烟道、噪音”分化出来，仍在持续');
    expect(lifeFinding([row('2026-07-06', 1, 'born')], '2026-07-06')).toBe('2026 年 7 月 6 日出现');
    expect(lifeFinding([row('2025-12-29', 4, 'born'), row('2026-02-23', 0, 'gone')], '2025-12-30')).toBe('2025 年 12 月 30 日出现，12 月 29 日那一周最多（4 条），2026 年 2 月 23 日起平息');
    expect(lifeFinding([], '2026-07-06')).toBe('还看不出变化');
  });

  it('tell a week only where something changed', () => {
    expect(stageChanges(life).map((r) => r.week)).toEqual(['2026-07-06', '2026-07-20', '2026-08-10']);
    expect(stageChanges(life).map(changeNote)).toEqual(['当周 2 条', '当周 5 条', '分出“烟道、噪音”']);
  });

  it('lay quiet weeks between the others', () => {
    expect(everyWeek(life).map((w) => w.documents)).toEqual([2, 0, 5, 9, 0, 3]);
  });
});
