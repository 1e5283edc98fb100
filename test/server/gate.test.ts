import { describe, expect, it } from 'vitest';
import { gate } from '../../server/gate.ts';

describe('server/gate.ts', () => {
  it('lets no more in than it has places, in the order they came', async () => {
    const enter = gate(2), began: number[] = [], leave: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((n) => enter(() => { began.push(n); return new Promise<void>((resolve) => leave.push(resolve)); }));
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(began).toEqual([0, 1]);
    leave[1]!();
    await settle();
    expect(began).toEqual([0, 1, 2]);
    leave[0]!();
    await settle();
    expect(began).toEqual([0, 1, 2, 3]);
    leave.slice(2).forEach((go) => go());
    await Promise.all(all);
  });
  it('gives the place of work that failed to the next, and tells who failed', async () => {
    const enter = gate(1);
    const [failed, next] = await Promise.allSettled([enter(() => Promise.reject(new Error('disk'))), enter(() => Promise.resolve(7))]);
    expect(failed).toMatchObject({ status: 'rejected', reason: new Error('disk') });
    expect(next).toEqual({ status: 'fulfilled', value: 7 });
    expect(await enter(() => Promise.resolve(8))).toBe(8);
  });
  it('tells when nothing is under way, at once where nothing is', async () => {
    const enter = gate(2), leave: (() => void)[] = [];
    let idle = false;
    await enter.idle();
    const all = [0, 1, 2].map(() => enter(() => new Promise<void>((resolve) => leave.push(resolve))));
    void enter.idle().then(() => { idle = true; });
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    for (const expected of [false, false, true]) {
      await settle();
      leave.shift()!();
      await settle();
      expect(idle).toBe(expected);
    }
    await Promise.all(all);
  });
});
