import { defineKind, defineLifecycle, type Face, type Fields, type Kind } from '../../../kernel/index.ts'
import { type Caller, doorAt, flows, nameShares } from '../../traffic/index.ts'
import { recordKind } from '../core/index.ts'
import { healthOf, remembered } from './answering.ts'
import { CHANGE, CHECK, type Check, type HostedZone, NAME, type NameRecords, ZONE } from './zone.ts'

const OUTSIDE: Caller = { id: 'outside', ip: '198.18.0.1' }

const nameFace: Face<NameRecords> = {
  label: 'DNS name',
  plural: 'DNS names',
  pictogram: 'topic',
  shape: 'card',
  rank: 1,
  within: ({ Type }) => (Type === 'NS' || Type === 'SOA' ? null : undefined),
  look: (name, world) => {
    const { answers, settled } = remembered(name, world.now)
    const sick = name.records.filter((record) => healthOf(world, record) === false)
    return {
      title: name.Name.replace(/\.$/, ''),
      note: `${name.Type}, TTL ${name.records[0]?.TTL ?? 60} s`,
      tone:
        sick.length === name.records.length && sick.length > 0
          ? 'err'
          : sick.length > 0
            ? 'warn'
            : settled
              ? 'ok'
              : 'prog',
      word: settled ? (sick.length > 0 ? `${sick.length} unhealthy` : 'Settled') : 'Caches run out',
      ...(settled || name.changedAt === undefined ? {} : { due: name.changedAt + (name.beforeTtl ?? 0) }),
      meters: answers.map(({ set, alias, values, share }) => ({
        label: set || alias || values.join(', '),
        requested: 0,
        used: share,
        of: 1,
        text: `${Math.round(share * 100)} %`,
      })),
      facts: name.records.map((record) => [
        record.SetIdentifier ?? record.Type,
        `${record.AliasTarget?.DNSName ?? (record.ResourceRecords ?? []).map(({ Value }) => Value).join(', ')}${record.Weight === undefined ? '' : `, weight ${record.Weight}`}${record.Failover === undefined ? '' : `, ${record.Failover.toLowerCase()}`}`,
      ]),
    }
  },
  links: (name, world) => {
    const { edges } = flows(world)
    const found = new Map<string, number>()
    for (const { ip, share } of nameShares(world, name.Name.replace(/\.$/, ''), { until: Number.POSITIVE_INFINITY }) ??
      []) {
      const at = doorAt(world, ip, 80, OUTSIDE)?.at ?? doorAt(world, ip, 443, OUTSIDE)?.at
      if (at !== undefined) found.set(at, (found.get(at) ?? 0) + share)
    }
    return [...found].map(([to]) => {
      const rate = edges.reduce((sum, edge) => (edge.to === to ? sum + edge.rate : sum), 0)
      return { to, kind: 'traffic' as const, ...(rate > 0 ? { rate } : {}) }
    })
  },
  actions: (name) => {
    const [a, b] = name.records
    if (name.records.length !== 2 || a?.Weight === undefined || b?.Weight === undefined) return []
    const shift = (weights: readonly number[], label: string) => {
      const Changes = name.records.map((record, i) => ({
        Action: 'UPSERT',
        ResourceRecordSet: { ...record, Weight: weights[i] },
      }))
      return {
        id: `shift-${weights.join('-')}`,
        label,
        line: `aws route53 change-resource-record-sets --hosted-zone-id ${name.zone} --change-batch '${JSON.stringify({ Changes })}'`,
      }
    }
    const [first = '', second = ''] = [a.SetIdentifier, b.SetIdentifier]
    return [
      shift([90, 10], `Send 10 % to ${second}`),
      shift([0, 100], `Send all to ${second}`),
      shift([100, 0], `Send all to ${first}`),
    ]
  },
  marks: { AnswersChanged: 'deploy' },
}

const checkFace: Face<Check> = {
  label: 'Health check',
  plural: 'Health checks',
  pictogram: 'test',
  shape: 'card',
  rank: 0,
  look: (check) => ({
    title: check.config.FullyQualifiedDomainName ?? check.config.IPAddress ?? check.checkId.slice(0, 8),
    note: check.config.Type,
    tone: check.state === 'Healthy' ? 'ok' : 'err',
    word: check.state,
    detail: check.state === 'Healthy' ? undefined : check.why,
    facts: [['Every', `${check.config.RequestInterval ?? 30} s, ${check.config.FailureThreshold ?? 3} in a row`]],
  }),
  actions: (check) => [
    {
      id: 'delete',
      label: 'Delete',
      line: `aws route53 delete-health-check --health-check-id ${check.checkId}`,
      sort: 'danger',
    },
  ],
}

const gone = { target: 'Gone', description: 'Someone deletes it.' } as const
const changed = { description: 'Someone changes what it checks.' } as const
const turned = { description: 'A check says something new, though not often enough in a row.' } as const

/** Kinds of Route 53. */
export const kinds: readonly Kind[] = [
  recordKind<HostedZone>({ kind: ZONE, noun: 'a hosted zone' }),
  recordKind({ kind: CHANGE, noun: 'a change of records' }),
  defineKind<NameRecords>({
    kind: NAME,
    lifecycle: defineLifecycle({
      id: 'route53Name',
      initial: 'Served',
      states: {
        Served: {
          description: 'Name servers answer for the name; resolvers keep what they were told for its TTL.',
          tags: ['ok'],
          on: {
            Changed: { description: 'Someone changes its records.' },
            AnswersChanged: { description: 'Other answers follow from its records and their health.' },
            Deleted: { target: 'Gone', description: 'Its last record is deleted.' },
          },
        },
        Gone: { description: 'Nobody answers for the name any more.', type: 'final' },
      },
    }),
    apply: { Changed: (_name, event) => event.data as Fields, AnswersChanged: (_name, event) => event.data as Fields },
    face: nameFace,
    tell: {
      AnswersChanged: (event, name) => {
        const { answers } = event.data as Pick<NameRecords, 'answers'>
        const parts = (answers ?? []).map(
          ({ set, alias, values, share }) => `${Math.round(share * 100)} % \`${set || alias || values[0] || ''}\``,
        )
        return `[${name?.Name ?? ''}](${event.to}) now answers ${parts.join(', ') || 'nothing'}; caches keep the old answer for their TTL.`
      },
    },
  }),
  defineKind<Check>({
    kind: CHECK,
    lifecycle: defineLifecycle({
      id: 'route53HealthCheck',
      initial: 'Healthy',
      states: {
        Healthy: {
          description: 'Enough checkers say that the endpoint answers; new checks begin so.',
          tags: ['ok'],
          on: {
            CheckTurned: turned,
            Changed: changed,
            BecameUnhealthy: { target: 'Unhealthy', description: 'Enough checks in a row have failed.' },
            Deleted: gone,
          },
        },
        Unhealthy: {
          description: 'Too few checkers say that the endpoint answers: its records are not answered with.',
          tags: ['err'],
          on: {
            CheckTurned: turned,
            Changed: changed,
            BecameHealthy: { target: 'Healthy', description: 'Enough checks in a row have passed.' },
            Deleted: gone,
          },
        },
        Gone: { description: 'It no longer exists.', type: 'final' },
      },
    }),
    apply: {
      CheckTurned: (_check, event) => event.data as Fields,
      Changed: (_check, event) => event.data as Fields,
      BecameHealthy: (_check, event) => event.data as Fields,
      BecameUnhealthy: (_check, event) => event.data as Fields,
    },
    face: checkFace,
    tell: { BecameUnhealthy: (event, check) => `The [health check](${event.to}) fails: \`${check?.why ?? ''}\`.` },
  }),
]
