/** Who hears of an issue, and why each of them. */
import type { Io } from '../io.ts';
import type { Issue } from '../model/issue.ts';
import type { Office } from '../model/office.ts';
import type { Words } from '../model/words.ts';
import { dutiesOf, type Organisation, organisationOf } from './organisation.ts';
import { recipientsOf } from './warnOffices.ts';

function becauseOf(office: Office, issue: Issue, duties: readonly string[], organisation: Organisation): Words {
  if (issue.complainedOf.includes(office.id))
    return { zh: '反映涉及该单位，不由其单独办理', en: 'It is complained of, and never handles this alone' };
  const duty = organisation.duties.find((one) => one.officeId === office.id && duties.includes(one.id));
  if (duty !== undefined) return { zh: `职责：${duty.name.zh}`, en: `Duty: ${duty.name.en}` };
  if (office.kind === 'oversight') return { zh: '监督单位', en: 'The overseer' };
  if (office.kind === 'upper') return { zh: '上一级', en: 'The next tier' };
  if (office.id === organisation.body.dutyOfficeId) return { zh: '值班单位', en: 'The duty office' };
  return { zh: '有权督办的上级单位', en: 'An office above, with power to act' };
}

/** Empty before the set-up is finished. */
export async function recipientRows(io: Io, issue: Issue): Promise<readonly { readonly officeId: string; readonly because: Words }[]> {
  const organisation = await organisationOf(io);
  if (organisation === null) return [];
  const [recipients, duties] = await Promise.all([recipientsOf(io, organisation, issue), dutiesOf(io, issue.topicIds)]);
  return recipients.map((office) => ({ officeId: office.id, because: becauseOf(office, issue, duties, organisation) }));
}
