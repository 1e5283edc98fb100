// Petitions by post and age band, counted by hand; and that no difference of what is told comes from fewer than five persons.
import { describe, expect, it } from 'vitest';
import type { AgeBand, PostGroup } from '../../datasets/post-groups.ts';
import type { Row } from '../../datasets/schema.ts';
import { groupDemands } from '../../pipelines/group-demands.ts';
import { noFacts } from '../../pipelines/merge-facts.ts';
import type { FactDocument, FactPetition, Labels } from '../../pipelines/records.ts';

interface Line { id: string; year?: number; post?: PostGroup | null; age?: AgeBand | null; who?: string[]; matter?: string; restricted?: boolean; topics?: Row<'demand'>['topic'][] }
function demands(lines: readonly Line[]): Row<'group_demand'>[] {
  return groupDemands({
    ...noFacts,
    documents: lines.map((l) => ({ document_id: l.id, restricted: l.restricted ?? false }) as FactDocument),
    petitions: lines.map((l) => ({ document_id: l.id, registered_date: `${l.year ?? 2026}-05-01` }) as FactPetition),
    petition_groups: lines.flatMap((l) => (l.post || l.age ? [{ document_id: l.id, post: l.post ?? null, age_band: l.age ?? null }] : [])),
    persons: lines.flatMap((l) => (l.who ? [{ document_id: l.id, received_date: '2026-05-01', keys: l.who }] : [])),
  }, lines.map((l) => ({ document_id: l.id, matter_id: l.matter ?? l.id, template_id: null, is_repeat: false })), lines.map((l) => ({ topics: (l.topics ?? []).map((code) => ({ code })) }) as Labels));
}
const many = (n: number, line: Omit<Line, 'id'>, name: string): Line[] => Array.from({ length: n }, (_, i) => ({ id: `${name}${i}`, ...line }));
const told = (rows: readonly Row<'group_demand'>[]) => rows.filter((r) => (r.petitions ?? 0) > 0).map((r) => [r.year.slice(0, 4), r.grouping, r.group_name, r.topic, r.petitions, r.of_petitions]);

describe('pipelines/group-demands', () => {
  const half = (n: number, line: Omit<Line, 'id' | 'topics'>, name: string, topic: Row<'demand'>['topic'], raising = 5): Line[] => [...many(raising, { ...line, topics: [topic] }, `${name}+`), ...many(n - raising, { ...line, topics: ['other'] }, `${name}-`)];
  it('counts petitions by year, group and topic', () => {
    expect(told(demands([...half(12, { post: '采煤掘进', age: '40–49岁' }, 'a', 'pay', 7), ...half(10, { post: '管理技术' }, 'b', 'pay'), ...half(11, { year: 2025, post: '采煤掘进' }, 'c', 'pay')])).filter((r) => r[3] === 'pay')).toEqual([
      ['2025', 'post', '采煤掘进', 'pay', 5, 11], ['2026', 'age_band', '40–49岁', 'pay', 7, 12], ['2026', 'post', '管理技术', 'pay', 5, 10], ['2026', 'post', '采煤掘进', 'pay', 7, 12],
    ]);
  });
  it('lists each topic of a told group, without a count where fewer than five persons raise it, or fewer than five do not', () => {
    const rows = demands([...many(6, { post: '后勤服务', topics: ['pay'] }, 'a'), ...many(6, { post: '后勤服务', topics: ['pay', 'safety'] }, 'b'), ...many(1, { post: '后勤服务', topics: ['pay', 'health'] }, 'c')]);
    expect(rows).toHaveLength(10);
    expect(told(rows)).toEqual([['2026', 'post', '后勤服务', 'safety', 6, 13]]);
  });
  it('tells no count from which the few of another group would follow, nor that a group raises nothing', () => {
    const of = (few: number) => told(demands([...half(20, { post: '采煤掘进' }, 'a', 'pay', 10), ...half(16, { post: '机电运输' }, 'b', 'pay', 8), ...half(12, { post: '管理技术' }, 'c', 'pay', few)])).filter((r) => r[3] === 'pay').map((r) => [r[2], r[4]]);
    expect(of(5)).toEqual([['机电运输', 8], ['管理技术', 5], ['采煤掘进', 10]]);
    for (const few of [0, 1, 4]) expect(of(few)).toEqual([['采煤掘进', 10]]);
  });
  it('counts those of no known group with the small ones where they are few, for they follow from the total', () => {
    const of = (unknown: number) => new Set(demands([...half(20, { post: '采煤掘进' }, 'a', 'pay', 10), ...half(16, { post: '机电运输' }, 'b', 'pay', 8), ...many(unknown, {}, 'c')]).filter((r) => r.grouping === 'post').map((r) => `${r.group_name} ${r.of_petitions}`));
    expect(of(0)).toEqual(new Set(['机电运输 16', '采煤掘进 20']));
    expect(of(1)).toEqual(new Set(['其他 17', '采煤掘进 20']));
    expect(of(5)).toEqual(new Set(['机电运输 16', '采煤掘进 20']));
  });
  it('folds a group under five, with the next smallest, from which it could be told', () => {
    expect(told(demands([...half(19, { post: '采煤掘进' }, 'a', 'pay'), ...half(16, { post: '机电运输' }, 'b', 'pay', 6), ...many(3, { post: '管理技术', topics: ['other'] }, 'c')])).filter((r) => r[3] === 'pay')).toEqual([
      ['2026', 'post', '其他', 'pay', 6, 19], ['2026', 'post', '采煤掘进', 'pay', 5, 19],
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

  it.each(Array.from({ length: 60 }, (_, seed) => seed))('leaves no set of fewer than five persons to what is told, nor to what is left of all petitions, seed %i', (seed) => {
    let state = seed + 1;
    const random = (n: number) => Math.floor(((state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296) * n);
    const posts: PostGroup[] = ['采煤掘进', '机电运输', '通风安全地测', '管理技术', '后勤服务'];
    const all: Row<'demand'>['topic'][] = ['pay', 'safety', 'health'];
    const lines = Array.from({ length: 5 + random(150) }, (_, i): Line => ({ id: `p${i}`, year: 2025 + random(2), post: random(9) === 0 ? null : posts[Math.min(random(5), random(5))]!, who: [`k${random(60)}`], topics: all.filter(() => random(2) === 0) }));
    const rows = demands(lines), people = (list: readonly Line[]) => new Set(list.flatMap((l) => l.who!)).size, isFew = (n: number) => n > 0 && n < 5;
    for (const year of [2025, 2026]) {
      const own = lines.filter((l) => l.year === year), of = rows.filter((r) => r.year.startsWith(`${year}`)), named = new Set(of.map((r) => r.group_name));
      const membersOf = (group: string) => own.filter((l) => l.post === group || (group === '其他' && !named.has(l.post ?? '') && (l.post || !unknownApart)));
      const unknownApart = people(own.filter((l) => !l.post)) >= 5;
      for (const group of named) expect([group, membersOf(group).length, isFew(people(membersOf(group)))]).toEqual([group, of.find((r) => r.group_name === group)!.of_petitions, false]);
      // Who knows all petitions by topic, as every page tells, takes away what is told of groups.
      if (named.size > 0) expect(isFew(people(own.filter((l) => ![...named].some((g) => membersOf(g).includes(l)))))).toBe(false);
      for (const topic of all) {
        const toldOf = of.filter((r) => r.topic === topic && r.petitions !== null), rest = own.filter((l) => !toldOf.some((r) => membersOf(r.group_name).includes(l)));
        for (const r of toldOf) expect(membersOf(r.group_name).filter((l) => l.topics!.includes(topic)).length).toBe(r.petitions);
        for (const set of [...toldOf.map((r) => membersOf(r.group_name)), ...(toldOf.length > 0 && rest.length > 0 ? [rest] : [])]) {
          expect(people(set.filter((l) => l.topics!.includes(topic)))).toBeGreaterThanOrEqual(5);
          expect(people(set.filter((l) => !l.topics!.includes(topic)))).toBeGreaterThanOrEqual(5);
        }
      }
    }
  });
});
