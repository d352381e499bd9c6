/** The same sentences in English. The compiler holds the keys equal to the Chinese ones; a test holds the placeholders. */
import { answersEn } from './answersEn.ts';
import { labelsEn } from './labelsEn.ts';
import { papersEn } from './papersEn.ts';
import { refusalsEn } from './refusalsEn.ts';
import type { zh } from './zh.ts';

export const en: { readonly [K in keyof typeof zh]: string } = { ...refusalsEn, ...labelsEn, ...answersEn, ...papersEn };
