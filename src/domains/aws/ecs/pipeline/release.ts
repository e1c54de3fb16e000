import { defineIndex, defineKind, type Entity, type Fields } from '../../../../kernel/index.ts'
import type { Principal } from '../../core/index.ts'
import { releaseLifecycle } from './release.lifecycle.ts'

export const RELEASE = 'aws.ecs.Release'

/** One deploy action of a pipeline under way. Its owner is the action. */
export interface Release extends Entity {
  readonly owner: string
  readonly region: string
  readonly principal: Principal
  readonly cluster: string
  readonly service: string
  /** Image by container name. */
  readonly images: { readonly [container: string]: string }
  /** ARN of the revision that it has registered. */
  readonly definition?: string | undefined
  readonly reason?: string | undefined
}

const data = (_release: Release, event: { readonly data: unknown }): Fields => (event.data ?? {}) as Fields

export const releaseKind = defineKind<Release>({
  kind: RELEASE,
  lifecycle: releaseLifecycle,
  apply: { Registered: data, Failed: data },
  tell: {
    Registered: (event, release) =>
      `A revision of \`${release?.service}\` with other images is registered: \`${(event.data as { definition: string }).definition}\`.`,
    Failed: (_event, release) => `\`${release?.service}\` does not get its new revision: \`${release?.reason ?? ''}\``,
    Succeeded: (_event, release) => `\`${release?.service}\` runs its new revision.`,
  },
})

/** Releases under way, by the service that they are for. */
export const releasesUnderWay = defineIndex('aws.ecs.releasesUnderWay', [RELEASE], (entity) => {
  const { region, cluster, service, state } = entity as Release
  return state === 'Deploying' ? `${region}/${cluster}/${service}` : undefined
})
