import { describe, expect, it } from 'vitest';
import { matchHotspots, type DetectedHotspot, type KnownAlert } from '../../../server/alerts/match-hotspots.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `d${from + i}`);
const alert = (over: Partial<KnownAlert> = {}): KnownAlert => ({ alert_id: '2026-0001', hotspot_id: 'old', kind: 'series', topic: 'pay', unit_path: 'G/M1', from_date: '2026-09-07', to_date: '2026-09-20', members: [], closed: false, ...over });
const hotspot = (over: Partial<DetectedHotspot> = {}): DetectedHotspot => ({ hotspot_id: 'new', kind: 'series', topic: 'pay', unit_path: 'G/M1', from_date: '2026-09-07', to_date: '2026-09-27', members: [], score: 5, ...over });
const matched = (a: KnownAlert, h: DetectedHotspot) => matchHotspots([a], [h])[0];

describe('a hotspot is the alert that', () => {
  it.each<[string, Partial<KnownAlert>, Partial<DetectedHotspot>, string]>([
    ['has its id', { hotspot_id: 'same' }, { hotspot_id: 'same', topic: 'health', unit_path: 'G/M2' }, 'same_hotspot'],
    ['tells of the same topic and unit in an overlapping window', {}, {}, 'same_place'],
    ['ended four weeks before it began', {}, { from_date: '2026-10-18', to_date: '2026-10-25' }, 'same_place'],
    ['began four weeks after it ended, as when a rollback shows an earlier window', {}, { from_date: '2026-08-01', to_date: '2026-08-10' }, 'same_place'],
    ['named the unit above it', { unit_path: 'G' }, {}, 'same_place'],
    ['named the unit below it', { unit_path: 'G/M1/M1A' }, {}, 'same_place'],
    ['shares three in ten of the smaller set, for a cluster', { kind: 'emergent', members: ids(1, 10) }, { kind: 'emergent', members: ids(8, 40), topic: 'health', unit_path: 'G/M2' }, 'shared_documents'],
    ['shares its texts, for a critical matter', { kind: 'critical', members: ['d1'] }, { kind: 'critical', members: ['d1', 'd2'] }, 'shared_documents'],
    ['was an emergent matter of which it holds half of the texts, under another topic too', { kind: 'emergent', members: ids(1, 4) }, { members: ids(3, 9), topic: 'living', unit_path: 'G/M1/M1A' }, 'grown'],
    ['was closed, while it goes on no more than four weeks after', { closed: true }, { to_date: '2026-10-18' }, 'same_place'],
  ])('%s', (_what, a, h, how) => { expect(matched(alert(a), hotspot(h))).toEqual({ hotspot_id: h.hotspot_id ?? 'new', alert_id: '2026-0001', how, previous: null }); });
});

describe('a hotspot is not the alert that', () => {
  it.each<[string, Partial<KnownAlert>, Partial<DetectedHotspot>]>([
    ['ended more than four weeks before', {}, { from_date: '2026-10-19', to_date: '2026-10-25' }],
    ['tells of another topic', {}, { topic: 'health' }],
    ['tells of a sibling unit', {}, { unit_path: 'G/M2' }],
    ['tells of a unit whose path only begins alike', {}, { unit_path: 'G/M10' }],
    ['is of another kind', { kind: 'critical', members: ids(1, 3) }, { members: ids(1, 3) }],
    ['was a hotspot, when texts of it are an emergent matter', { members: ids(1, 3) }, { kind: 'emergent', members: ids(1, 3) }],
    ['is an emergent matter of which it holds less than half', { kind: 'emergent', members: ids(1, 5) }, { members: ids(4, 9) }],
    ['has no texts to compare, for what may have grown', { kind: 'emergent' }, {}],
    ['shares fewer than three in ten', { kind: 'emergent', members: ids(1, 10) }, { kind: 'emergent', members: ids(9, 40) }],
    ['has no texts to compare, for a cluster', { kind: 'emergent' }, { kind: 'emergent' }],
  ])('%s', (_what, a, h) => { expect(matched(alert(a), hotspot(h))).toEqual({ hotspot_id: 'new', alert_id: null, how: null, previous: null }); });
});

describe('a closed alert', () => {
  it('is followed by a new one, linked to it, when a later episode comes', () => {
    expect(matched(alert({ closed: true }), hotspot({ from_date: '2026-10-26', to_date: '2026-11-01' }))).toMatchObject({ alert_id: null, previous: '2026-0001' });
  });
  it('is followed by a new one when the same hotspot goes on more than four weeks after', () => {
    expect(matched(alert({ closed: true, hotspot_id: 'same' }), hotspot({ hotspot_id: 'same', to_date: '2026-10-19' }))).toMatchObject({ alert_id: null, previous: '2026-0001' });
  });
  it('of an emergent matter is followed by a new one when it has grown into a hotspot', () => {
    expect(matched(alert({ kind: 'emergent', closed: true, members: ids(1, 3) }), hotspot({ members: ids(1, 9) }))).toMatchObject({ alert_id: null, previous: '2026-0001' });
  });
  it('links to the latest of several', () => {
    const earlier = [alert({ alert_id: '2025-0001', closed: true, to_date: '2025-09-20', from_date: '2025-09-01' }), alert({ alert_id: '2026-0002', closed: true, to_date: '2026-06-20', from_date: '2026-06-01' })];
    expect(matchHotspots(earlier, [hotspot({ from_date: '2026-10-26', to_date: '2026-11-01' })])[0]?.previous).toBe('2026-0002');
  });
  it('gives way to the open one of the same hotspot', () => {
    const both = [alert({ closed: true, hotspot_id: 'same' }), alert({ alert_id: '2026-0002', hotspot_id: 'same' })];
    expect(matchHotspots(both, [hotspot({ hotspot_id: 'same' })])[0]?.alert_id).toBe('2026-0002');
  });
});

describe('several', () => {
  it('hotspots never share an alert: the one with its id has it, the other is new', () => {
    const found = matchHotspots([alert({ hotspot_id: 'same' })], [hotspot({ hotspot_id: 'near', score: 9 }), hotspot({ hotspot_id: 'same', score: 1 })]);
    expect(found.map(({ hotspot_id, alert_id }) => [hotspot_id, alert_id])).toEqual([['near', null], ['same', '2026-0001']]);
  });
  it('alerts: one of the same series goes before the emergent matter that grew into it', () => {
    const alerts = [alert({ alert_id: '2026-0002', kind: 'emergent', members: ids(1, 3) }), alert({ alert_id: '2026-0001' })];
    expect(matchHotspots(alerts, [hotspot({ members: ids(1, 9) })])[0]?.alert_id).toBe('2026-0001');
  });
  it('alerts: the nearest in time is taken', () => {
    const alerts = [alert({ alert_id: '2026-0001', to_date: '2026-09-10' }), alert({ alert_id: '2026-0002', from_date: '2026-09-20', to_date: '2026-09-30' })];
    expect(matchHotspots(alerts, [hotspot({ from_date: '2026-10-05', to_date: '2026-10-11' })])[0]?.alert_id).toBe('2026-0002');
  });
  it('in any order give the same answer', () => {
    const alerts = [alert({ alert_id: 'a', unit_path: 'G' }), alert({ alert_id: 'b' }), alert({ alert_id: 'c', unit_path: 'G/M1/M1A' })];
    const hotspots = [hotspot({ hotspot_id: 'x' }), hotspot({ hotspot_id: 'y', unit_path: 'G', score: 7 }), hotspot({ hotspot_id: 'z', from_date: '2026-10-05', to_date: '2026-10-06' })];
    const sorted = (m: ReturnType<typeof matchHotspots>) => [...m].sort((p, q) => (p.hotspot_id < q.hotspot_id ? -1 : 1));
    expect(sorted(matchHotspots([...alerts].reverse(), [...hotspots].reverse()))).toEqual(sorted(matchHotspots(alerts, hotspots)));
  });
});
