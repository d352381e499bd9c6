import { expect, test } from 'vitest';
import { NOW, source } from '../../test/stubs/sourceKit.ts';
import type { Pulled } from '../ports.ts';
import field from './sources/field.ts';
import lines from './sources/lines.ts';
import open311 from './sources/open311.ts';

const COLLECTORS = { open311, lines, field };

function receive(kind: keyof typeof COLLECTORS, body: string | Uint8Array, contentType: string, columns?: Record<string, string>): Pulled {
  const sent = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return COLLECTORS[kind].receive(source(kind), { bytes: sent, contentType, ...(columns ? { columns } : {}) }, NOW);
}

test('a form-encoded request; no name of a person is taken over', () => {
  const form = new URLSearchParams({
    service_code: 'water',
    service_name: '供水',
    description: '东门的水是黄的',
    address_string: '东门大街',
    first_name: '三',
    last_name: '张',
    phone: '13800000000',
    requested_datetime: '2026-03-10T06:12:00+08:00',
    service_request_id: 'R-1',
  });
  const { items, notes } = receive('open311', form.toString(), 'application/x-www-form-urlencoded');
  expect(notes).toEqual([]);
  expect(items).toEqual([
    {
      key: 'R-1',
      address: '',
      title: '',
      body: '东门的水是黄的',
      kind: 'request',
      author: '13800000000',
      place: '东门大街',
      section: '供水',
      publishedAt: Date.parse('2026-03-10T06:12:00+08:00'),
    },
  ]);
});
test('JSON, one or many; the same request sent again has the same key', () => {
  const one = { description: '没水', lat: '30.123456', long: '120.654321' };
  const many = receive('open311', JSON.stringify([one, { ...one, description: '还是没水' }]), 'application/json');
  expect(many.items.length).toBe(2);
  expect(many.items[0]!.key).toBe(receive('open311', JSON.stringify(one), 'application/json').items[0]!.key);
  expect(many.items[0]!.key).not.toBe(many.items[1]!.key);
  expect(many.items[0]!.place).toBe('30.123,120.654');
});
test('the hourly export of a hotline, with Chinese headers', () => {
  const csv =
    '\uFEFF工单编号,受理时间,诉求标题,诉求内容,诉求地址,来电号码,诉求类型\nG1,2026-03-10 09:00,停水,"三栋停水，\n一天了",平墩镇,13800000001,供水\nG2,2026-03-10 09:05,,,,,噪声\n';
  const { items, notes } = receive('open311', csv, 'text/csv');
  expect(notes).toEqual(['line 3: has no text']);
  expect(items[0]).toMatchObject({
    key: 'G1',
    title: '停水',
    body: '三栋停水，\n一天了',
    place: '平墩镇',
    section: '供水',
    publishedAt: Date.parse('2026-03-10T09:00:00+08:00'),
  });
});
test('a request without a text is left out', () => {
  expect(receive('open311', 'service_code=water', 'application/x-www-form-urlencoded').items).toEqual([]);
});

test('JSON lines: a broken line costs only itself', () => {
  const { items, notes } = receive(
    'lines',
    '{"id":"1","title":"a","body":"b"}\nnot json\n{"id":2,"body":"c"}\n{"id":3}\n',
    'application/x-ndjson',
  );
  expect(items.map((item) => [item.key, item.body])).toEqual([
    ['1', 'b'],
    ['2', 'c'],
  ]);
  expect(notes).toEqual(['line 2: is no JSON object', 'line 4: has no text']);
});
test('columns chosen by a person win; tabs and semicolons part as well', () => {
  const { items } = receive('lines', 'wer\twas\nanna\tkein Wasser\n', 'text/csv', { body: 'was', author: 'wer' });
  expect(items).toMatchObject([{ body: 'kein Wasser', author: 'anna' }]);
  expect(receive('lines', 'title;body\na;b\n', 'text/csv').items).toMatchObject([{ title: 'a', body: 'b' }]);
});
test('a chosen column that the table does not have is told, and the rest is read', () => {
  const { items, notes } = receive('lines', 'title,body\na,b\n', 'text/csv', { place: 'Ort', 类别: 'section', title: 'title' });
  expect(items).toMatchObject([{ title: 'a', body: 'b' }]);
  expect(notes).toEqual(['column not found: Ort', 'column not found: 类别']);
});
test('JSON of a program with names of its own: read by chosen columns, or by what the headings mean', () => {
  const rows = JSON.stringify([{ 工单编号: 'G1', 诉求内容: '三栋停水', was: '楼道灯坏了' }]);
  expect(receive('open311', rows, 'application/json').items).toMatchObject([{ key: 'G1', body: '三栋停水', kind: 'request' }]);
  expect(receive('open311', rows, 'application/json', { body: 'was' }).items).toMatchObject([{ key: 'G1', body: '楼道灯坏了' }]);
});
test('a table whose columns mean nothing says so, and is refused', () => {
  const { items, notes, stopped } = receive('lines', 'foo,bar\n1,2\n', 'text/csv');
  expect(items).toEqual([]);
  expect(notes).toEqual(['collect.columnsUnknown']);
  expect(stopped).toMatchObject({ kind: 'refused', refusal: { code: 'collect.columnsUnknown' } });
});
test('a table saved by an old spreadsheet (GB18030) is read', () => {
  const gb = Uint8Array.from(
    Buffer.from(
      'b1eacce22cc4dac8dd0acda3cbae2cb6abc3c5c6acc7f8cda3cbaed2d1beadc8fdccecc1cba3acc3bbd3d0c8cbc0b4d0de0ab7a2bbc62cd7d4c0b4cbaeb7a2bbc6d3d0d2ecceb6a3acd4e7c9cfb8fcc3f7cfd4a3acbaa2d7d3b2bbb8d2bac80a',
      'hex',
    ),
  );
  expect(receive('lines', gb, 'text/csv').items[1]).toMatchObject({ title: '发黄', body: '自来水发黄有异味，早上更明显，孩子不敢喝' });
});
test('__proto__ and constructor are names like others', () => {
  const { items } = receive('lines', '{"__proto__":{"gone":"true"},"constructor":"x","id":"1","body":"b"}', 'application/json');
  expect(items).toEqual([{ key: '1', address: '', title: '', body: 'b', kind: 'article' }]);
});

test('how sure the reporter is travels along; an unknown word counts as hearsay', () => {
  const report = { id: 'f1', text: '县医院急诊今日无因饮水就诊病例', place: '县医院', sure: 'confirmed' };
  expect(receive('field', JSON.stringify(report), 'application/json').items).toMatchObject([
    { kind: 'report', sure: 'confirmed', place: '县医院' },
  ]);
  expect(receive('field', JSON.stringify({ ...report, sure: 'very' }), 'application/json').items[0]!.sure).toBe('told');
});
test('reports in a table count as hearsay', () => {
  expect(receive('field', '编号,内容,地点\nf7,井盖缺失,北街\n', 'text/csv').items).toMatchObject([
    { key: 'f7', kind: 'report', sure: 'told' },
  ]);
});
test('a name in a column about persons is masked where the text repeats it', () => {
  const { items } = receive('open311', '工单编号,诉求内容,姓名\nG1,张小三反映三栋停水,张小三\n', 'text/csv');
  expect(items[0]!.body).not.toContain('张小三');
  expect(items[0]!.body).toContain('三栋停水');
  const sent = { description: 'Maria Muster says there is no water', first_name: 'Maria', last_name: 'Muster' };
  expect(receive('open311', JSON.stringify(sent), 'application/json').items[0]!.body).not.toMatch(/Maria|Muster/);
});
test('a withdrawn report says so', () => {
  expect(receive('field', '{"id":"f1","withdrawn":true}', 'application/json').items).toMatchObject([{ key: 'f1', gone: true }]);
});
