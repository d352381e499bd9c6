/** A test message through one channel, so that an office knows on the first day that its alarm reaches somebody. */
import type { Io } from '../io.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Message, Sent } from '../ports.ts';
import { act, entry } from './act.ts';
import { organisationOf } from './organisation.ts';
import type { Who } from './who.ts';

export function testChannel(io: Io, who: Who, channelId: string): Promise<Outcome<Sent>> {
  return act(io, async () => {
    const channel = await io.store.get('channel', channelId);
    const notifier = channel === undefined ? undefined : io.notifiers.get(channel.kind);
    if (channel === undefined || notifier === undefined) return refuse('http.notFound');
    const body = (await organisationOf(io))?.body;
    const isZh = (body?.language ?? 'zh') === 'zh';
    const name = body?.name[isZh ? 'zh' : 'en'] ?? 'Heed';
    const message: Message = {
      key: `test:${channelId}:${io.now()}`,
      issueId: 'test',
      level: 'none',
      subject: isZh ? `【测试】${name} 闻应通知渠道` : `[TEST] ${name}: Heed channel`,
      text: isZh ? '这是一条测试消息，收到即说明渠道可用，无需处理。' : 'This is a test message: the channel works. Nothing is to be done.',
      link: null,
      pageLink: `${io.publicAddress}/desk/`,
      ackBy: null,
      threadKey: 'test',
      demo: io.demo,
    };
    const sent = await notifier.send(message, channel.settings, io.hands, io.now());
    return done({ change: { journal: [entry(io, who, 'warn.channelTested', channelId, { result: sent.result })] }, value: sent });
  });
}
