import type { NodeLab } from './nodeLab.ts'

/** A pod's status as the tests of the node side read it. */
export interface Status {
  readonly phase: string
  readonly podIP?: string
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[]
  readonly containerStatuses: readonly {
    readonly state: {
      readonly waiting?: { readonly reason: string; readonly message?: string }
      readonly running?: object
      readonly terminated?: { readonly exitCode: number; readonly reason: string; readonly message?: string }
    }
    readonly lastState: { readonly terminated?: { readonly exitCode: number; readonly reason: string } }
    readonly restartCount: number
    readonly ready: boolean
  }[]
  readonly initContainerStatuses?: Status['containerStatuses']
}

/** The status of a pod. */
export const status = (lab: NodeLab, id: string): Status => lab.entity(id).status as unknown as Status
/** The status of its first container. */
export const first = (lab: NodeLab, id: string) => status(lab, id).containerStatuses[0]
/** A pod's spec with one container. */
export const one = (image: string, more: object = {}, spec: object = {}): object => ({
  containers: [{ name: 'main', image, ...more }],
  ...spec,
})
/** Asks for the deletion of a pod. */
export const remove = (lab: NodeLab, id: string, grace = 30): void => {
  const { metadata } = lab.entity(id)
  lab.emit([
    {
      to: id,
      type: 'DeletionRequested',
      data: { metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:10:00Z', deletionGracePeriodSeconds: grace } },
    },
  ])
}
