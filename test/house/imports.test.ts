// Who may import whom, and the one door of each outside thing: the rules of the house, read off the files themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rooms = ['datasets', 'pipelines', 'server', 'web'] as const;
const files = rooms.flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter((f) => /\.(ts|svelte)$/.test(f)).map((f) => join(room, f)));
const source = new Map(files.map((f) => [f, readFileSync(join(root, f), 'utf8')]));

interface Import { from: string; to: string; typeOnly: boolean }
const imports: Import[] = files.flatMap((from) => [...source.get(from)!.matchAll(/(?:^|\n|;)\s*(?:import|export)\s+(type\s+)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)].map((m) => {
  const target = m[2] ?? m[3] ?? m[4]!;
  return { from, to: target.startsWith('.') ? relative(root, resolve(root, dirname(from), target)) : target, typeOnly: m[1] !== undefined };
}));
const inRoom = (file: string, room: string) => file.startsWith(`${room}/`);
const offences = (rule: (i: Import) => boolean) => imports.filter(rule).map((i) => `${i.from} → ${i.to}`);

describe('rooms', () => {
  it('datasets imports nothing of ours', () => {
    expect(offences((i) => inRoom(i.from, 'datasets') && /^(pipelines|server|web|test)\//.test(i.to))).toEqual([]);
  });
  it('pipelines imports datasets alone; only the served commands reach into the server', () => {
    expect(offences((i) => inRoom(i.from, 'pipelines') && /^(server|web|test)\//.test(i.to))).toEqual(['pipelines/commands/served.ts → server/commands.ts']);
  });
  it('server imports datasets, and the pure charts for the pictures of the briefing', () => {
    expect(offences((i) => inRoom(i.from, 'server') && /^(pipelines|test)\//.test(i.to))).toEqual([]);
    expect(offences((i) => inRoom(i.from, 'server') && inRoom(i.to, 'web') && !/^web\/(charts\/[\w-]+|tokens)\.ts$/.test(i.to))).toEqual([]);
  });
  it('web imports datasets, and of the server the types of its replies', () => {
    expect(offences((i) => inRoom(i.from, 'web') && /^(pipelines|test)\//.test(i.to))).toEqual([]);
    expect(offences((i) => inRoom(i.from, 'web') && inRoom(i.to, 'server') && !(/^server\/(api|briefing\/content)\.ts$/.test(i.to) && i.typeOnly))).toEqual([]);
  });
  it('a stage imports no other stage', () => {
    const stages = ['ingest', 'deidentify', 'deduplicate', 'segment', 'classify', 'detect', 'publish'];
    const stageOf = (file: string) => stages.find((s) => file === `pipelines/${s}.ts` || file.startsWith(`pipelines/${s}/`));
    expect(offences((i) => stageOf(i.from) !== undefined && stageOf(i.to) !== undefined && stageOf(i.from) !== stageOf(i.to) && !i.typeOnly)).toEqual([]);
  });
});

describe('doors', () => {
  it.each([
    ['nodejieba', ['pipelines/jieba.ts']],
    ['@huggingface/transformers', ['pipelines/encoder-process.ts']],
    ['@duckdb/node-api', ['pipelines/warehouse.ts', 'server/sandbox', 'server/sql-complete-process.ts', 'server/warehouse.ts', 'server/write-parquet.ts']],
    ['express', ['server/app.ts', 'server/routes']],
    ['better-sqlite3', ['pipelines/run-lock.ts', 'server/state.ts', 'server/state/']],
    ['exceljs', ['datasets/sample/', 'pipelines/readers/', 'pipelines/export-rejects.ts', 'server/']],
  ])('%s is imported through its door alone', (name, doors) => {
    expect(offences((i) => (i.to === name || i.to.startsWith(`${name}/`)) && !i.typeOnly && !doors.some((d) => i.from.startsWith(d)))).toEqual([]);
  });
  it('echarts is drawn in Chart.svelte and in the briefing', () => {
    expect(offences((i) => (i.to === 'echarts' || i.to.startsWith('echarts/')) && !i.typeOnly && !/^web\/charts\/(Chart\.svelte|echarts-parts\.ts|parts\/\w+\.ts)$|^server\/briefing\/draw-chart\.ts$/.test(i.from))).toEqual([]);
  });
  it('the environment is read in server/settings.ts', () => {
    expect(files.filter((f) => /process\.env/.test(source.get(f)!) && f !== 'server/settings.ts')).toEqual([]);
  });
});
