// In: a version whose hotspot is of people, at the second level. Out: whether hotspot, alert and report say what they count.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../datasets/schema.ts';
import type { AlertDetail, AlertList, Curve, HotspotDetail, ReportDraft } from '../../../server/api.ts';
import { start, type Client, type Running } from '../client.ts';
import { newDataDir, publish, rows } from '../sample-warehouse.ts';

const of = (version: number, observed: number) => {
  const made = rows(version), [h1] = [...made.hotspot ?? []] as Row<'hotspot'>[];
  if (!h1) throw new Error('no hotspot');
  const detail = { unit_id: 'M1', topic: 'pay' as const, subtopic: 'pay.arrears', measure: 'people' as const, score: 3.8 };
  return {
    ...made, hotspot: [{ ...h1, ...detail, observed, expected: 3.2, upper: 15 }], hotspot_member: [{ hotspot_id: 'h1', document_id: 'd2' }],
    expectation_detail: [{ ...detail, week: '2026-10-05', observed: 80, expected: 1.6, upper: 9 }, { ...detail, week: '2026-10-05', measure: 'documents' as const, observed: 1, expected: 0.4, upper: 3 }],
  };
};

describe('measures', () => {
  const dir = newDataDir();
  let s: Running, clerk: Client;
  beforeAll(async () => { await publish(dir, 1, of(1, 80)); s = await start(dir); clerk = await s.signedIn('clerk', 'clerk'); });
  afterAll(() => s.close());
  const alert = async () => (await clerk.get('/api/alerts')).json<AlertList>().alerts[0];

  it('give a hotspot the curve of what it counts', async () => {
    const { hotspot, curve } = (await clerk.get('/api/hotspots/h1')).json<HotspotDetail>();
    expect([hotspot.measure, hotspot.subtopic, curve.map((w) => [w.week, w.observed, w.expected])]).toEqual(['people', 'pay.arrears', [['2026-10-05', 80, 1.6]]]);
  });

  it('go with an alert into its report, which says 人次 and not 件', async () => {
    const known = await alert();
    expect([known?.measure, known?.subtopic, known?.observed]).toEqual(['people', 'pay.arrears', 80]);
    const draft = (await clerk.get(`/api/alerts/${known?.alert_id ?? ''}/report-draft?kind=first`)).text;
    expect(draft).toContain('观测 80 人次，按自身历史与季节推算期望 3.2 人次，上界 15 人次');
    expect((JSON.parse(draft) as ReportDraft).kind).toBe('first');
  });

  it('give an alert the curve of what it counts', async () => {
    const { curve, curve_of } = (await clerk.get(`/api/alerts/${(await alert())?.alert_id ?? ''}`)).json<AlertDetail>();
    expect([curve_of, curve.map((w) => [w.week, w.observed, w.expected])]).toEqual([{ subtopic: 'pay.arrears', measure: 'people' }, [['2026-10-05', 80, 1.6]]]);
  });

  it('can be asked for one by one', async () => {
    const of = async (query: string) => (await clerk.get(`/api/curve?unit=G/M1&topic=pay${query}`)).json<Curve>().rows.map((w) => [w.week, w.observed]);
    expect(await of('&subtopic=pay.arrears')).toEqual([['2026-10-05', 1]]);
    expect(await of('&subtopic=pay.arrears&measure=people')).toEqual([['2026-10-05', 80]]);
    expect(await of('&measure=people')).toEqual([]);
    expect(await of('')).toHaveLength(4);
    expect((await clerk.get('/api/curve?topic=pay&measure=likes')).status).toBe(400);
  });

  it('are said in what a new version changes', async () => {
    await publish(dir, 2, of(2, 120));
    let events: AlertDetail['timeline'] = [];
    await expect.poll(async () => { events = (await clerk.get(`/api/alerts/${(await alert())?.alert_id ?? ''}`)).json<AlertDetail>().timeline; return events.length; }).toBeGreaterThan(1);
    expect(events.map((e) => e.text).join()).toContain('观测 120 人次（原 80 人次）');
  });

  it('fall back to the texts of the topic where what an alert counts is no longer judged, and say so', async () => {
    await publish(dir, 3, { ...of(3, 120), expectation_detail: [] });
    const detail = async () => (await clerk.get(`/api/alerts/${(await alert())?.alert_id ?? ''}`)).json<AlertDetail>();
    await expect.poll(async () => (await detail()).curve.length).toBe(4);
    expect((await detail()).curve_of).toEqual({ subtopic: null, measure: 'documents' });
  });
});
