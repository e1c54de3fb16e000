import { defineKind, type Kind } from '../../../kernel/index.ts'
import { parameterFace } from './parameter.face.ts'
import { parameterLifecycle } from './parameter.lifecycle.ts'
import { PARAMETER, type StoredParameter, type Version } from './parameter.ts'
import type { Tag } from './types.generated.ts'

/** Versions of a parameter that are kept. */
export const MOST_VERSIONS = 100

/** Data of the events that change the labels of a version. */
export interface Labels {
  readonly version: number
  readonly labels: readonly string[]
}

/** The kind of parameters. */
export const parameterKind: Kind = defineKind<StoredParameter>({
  kind: PARAMETER,
  lifecycle: parameterLifecycle,
  apply: {
    Updated: ({ versions }, event) => ({
      versions: [...versions, (event.data as { readonly version: Version }).version].slice(-MOST_VERSIONS),
    }),
    Labeled: ({ versions }, event) => {
      const { version, labels } = event.data as Labels
      return {
        versions: versions.map((one) => {
          const others = one.labels.filter((label) => !labels.includes(label))
          if (one.version === version) return { ...one, labels: [...others, ...labels] }
          return others.length === one.labels.length ? one : { ...one, labels: others }
        }),
      }
    },
    Unlabeled: ({ versions }, event) => {
      const { version, labels } = event.data as Labels
      return {
        versions: versions.map((one) =>
          one.version === version ? { ...one, labels: one.labels.filter((label) => !labels.includes(label)) } : one,
        ),
      }
    },
    Tagged: (_parameter, event) => ({ tags: (event.data as { readonly tags: readonly Tag[] }).tags }),
    PolicyApplied: ({ versions }, event) => {
      const { policy } = event.data as { readonly policy: number }
      return {
        versions: versions.map((one, i) =>
          i === versions.length - 1
            ? {
                ...one,
                policies: one.policies.map((p, n) => (n === policy ? { ...p, status: 'Finished' as const } : p)),
              }
            : one,
        ),
      }
    },
  },
  face: parameterFace,
  tell: {
    Created: (event, parameter) => `The parameter [${parameter?.name ?? ''}](${event.to}) is made.`,
    Updated: (event, parameter) =>
      `[${parameter?.name ?? ''}](${event.to}) gets version ${(event.data as { readonly version: Version }).version.version}.`,
    Upgraded: (event, parameter) => `[${parameter?.name ?? ''}](${event.to}) becomes an advanced parameter.`,
    Labeled: (event, parameter) => {
      const { version, labels } = event.data as Labels
      return `Version ${version} of [${parameter?.name ?? ''}](${event.to}) is labelled \`${labels.join(', ')}\`.`
    },
    Deleted: (event) => {
      const { name, expired } = event.data as { readonly name: string; readonly expired?: boolean }
      return expired ? `The parameter ${name} expired, and is deleted.` : `The parameter ${name} is deleted.`
    },
    PolicyApplied: (event, parameter) => `The time of a policy of [${parameter?.name ?? ''}](${event.to}) has come.`,
  },
})
