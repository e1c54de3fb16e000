import { type Loose, objectsAt, textAt, valueAt } from '../api/loose.ts'

/** What `kubectl rollout status` says now, and whether it is the last word; or why it gives up. Models: kubectl/pkg/polymorphichelpers/rollout_status.go */
export function rolloutStatus(
  object: Loose,
  revision: number,
): { readonly text: string; readonly done: boolean } | { readonly error: string } {
  const name = textAt(object, 'metadata', 'name')
  const status = (field: string) => Number(valueAt(object, 'status', field) ?? 0)
  const replicas = Number(valueAt(object, 'spec', 'replicas') ?? 1)
  const waiting = (text: string) => ({ text: `${text}\n`, done: false })
  const done = (text: string) => ({ text: `${text}\n`, done: true })
  const observed = status('observedGeneration') >= Number(valueAt(object, 'metadata', 'generation') ?? 0)
  switch (textAt(object, 'kind')) {
    case 'Deployment': {
      if (
        revision > 0 &&
        Number(textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')) !== revision
      )
        return {
          error: `desired revision (${revision}) is different from the running revision (${textAt(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')})`,
        }
      if (!observed) return waiting('Waiting for deployment spec update to be observed...')
      if (
        objectsAt(object, 'status', 'conditions').some(
          (one) => one.type === 'Progressing' && one.reason === 'ProgressDeadlineExceeded',
        )
      )
        return { error: `deployment "${name}" exceeded its progress deadline` }
      const lead = `Waiting for deployment "${name}" rollout to finish:`
      if (status('updatedReplicas') < replicas)
        return waiting(`${lead} ${status('updatedReplicas')} out of ${replicas} new replicas have been updated...`)
      if (status('replicas') > status('updatedReplicas'))
        return waiting(
          `${lead} ${status('replicas') - status('updatedReplicas')} old replicas are pending termination...`,
        )
      if (status('availableReplicas') < status('updatedReplicas'))
        return waiting(
          `${lead} ${status('availableReplicas')} of ${status('updatedReplicas')} updated replicas are available...`,
        )
      return done(`deployment "${name}" successfully rolled out`)
    }
    case 'DaemonSet': {
      if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return { error: 'rollout status is only available for RollingUpdate strategy type' }
      if (!observed) return waiting('Waiting for daemon set spec update to be observed...')
      const lead = `Waiting for daemon set "${name}" rollout to finish:`
      const wanted = status('desiredNumberScheduled')
      if (status('updatedNumberScheduled') < wanted)
        return waiting(`${lead} ${status('updatedNumberScheduled')} out of ${wanted} new pods have been updated...`)
      if (status('numberAvailable') < wanted)
        return waiting(`${lead} ${status('numberAvailable')} of ${wanted} updated pods are available...`)
      return done(`daemon set "${name}" successfully rolled out`)
    }
    case 'StatefulSet': {
      if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return { error: 'rollout status is only available for RollingUpdate strategy type' }
      if (!observed || status('observedGeneration') === 0)
        return waiting('Waiting for statefulset spec update to be observed...')
      if (status('readyReplicas') < replicas)
        return waiting(`Waiting for ${replicas - status('readyReplicas')} pods to be ready...`)
      const partition = Number(valueAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0)
      if (partition > 0) {
        if (status('updatedReplicas') < replicas - partition)
          return waiting(
            `Waiting for partitioned roll out to finish: ${status('updatedReplicas')} out of ${replicas - partition} new pods have been updated...`,
          )
        return done(`partitioned roll out complete: ${status('updatedReplicas')} new pods have been updated...`)
      }
      if (textAt(object, 'status', 'updateRevision') !== textAt(object, 'status', 'currentRevision'))
        return waiting(
          `waiting for statefulset rolling update to complete ${status('updatedReplicas')} pods at revision ${textAt(object, 'status', 'updateRevision')}...`,
        )
      return done(
        `statefulset rolling update complete ${status('currentReplicas')} pods at revision ${textAt(object, 'status', 'currentRevision')}...`,
      )
    }
    default:
      return { error: `no status viewer has been implemented for ${textAt(object, 'kind')}` }
  }
}
