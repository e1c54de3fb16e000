import { defineRule } from '../../../kernel/index.ts'

export type Platform = 'Server' | 'Lambda' | 'ECS'

/** A deployment, and which of its instances are asked about. */
export interface HooksQuestion {
  readonly platform: Platform
  /** `IN_PLACE`, `BLUE_GREEN`, each also with `_ROLLBACK`. */
  readonly type: string
  readonly loadBalancer?: boolean
  readonly instances?: 'original' | 'replacement' | 'all'
}

/**
 * The lifecycle events of a deployment in order, without Start and End, and which of them may run scripts.
 * Models: AWS CodeDeploy User Guide, "AppSpec 'hooks' section"
 */
export const codedeployHooks = defineRule({
  id: 'codedeploy.hooks',
  says: 'Traffic is blocked before the old version stops and allowed after the new one is validated; reserved events run no script.',
  source: 'AWS CodeDeploy User Guide, reference-appspec-file-structure-hooks',
  decide: (question: HooksQuestion) => {
    const hooks = hooksOf(question)
    return { hooks, scriptable: hooks.filter((hook) => SCRIPTABLE[question.platform].has(hook)) }
  },
})

/**
 * Whether a script or function may be given for a lifecycle event.
 * Models: AWS CodeDeploy User Guide, "AppSpec 'hooks' section"
 */
export const codedeployHookScriptable = defineRule({
  id: 'codedeploy.hookScriptable',
  says: 'Start, Install, TestTraffic, AllowTraffic, BlockTraffic, DownloadBundle and End are reserved for CodeDeploy itself.',
  source: 'AWS CodeDeploy User Guide, reference-appspec-file-structure-hooks',
  decide: ({ platform, hook }: { readonly platform: Platform; readonly hook: string }) => ({
    scriptable: SCRIPTABLE[platform].has(hook),
  }),
})

const BLOCK = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic']
const ALLOW = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic']
const INSTALL = [
  'ApplicationStop',
  'DownloadBundle',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
]
const ECS = ['BeforeInstall', 'Install', 'AfterInstall', 'TestTraffic', 'AfterAllowTestTraffic', ...ALLOW]

const RESERVED = new Set(['DownloadBundle', 'Install', 'TestTraffic', 'BlockTraffic', 'AllowTraffic'])
const free = (hooks: readonly string[]) => new Set(hooks.filter((hook) => !RESERVED.has(hook)))
const SCRIPTABLE: { readonly [platform in Platform]: ReadonlySet<string> } = {
  Server: free([...BLOCK, ...INSTALL, ...ALLOW]),
  Lambda: free(ALLOW),
  ECS: free(ECS),
}

function hooksOf({ platform, type, loadBalancer = true, instances = 'all' }: HooksQuestion): readonly string[] {
  if (platform === 'Lambda') return ALLOW
  if (platform === 'ECS') return ECS
  if (type.startsWith('IN_PLACE')) return loadBalancer ? [...BLOCK, ...INSTALL, ...ALLOW] : INSTALL
  const rollback = type.endsWith('_ROLLBACK')
  const replacement = rollback ? BLOCK : [...INSTALL, ...ALLOW]
  const original = rollback ? ALLOW : BLOCK
  if (instances === 'original') return original
  return instances === 'replacement' ? replacement : [...replacement, ...original]
}
