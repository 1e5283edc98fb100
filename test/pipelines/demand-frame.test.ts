// In: what people write of money, time, number and wish. Out: proof that the demand frame reads it, and takes nothing that is not told.
// Invariant: words are exact parts of the text; the labelled list was written before the rules.
import { describe, expect, it } from 'vitest';
import { demandFrame } from '../../pipelines/classify/demand-frame.ts';
import { numberOf } from '../../pipelines/classify/frame/numbers.ts';
import { measureFrames } from '../../pipelines/train/measure-frames.ts';
import { readExamples } from '../../pipelines/train/answers.ts';

describe('numbers', () => {
  it.each([
    ['八百多', 800], ['两万三', 23_000], ['一百五', 150], ['十来', 10], ['十几', 11], ['几十', 20], ['几百', 200], ['一千零五', 1005], ['三百七十二', 372],
    ['九十八万六千四', 986_400], ['1,200.50', 1200.5], ['３万', 30_000], ['12.5万', 125_000], ['俩', 2], ['一百一十二', 112], ['半', 0.5], ['二十来', 20], ['六十多万', 600_000], ['几', null], ['二〇一九', null],
  ])('%s is %s', (written, value) => { expect(numberOf(written)).toBe(value); });
});

describe('demandFrame', () => {
  it.each([
    { text: '绩效拖了三个月，劳资科光说等', lasted: ['三个月', 90] }, { text: '俩月没见钱了', lasted: ['俩月', 60] }, { text: '路灯坏了半个月没人修', lasted: ['半个月', 15] },
    { text: '申请报上去一年多了，还没信', lasted: ['一年多', 365] }, { text: '连着五天停水', lasted: ['五天', 5] }, { text: '五个半月没发', lasted: ['五个半月', 165] },
    { text: '干了二十年，今年退休', lasted: [null, null] }, { text: '年休假五天怎么请', lasted: [null, null] }, { text: '三个月内给答复', lasted: [null, null] }, { text: '2024年3月入职', lasted: [null, null] }, { text: '合同签了三年', lasted: [null, null] },
  ])('reads how long: $text', ({ text, lasted }) => { const f = demandFrame(text); expect([f?.lasted ?? null, f?.lasted_days ?? null]).toEqual(lasted); });

  it.each([
    { text: '每人少发八百多，说是考核', amount: ['八百多', 800] }, { text: '还欠我两万三', amount: ['两万三', 23_000] }, { text: '住院花了1.2万元，垫了三千块', amount: ['三千块', 3000] },
    { text: '罚了一百五', amount: ['一百五', 150] }, { text: '共少2,347.50', amount: ['2,347.50', 2347.5] }, { text: '一块儿去的', amount: [null, null] },
    { text: '充电0.8元一度', amount: [null, null] }, { text: '离井口三百来米', amount: [null, null] }, { text: '三千多名职工', amount: [null, null] },
  ])('reads how much: $text', ({ text, amount }) => { const f = demandFrame(text); expect([f?.amount ?? null, f?.amount_yuan ?? null]).toEqual(amount); });

  it.each([
    { text: '我们班十来个人都没领到', people: ['十来个人', 10] }, { text: '俺们一百一十二口子分到外矿', people: ['一百一十二口子', 112] }, { text: '全队四十来号人都没记上', people: ['四十来号人', 40] },
    { text: '十四个人摁了手印', people: ['十四个人', 14] }, { text: '班中餐是13号改的', people: [null, null] }, { text: '那回冒顶埋了三个人', people: [null, null] }, { text: '公告招三十人', people: [null, null] }, { text: '本人反映', people: [null, null] },
  ])('reads how many: $text', ({ text, people }) => { const f = demandFrame(text); expect([f?.people_told ?? null, f?.people ?? null]).toEqual(people); });

  it.each([
    { text: '劳资科同志：绩效算错了，请给改过来。', asked_of: '劳资科', asked: '请给改过来' }, { text: '求矿上赶紧派人下来看一眼。', asked_of: '矿上', asked: '求矿上赶紧派人下来看一眼' },
    { text: '澡堂水凉，能不能早点烧？', asked_of: null, asked: '能不能早点烧' }, { text: '想问一下工伤认定去哪办', asked_of: null, asked: '想问一下工伤认定去哪办' },
    { text: '他请假三天，领导没批', asked_of: null, asked: null }, { text: '感谢师傅们。', asked_of: null, asked: null },
  ])('reads who is asked and what: $text', ({ text, asked_of, asked }) => { const f = demandFrame(text); expect([f?.asked_of ?? null, f?.asked ?? null]).toEqual([asked_of, asked]); });

  it('quotes the text, within bounds, on every text of the corpus', () => {
    for (const { text } of readExamples('datasets/corpus/mine-language.jsonl')) {
      const f = demandFrame(text);
      for (const words of [f?.asked_of, f?.asked, f?.lasted, f?.amount, f?.people_told]) if (words) expect(text).toContain(words);
      if (f?.lasted_days) expect(f.lasted_days).toBeLessThanOrEqual(20_000);
      if (f?.amount_yuan) expect(f.amount_yuan).toBeLessThanOrEqual(1_000_000_000);
      if (f?.people) expect(f.people).toBeGreaterThanOrEqual(2);
    }
  });

  it('finds most of what a reader marked before the rules were written', () => {
    const { texts, figures } = measureFrames();
    expect(texts).toBe(120);
    for (const { part, hit, said, real } of figures) {
      expect([part, hit / said >= 0.65, hit / real >= 0.8]).toEqual([part, true, true]);
    }
  });
});
