import type { Topic } from '../../src/model/issue.ts';
import { both, DAY, NOW } from './fixtureTimes.ts';

const topic = (id: string, zh: string, en: string, query: string, why: string, endsIn: number): Topic => ({
  id,
  name: both(zh, en),
  query,
  duty: id,
  purpose: {
    why,
    legalBasis: '县政府办〔2026〕3号',
    officeId: 'duty',
    askedBy: 's-lin',
    approvedBy: 's-luo',
    use: '研判与回应',
    reviewAt: NOW + (endsIn / 2) * DAY,
    endsAt: NOW + endsIn * DAY,
  },
  mustMatch: ['东门水龙头出来是黄的，有股味'],
  mustNotMatch: ['水厂招聘水质检测员'],
  startsAt: NOW - 20 * DAY,
  rev: 2,
});

export const topics: readonly Topic[] = [
  topic(
    'water',
    '供水与水质',
    'Water supply and quality',
    '(自来水 OR 水质 OR "tap water") AND (东门 OR 城东 OR yunxi) NOT (水电费优惠 OR 招聘)',
    '及时发现供水异常',
    62,
  ),
  topic('schools', '学校食堂', 'School canteens', '(食堂 OR 餐费) NEAR/8 (学校 OR 小学 OR 中学)', '学生餐费与食品安全', 9),
  topic('buses', '公交出行', 'Buses', '公交 OR 班次 OR "bus route"', '线路调整的反映', 40),
];
