// In: sentences with the words that segmentation gets wrong without a dictionary. Out: proof that they stay whole.
// Invariant: the real nodejieba, the real dictionary, real files.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJieba, readDictionary } from '../../pipelines/jieba.ts';
import { ownDictionary, segment } from '../../pipelines/segment.ts';

const dictionaries = { own: ownDictionary, user: null };
const terms = (text: string, title: string | null = null) => segment([{ document_id: 'd', title, text }], dictionaries)[0]?.terms ?? [];
const words = (text: string) => terms(text).map((t) => t.term);

const whole = `综采 综掘 掘进 采煤工作面 顺槽 皮带巷 回风巷 跟班 带班 井下 夜班 四六制 中夜班费 入井津贴 下井补贴 工资总额 岗效工资 计件 绩效 欠薪 尘肺 矽肺 职业病
  工伤认定 劳动能力鉴定 瓦斯超限 一通三防 冒顶 片帮 透水 顶板 单轨吊 无极绳 支架 自救器 瓦斯检查员 安监员 区队 班组 转岗 分流 内退 去产能 关井 智能化工作面
  首席技师 技能等级 五险一金 补充医疗 企业年金 通勤车 单身宿舍 班中餐`.split(/\s+/);

describe('segment', () => {
  it.each(whole)('cuts %s whole', (word) => {
    expect(words(`今天我们队里又说起${word}的事情`)).toContain(word);
    expect(words(`关于${word}，矿上一直没有答复`)).toContain(word);
  });

  it.each([
    { text: '[姓名]同志的电话[电话]，住[住址]', absent: ['姓名', '电话', '住址'] },
    { text: '一共扣了 1,280 元，编号 K7-2033，日期 2026.3.5', absent: ['1', '280', '2033', '5'] },
    { text: '我们的问题一直没有解决', absent: ['我们', '的', '问题', '一直', '没有'] },
  ])('makes no term of marks, numbers and stop words: $text', ({ text, absent }) => {
    for (const word of absent) expect(words(text)).not.toContain(word);
  });

  it('counts over title and text, most frequent first, equal counts by the word', () => {
    expect(terms('绩效拖欠，绩效少发', '绩效')).toEqual([
      { term: '绩效', tag: '薪酬', count: 3 }, { term: '少发', tag: '薪酬', count: 1 }, { term: '拖欠', tag: '薪酬', count: 1 },
    ]);
  });

  it('gives the same terms whatever stands beside a text', () => {
    const texts = ['顶板掉渣没人管', '食堂饭菜涨价', ''].map((text, i) => ({ document_id: `d${i}`, title: null, text }));
    const together = segment(texts, dictionaries);
    expect(texts.flatMap((t) => segment([t], dictionaries))).toEqual(together);
  });
});

describe('the dictionary', () => {
  it('holds 600 words or more, each once, with weight and tag', () => {
    const entries = readDictionary(ownDictionary, '内置词典');
    expect(entries.length).toBeGreaterThanOrEqual(600);
    expect(new Set(entries.map((e) => e.word)).size).toBe(entries.length);
    expect(readFileSync(ownDictionary, 'utf8')).not.toMatch(/\r|\ufeff/);
  });

  const file = (name: string, content: string | Buffer) => {
    const path = join(mkdtempSync(join(tmpdir(), 'zhiwei-words-')), name);
    writeFileSync(path, content);
    return path;
  };

  it('takes a user file with BOM, CRLF and left-out columns', () => {
    const user = file('user.txt', '\ufeff苍山井 3000 地点\r\n东翼二采 地点\r\n\r\n# 说明\r\n巡检宝\r\n');
    const jieba = openJieba({ own: ownDictionary, user });
    expect(jieba.cut('苍山井的东翼二采用巡检宝')).toEqual(['苍山井', '的', '东翼二采', '用', '巡检宝']);
    expect(jieba.own.get('东翼二采')).toBe('地点');
  });

  it.each([
    { content: Buffer.from([0xd7, 0xdb, 0xb2, 0xc9, 0x20, 0x31]), message: '不是 UTF-8 编码' },
    { content: '综采队 多 岗位', message: '第 1 行的词频不是整数' },
    { content: '综采队 100 岗位 多余', message: '第 1 行多于三列' },
    { content: '好\n综采，队 100 岗位', message: '第 2 行的词含有空格、标点' },
  ])('refuses a file and says why: $message', ({ content, message }) => {
    expect(() => openJieba({ own: ownDictionary, user: file('bad.txt', content) })).toThrow(message);
  });

  it('goes on without a user file', () => {
    expect(openJieba({ own: ownDictionary, user: '/nowhere/user-dict.txt' }).cut('综采队检修')).toEqual(['综采队', '检修']);
  });
});
