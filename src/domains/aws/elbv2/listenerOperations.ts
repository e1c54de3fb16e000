import type { Emission, World } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  defineOperation,
  hexId,
  type Operation,
  refuse,
} from '../core/index.ts'
import { attributeList, changedAttributes, deleteListener, groupsOf, noBalancer } from './balancerOperations.ts'
import { defaultRuleOutput, listenerOutput, ruleOutput } from './descriptions.ts'
import {
  below,
  byArn,
  LISTENER,
  type Listener,
  type ListenerRule,
  LOAD_BALANCER,
  type LoadBalancer,
  ofArn,
  RULE,
  TARGET_GROUP,
  type TargetGroup,
  weightsOf,
} from './records.ts'
import { rulesOf } from './serving.ts'
import type {
  Action,
  AddListenerCertificatesInput,
  CreateListenerInput,
  CreateRuleInput,
  DeleteListenerInput,
  DeleteRuleInput,
  DescribeListenerAttributesInput,
  DescribeListenerCertificatesInput,
  DescribeListenersInput,
  DescribeRulesInput,
  ModifyListenerAttributesInput,
  ModifyListenerInput,
  ModifyRuleInput,
  RemoveListenerCertificatesInput,
  SetRulePrioritiesInput,
} from './types.generated.ts'

const PROTOCOLS = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
  gateway: ['GENEVE'],
} as const

const noListener = (arn: string) => refuse('ListenerNotFound', `One or more listeners not found`, { arn: arn })
const noRule = () => refuse('RuleNotFound', 'One or more rules not found')

const onListener = ({ input }: { readonly input: { readonly ListenerArn: string } }) => ({
  resource: input.ListenerArn,
})
const onRule = ({ input }: { readonly input: { readonly RuleArn: string } }) => ({ resource: input.RuleArn })

/** Operations on listeners and their rules. */
export const listenerOperations: readonly Operation[] = [
  defineOperation<CreateListenerInput>('CreateListener', createListener, ({ input }) => ({
    resource: input.LoadBalancerArn,
  })),
  defineOperation<DescribeListenersInput>('DescribeListeners', ({ world, input }) => {
    if (input.LoadBalancerArn !== undefined) {
      const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
      if (!balancer) return noBalancer(input.LoadBalancerArn)
      const list = world.lookup(below, balancer.id) as unknown as readonly Listener[]
      return { output: { Listeners: list.map(listenerOutput) } }
    }
    if (!input.ListenerArns?.length)
      return refuse('ValidationError', 'You must specify either listener ARNs or a load balancer ARN')
    const list = input.ListenerArns.map((arn) => ofArn<Listener>(world, LISTENER, arn))
    const absent = input.ListenerArns.find((_, i) => !list[i])
    if (absent !== undefined) return noListener(absent)
    return { output: { Listeners: list.flatMap((one) => (one ? [listenerOutput(one)] : [])) } }
  }),
  defineOperation<ModifyListenerInput>('ModifyListener', modifyListener, onListener),
  defineOperation<DeleteListenerInput>(
    'DeleteListener',
    ({ world, input }) => {
      const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
      return listener ? { output: {}, emit: deleteListener(world, listener.id) } : noListener(input.ListenerArn)
    },
    onListener,
  ),
  defineOperation<DescribeListenerAttributesInput>('DescribeListenerAttributes', ({ world, input }) => {
    const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
    return listener ? { output: { Attributes: attributeList(listener.attributes) } } : noListener(input.ListenerArn)
  }),
  defineOperation<ModifyListenerAttributesInput>(
    'ModifyListenerAttributes',
    ({ world, input }) => {
      const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
      if (!listener) return noListener(input.ListenerArn)
      const changed = changedAttributes(listener.attributes, input.Attributes)
      if ('error' in changed) return changed
      const { attributes } = changed
      return {
        output: { Attributes: attributeList(attributes) },
        emit: [{ to: listener.id, type: 'Changed', data: { attributes } }],
      }
    },
    onListener,
  ),
  defineOperation<DescribeListenerCertificatesInput>('DescribeListenerCertificates', ({ world, input }) => {
    const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
    return listener ? { output: { Certificates: listener.Certificates } } : noListener(input.ListenerArn)
  }),
  defineOperation<AddListenerCertificatesInput>(
    'AddListenerCertificates',
    ({ world, input }) => {
      const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
      if (!listener) return noListener(input.ListenerArn)
      const added = input.Certificates.map(({ CertificateArn }) => ({ CertificateArn, IsDefault: false }))
      const fresh = added.filter(
        (one) => !listener.Certificates.some(({ CertificateArn }) => CertificateArn === one.CertificateArn),
      )
      return {
        output: { Certificates: added },
        emit: [{ to: listener.id, type: 'Changed', data: { Certificates: [...listener.Certificates, ...fresh] } }],
      }
    },
    onListener,
  ),
  defineOperation<RemoveListenerCertificatesInput>(
    'RemoveListenerCertificates',
    ({ world, input }) => {
      const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
      if (!listener) return noListener(input.ListenerArn)
      const named = (arn: string | undefined) => input.Certificates.some(({ CertificateArn }) => CertificateArn === arn)
      if (listener.Certificates.some(({ CertificateArn, IsDefault }) => IsDefault && named(CertificateArn)))
        return refuse('OperationNotPermitted', 'Default certificate cannot be removed')
      const Certificates = listener.Certificates.filter(({ CertificateArn }) => !named(CertificateArn))
      return { output: {}, emit: [{ to: listener.id, type: 'Changed', data: { Certificates } }] }
    },
    onListener,
  ),
  defineOperation<CreateRuleInput>('CreateRule', createRule, onListener),
  defineOperation<DescribeRulesInput>('DescribeRules', ({ world, input }) => {
    if (input.ListenerArn !== undefined) {
      const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
      if (!listener) return noListener(input.ListenerArn)
      return { output: { Rules: [...rulesOf(world, listener.id).map(ruleOutput), defaultRuleOutput(listener)] } }
    }
    if (!input.RuleArns?.length) return refuse('ValidationError', 'You must specify either listener ARN or rule ARNs')
    const list = input.RuleArns.map((arn) => ofArn<ListenerRule>(world, RULE, arn))
    return list.some((one) => !one)
      ? noRule()
      : { output: { Rules: list.flatMap((one) => (one ? [ruleOutput(one)] : [])) } }
  }),
  defineOperation<ModifyRuleInput>(
    'ModifyRule',
    ({ world, input }) => {
      const rule = ofArn<ListenerRule>(world, RULE, input.RuleArn)
      if (!rule) return noRule()
      const problem = input.Actions && actionProblem(world, input.Actions)
      if (problem) return problem
      const data = {
        ...(input.Actions ? { Actions: input.Actions, groups: groupsOf(rule.Actions) } : {}),
        ...(input.Conditions ? { Conditions: input.Conditions } : {}),
      }
      return { output: { Rules: [ruleOutput({ ...rule, ...data })] }, emit: [{ to: rule.id, type: 'Changed', data }] }
    },
    onRule,
  ),
  defineOperation<DeleteRuleInput>(
    'DeleteRule',
    ({ world, input }) => {
      const rule = ofArn<ListenerRule>(world, RULE, input.RuleArn)
      if (!rule) return noRule()
      return { output: {}, emit: [{ to: rule.id, type: 'Deleted', data: { groups: groupsOf(rule.Actions) } }] }
    },
    onRule,
  ),
  defineOperation<SetRulePrioritiesInput>('SetRulePriorities', ({ world, input }) => {
    const changes: { readonly rule: ListenerRule; readonly Priority: number }[] = []
    for (const { RuleArn, Priority } of input.RulePriorities) {
      const rule = ofArn<ListenerRule>(world, RULE, RuleArn)
      if (!rule || Priority === undefined) return noRule()
      changes.push({ rule, Priority })
    }
    for (const { rule, Priority } of changes) {
      const rival = rulesOf(world, rule.listener).find(
        (one) => one.Priority === Priority && !changes.some((change) => change.rule.id === one.id),
      )
      if (rival) return refuse('PriorityInUse', `Priority '${Priority}' is currently in use`)
    }
    return {
      output: { Rules: changes.map(({ rule, Priority }) => ruleOutput({ ...rule, Priority })) },
      emit: changes.map(({ rule, Priority }): Emission => ({ to: rule.id, type: 'Changed', data: { Priority } })),
    }
  }),
]

/** What is wrong with actions: they must be of a known type and name groups that there are. */
function actionProblem(
  world: World,
  actions: readonly Action[],
  balancer?: LoadBalancer,
): { readonly error: ApiError } | undefined {
  for (const action of actions) {
    for (const { arn, weight } of weightsOf(action)) {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
      if (!group)
        return /:targetgroup\//.test(arn)
          ? refuse('TargetGroupNotFound', 'One or more target groups not found')
          : refuse('ValidationError', `'${arn}' is not a valid target group ARN`)
      if (weight < 0 || weight > 999) return refuse('ValidationError', `Target group weight must be between 0 and 999`)
      if (balancer && group.VpcId !== undefined && group.VpcId !== balancer.VpcId)
        return refuse(
          'InvalidConfigurationRequest',
          `Target group '${arn}' and load balancer '${balancer.arn}' must be in the same VPC`,
        )
    }
    if (action.Type === 'forward' && weightsOf(action).length === 0)
      return refuse('ValidationError', 'A target group ARN must be specified')
    if (action.Type === 'redirect' && !action.RedirectConfig)
      return refuse('ValidationError', 'A redirect configuration must be specified')
    if (action.Type === 'fixed-response' && !/^[245]\d\d$/.test(action.FixedResponseConfig?.StatusCode ?? ''))
      return refuse('ValidationError', `The status code '${action.FixedResponseConfig?.StatusCode}' is not valid`)
  }
  return undefined
}

function createListener(call: ApiCall<CreateListenerInput>): ApiAnswer {
  const { world, input, region } = call
  const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
  if (!balancer) return noBalancer(input.LoadBalancerArn)
  const {
    Protocol = balancer.Type === 'gateway' ? 'GENEVE' : undefined,
    Port = balancer.Type === 'gateway' ? 6081 : undefined,
  } = input
  if (Protocol === undefined) return refuse('ValidationError', 'A listener protocol must be specified')
  if (Port === undefined) return refuse('ValidationError', 'A listener port must be specified')
  if (!(PROTOCOLS[balancer.Type] as readonly string[]).includes(Protocol))
    return refuse(
      'ValidationError',
      `Listener protocol '${Protocol}' must be one of '${PROTOCOLS[balancer.Type].join(', ')}'`,
    )
  const secure = Protocol === 'HTTPS' || Protocol === 'TLS'
  if (secure && !input.Certificates?.length)
    return refuse('ValidationError', `A certificate must be specified for ${Protocol} listeners`)
  const there = world.lookup(below, balancer.id) as unknown as readonly Listener[]
  if (there.some((one) => one.Port === Port))
    return refuse(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${balancer.arn}'`,
    )
  const problem = actionProblem(world, input.DefaultActions, balancer)
  if (problem) return problem
  const arn = `${balancer.arn.replace(':loadbalancer/', ':listener/')}/${hexId(world, 16, 'listener', balancer.id, Port)}`
  const listener = {
    region,
    arn,
    LoadBalancerArn: balancer.arn,
    balancer: balancer.id,
    Port,
    Protocol,
    DefaultActions: input.DefaultActions,
    Certificates: (input.Certificates ?? []).map(({ CertificateArn }) => ({ CertificateArn, IsDefault: true })),
    ...(secure ? { SslPolicy: input.SslPolicy ?? 'ELBSecurityPolicy-2016-08' } : {}),
    ...(input.AlpnPolicy ? { AlpnPolicy: input.AlpnPolicy } : {}),
    attributes:
      balancer.Type === 'application'
        ? { 'routing.http.response.server.enabled': 'true' }
        : { 'tcp.idle_timeout.seconds': '350' },
    Tags: input.Tags ?? [],
  }
  return {
    output: { Listeners: [listenerOutput(listener)] },
    emit: [
      {
        to: `${LISTENER}/${region}/${arn.slice(arn.indexOf(':listener/') + 10)}`,
        kind: LISTENER,
        type: 'Created',
        data: listener,
      },
    ],
  }
}

function modifyListener(call: ApiCall<ModifyListenerInput>): ApiAnswer {
  const { world, input } = call
  const listener = ofArn<Listener>(world, LISTENER, input.ListenerArn)
  if (!listener) return noListener(input.ListenerArn)
  const balancer = world.get(listener.balancer) as LoadBalancer | undefined
  const problem = input.DefaultActions && actionProblem(world, input.DefaultActions, balancer)
  if (problem) return problem
  const { Port } = input
  const rivals = world.lookup(below, listener.balancer) as unknown as readonly Listener[]
  if (Port !== undefined && rivals.some((one) => one.id !== listener.id && one.Port === Port))
    return refuse(
      'DuplicateListener',
      `A listener already exists on this port for this load balancer '${listener.LoadBalancerArn}'`,
    )
  const Certificates = input.Certificates?.map(({ CertificateArn }) => ({ CertificateArn, IsDefault: true }))
  const data = {
    ...(Port === undefined ? {} : { Port }),
    ...(input.Protocol === undefined ? {} : { Protocol: input.Protocol }),
    ...(input.SslPolicy === undefined ? {} : { SslPolicy: input.SslPolicy }),
    ...(Certificates
      ? { Certificates: [...Certificates, ...listener.Certificates.filter(({ IsDefault }) => !IsDefault)] }
      : {}),
    ...(input.DefaultActions
      ? { DefaultActions: input.DefaultActions, groups: groupsOf(listener.DefaultActions) }
      : {}),
  }
  return {
    output: { Listeners: [listenerOutput({ ...listener, ...data } as Listener)] },
    emit: [{ to: listener.id, type: 'Changed', data }],
  }
}

function createRule(call: ApiCall<CreateRuleInput>): ApiAnswer {
  const { world, input, region } = call
  const [listener] = world.lookup(byArn, input.ListenerArn) as unknown as readonly Listener[]
  if (listener?.kind !== LISTENER) return noListener(input.ListenerArn)
  if (input.Conditions.length === 0) return refuse('ValidationError', 'A condition must be specified')
  if (rulesOf(world, listener.id).some(({ Priority }) => Priority === input.Priority))
    return refuse('PriorityInUse', `Priority '${input.Priority}' is currently in use`)
  const balancer = world.get(listener.balancer) as LoadBalancer | undefined
  const problem = actionProblem(world, input.Actions, balancer)
  if (problem) return problem
  const arn = `${listener.arn.replace(':listener/', ':listener-rule/')}/${hexId(world, 16, 'rule', listener.id, input.Priority)}`
  const rule = {
    region,
    arn,
    listener: listener.id,
    Priority: input.Priority,
    Conditions: input.Conditions,
    Actions: input.Actions,
    Tags: input.Tags ?? [],
  }
  return {
    output: { Rules: [ruleOutput(rule)] },
    emit: [
      {
        to: `${RULE}/${region}/${arn.slice(arn.indexOf(':listener-rule/') + 15)}`,
        kind: RULE,
        type: 'Created',
        data: rule,
      },
    ],
  }
}
