// In: sections with plain titles. Out: the same, numbered as they come: 一、二、三.
import { numeral } from '../../datasets/numerals.ts';
import type { Section } from './content.ts';

export const numbered = (sections: readonly Section[]): Section[] => sections.map((section, i) => ({ ...section, title: `${numeral(i + 1)}、${section.title}` }));
