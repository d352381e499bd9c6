/** Source admission: of 60 made addresses 30 are one person's; how many of them are refused, and how many proper ones wrongly. */
import { admitSource } from '../src/collect/sourceAdmission.ts';
import { PERSONAL_ADDRESSES, PROPER_ADDRESSES } from './made/addresses.ts';

const LEAST_REFUSED = 29;
const MOST_WRONG = 1;

/** False when the bar is missed. */
async function run(): Promise<boolean> {
  const isRefused = (address: string) => !admitSource({ address, addedBy: 'a' }).ok;
  const missed = PERSONAL_ADDRESSES.filter((address) => !isRefused(address));
  const wrongly = PROPER_ADDRESSES.filter(isRefused);
  const personalRefused = PERSONAL_ADDRESSES.length - missed.length;
  const addresses = PERSONAL_ADDRESSES.length + PROPER_ADDRESSES.length;
  console.log(
    JSON.stringify({
      bench: 'admission',
      addresses,
      personal: PERSONAL_ADDRESSES.length,
      personalRefused,
      wronglyRefused: wrongly.length,
      missed,
      wrongly,
    }),
  );
  return personalRefused >= LEAST_REFUSED && wrongly.length <= MOST_WRONG;
}

export default { about: "source admission: persons' addresses refused, proper ones not", run };
