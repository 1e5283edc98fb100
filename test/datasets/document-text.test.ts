import { describe, expect, it } from 'vitest';
import { sheetText } from '../../datasets/document-text.ts';

describe('datasets/document-text', () => {
  it.each([['工资\n晚发\t了', '工资\n晚发\t了'], ['a\u0000\u0008\u000b\u001fb\ufffe\uffff', 'ab'], ['\ud800半个\udc00', '半个'], ['𠮷👷', '𠮷👷'], ['<b>]]>&', '<b>]]>&'], ['x'.repeat(40_000), 'x'.repeat(32_767)], ['字'.repeat(32_766) + '𠮷', '字'.repeat(32_766)]])(
    'makes of %.20j what an xlsx may hold', (text, held) => { expect(sheetText(text)).toBe(held); });
});
