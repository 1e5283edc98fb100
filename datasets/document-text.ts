// In: any text. Out: the text as a file may hold it: a cell of a sheet that people go on working with, or a document that is read.
// Invariant: pure, never longer than the input; what XML 1.0 forbids is left out of both (a file that has it is said to be damaged).

/** Halves of characters, and what XML forbids. */
const forbidden = '\\p{Cs}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff';
const inSheet = new RegExp(`[${forbidden}]`, 'gu');
/** Nor what eyes do not see: other controls, direction marks, marks of broken text. */
const inDocument = new RegExp(`[${forbidden}\\p{Cc}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffd]`, 'gu');
/** Characters that Excel takes in a cell. */
const most = 32_767;

/** A cell of xlsx: otherwise as it was, line breaks and all. */
export const sheetText = (text: string): string => text.slice(0, most).replace(inSheet, '');

/** A piece of a document, safe for the eye too. Line breaks and tabs become spaces. */
export const printable = (text: string): string => text.replace(/[\t\n\r]+/g, ' ').replace(inDocument, '');
