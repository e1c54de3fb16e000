import type { World } from '../../../kernel/index.ts'
import type { Identity } from '../../../shell/host.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import { launchOf } from './serving.ts'
import { filesOf } from './volumes.ts'

interface SecurityContext {
  readonly runAsUser?: number
  readonly runAsGroup?: number
  readonly fsGroup?: number
  readonly supplementalGroups?: readonly number[]
  readonly supplementalGroupsPolicy?: string
}

/**
 * Whom a container's processes run as: its security context, then its pod's, then its image's user.
 * Models: containerd internal/cri/server/container_create.go and pkg/kubelet/kuberuntime/security_context.go
 */
export function identityOf(world: World, container: Container): Identity {
  const pod = world.get(container.owner) as ObjectEntity | undefined
  const shared = (pod?.spec?.securityContext ?? {}) as SecurityContext
  const own = (container.spec.securityContext ?? {}) as SecurityContext
  const files = filesOf(world, container)
  const users = rows(files['/etc/passwd']?.text)
  const groups = rows(files['/etc/group']?.text)
  const [imageUser = '', imageGroup] = (launchOf(world, container.spec)?.image.config.user ?? '').split(':')
  const asked = own.runAsUser ?? shared.runAsUser
  const row =
    asked === undefined
      ? users.find(([name, , uid]) => name === (imageUser || 'root') || uid === imageUser)
      : users.find(([, , uid]) => uid === String(asked))
  const uid = asked ?? (row ? Number(row[2]) : numeric(imageUser))
  const name = row?.[0] ?? (asked === undefined && !/^\d*$/.test(imageUser) ? imageUser : undefined)
  const gid = own.runAsGroup ?? shared.runAsGroup ?? groupOf(imageGroup, groups) ?? (row ? Number(row[3]) : 0)
  const members =
    shared.supplementalGroupsPolicy === 'Strict' || name === undefined
      ? []
      : groups.filter((group) => group[3]?.split(',').includes(name)).map((group) => Number(group[2]))
  const more = [...(shared.fsGroup === undefined ? [] : [shared.fsGroup]), ...(shared.supplementalGroups ?? [])]
  return {
    uid,
    gid,
    name,
    groups: [...new Set([gid, ...members, ...more])].sort((a, b) => a - b),
    groupNames: Object.fromEntries(groups.map((group) => [Number(group[2]), group[0] ?? ''])),
  }
}

/** The lines of `/etc/passwd` or `/etc/group`, cut at their colons; root alone where there is no such file. */
function rows(text: string | undefined): readonly (readonly string[])[] {
  return (text ?? 'root:x:0:0').split('\n').map((line) => line.split(':'))
}

/** A user that is no number and that no file knows gets the first one that is no system's. */
function numeric(user: string): number {
  return user === '' ? 0 : /^\d+$/.test(user) ? Number(user) : 1000
}

function groupOf(group: string | undefined, groups: readonly (readonly string[])[]): number | undefined {
  if (group === undefined || group === '') return undefined
  if (/^\d+$/.test(group)) return Number(group)
  const found = groups.find(([name]) => name === group)
  return found && Number(found[2])
}
