import { describe, expect, it } from 'vitest';
import { csv } from '../../datasets/csv.ts';

describe('datasets/csv', () => {
  it('begins with a byte order mark and quotes what needs quotes', () => {
    expect(csv(['单位', '说明'], [['三矿', '他说"行", 好'], ['一矿', null]])).toBe('\ufeff单位,说明\r\n三矿,"他说""行"", 好"\r\n一矿,\r\n');
  });

  it.each(['=1+1', '+86', '-2', '@sum', '＝1', '\t=1', ' =1', '\u200e=1', '\u3000-1'])('takes the formula out of %j', (text) => {
    expect(csv(['a'], [[text]]).split('\r\n')[1]).toBe(`'${text}`);
  });

  it('leaves numbers as numbers', () => {
    expect(csv(['a'], [[-2.5]])).toBe('\ufeffa\r\n-2.5\r\n');
  });
});
