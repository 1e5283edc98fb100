// In: this house's address and a saved query (null: none yet). Out: how Excel, Python and curl ask for its result.
// Invariant: pure; the token itself is in none of them but where its reader puts it.
import type { SavedQuery } from '../../server/api.ts';

export interface Example { name: string; how: string; text: string }

/** `2026-10` for a month, and so on: something that the query takes. */
const sample = { month: 'latest', date: 'latest', unit: '单位名称', topic: '薪酬', text: '文字', number: '1' } as const;

export function examples(origin: string, query: Pick<SavedQuery, 'query_id' | 'title' | 'parameters' | 'defaults'> | null): Example[] {
  const id = query?.query_id ?? '查询编号';
  /** Those without a default must be given. */
  const given = (query?.parameters ?? []).filter(({ name }) => !Object.hasOwn(query?.defaults ?? {}, name)).map(({ name, type }): [string, string] => [name, sample[type]]);
  const address = (format: string) => `${origin}/api/v1/query/${id}?${new URLSearchParams([['format', format], ...given])}`;
  const field = (name: string) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `#"${name}"`);
  const file = (query?.title ?? '结果').replace(/[\\/:*?"<>|\s]/g, '_');
  return [
    { name: 'Excel', how: '数据 → 获取数据 → 自其他源 → 空白查询 → 高级编辑器，贴上下面这段；把“令牌”换成您的令牌，凭据选“匿名”。', text: `let
  来源 = Csv.Document(
    Web.Contents("${origin}", [
      RelativePath = "api/v1/query/${id}",
      Query = [${[['format', 'csv'], ...given].map(([name = '', value = '']) => `${field(name)} = "${value}"`).join(', ')}],
      Headers = [Authorization = "Bearer 令牌"]
    ]),
    [Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
  ),
  表 = Table.PromoteHeaders(来源)
in
  表` },
    { name: 'Python', how: '令牌放在环境变量 ZHIWEI_TOKEN 里，不要写进程序。', text: `import io, os, urllib.request
import pandas as pd

request = urllib.request.Request(
    "${address('parquet')}",
    headers={"Authorization": "Bearer " + os.environ["ZHIWEI_TOKEN"]},
)
table = pd.read_parquet(io.BytesIO(urllib.request.urlopen(request).read()))` },
    { name: 'curl', how: '也可写 format=json、xlsx 或 parquet。', text: `curl -H "Authorization: Bearer $ZHIWEI_TOKEN" -o ${file}.csv \\
  "${address('csv')}"` },
  ];
}
