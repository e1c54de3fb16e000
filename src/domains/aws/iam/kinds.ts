import type { Entity, Kind } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import {
  ACCOUNT_KIND,
  CREDENTIAL,
  GROUP,
  type Group,
  type Holder,
  KEY,
  POLICY,
  PROFILE,
  ROLE,
  type Role,
  USER,
  type User,
} from './records.ts'

function holderKind<E extends Holder>(
  kind: string,
  label: string,
  noun: string,
  name: (holder: E) => string,
  rank: number,
): Kind {
  return recordKind<E>({
    kind,
    noun,
    face: {
      label,
      plural: `${label}s`,
      pictogram: 'user',
      shape: 'card',
      rank,
      within: (holder) => (holder.declined ? undefined : null),
      look: (holder) => ({
        title: name(holder),
        tone: holder.declined ? 'err' : 'ok',
        word: holder.declined ? 'denied' : 'allowed',
        detail: holder.declined?.['iam']?.reason,
        facts: [
          ['ARN', holder.Arn],
          ['attached policies', holder.attached.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)).join(', ') || 'none'],
          ['inline policies', Object.keys(holder.inline).join(', ') || 'none'],
        ],
      }),
      source: {
        language: 'json',
        text: ({ attached, inline }) =>
          `${JSON.stringify({ attached, inline: Object.fromEntries(Object.entries(inline).map(([key, text]) => [key, JSON.parse(text) as unknown])) }, null, 2)}\n`,
        apply: (_holder, file) => `cat ${file}`,
      },
    },
    tell: {
      Created: (event, holder) =>
        `${noun.replace(/^\w/, (sign) => sign.toUpperCase())} [${holder ? name(holder) : event.to}](${event.to}) was made.`,
      Changed: (event, holder) => `What [${holder ? name(holder) : event.to}](${event.to}) may do was changed.`,
      Declined: (event) => (event.data as { readonly reason: string }).reason,
    },
  })
}

const plain = (kind: string, noun: string): Kind => recordKind<Entity>({ kind, noun })

/** Everything that IAM keeps. */
export const iamKinds: readonly Kind[] = [
  holderKind<User>(USER, 'User', 'a user', ({ UserName }) => UserName, 0),
  holderKind<Group>(GROUP, 'Group', 'a group', ({ GroupName }) => GroupName, 0),
  holderKind<Role>(ROLE, 'Role', 'a role', ({ RoleName }) => RoleName, 0),
  plain(POLICY, 'a managed policy'),
  plain(PROFILE, 'an instance profile'),
  plain(KEY, 'an access key'),
  plain(CREDENTIAL, 'a credential'),
  plain(ACCOUNT_KIND, 'an account with settings'),
]
