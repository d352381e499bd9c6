/** Every sentence the server says to a person, in Chinese: written first, not translated. */
import { answersZh } from './answersZh.ts';
import { labelsZh } from './labelsZh.ts';
import { papersZh } from './papersZh.ts';
import { refusalsZh } from './refusalsZh.ts';

export const zh = { ...refusalsZh, ...labelsZh, ...answersZh, ...papersZh } as const;
