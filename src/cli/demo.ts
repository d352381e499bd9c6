/** `heed demo [--scenario DIR] [--speed N] [--seed N] [--check]`: the demo county at once; with `--check` as fast as it goes, then the scorecard. */
import { check } from '../../demo/check.ts';
import { logger, untilAsked } from '../console.ts';
import type { Command } from './commands.ts';
import { type County, startCounty } from './county.ts';
import { optionsOf } from './options.ts';

async function scorecard(county: County): Promise<number> {
  const { office, steps } = await county.told;
  const { address, scenario, sites, stubs, dataFolder, heed } = county;
  const card = await check({ address, session: office.admin, scenario, sites, stubs, sourceIds: office.sourceIds, steps, dataFolder });
  const { nForbidden } = heed.outbound.counts();
  console.log(JSON.stringify({ ...card, ok: card.ok && nForbidden === 0, connectionsNotLoopback: nForbidden }, null, 1));
  return card.ok && nForbidden === 0 ? 0 : 1;
}

export default {
  about: '[--scenario DIR] [--speed N] [--seed N] [--check]: watch the demo county; --check prints a scorecard as JSON',
  async run({ config, args }) {
    const options = optionsOf(args, ['scenario', 'speed', 'seed'], ['check']);
    const isCheck = options.has('check');
    const { write } = logger(isCheck ? 'info' : config.logLevel);
    const speed = isCheck ? Number.POSITIVE_INFINITY : Number(options.get('speed') ?? 1);
    const seed = Number(options.get('seed') ?? 1);
    if (!(speed > 0) || !Number.isInteger(seed)) throw new Error('--speed is a number above 0, --seed a whole number');
    const port = isCheck ? 0 : config.port;
    const county = await startCounty({
      config: { ...config, port, dataFolder: `${config.dataFolder}/demo` },
      scenario: options.get('scenario') ?? null,
      speed,
      seed,
      log: write,
    });
    if (isCheck) {
      const code = await scorecard(county);
      await county.close();
      return code;
    }
    console.log(`DEMO  ${county.address}/   the messages that would have gone out: ${county.stubs.pageAddress}`);
    await untilAsked();
    await county.close();
    return 0;
  },
} satisfies Command;
