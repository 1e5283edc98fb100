// In: serve, sql, briefing, user and their options. Out: what the server's commands print.
// Invariant: the server's code is loaded only when one of its commands is called.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { ZhiweiError } from '../../datasets/errors.ts';
import { fileURLToPath } from 'node:url';
import { periodOf, reportingPeriod } from '../../datasets/reporting-period.ts';
import { readPointer, type DataDir } from '../../datasets/data-dir.ts';
import { inputFiles, openData, printJson, printTable, withData } from './options.ts';

const sampleFolder = fileURLToPath(new URL('../../datasets/sample', import.meta.url));
const served = () => import('../../server/commands.ts');

export function addServerCommands(program: Command): void {
  withData(program.command('serve').description('启动网页与接口')).option('--host <HOST>', '监听地址').option('--port <PORT>', '端口')
    .option('--sample', '还没有数据时，先导入虚构的示例数据')
    .addHelpText('after', '\n例：zhiwei serve --data ./data --port 8080')
    .action(async (options: { data: string; host?: string; port?: string; sample?: boolean }) => {
      if (options.port !== undefined && !/^\d{1,5}$/.test(options.port)) throw new ZhiweiError('bad_request', `--port 应为端口号，不是“${options.port}”`);
      const dir = openData(options);
      if (options.sample && !readPointer(dir)) {
        process.stderr.write('还没有数据，先导入示例数据（虚构的华岳能源集团）…\n');
        const { runPipeline } = await import('../pipeline.ts'), { reporter } = await import('../progress.ts');
        await runPipeline(dir, { inputs: inputFiles([sampleFolder]) }, reporter('text'));
      }
      await (await served()).serve(dir, { ...(options.host && { host: options.host }), ...(options.port && { port: Number(options.port) }) });
    });

  withData(program.command('sql').description('对已发布的数据作只读查询（与网页查询同一沙箱）')).argument('<SQL>', '一条 SELECT；写 - 则从标准输入读')
    .addOption(new Option('--format <format>', '输出格式').choices(['table', 'csv', 'json']).default('table')).option('--json', '同 --format json')
    // Commander takes several values only where the name before the dots is ASCII.
    .option('--param <NAME=VALUE...>', '查询中 {{名}} 的值；latest 是数据截至的日或月，空为不限').option('--output <FILE>', '写入文件：.csv、.json、.xlsx 或 .parquet')
    .addHelpText('after', '\n例：zhiwei sql "SELECT channel, count(*) FROM document GROUP BY ALL"\n    zhiwei sql "SELECT count(*) FROM document WHERE unit_id = {{unit}} AND received_date >= {{from}}" --param unit=一矿 from=2026-10-01')
    .action(async (sql: string, options: { data: string; format: 'table' | 'csv' | 'json'; json?: boolean; param?: string[]; output?: string }) => {
      const extra = { values: Object.fromEntries((options.param ?? []).map(nameAndValue)), ...(options.output !== undefined && { output: options.output }) };
      await (await served()).runSql(openData(options), sql === '-' ? readFileSync(0, 'utf8') : sql, options.json ? 'json' : options.format, undefined, extra);
    });

  withData(program.command('briefing').description('生成月报或季报')).option('--month <YYYY-MM>', '月份，生成月报').option('--quarter [YYYY-Qn]', '季度，生成季报；写了 --month 时不必写值，为该月所在的季度').requiredOption('--output <FILE>', '输出文件')
    .addOption(new Option('--format <format>', '格式；不给则随输出文件的后缀').choices(['docx', 'pdf', 'pptx', 'xlsx'])).option('--unit <UNIT>', '单位（名称或路径）；不给为全集团').option('--notes', 'docx、pdf 附上各数的查询语句（xlsx 总是有）')
    .addHelpText('after', '\n例：zhiwei briefing --month 2026-10 --output 月报.docx\n    zhiwei briefing --month 2026-10 --unit 西岭煤矿 --format xlsx --output 西岭月报.xlsx\n    zhiwei briefing --quarter 2026-Q2 --output 二季度季报.pptx\n    zhiwei briefing --month 2026-05 --quarter --output 二季度季报.pdf')
    .action(async (options: { data: string; month?: string; quarter?: string | true; output: string; unit?: string; format?: string; notes?: boolean }) => {
      await (await served()).makeBriefing(openData(options), { ...options, period: askedPeriod(options) });
      process.stdout.write(`已写入 ${options.output}\n`);
    });

  withData(program.command('user').description('管理用户')).addArgument(new Argument('<action>').choices(['add', 'reset', 'list'])).argument('[name]', '用户名')
    .addOption(new Option('--role <role>', '角色').choices(['leader', 'analyst', 'clerk', 'admin'])).option('--unit <PATH>', '可见单位的路径；不给为全集团').option('--json', '结果以 JSON 输出')
    .addHelpText('after', '\n例：zhiwei user add wang --role clerk --unit 西岭煤矿\n    zhiwei user reset admin\n    zhiwei user list')
    .action(async (action: 'add' | 'reset' | 'list', name: string | undefined, options: { data: string; role?: 'leader' | 'analyst' | 'clerk' | 'admin'; unit?: string; json?: boolean }) => {
      const { addUser, listUsers, resetPassword } = await served();
      const dir = openData(options);
      if (action === 'list') {
        const users = await listUsers(dir);
        if (options.json) return printJson({ users });
        return printTable(['用户', '角色', '单位'], users.map((u) => [u.name, u.role, u.unit_path ?? '全部']));
      }
      if (!name) throw new ZhiweiError('bad_request', `user ${action} 需要用户名`);
      if (action === 'add' && !options.role) throw new ZhiweiError('bad_request', 'user add 需要 --role');
      const password = action === 'reset' ? await resetPassword(dir, name) : await addUser(dir, { name, role: options.role!, unit_path: options.unit ? await unitPath(dir, options.unit) : null });
      if (options.json) return printJson({ name, password });
      process.stdout.write(`用户 ${name} 的一次性密码：${password}\n首次登录须改密码\n`);
    });
}

/** The period that a briefing is asked of: a month, its quarter, or a quarter. */
export function askedPeriod({ month, quarter }: { month?: string; quarter?: string | true }): string {
  if (month === undefined ? quarter === undefined || quarter === true : quarter !== undefined && quarter !== true) throw new ZhiweiError('bad_request', '请写 --month 2026-10 或 --quarter 2026-Q2，二者取一；某月所在的季度写作 --month 2026-05 --quarter');
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new ZhiweiError('bad_request', `--month 应写作 2026-10，不是“${month}”`);
  if (typeof quarter === 'string' && !/^\d{4}-Q[1-4]$/.test(quarter)) throw new ZhiweiError('bad_request', `--quarter 应写作 2026-Q2，不是“${quarter}”`);
  if (month !== undefined && quarter === true) return periodOf('quarter', reportingPeriod(month).from).key;
  return reportingPeriod(month ?? String(quarter)).key;
}

function nameAndValue(written: string): [string, string | null] {
  const at = written.indexOf('=');
  if (at < 1) throw new ZhiweiError('bad_request', `--param 写作 名=值，如 month=2026-10，不是“${written}”`);
  return [written.slice(0, at), written.slice(at + 1) || null];
}

/** Path of a unit named by path, name, code or alias; a unit that nobody knows would show its user nothing, so it is refused. */
async function unitPath(dir: DataDir, written: string): Promise<string> {
  const pointer = readPointer(dir);
  if (!pointer) throw new ZhiweiError('bad_request', '还没有发布过数据，无从核对 --unit；请先导入单位树或台账');
  const { readTables } = await import('../warehouse.ts');
  const { unit } = await readTables(join(dir.warehouse, pointer.file), ['unit']);
  const name = written.trim();
  const found = unit.find((u) => u.path === name) ?? unit.find((u) => u.unit_id === name || u.name === name || u.aliases.includes(name));
  if (!found) throw new ZhiweiError('bad_request', `--unit：没有单位“${name}”；可用：${unit.filter((u) => u.level <= 1).map((u) => u.name).join('、')}`);
  return found.path;
}
