import { describe, expect, it } from 'vitest';
import { namedTopics } from '../../web/named-topics.ts';

describe('named topics', () => {
  it.each([
    { words: '拖欠', names: ['薪酬·拖欠'] },
    { words: '食堂 涨价', names: ['福利保障·食堂与班中餐'] },
    { words: '“尘肺”', names: ['职业健康·粉尘与尘肺'] },
    { words: '安全', names: ['安全'] },
    { words: '噪声', names: ['职业健康·噪声', '环境保护·噪声扰民'] },
    { words: '二号井公积金提取', names: ['福利保障·公积金'] },
    { words: '道口栏杆', names: [] },
    { words: '-拖欠 井', names: [] },
  ])('$words', ({ words, names }) => { expect(namedTopics(words).map((n) => n.name)).toEqual(names); });
});
