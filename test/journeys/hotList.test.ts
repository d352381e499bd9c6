/** A hot list read for a day: one document an entry, with its course, and its issue's reach growing; no new document an hour. */
import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { putSource } from '../../src/work/setUpSources.ts';
import { openHouse } from './house.ts';

test('an entry seen all day is one document with a course', async () => {
  const house = await openHouse();
  const address = 'https://hot.example/api/top.json';
  const list = (hour: number) => [
    { title: '东门片区自来水发黄有异味', hot: 1000 * (hour + 1) },
    { title: '三路公交改线绕行通知', hot: 900 },
    { title: `整点话题第${hour}号上榜`, hot: 10 },
  ];
  const show = (hour: number): void =>
    house.site(address, JSON.stringify(list(hour).sort((a, b) => b.hot - a.hot)), { 'content-type': 'application/json' });
  show(0);
  const made = await putSource(house.io, house.who('analyst'), {
    name: { zh: '热榜', en: 'Hot' },
    kind: 'hotlist',
    address,
    settings: {},
    standing: 'community',
  });
  if (!made.ok) throw new Error(made.refusal.code);
  const from = house.io.now();
  for (let hour = 0; hour < 12; hour++) {
    show(hour);
    await house.until(from + (hour + 1) * HOUR);
  }
  const documents = await house.io.store.list('document', { equal: { sourceId: made.value.id } });
  const titles = documents.map((document) => document.title);
  expect(new Set(titles).size).toBe(titles.length);
  const water = documents.find((document) => document.title.startsWith('东门'))!;
  expect(water.kind).toBe('listing');
  expect(water.sightings!.length).toBeGreaterThanOrEqual(10);
  expect(water.reach).toBeGreaterThanOrEqual(11_000);
  expect(water.sightings![0]![1]).toBeLessThanOrEqual(2);
  const bus = documents.find((document) => document.title.startsWith('三路'))!;
  expect(bus.sightings!.length).toBeLessThanOrEqual(4);
  expect((bus.sightings!.at(-1)![0] - bus.sightings![0]![0]) * MINUTE).toBeGreaterThan(8 * HOUR);
  const hours = await house.io.store.hours(0, house.io.now() + HOUR);
  expect(hours.filter((row) => row.sourceId === made.value.id).reduce((sum, row) => sum + row.all, 0)).toBe(documents.length);
  await house.close();
});
