import { describe, expect, it } from 'vitest';
import { firstTurn, standing, turned, wallKeys } from '../../web/wall.ts';

describe('web/wall', () => {
  it('turns the page when its time is over, and begins again after the last', () => {
    let turn = firstTurn;
    for (let second = 0; second < standing; second++) turn = turned(turn, 'second', 2)!;
    expect(turn).toEqual({ page: 1, left: standing, paused: false });
    expect(turned({ ...turn, left: 1 }, 'second', 2)).toEqual({ page: 0, left: standing, paused: false });
  });
  it('stands still while paused, and still turns by hand', () => {
    const paused = turned(firstTurn, 'pause')!;
    expect(turned(paused, 'second')).toEqual(paused);
    expect(turned(paused, 'previous', 6)).toEqual({ page: 5, left: standing, paused: true });
  });
  it('leaves by Escape', () => { expect(turned(firstTurn, wallKeys['Escape']!)).toBeNull(); });
});
