import { findResource } from '../domains/kubernetes/api/resources.ts'
import { find, type ObjectEntity } from '../domains/kubernetes/object/object.ts'
import { minimalObject } from './minimalObject.ts'
import type { Presumed } from './presumed.ts'
import type { Stage } from './stage.ts'

type Shape = Readonly<Record<string, unknown>>

/** What is put onto a stage for a page, by lines that a person could give; remembers what it put there. */
export class Props {
  /** Namespaces of what was made here and not by the page, by kind and name. */
  readonly made = new Map<string, string>()
  private readonly stage: Stage

  constructor(stage: Stage) {
    this.stage = stage
  }

  /** Makes a presumed object; where its documented form is refused, the least one. */
  bring(one: Presumed): void {
    const { resource, name, namespace, cells } = one
    this.ensureNamespace(namespace)
    if (resource.kind === 'Node') {
      this.bringNode(one)
      return
    }
    if (cells.STATUS === 'Terminating') return
    if (resource.kind === 'PersistentVolumeClaim' && (cells.STATUS ?? 'Bound') === 'Bound') {
      const found = findResource('pv')
      const volume = cells.VOLUME || `${name}-volume`
      if ('resource' in found && !find(this.stage.world, 'PersistentVolume', undefined, volume))
        this.make(
          'PersistentVolume',
          minimalObject({ ...one, resource: found.resource, name: volume, namespace: undefined, document: undefined }),
        )
    }
    if (this.make(resource.kind, minimalObject(one))) {
      this.bringClaim(one)
      return
    }
    if (!one.document) return
    this.make(resource.kind, minimalObject({ ...one, document: undefined }))
  }

  /** A volume that is listed as bound has its claim too. */
  private bringClaim({ resource, name, cells }: Presumed): void {
    const [, namespace, claim] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(cells.CLAIM ?? '') ?? []
    if (resource.kind !== 'PersistentVolume' || namespace === undefined || claim === undefined) return
    const found = findResource('pvc')
    if ('error' in found || find(this.stage.world, 'PersistentVolumeClaim', namespace, claim)) return
    const bound = { ...cells, STATUS: 'Bound', VOLUME: name }
    const told = { resource: found.resource, name: claim, namespace, labels: {}, cells: bound }
    this.make('PersistentVolumeClaim', minimalObject(told))
  }

  /** Creates an object and says whether it is there now. */
  make(kind: string, object: Shape, verb = 'create'): boolean {
    const { name = '', namespace = '' } = object.metadata as { readonly name?: string; readonly namespace?: string }
    if (verb === 'create' && namespace !== '') this.ensureNamespace(namespace)
    this.stage.run(`kubectl ${verb} -f - <<'END_OF_STAGE'\n${JSON.stringify(object)}\nEND_OF_STAGE`)
    const there = find(this.stage.world, kind, namespace === '' ? undefined : namespace, name) !== undefined
    if (there) this.made.set(`${kind}/${name}`, namespace)
    return there
  }

  /** Creates a namespace that is not there. */
  ensureNamespace(name: string | undefined): void {
    if (name === undefined || !/^[a-z0-9-]+$/.test(name) || find(this.stage.world, 'Namespace', undefined, name)) return
    this.stage.run(`kubectl create namespace ${name}`)
    this.made.set(`Namespace/${name}`, '')
    this.stage.pass(1000)
  }

  /** What was made here before gets the labels that it is selected or listed by now. */
  addLabels(entity: ObjectEntity, { resource, labels, namespace }: Presumed): void {
    const given = Object.entries(labels).filter(([key, value]) => entity.metadata.labels?.[key] !== value)
    if (given.length === 0 || !this.isMade(entity, resource.kind)) return
    const where = namespace === undefined ? '' : ` -n ${namespace}`
    const pairs = given.map(([key, value]) => `${key}=${value}`).join(' ')
    this.stage.run(`kubectl label --overwrite ${resource.plural} ${entity.metadata.name}${where} ${pairs}`)
  }

  /** Brings a volume to a claim that waits for one and is documented to have it. */
  bindClaim({ resource, name, namespace, cells }: Presumed, output: string): void {
    if (resource.kind !== 'PersistentVolumeClaim') return
    const claim = find(this.stage.world, resource.kind, namespace, name)
    const { phase } = (claim?.status ?? {}) as { readonly phase?: string }
    const bound = cells.STATUS === 'Bound' || (cells.STATUS === undefined && /^Status:\s+Bound/m.test(output))
    if (!claim || phase !== 'Pending' || !bound) return
    const { resources, ...spec } = claim.spec as Shape & { readonly resources?: { readonly requests?: Shape } }
    const { accessModes, storageClassName, volumeMode } = spec
    this.make('PersistentVolume', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: cells.VOLUME || /^Volume:\s+([a-z0-9.-]+)$/m.exec(output)?.[1] || `${name}-volume` },
      spec: {
        accessModes,
        storageClassName,
        volumeMode,
        capacity: { storage: cells.CAPACITY || resources?.requests?.storage || '1Gi' },
        hostPath: { path: `/mnt/${name}` },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name },
      },
    })
  }

  private bringNode({ name, cells, labels }: Presumed): void {
    const { output } = this.stage.run(`lab node add ${name} --type m7g.xlarge`)
    if (!output.includes('starts in')) return
    this.made.set(`Node/${name}`, '')
    this.stage.pass(40_000)
    const roles = (cells.ROLES ?? '').split(',').filter((role) => /^[a-z-]+$/.test(role))
    const given = [
      ...roles.map((role) => `node-role.kubernetes.io/${role}=`),
      ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ]
    if (given.length > 0) this.stage.run(`kubectl label --overwrite node ${name} ${given.join(' ')}`)
    if (cells.STATUS?.includes('SchedulingDisabled')) this.stage.run(`kubectl cordon ${name}`)
  }

  /** Whether an object is of the stage's making, itself or by what was made. */
  private isMade(entity: ObjectEntity, kind: string): boolean {
    if (this.made.has(`${kind}/${entity.metadata.name}`)) return true
    return [...this.made].some(([key, namespace]) => {
      const name = key.slice(key.indexOf('/') + 1)
      return namespace === entity.metadata.namespace && entity.metadata.name.startsWith(`${name}-`)
    })
  }
}
