// Petitions by post and age band, counted by hand; and that no difference of what is told comes from fewer than five persons.
import { describe, expect, it } from 'vitest';
import type { AgeBand, PostGroup } from '../../datasets/post-groups.ts';
import type { Row } from '../../datasets/schema.ts';
import { groupDemands } from '../../pipelines/group-demands.ts';
import { noFacts } from '../../pipelines/merge-facts.ts';
import type { FactDocument, FactPetition, Labels } from '../../pipelines/records.ts';

interface Line { id: string; year?: number; post?: PostGroup | null; age?: AgeBand | null; who?: string[]; matter?: string; topics?: Row<'demand'>['topic'][] }
function demands(lines: readonly Line[]): Row<'group_demand'>[] {
  return groupDemands({
    ...noFacts,
    documents: lines.map((l) => ({ document_id: l.id }) as FactDocument),
    petitions: lines.map((l) => ({ document_id: l.id, registered_date: `${l.year ?? 2026}-05-01` }) as FactPetition),
    petition_groups: lines.map((l) => ({ document_id: l.id, post: l.post ?? null, age_band: l.age ?? null })),
    persons: lines.flatMap((l) => (l.who ? [{ document_id: l.id, received_date: '2026-05-01', keys: l.who }] : [])),
  }, lines.map((l) => ({ document_id: l.id, matter_id: l.matter ?? l.id, template_id: null, is_repeat: false })), lines.map((l) => ({ topics: (l.topics ?? []).map((code) => ({ code })) }) as Labels));
}
const many = (n: number, line: Omit<Line, 'id'>, name: string): Line[] => Array.from({ length: n }, (_, i) => ({ id: `${name}${i}`, ...line }));
const told = (rows: readonly Row<'group_demand'>[]) => rows.filter((r) => r.petitions > 0).map((r) => [r.year.slice(0, 4), r.grouping, r.group_name, r.topic, r.petitions, r.of_petitions]);

describe('pipelines/group-demands', () => {
  it('counts petitions by year, group and topic', () => {
    expect(told(demands([...many(6, { post: '采煤掘进', topics: ['pay', 'safety'] }, 'a'), ...many(5, { post: '管理技术', age: '40–49岁', topics: ['skills'] }, 'b'), ...many(5, { year: 2025, post: '采煤掘进', topics: ['pay'] }, 'c')]))).toEqual([
      ['2025', 'post', '采煤掘进', 'pay', 5, 5], ['2026', 'age_band', '40–49岁', 'skills', 5, 5],
      ['2026', 'post', '管理技术', 'skills', 5, 5], ['2026', 'post', '采煤掘进', 'pay', 6, 6], ['2026', 'post', '采煤掘进', 'safety', 6, 6],
    ]);
  });
  it('lists each topic of a told group, also those that nobody raised', () => { expect(demands(many(5, { post: '后勤服务', topics: ['pay'] }, 'a'))).toHaveLength(10); });
  it('folds a group under five, with the next smallest, from which it could be told', () => {
    expect(told(demands([...many(9, { post: '采煤掘进', topics: ['pay'] }, 'a'), ...many(6, { post: '机电运输', topics: ['pay'] }, 'b'), ...many(3, { post: '管理技术', topics: ['other'] }, 'c')]))).toEqual([
      ['2026', 'post', '其他', 'other', 3, 9], ['2026', 'post', '其他', 'pay', 6, 9], ['2026', 'post', '采煤掘进', 'pay', 9, 9],
    ]);
  });
  it('counts persons, not letters: one who writes ten times is one', () => {
    expect(demands(many(10, { post: '采煤掘进', who: ['k'], topics: ['pay'] }, 'a'))).toEqual([]);
    // A key shared in a chain is one person too; and of the unknown, one matter is taken for one.
    expect(demands([['k1', 'k2'], ['k2', 'k3'], ['k3', 'k4'], ['k4'], ['k5', 'k4']].map((who, i) => ({ id: `a${i}`, post: '采煤掘进' as const, who })))).toEqual([]);
    expect(demands(many(10, { post: '采煤掘进', matter: 'm' }, 'a'))).toEqual([]);
  });
  it('folds on where the small ones are the same persons', () => {
    const same = ['k1', 'k2', 'k3', 'k4'].flatMap((k, i): Line[] => [{ id: `x${i}`, post: '管理技术', who: [k] }, { id: `y${i}`, post: '后勤服务', who: [k] }]);
    expect(new Set(demands([...many(9, { post: '采煤掘进' }, 'a'), ...many(7, { post: '机电运输' }, 'b'), ...same]).map((r) => `${r.group_name} ${r.of_petitions}`))).toEqual(new Set(['采煤掘进 9', '其他 15']));
  });
  it('tells nothing where all together are fewer than five', () => { expect(demands([...many(2, { post: '采煤掘进' }, 'a'), ...many(2, { post: '机电运输' }, 'b')])).toEqual([]); });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('leaves no told group of fewer than five persons, seed %i', (seed) => {
    let state = seed + 1;
    const random = (n: number) => Math.floor(((state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296) * n);
    const posts: PostGroup[] = ['采煤掘进', '机电运输', '通风安全地测', '管理技术', '后勤服务'];
    const lines = Array.from({ length: 5 + random(40) }, (_, i): Line => ({ id: `p${i}`, year: 2025 + random(2), post: posts[Math.min(random(5), random(5))]!, who: [`k${random(25)}`] }));
    const rows = demands(lines).filter((r) => r.topic === 'pay');
    for (const r of rows) {
      const own = lines.filter((l) => `${l.year}` === r.year.slice(0, 4)), named = new Set(rows.filter((o) => o.year === r.year).map((o) => o.group_name));
      const members = own.filter((l) => (r.group_name === '其他' ? !named.has(l.post!) : l.post === r.group_name));
      expect(members.length).toBe(r.of_petitions);
      expect(new Set(members.flatMap((l) => l.who!)).size).toBeGreaterThanOrEqual(5);
    }
    for (const year of [2025, 2026]) {
      const untold = lines.filter((l) => l.year === year).length - rows.filter((r) => r.year.startsWith(`${year}`)).reduce((n, r) => n + r.of_petitions, 0);
      if (rows.some((r) => r.year.startsWith(`${year}`))) expect(untold).toBe(0);
    }
  });
});
