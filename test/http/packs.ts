export { default as zh } from '../../src/text/lang/zh.ts';
export { default as en } from '../../src/text/lang/en.ts';
