import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addUser, listUsers, resetPassword, runSql } from '../../server/commands.ts';
import { readSettings } from '../../server/settings.ts';
import { newDataDir, publish } from './sample-warehouse.ts';

describe('the server’s commands', () => {
  const dir = newDataDir();
  beforeAll(() => publish(dir, 1));

  it.each([
    ['table', 'unit_id  title\n───────  ─────────\nM1       明文标题2\nM1       明文标题3\n（2 行）\n'],
    ['csv', 'unit_id,title\r\nM1,明文标题2\r\nM1,明文标题3\r\n'],
    ['json', '[{"unit_id":"M1","title":"明文标题2"},{"unit_id":"M1","title":"明文标题3"}]\n'],
  ] as const)('prints a query’s rows as %s', async (format, expected) => {
    const printed: string[] = [];
    await runSql(dir, 'SELECT unit_id, title FROM document WHERE title IS NOT NULL ORDER BY source_row LIMIT 2', format, (text) => printed.push(text));
    expect(printed.join('')).toBe(expected);
  });
  it('binds parameters and writes a file in the format that its name tells', async () => {
    const file = join(dir.root, '结果.csv');
    await runSql(dir, 'SELECT unit_id, count(*) AS n FROM document WHERE unit_id = {{unit}} GROUP BY ALL', 'table', () => undefined, { values: { unit: '二矿' }, output: file });
    expect(readFileSync(file, 'utf8')).toBe('\ufeffunit_id,n\r\nM2,6\r\n');
    await expect(runSql(dir, 'SELECT 1', 'table', () => undefined, { output: join(dir.root, 'x.doc') })).rejects.toMatchObject({ code: 'bad_request' });
  });
  it('prints CSV that no spreadsheet takes for a formula', async () => {
    const printed: string[] = [];
    await runSql(dir, "SELECT '=1+1' AS \"@a\", -1 AS b, NULL AS c, 'x,y' AS b", 'csv', (text) => printed.push(text));
    expect(printed).toEqual(["'@a,b,c,b_1\r\n'=1+1,-1,,\"x,y\"\r\n"]);
  });
  it('takes parameters as the command line gives them, one or several', () => {
    const zhiwei = (...args: string[]) => execFileSync(process.execPath, ['pipelines/zhiwei.js', 'sql', '--data', dir.root, '--format', 'csv', 'SELECT count(*) AS n FROM document WHERE unit_id = {{unit}} AND received_date >= {{from}}', ...args], { encoding: 'utf8', stdio: 'pipe' });
    expect(zhiwei('--param', 'unit=二矿', 'from=2026-10-01')).toBe('n\r\n6\r\n');
    expect(zhiwei('--param', 'unit=二矿', '--param', 'from=2026-10-16')).toBe('n\r\n3\r\n');
    expect(() => zhiwei('--param', 'unit')).toThrow('--param');
  }, 120_000);
  it('refuses on the command line what it refuses in the workbench', async () => {
    await expect(runSql(dir, 'SELECT * FROM restricted_text', 'table', () => undefined)).rejects.toMatchObject({ code: 'bad_query' });
    await expect(runSql(newDataDir(), 'SELECT 1', 'table', () => undefined)).rejects.toMatchObject({ code: 'not_found' });
  });
  it('adds, resets and lists users; a name is taken once', async () => {
    const password = await addUser(dir, { name: '王五', role: 'clerk', unit_path: 'G/M1' });
    expect(password).toMatch(/^[a-z2-9-]{23}$/);
    expect(await resetPassword(dir, '王五')).not.toBe(password);
    expect((await listUsers(dir)).map(({ name, role, unit_path, must_change }) => ({ name, role, unit_path, must_change }))).toEqual([{ name: '王五', role: 'clerk', unit_path: 'G/M1', must_change: true }]);
    await expect(addUser(dir, { name: '王五', role: 'leader', unit_path: null })).rejects.toMatchObject({ code: 'conflict' });
    await expect(addUser(dir, { name: '有 空格', role: 'leader', unit_path: null })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(resetPassword(dir, '没有的人')).rejects.toMatchObject({ code: 'not_found' });
  });
  it.each([[{}, { host: '127.0.0.1', port: 8080, trustProxy: 0, logLevel: 'info', secrets: { webhook: null, smtp: null } }], [{ ZHIWEI_PORT: '0', ZHIWEI_HOST: '::1', ZHIWEI_TRUST_PROXY: '1' }, { host: '::1', port: 0, trustProxy: 1, logLevel: 'info', secrets: { webhook: null, smtp: null } }]])(
    'settings of %j are %j', (env, settings) => { expect(readSettings(env)).toEqual(settings); });
  it('names the setting that is wrong', () => { expect(() => readSettings({ ZHIWEI_PORT: 'http' })).toThrow('ZHIWEI_PORT'); });
});
