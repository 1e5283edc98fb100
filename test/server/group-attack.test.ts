// In: a ledger whose rows name posts, ages, units and days, imported as a house imports it. Out: what readers can work out of the served API about who is of which post or age.
// Invariant: the attacker adds, takes away and filters whatever is answered, knows each text and its topics, and learns of no fewer than five persons.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../datasets/calendar.ts';
import { dataDir, type DataDir } from '../../datasets/data-dir.ts';
import { dimensionNames } from '../../datasets/metrics.ts';
import { ageBandOf, postGroupOf } from '../../datasets/post-groups.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import { channels } from '../../datasets/vocabulary.ts';
import { runPipeline } from '../../pipelines/pipeline.ts';
import type { MetricsReply } from '../../server/api.ts';
import { octoberRows, writeLedger, type LedgerRow } from '../pipelines/ledger.ts';
import { start, type Client, type Running } from './client.ts';

let state = 20_260_601;
const random = (n: number) => Math.floor(((state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296) * n);
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏', given = '甲乙丙丁戊己庚辛壬癸';
/** Few are of some posts and ages, some tell none, and what some ask for nobody else of their post does. */
const posts = ['采煤工', '采煤工', '采煤工', '综采队电工', '综采队电工', '瓦斯检查员', '会计', '食堂管理员'];
const ledger = (year: number, n: number): LedgerRow[] => Array.from({ length: n }, (_, i): LedgerRow => {
  const row = octoberRows[random(octoberRows.length)]!, who = random(200), post = i < 3 ? '退休工人' : i < 6 ? '' : posts[Math.min(random(posts.length), random(posts.length))]!;
  return { ...row, 登记编号: `Z${year}${String(i).padStart(3, '0')}`, 登记日期: addDays(`${year}-03-01`, random(200)), 受理日期: '', 办结日期: '', 办理结果: '', 群众评价: '', 信访方式: '来信', 人数: 1,
    信访人: `${surnames[who % 30]!}${given[Math.floor(who / 30)]!}${given[who % 10]!}`, 联系电话: `1390000${String(1000 + who)}`, 单位: ['西岭煤矿', '东山煤矿', '北河煤矿'][random(3)]!, 信访目的: random(12) === 0 ? '检举控告' : '申诉求决',
    反映内容: `${String(row.反映内容).replace(/我叫周广田，/, '').replace(/\d+号反映人，电话\d+。/, '')}第${year}${i}件。`, 岗位: post, 年龄: i < 3 ? 23 : i < 9 ? '' : 31 + random(19) };
});
const rows = [...ledger(2025, 90), ...ledger(2026, 150)];

/** What the attacker does not know: of each open petition its group by either way, and who wrote it. */
interface Truth { id: string; year: string; who: string; topics: Set<string>; post: string | null; age_band: string | null }
let home: string, dir: DataDir, s: Running, truth: Truth[];
const ways = ['post', 'age_band'] as const;
const metric = async (who: Client, query: object) => { const reply = await who.get(`/api/metrics?q=${encodeURIComponent(JSON.stringify(query))}`); return { status: reply.status, rows: reply.status === 200 ? reply.json<MetricsReply>().rows : [] }; };
const sql = async (who: Client, text: string) => { const reply = await who.post('/api/sql', { sql: text }); return { status: reply.status, rows: reply.status === 200 ? reply.json<{ rows: (string | number | null)[][] }>().rows : [] }; };
const people = (list: readonly Truth[]) => new Set(list.map((t) => t.who)).size;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhiwei-groups-'));
  dir = dataDir(join(home, 'data'));
  const files = [2025, 2026].map((year) => join(home, `${year}年信访台账.xlsx`));
  for (const [i, year] of [2025, 2026].entries()) await writeLedger(files[i]!, rows.filter((r) => String(r.登记编号).startsWith(`Z${year}`)), `华岳能源集团${year}年信访台账`);
  await runPipeline(dir, { inputs: files }, () => {});
  s = await start(dir);
  const known = (await sql(await s.signedIn('研判', 'analyst'), "SELECT p.registration_no, p.document_id, (SELECT string_agg(topic, ' ') FROM demand x WHERE x.document_id = p.document_id) FROM petition p WHERE p.purpose <> '检举控告' LIMIT 1000")).rows;
  truth = known.map(([no, id, topics]) => {
    const row = rows.find((r) => r.登记编号 === no)!;
    return { id: String(id), year: String(no).slice(1, 5), who: String(row.信访人), topics: new Set(String(topics ?? '').split(' ')), post: row.岗位 ? postGroupOf(String(row.岗位)) : null, age_band: row.年龄 ? ageBandOf(Number(row.年龄)) : null };
  });
}, 120_000);
afterAll(async () => { await s?.close(); rmSync(home, { recursive: true, force: true }); });

describe('who is of which post or age', () => {
  it('is worth attacking here: posts and ages of few persons, topics that few of a post raise, rows that tell none', () => {
    expect(truth.length).toBeGreaterThan(200);
    for (const by of ways) {
      const of2026 = truth.filter((t) => t.year === '2026'), sizes = [...new Set(of2026.map((t) => t[by]))].map((g) => people(of2026.filter((t) => t[by] === g)));
      expect(sizes.some((n) => n < 5)).toBe(true);
      expect(of2026.some((t) => t[by] === null)).toBe(true);
      const few = (list: Truth[]) => people(list) > 0 && people(list) < 5, large = [...new Set(of2026.map((t) => t[by]))].map((g) => of2026.filter((t) => t[by] === g)).filter((list) => people(list) >= 5);
      expect(large.some((list) => topicCodes.some((topic) => few(list.filter((t) => t.topics.has(topic)))))).toBe(true);
    }
  });

  it('is told of whole years and all units alone, whatever it is divided and filtered by', async () => {
    const analyst = await s.signedIn('研判', 'analyst'), refused: string[] = [];
    const whole = { from: '2026-01-01', to: '2026-12-31' }, [unit] = (await sql(analyst, 'SELECT path FROM unit WHERE level = 1 ORDER BY path')).rows[0]!;
    const filters = [{ unit }, { from: '2026-06-01', to: '2026-06-30' }, { from: '2026-01-01', to: '2026-12-30' }, { from: '2025-07-01', to: '2026-12-31' }, { ...whole, channel: channels[0] }, { ...whole, kind: 'petition' }, { ...whole, polarity: 'negative' }, { ...whole, purpose: '申诉求决' }, { ...whole, survey: '问卷' }];
    for (const by of ways) {
      for (const filter of filters) for (const d of ['topic', 'year']) refused.push(...(await metric(analyst, { metrics: ['group_topic_share'], dimensions: [by, ...new Set(['topic', d])], filters: filter })).status === 422 ? [] : [`${by} ${d} ${JSON.stringify(filter)}`]);
      for (const d of dimensionNames.filter((n) => !['year', 'topic', by].includes(n))) refused.push(...(await metric(analyst, { metrics: ['group_topic_share'], dimensions: [by, 'topic', d], filters: whole })).status === 422 ? [] : [`${by} ${d}`]);
      for (const name of ['petitions', 'people', 'documents', 'matters', 'topic_share', 'repeat_rate']) refused.push(...(await metric(analyst, { metrics: [name], dimensions: [by], filters: whole })).status === 422 ? [] : [`${name} by ${by}`]);
      for (const text of [`SELECT ${by} FROM petition`, `SELECT ${by} FROM petition_group`, `SELECT * FROM main.petition_group`, `SELECT * FROM metric('group_topic_share', by => ['${by}', 'topic'], unit => '${String(unit)}')`, `SELECT * FROM metric('group_topic_share', by => ['${by}', 'topic'], month => '2026-06')`]) refused.push(...(await sql(analyst, text)).status === 422 ? [] : [text]);
    }
    expect(refused).toEqual([]);
  }, 60_000);

  it('leaves no fewer than five persons to sums and differences of all that is told, of those who raise a topic and of those who do not', async () => {
    const analyst = await s.signedIn('研判', 'analyst'), few: string[] = [];
    let told = 0, withheld = 0;
    for (const by of ways) for (const year of ['2025', '2026']) {
      const filters = { from: `${year}-01-01`, to: `${year}-12-31` }, own = truth.filter((t) => t.year === year);
      const rowsOf = async (query: object) => (await metric(analyst, { metrics: ['group_topic_share'], filters, ...query })).rows;
      const shares = await rowsOf({ dimensions: [by, 'topic'] });
      // The same by topic, by year, compared with the next year, and in SQL: no way tells what another withholds.
      for (const topic of topicCodes) expect((await rowsOf({ dimensions: [by], filters: { ...filters, topic } })).map((r) => [r[by], r['group_topic_share__num']])).toEqual(shares.filter((r) => r['topic'] === topic).map((r) => [r[by], r['group_topic_share__num']]));
      const bySql = (await sql(analyst, `SELECT group_name, topic, petitions FROM group_demand WHERE "grouping" = '${by}' AND year(year) = ${year} ORDER BY ALL`)).rows;
      expect(bySql).toEqual(shares.map((r) => [r[by], r['topic'], r['group_topic_share__num']]));
      const named = new Set(shares.map((r) => r[by])), isIn = (t: Truth, group: unknown) => t[by] === group || (group === '其他' && t[by] !== null && !named.has(t[by])) ;
      // The group of what is left holds those of no known group too where they are few.
      const loose = own.filter((t) => t[by] === null), withOther = named.has('其他') && people(loose) < 5;
      const members = (group: unknown) => own.filter((t) => isIn(t, group) || (withOther && group === '其他' && t[by] === null));
      const sets = new Map<string, Truth[]>([...named].map((g) => [String(g), members(g)]));
      sets.set('left of all', own.filter((t) => ![...named].some((g) => members(g).includes(t))));
      for (const topic of topicCodes) {
        const counts = shares.filter((r) => r['topic'] === topic), open = counts.filter((r) => r['group_topic_share__num'] !== null);
        told += open.length; withheld += counts.length - open.length;
        for (const r of open) expect([r[by], topic, r['group_topic_share__num'], r['group_topic_share__den']]).toEqual([r[by], topic, members(r[by]).filter((t) => t.topics.has(topic)).length, members(r[by]).length]);
        if (open.length === 0) continue;
        const rest = own.filter((t) => !open.some((r) => members(r[by]).includes(t)));
        for (const [name, list] of [...open.map((r) => [String(r[by]), members(r[by])] as const), ...(rest.length ? [['what is left', rest] as const] : [])]) { sets.set(`${name} with ${topic}`, list.filter((t) => t.topics.has(topic))); sets.set(`${name} without ${topic}`, list.filter((t) => !t.topics.has(topic))); }
      }
      for (const [name, list] of sets) if (people(list) < 5 && (list.length > 0 || name !== 'left of all')) few.push(`${year} ${by} ${name}: ${people(list)}`);
    }
    expect(few).toEqual([]);
    expect(told).toBeGreaterThan(5);
    expect(withheld).toBeGreaterThan(5);
  }, 60_000);

  it('is told to nobody of a part of the units', async () => {
    const [unit] = (await sql(await s.signedIn('研判', 'analyst'), 'SELECT path FROM unit WHERE level = 1 ORDER BY path')).rows[0]!;
    for (const role of ['leader', 'analyst', 'clerk', 'admin'] as const) {
      const mine = await s.signedIn(`矿${role}`, role, String(unit));
      for (const by of ways) expect(await metric(mine, { metrics: ['group_topic_share'], dimensions: [by, 'topic'], filters: { from: '2026-01-01', to: '2026-12-31' } })).toEqual({ status: 422, rows: [] });
      if (role === 'analyst') expect((await sql(mine, 'SELECT * FROM group_demand')).rows).toEqual([]);
    }
  });
});
