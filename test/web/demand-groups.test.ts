import { describe, expect, it } from 'vitest';
import { isTold, sharesOf, toldApart } from '../../web/demand-groups.ts';
import { groupWords } from '../../web/topics-findings.ts';

const sizes = [['30岁以下', 40], ['40–49岁', 60], ['30–39岁', 100], ['其他', 8], [null, null]].map(([age_band, n]) => ({ age_band: age_band ?? null, raised_rate__den: n ?? null }));
// Of 40 young 30 ask for skills, of all others 20; safety is asked for alike.
const raised = [['30岁以下', 'skills', 30], ['30–39岁', 'skills', 15], ['40–49岁', 'skills', 5], ['30岁以下', 'safety', 4], ['30–39岁', 'safety', 10], ['40–49岁', 'safety', 6]]
  .map(([age_band, topic, n]) => ({ age_band: age_band ?? null, topic: topic ?? null, raised_rate__num: n ?? null }));
const { groups, cells } = sharesOf(sizes, raised, 'age_band', 'raised_rate');

describe('web/demand-groups', () => {
  it('lays out groups by age with what is left over last, and leaves out the withheld', () => {
    expect(groups).toEqual(['30岁以下', '30–39岁', '40–49岁', '其他']);
  });
  it('sets a group beside all others, nobody of whom counts as nobody asking', () => {
    expect(cells.map((c) => [c.group, c.topic, c.own.value, c.own.n, Number(c.rest.value.toFixed(1)), c.rest.n])).toEqual([
      ['30岁以下', 'safety', 10, 40, 9.5, 168], ['30–39岁', 'safety', 10, 100, 9.3, 108], ['40–49岁', 'safety', 10, 60, 9.5, 148], ['其他', 'safety', 0, 8, 10, 200],
      ['30岁以下', 'skills', 75, 40, 11.9, 168], ['30–39岁', 'skills', 15, 100, 32.4, 108], ['40–49岁', 'skills', expect.closeTo(8.33, 2), 60, 30.4, 148], ['其他', 'skills', 0, 8, 25, 200],
    ]);
  });
  it('leaves out a group whose count of a topic is withheld, also from the others', () => {
    const counts = [['采煤掘进', 'pay', 20, 40], ['机电运输', 'pay', 10, 50], ['管理技术', 'pay', null, null], ['管理技术', 'skills', 6, 30]].map(([post, topic, n, of]) => ({ post: post ?? null, topic: topic ?? null, group_topic_share__num: n ?? null, group_topic_share__den: of ?? null }));
    const petitions = sharesOf(counts, counts, 'post', 'group_topic_share');
    expect(petitions.groups).toEqual(['机电运输', '采煤掘进', '管理技术']);
    expect(petitions.cells.filter((c) => c.topic === 'pay').map((c) => [c.group, c.own.value, c.rest.value, c.rest.n])).toEqual([['机电运输', 20, 50, 40], ['采煤掘进', 50, 20, 50]]);
  });
  it('tells apart only what chance hardly makes', () => {
    expect(toldApart(cells).map((c) => groupWords(c, 'people'))).toEqual(['30岁以下更常提到技能转型：每百人 75 人，其余 12 人', '40–49岁较少提到技能转型：每百人 8.3 人，其余 30 人']);
    // 15 % of 100 beside 32 % of 108 passes 95 %, yet not three standard errors.
    expect(cells.filter((c) => c.group === '30–39岁').map(isTold)).toEqual([false, false]);
  });
  it('speaks of texts where units are compared', () => {
    const [first] = toldApart(cells);
    expect(first && groupWords(first, 'texts')).toBe('30岁以下更常提到技能转型：占 75%，其余 12%');
  });
});
