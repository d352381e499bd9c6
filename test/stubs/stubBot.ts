/** A chat robot on loopback: says yes in the form of its platform and checks signatures as the platform does. */
import { createHmac } from 'node:crypto';
import { type Answer, type SeenRequest, type StubSite, startSite } from './stubSite.ts';

export type BotPlatform = 'wecom' | 'dingtalk' | 'feishu';

const FINE: Readonly<Record<BotPlatform, string>> = {
  wecom: '{"errcode":0,"errmsg":"ok"}',
  dingtalk: '{"errcode":0,"errmsg":"ok"}',
  feishu: '{"code":0,"data":{},"msg":"success"}',
};
const PATHS: Readonly<Record<BotPlatform, string>> = {
  wecom: '/cgi-bin/webhook/send?key=K',
  dingtalk: '/robot/send?access_token=T',
  feishu: '/open-apis/bot/v2/hook/ID',
};

function signatureFits(platform: BotPlatform, secret: string, request: SeenRequest): boolean {
  if (secret === '' || platform === 'wecom') return true;
  if (platform === 'dingtalk') {
    const query = new URL(request.path, 'http://stub').searchParams;
    const wanted = createHmac('sha256', secret)
      .update(`${query.get('timestamp')}\n${secret}`)
      .digest('base64');
    return query.get('sign') === wanted;
  }
  const body = JSON.parse(request.body) as { timestamp?: string; sign?: string };
  return body.sign === createHmac('sha256', `${body.timestamp}\n${secret}`).update('').digest('base64');
}

function refusalOf(platform: BotPlatform): string {
  return platform === 'feishu' ? '{"code":19021,"msg":"sign match fail"}' : '{"errcode":310000,"errmsg":"sign not match"}';
}

export interface StubBot extends StubSite {
  /** The address an admin would paste. */
  readonly robot: string;
  /** From now on it answers so, whatever it is sent. */
  readonly answerWith: (answer: Answer) => void;
}

export async function startBot(platform: BotPlatform, secret = ''): Promise<StubBot> {
  const path = PATHS[platform];
  const key = path.split('?')[0] ?? path;
  const site = await startSite({
    [key]: (request, response) => {
      const body = signatureFits(platform, secret, request) ? FINE[platform] : refusalOf(platform);
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    },
  });
  return { ...site, robot: site.address + path, answerWith: (answer) => site.set(key, answer) };
}
