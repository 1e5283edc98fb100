// In: any text. Out: the text as a cell of an xlsx file may hold it.
// Invariant: pure; what XML 1.0 forbids is left out (a file that has it is said to be damaged), and no cell is longer than Excel takes.

const most = 32_767;

export const sheetText = (text: string): string => text.slice(0, most).replace(/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
