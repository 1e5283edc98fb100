// In: figures of a briefing. Out: their Chinese names.
import { describe, expect, it } from 'vitest';
import { figureName } from '../../datasets/figure-name.ts';

describe('a figure', () => {
  it.each([
    [{ metric: 'petitions', column: 'petitions' }, '信访总量'],
    [{ metric: 'petitions', column: 'petitions__previous' }, '信访总量（上期）'],
    [{ metric: 'petitions', column: 'petitions', how: 'difference', base: { column: 'petitions__previous' } }, '信访总量（环比增减）'],
    [{ metric: 'petitions', column: 'petitions', how: 'growth', base: { column: 'petitions__year' } }, '信访总量（同比增幅）'],
    [{ metric: 'petitions', column: 'petitions', how: 'share', base: { column: 'petitions' } }, '信访总量（占比）'],
    [{ metric: 'timely_acceptance_rate', column: 'timely_acceptance_rate__den' }, '及时受理率（分母）'],
    [{ metric: 'scale_mean', column: 'scale_mean__low' }, '平均分（95%区间下限）'],
    [{ metric: 'observed', column: 'observed' }, '观测'],
    [{ metric: 'response_rate', column: 'response_rate' }, '应答率'],
  ])('%j is called %s', (figure, name) => { expect(figureName(figure)).toBe(name); });
});
