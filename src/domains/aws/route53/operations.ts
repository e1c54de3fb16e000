import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import { askName } from '../../traffic/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, hexId, type Operation, refuse, uuid } from '../core/index.ts'
import { CHECKERS } from './check.ts'
import type {
  ChangeResourceRecordSetsRequest,
  CreateHealthCheckRequest,
  CreateHostedZoneRequest,
  ListHostedZonesByNameRequest,
  ListResourceRecordSetsRequest,
  ResourceRecordSet,
  TestDNSAnswerRequest,
  UpdateHealthCheckRequest,
} from './types.generated.ts'
import {
  CHANGE,
  CHECK,
  type Check,
  findZone,
  fullName,
  type HostedZone,
  NAME,
  type NameRecords,
  nameId,
  namesByZone,
  plainId,
  ZONE,
} from './zone.ts'

/** A change is in all name servers within a minute. */
const SYNC = 40_000

const noZone = (id: string) => refuse('NoSuchHostedZone', `No hosted zone found with ID: ${plainId(id)}`)
const noCheck = (id: string) => refuse('NoSuchHealthCheck', `A health check with id ${id} does not exist.`)
const zoneArn = (id: string) => `arn:aws:route53:::hostedzone/${plainId(id)}`
const onZone = ({ input }: { readonly input: { readonly Id: string } }) => ({ resource: zoneArn(input.Id) })

function zones(world: World): readonly HostedZone[] {
  return [...world.all(ZONE)] as HostedZone[]
}

function zoneOutput(
  world: World,
  zone: Omit<HostedZone, 'kind' | 'state' | 'entry' | 'since' | 'born' | 'id'>,
  extra = 0,
): object {
  const count = (world.lookup(namesByZone, zone.zoneId) as readonly NameRecords[]).reduce(
    (sum, { records }) => sum + records.length,
    extra,
  )
  return {
    Id: `/hostedzone/${zone.zoneId}`,
    Name: zone.Name,
    CallerReference: zone.CallerReference,
    Config: zone.Config,
    ResourceRecordSetCount: count,
  }
}

/** A change as it was submitted, and the event that keeps it. */
function submit(world: World, key: string, comment?: string): { readonly info: object; readonly emit: Emission } {
  const id = `C${hexId(world, 20, 'change', key).toUpperCase()}`
  const SubmittedAt = EPOCH + world.now
  return {
    info: {
      Id: `/change/${id}`,
      Status: 'PENDING',
      SubmittedAt,
      ...(comment === undefined ? {} : { Comment: comment }),
    },
    emit: {
      to: `${CHANGE}/${id}`,
      kind: CHANGE,
      type: 'Created',
      data: { SubmittedAt, ...(comment === undefined ? {} : { Comment: comment }) },
    },
  }
}

/** Operations of Route 53. */
export const operations: readonly Operation[] = [
  defineOperation<CreateHostedZoneRequest>('CreateHostedZone', ({ input, world }) => {
    const Name = fullName(input.Name)
    if (!/^([a-z0-9_*-]{1,63}\.)+$/.test(Name))
      return refuse('InvalidDomainName', `${input.Name} is not a valid domain name.`)
    if (zones(world).some((zone) => zone.CallerReference === input.CallerReference))
      return refuse(
        'HostedZoneAlreadyExists',
        `A hosted zone has already been created with the specified caller reference.`,
      )
    const zoneId = `Z0${hexId(world, 19, 'zone', Name).toUpperCase()}`
    const part = (n: number, of: number) => Math.floor(world.draw('ns', zoneId, n) * of)
    const nameServers = ['org', 'com', 'net', 'co.uk'].map(
      (end, i) => `ns-${i * 512 + part(i, 512)}.awsdns-${String(part(i + 9, 64)).padStart(2, '0')}.${end}`,
    )
    const zone = {
      zoneId,
      Name,
      CallerReference: input.CallerReference,
      Config: { PrivateZone: input.VPC !== undefined, ...input.HostedZoneConfig },
      nameServers,
    }
    const change = submit(world, zoneId)
    const record = (Type: string, TTL: number, values: readonly string[]): Emission => ({
      to: nameId(zoneId, Name, Type),
      kind: NAME,
      type: 'Created',
      data: {
        owner: `${ZONE}/${zoneId}`,
        zone: zoneId,
        Name,
        Type,
        records: [{ Name, Type, TTL, ResourceRecords: values.map((Value) => ({ Value })) }],
      },
    })
    return {
      output: {
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zoneId}`,
        HostedZone: zoneOutput(world, zone, 2),
        ChangeInfo: change.info,
        ...(input.VPC ? { VPC: input.VPC } : { DelegationSet: { NameServers: nameServers } }),
      },
      emit: [
        { to: `${ZONE}/${zoneId}`, kind: ZONE, type: 'Created', data: zone },
        record(
          'NS',
          172_800,
          nameServers.map((server) => `${server}.`),
        ),
        record('SOA', 900, [`${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`]),
        change.emit,
      ],
    }
  }),
  defineOperation<{ readonly Id: string }>(
    'GetHostedZone',
    ({ input, world }) => {
      const zone = findZone(world, input.Id)
      if (!zone) return noZone(input.Id)
      return { output: { HostedZone: zoneOutput(world, zone), DelegationSet: { NameServers: zone.nameServers } } }
    },
    onZone,
  ),
  defineOperation<object>('ListHostedZones', ({ world }) => ({
    output: { HostedZones: zones(world).map((zone) => zoneOutput(world, zone)), IsTruncated: false, MaxItems: '100' },
  })),
  defineOperation<ListHostedZonesByNameRequest>('ListHostedZonesByName', ({ input, world }) => {
    const key = (name: string) => fullName(name).split('.').reverse().join('.')
    const list = [...zones(world)]
      .sort((a, b) => (key(a.Name) < key(b.Name) ? -1 : 1))
      .filter((zone) => input.DNSName === undefined || key(zone.Name) >= key(input.DNSName))
    return {
      output: {
        HostedZones: list.map((zone) => zoneOutput(world, zone)),
        ...(input.DNSName === undefined ? {} : { DNSName: input.DNSName }),
        IsTruncated: false,
        MaxItems: '100',
      },
    }
  }),
  defineOperation<object>('GetHostedZoneCount', ({ world }) => ({ output: { HostedZoneCount: world.count(ZONE) } })),
  defineOperation<{ readonly Id: string }>(
    'DeleteHostedZone',
    ({ input, world }) => {
      const zone = findZone(world, input.Id)
      if (!zone) return noZone(input.Id)
      const names = world.lookup(namesByZone, zone.zoneId) as readonly NameRecords[]
      if (names.some(({ Type, Name }) => !(Name === zone.Name && (Type === 'NS' || Type === 'SOA'))))
        return refuse(
          'HostedZoneNotEmpty',
          'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
        )
      const change = submit(world, zone.zoneId)
      return {
        output: { ChangeInfo: change.info },
        emit: [
          ...names.map(({ id: to }): Emission => ({ to, type: 'Deleted' })),
          { to: zone.id, type: 'Deleted' },
          change.emit,
        ],
      }
    },
    onZone,
  ),
  defineOperation<ChangeResourceRecordSetsRequest>('ChangeResourceRecordSets', changeRecords, ({ input }) => ({
    resource: zoneArn(input.HostedZoneId),
  })),
  defineOperation<ListResourceRecordSetsRequest>(
    'ListResourceRecordSets',
    ({ input, world }) => {
      const zone = findZone(world, input.HostedZoneId)
      if (!zone) return noZone(input.HostedZoneId)
      const key = (name: string) => fullName(name).split('.').reverse().join('.')
      const start = input.StartRecordName === undefined ? '' : key(input.StartRecordName)
      const names = [...(world.lookup(namesByZone, zone.zoneId) as readonly NameRecords[])]
        .filter(
          ({ Name, Type }) =>
            key(Name) > start ||
            (key(Name) === start && (input.StartRecordType === undefined || Type >= input.StartRecordType)),
        )
        .sort((a, b) => (key(a.Name) === key(b.Name) ? (a.Type < b.Type ? -1 : 1) : key(a.Name) < key(b.Name) ? -1 : 1))
      return {
        output: {
          ResourceRecordSets: names.flatMap(({ records }) => records),
          IsTruncated: false,
          MaxItems: input.MaxItems ?? '300',
        },
      }
    },
    ({ input }) => ({ resource: zoneArn(input.HostedZoneId) }),
  ),
  defineOperation<{ readonly Id: string }>('GetChange', ({ input, world }) => {
    const id = plainId(input.Id)
    const change = world.get(`${CHANGE}/${id}`) as
      | { readonly SubmittedAt?: number; readonly Comment?: string }
      | undefined
    if (change?.SubmittedAt === undefined) return refuse('NoSuchChange', `Could not find resource with ID: ${id}`)
    const Status = EPOCH + world.now - change.SubmittedAt >= SYNC ? 'INSYNC' : 'PENDING'
    return {
      output: {
        ChangeInfo: {
          Id: `/change/${id}`,
          Status,
          SubmittedAt: change.SubmittedAt,
          ...(change.Comment === undefined ? {} : { Comment: change.Comment }),
        },
      },
    }
  }),
  defineOperation<TestDNSAnswerRequest>('TestDNSAnswer', ({ input, world }) => {
    const zone = findZone(world, input.HostedZoneId)
    if (!zone) return noZone(input.HostedZoneId)
    const answer = askName(
      world,
      input.RecordName,
      input.RecordType as 'A',
      `test ${input.ResolverIP ?? world.revision}`,
    )
    return {
      output: {
        Nameserver: zone.nameServers[0],
        RecordName: fullName(input.RecordName),
        RecordType: input.RecordType,
        RecordData: (answer?.records ?? []).filter(({ type }) => type === input.RecordType).map(({ data }) => data),
        ResponseCode: answer?.rcode ?? 'NXDOMAIN',
        Protocol: 'UDP',
      },
    }
  }),
  defineOperation<CreateHealthCheckRequest>('CreateHealthCheck', ({ input, world }) => {
    const { HealthCheckConfig: config } = input
    if ([...world.all(CHECK)].some((one) => (one as Check).CallerReference === input.CallerReference))
      return refuse('HealthCheckAlreadyExists', `The health check you are attempting to create already exists.`)
    const calculated = config.Type === 'CALCULATED'
    if (calculated && !config.ChildHealthChecks?.length)
      return refuse(
        'InvalidInput',
        'Invalid parameter : Child health checks must be specified for calculated health checks.',
      )
    if (
      !calculated &&
      config.Type !== 'CLOUDWATCH_METRIC' &&
      config.IPAddress === undefined &&
      config.FullyQualifiedDomainName === undefined
    )
      return refuse(
        'InvalidInput',
        'Invalid parameter : Either FullyQualifiedDomainName or IPAddress should be specified.',
      )
    if (config.RequestInterval !== undefined && ![10, 30].includes(config.RequestInterval))
      return refuse('InvalidInput', 'Invalid parameter : Request interval must be either 10 or 30 seconds.')
    const checkId = uuid(world, 'check', input.CallerReference)
    const plain = calculated || config.Type === 'CLOUDWATCH_METRIC'
    const kept = plain
      ? config
      : {
          RequestInterval: 30,
          FailureThreshold: 3,
          Port: config.Type.startsWith('HTTPS') ? 443 : 80,
          MeasureLatency: false,
          Inverted: false,
          Disabled: false,
          ...config,
        }
    const check = { checkId, CallerReference: input.CallerReference, config: kept, version: 1, made: world.now }
    return {
      output: {
        Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${checkId}`,
        HealthCheck: checkOutput(check),
      },
      emit: [{ to: `${CHECK}/${checkId}`, kind: CHECK, type: 'Created', data: check }],
    }
  }),
  defineOperation<{ readonly HealthCheckId: string }>('GetHealthCheck', ({ input, world }) => {
    const check = world.get(`${CHECK}/${input.HealthCheckId}`) as Check | undefined
    return check ? { output: { HealthCheck: checkOutput(check) } } : noCheck(input.HealthCheckId)
  }),
  defineOperation<object>('ListHealthChecks', ({ world }) => ({
    output: {
      HealthChecks: ([...world.all(CHECK)] as Check[]).map(checkOutput),
      Marker: '',
      IsTruncated: false,
      MaxItems: '100',
    },
  })),
  defineOperation<object>('GetHealthCheckCount', ({ world }) => ({ output: { HealthCheckCount: world.count(CHECK) } })),
  defineOperation<UpdateHealthCheckRequest>('UpdateHealthCheck', ({ input, world }) => {
    const { HealthCheckId, HealthCheckVersion, ResetElements: _reset, ...rest } = input
    const check = world.get(`${CHECK}/${HealthCheckId}`) as Check | undefined
    if (!check) return noCheck(HealthCheckId)
    if (HealthCheckVersion !== undefined && HealthCheckVersion !== check.version)
      return refuse(
        'HealthCheckVersionMismatch',
        'The value of HealthCheckVersion in the request does not match the value of HealthCheckVersion in the health check.',
      )
    const data = { config: { ...check.config, ...rest }, version: check.version + 1 }
    return {
      output: { HealthCheck: checkOutput({ ...check, ...data }) },
      emit: [{ to: check.id, type: 'Changed', data }],
    }
  }),
  defineOperation<{ readonly HealthCheckId: string }>('DeleteHealthCheck', ({ input, world }) => {
    const check = world.get(`${CHECK}/${input.HealthCheckId}`)
    return check ? { output: {}, emit: [{ to: check.id, type: 'Deleted' }] } : noCheck(input.HealthCheckId)
  }),
  defineOperation<{ readonly HealthCheckId: string }>('GetHealthCheckStatus', ({ input, world }) => {
    const check = world.get(`${CHECK}/${input.HealthCheckId}`) as Check | undefined
    if (!check) return noCheck(input.HealthCheckId)
    const interval = (check.config.RequestInterval ?? 30) * 1000
    const Status = check.why ?? 'Success: HTTP Status Code 200, OK'
    const regions = [
      'us-east-1',
      'us-west-1',
      'us-west-2',
      'eu-west-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-northeast-1',
      'sa-east-1',
    ]
    return {
      output: {
        HealthCheckObservations: Array.from({ length: CHECKERS }, (_, i) => ({
          Region: regions[i % regions.length],
          IPAddress: `15.177.${i}.${Math.floor(world.draw('checker', i) * 200) + 10}`,
          StatusReport: { Status, CheckedTime: EPOCH + Math.floor(world.now / interval) * interval },
        })),
      },
    }
  }),
]

function checkOutput({
  checkId,
  CallerReference,
  config,
  version,
}: Pick<Check, 'checkId' | 'CallerReference' | 'config' | 'version'>): object {
  return { Id: checkId, CallerReference, HealthCheckConfig: config, HealthCheckVersion: version }
}

/** All changes of a batch happen together, or none does. */
function changeRecords({ input, world }: ApiCall<ChangeResourceRecordSetsRequest>): ApiAnswer {
  const zone = findZone(world, input.HostedZoneId)
  if (!zone) return noZone(input.HostedZoneId)
  const after = new Map<
    string,
    { readonly Name: string; readonly Type: string; records: readonly ResourceRecordSet[] }
  >()
  const problems: string[] = []
  for (const { Action, ResourceRecordSet: given } of input.ChangeBatch.Changes) {
    const Name = fullName(given.Name)
    const record = { ...given, Name }
    const problem = recordProblem(world, zone, record)
    if (problem !== undefined) {
      problems.push(problem)
      continue
    }
    const id = nameId(zone.zoneId, Name, record.Type)
    const there = after.get(id)?.records ?? (world.get(id) as NameRecords | undefined)?.records ?? []
    const same = there.find(({ SetIdentifier }) => SetIdentifier === record.SetIdentifier)
    const title = `resource record set [name='${Name}', type='${record.Type}'${record.SetIdentifier === undefined ? '' : `, set-identifier='${record.SetIdentifier}'`}]`
    if (Action === 'CREATE' && same) problems.push(`Tried to create ${title} but it already exists`)
    else if (Action === 'DELETE' && !same) problems.push(`Tried to delete ${title} but it was not found`)
    else if (Action === 'DELETE' && same && !sameValues(same, record))
      problems.push(`Tried to delete ${title} but the values provided do not match the current values`)
    else if (Action !== 'DELETE' && there.some((one) => policyOf(one) !== policyOf(record) && one !== same))
      problems.push(
        `RRSet with DNS name ${Name}, type ${record.Type}, SetIdentifier ${record.SetIdentifier ?? ''} cannot be created as a non-${policyOf(record)} set exists with the same name and type.`,
      )
    else {
      const rest = there.filter((one) => one !== same)
      const at = same ? there.indexOf(same) : there.length
      const records = Action === 'DELETE' ? rest : [...rest.slice(0, at), record, ...rest.slice(at)]
      after.set(id, { Name, Type: record.Type, records })
    }
  }
  if (problems.length > 0) return refuse('InvalidChangeBatch', `[${problems.join(', ')}]`)
  const change = submit(world, zone.zoneId, input.ChangeBatch.Comment)
  const emit = [...after].map(([to, { Name, Type, records }]): Emission => {
    if (records.length === 0) return { to, type: 'Deleted' }
    if (world.get(to)) return { to, type: 'Changed', data: { records } }
    return { to, kind: NAME, type: 'Created', data: { owner: zone.id, zone: zone.zoneId, Name, Type, records } }
  })
  return { output: { ChangeInfo: change.info }, emit: [...emit, change.emit] }
}

function policyOf(record: ResourceRecordSet): string {
  if (record.Weight !== undefined) return 'weighted'
  if (record.Failover !== undefined) return 'failover'
  if (record.Region !== undefined) return 'latency'
  if (record.GeoLocation !== undefined) return 'geolocation'
  return record.MultiValueAnswer ? 'multivalue' : 'simple'
}

function sameValues(a: ResourceRecordSet, b: ResourceRecordSet): boolean {
  const key = (one: ResourceRecordSet) =>
    `${one.TTL} ${(one.ResourceRecords ?? [])
      .map(({ Value }) => Value)
      .sort()
      .join()} ${one.AliasTarget?.DNSName ?? ''}`
  return key(a) === key(b)
}

function recordProblem(world: World, zone: HostedZone, record: ResourceRecordSet): string | undefined {
  const { Name, Type } = record
  if (!(Name === zone.Name || Name.endsWith(`.${zone.Name}`)))
    return `RRSet with DNS name ${Name} is not permitted in zone ${zone.Name}`
  if (Type === 'CNAME' && Name === zone.Name)
    return `RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.Name}`
  if (!record.AliasTarget && (record.TTL === undefined || !record.ResourceRecords?.length))
    return `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Name=${Name}, Type=${Type}]`
  if (policyOf(record) !== 'simple' && record.SetIdentifier === undefined)
    return `Invalid request: Missing field 'SetIdentifier' in Change with [Action=UPSERT, Name=${Name}, Type=${Type}]`
  if (record.Weight !== undefined && (record.Weight < 0 || record.Weight > 255))
    return `Invalid weight ${record.Weight}: it must be between 0 and 255`
  if (record.HealthCheckId !== undefined && !world.get(`${CHECK}/${record.HealthCheckId}`))
    return `A health check with id ${record.HealthCheckId} does not exist.`
  for (const { Value } of record.ResourceRecords ?? [])
    if (Type === 'A' && !/^(\d{1,3}\.){3}\d{1,3}$/.test(Value))
      return `Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '${Value}''`
  return undefined
}
