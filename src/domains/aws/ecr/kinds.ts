import { defineKind, type Face, type Kind } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { recordKind } from '../core/index.ts'
import { imageLifecycle } from './image.lifecycle.ts'
import { type EcrImage, IMAGE, imagesOf, REPOSITORY, type Repository } from './repository.ts'
import { scanResult, severityCounts } from './scanning.ts'

/** A basic scan of an image takes this long, in ms, and more for bigger ones. */
const SCAN = 12_000

const repositoryFace: Face<Repository> = {
  label: 'ECR repository',
  plural: 'ECR repositories',
  pictogram: 'registry',
  shape: 'card',
  rank: 1,
  within: ({ region }) => regionId(region),
  look: (repository, world) => {
    const images = imagesOf(world, repository.id)
    const newest = images.at(-1)
    const counts = newest?.scan ? severityCounts(newest.scan) : {}
    const grave = (counts.CRITICAL ?? 0) + (counts.HIGH ?? 0)
    const scanning = images.some(({ state }) => state === 'Scanning')
    return {
      title: repository.repositoryName,
      note: newest?.tags[0],
      tone: grave > 0 ? 'warn' : scanning ? 'prog' : images.length > 0 ? 'ok' : 'idle',
      word: scanning
        ? 'Scanning'
        : images.length === 0
          ? 'Empty'
          : `${images.length} ${images.length === 1 ? 'image' : 'images'}`,
      detail: grave > 0 ? `The newest image has ${grave} critical or high findings.` : undefined,
      facts: [
        ['URI', repository.repositoryUri],
        ['Tags', repository.imageTagMutability.toLowerCase().replaceAll('_', ' ')],
        ['Scan on push', repository.imageScanningConfiguration.scanOnPush ? 'on' : 'off'],
        ['Lifecycle policy', repository.lifecyclePolicyText === undefined ? 'none' : 'set'],
        ...images
          .slice(-5)
          .map(
            ({ digest, tags, bytes }) =>
              [tags.join(', ') || digest.slice(7, 19), `${Math.round(bytes / 1e6)} MB`] as const,
          ),
      ],
    }
  },
  actions: (repository) => [
    {
      id: 'delete',
      label: 'Delete with its images',
      line: `aws ecr delete-repository --region ${repository.region} --repository-name ${repository.repositoryName} --force`,
      sort: 'danger',
    },
  ],
  palette: [
    {
      id: 'ecr-repository',
      label: 'ECR repository',
      pictogram: 'registry',
      group: 'AWS developer tools',
      into: ['place.Region'],
      line: (into, _world, n) => {
        const region = into?.id.slice('place.Region/'.length) ?? 'us-east-1'
        if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return { refuse: `${region} is no region of AWS` }
        return { line: `aws ecr create-repository --region ${region} --repository-name app-${n}` }
      },
    },
  ],
  marks: { Created: 'deploy' },
}

/** Kinds of repositories and images. */
export const kinds: readonly Kind[] = [
  recordKind<Repository>({
    kind: REPOSITORY,
    noun: 'a repository',
    face: repositoryFace,
    tell: {
      Created: (event, repository) => `The repository [${repository?.repositoryName ?? ''}](${event.to}) is made.`,
    },
  }),
  defineKind<EcrImage>({
    kind: IMAGE,
    lifecycle: imageLifecycle,
    delays: { scan: ({ bytes }) => SCAN + Math.round(bytes / 20_000) },
    apply: {
      Tagged: (image, event) => {
        const { tag } = event.data as { readonly tag: string }
        return { tags: [...image.tags.filter((one) => one !== tag), tag] }
      },
      Untagged: (image, event) => ({
        tags: image.tags.filter((one) => one !== (event.data as { readonly tag: string }).tag),
      }),
      Pulled: (_image, event) => ({ pulledAt: event.at }),
      ScanStarted: () => ({ scan: { status: 'IN_PROGRESS', description: '' } }),
      'after.scan': (image, _event, world) => ({ scan: scanResult(world, image) }),
    },
    tell: {
      Pushed: (event, image) =>
        `\`${image?.repositoryName ?? ''}:${image?.tags[0] ?? ''}\` arrives in [${image?.repositoryName ?? ''}](${image?.repository ?? event.to}).`,
      Deleted: (event, image) =>
        `The image \`${image?.tags[0] ?? event.to.slice(-12)}\` is deleted from [${image?.repositoryName ?? ''}](${image?.repository ?? event.to})${
          event.rule === undefined ? '' : ' by its lifecycle policy'
        }.`,
    },
  }),
]
