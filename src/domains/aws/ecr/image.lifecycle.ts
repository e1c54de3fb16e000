import { defineLifecycle } from '../../../kernel/index.ts'

const deleted = { target: 'Gone', description: 'Someone deletes it, or the lifecycle policy lets it go.' } as const
const tagged = { description: 'It gets a tag.' } as const
const untagged = { description: 'It loses a tag, to another image or by command.' } as const
const pulled = { description: 'Someone pulls it.' } as const
const scan = { target: 'Scanning', description: 'It is scanned for known vulnerabilities.' } as const

/**
 * The life of an image in a repository.
 * Models: ECR API, ImageDetail and ImageScanStatus; basic scanning
 */
export const imageLifecycle = defineLifecycle({
  id: 'ecrImage',
  initial: 'Active',
  delays: { scan: 'How long a basic scan takes.' },
  states: {
    Active: {
      description: 'The repository has it, and who may can pull it.',
      tags: ['ok'],
      on: { Tagged: tagged, Untagged: untagged, Pulled: pulled, ScanStarted: scan, Deleted: deleted },
    },
    Scanning: {
      description: 'Its packages are compared with lists of known vulnerabilities.',
      tags: ['prog'],
      on: { Tagged: tagged, Untagged: untagged, Pulled: pulled, Deleted: deleted },
      after: { scan: { target: 'Active', description: 'The scan is done: its findings are kept with the image.' } },
    },
    Gone: { description: 'The repository has it no longer.', type: 'final' },
  },
})
