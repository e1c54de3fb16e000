import { describe, expect, test } from 'vitest'
import { type Emission, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { containerd, findImage, pushImage } from '../../containerd/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { password, tokenProblem } from './authorization.ts'
import { ecr, registryHost } from './index.ts'
import { storeImage } from './registry.ts'

const region = 'us-east-1'
const DAY = 86_400_000

function lab() {
  const simulation = new Simulation({
    domains: [
      containerd,
      { name: 'aws', kinds: ecr.kinds ?? [], controllers: ecr.controllers ?? [], derived: [], views: [] },
    ],
    seed: 5,
  })
  const { world } = simulation
  const happen = (emit: readonly (Emission | undefined)[]) => {
    for (const one of emit) if (one) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const call = (operation: string, input: object) => {
    const answer = callService({
      world,
      service: 'ecr',
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region,
    })
    if ('error' in answer) return `${answer.error.code}: ${answer.error.message}`
    happen(answer.emit ?? [])
    return answer.output as never as { readonly [member: string]: never }
  }
  const push = (tag: string, digest: string, root = 'docker.io/library/node:16-alpine3.15') => {
    happen([
      pushImage(`${registryHost(region)}/app:${tag}`, { digest, root, manifest: { root } }),
      ...storeImage(world, region, 'app', tag, digest, 1_000_000),
    ])
  }
  return { simulation, world, call, push }
}

const pulls = (world: Parameters<typeof findImage>[0], tag: string) =>
  'image' in findImage(world, `${registryHost(region)}/app:${tag}`)

describe('a repository', () => {
  test('keeps images by digest, and a tag on the newest that got it', () => {
    const { call, push, world } = lab()
    expect(call('DescribeRepositories', { repositoryNames: ['app'] })).toBe(
      "RepositoryNotFoundException: The repository with name 'app' does not exist in the registry with id '123456789012'",
    )
    expect(call('CreateRepository', { repositoryName: 'app' })).toMatchObject({
      repository: { repositoryUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/app', imageTagMutability: 'MUTABLE' },
    })
    push('latest', 'sha256:aa')
    push('latest', 'sha256:bb')
    expect(call('ListImages', { repositoryName: 'app' })).toEqual({
      imageIds: [{ imageDigest: 'sha256:aa' }, { imageDigest: 'sha256:bb', imageTag: 'latest' }],
    })
    expect(call('DeleteRepository', { repositoryName: 'app' })).toMatch(
      /^RepositoryNotEmptyException: .* still contains images$/,
    )
    expect(pulls(world, 'latest')).toBe(true)
    expect(
      call('BatchDeleteImage', { repositoryName: 'app', imageIds: [{ imageTag: 'latest' }, { imageTag: 'x' }] }),
    ).toMatchObject({
      imageIds: [{ imageDigest: 'sha256:bb', imageTag: 'latest' }],
      failures: [{ failureCode: 'ImageNotFound' }],
    })
    expect(pulls(world, 'latest')).toBe(false)
  })

  test('gives an image another tag by its manifest, unless tags may not move', () => {
    const { call, push, world } = lab()
    call('CreateRepository', { repositoryName: 'app', imageTagMutability: 'IMMUTABLE' })
    push('v1', 'sha256:aa')
    push('v2', 'sha256:bb')
    const got = call('BatchGetImage', { repositoryName: 'app', imageIds: [{ imageTag: 'v1' }] })
    const [{ imageManifest }] = (got as never as { readonly images: readonly [{ readonly imageManifest: string }] })
      .images
    expect(call('PutImage', { repositoryName: 'app', imageTag: 'prod', imageManifest })).toMatchObject({
      image: { imageId: { imageDigest: 'sha256:aa' } },
    })
    expect(pulls(world, 'prod')).toBe(true)
    expect(call('PutImage', { repositoryName: 'app', imageTag: 'v2', imageManifest })).toBe(
      "ImageTagAlreadyExistsException: The image tag 'v2' already exists in the 'app' repository and cannot be overwritten because the tag is immutable.",
    )
  })

  test('scans what is pushed', () => {
    const { call, push, simulation } = lab()
    call('CreateRepository', { repositoryName: 'app', imageScanningConfiguration: { scanOnPush: true } })
    push('v1', 'sha256:aa')
    const findings = () => call('DescribeImageScanFindings', { repositoryName: 'app', imageId: { imageTag: 'v1' } })
    expect(findings()).toMatchObject({ imageScanStatus: { status: 'IN_PROGRESS' } })
    simulation.advanceTo(60_000)
    expect(findings()).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findingSeverityCounts: { CRITICAL: 2, HIGH: 2 } },
    })
  })

  test('lets images go by its lifecycle policy within a day, and says beforehand which', () => {
    const { call, push, simulation, world } = lab()
    call('CreateRepository', { repositoryName: 'app' })
    push('v1', 'sha256:aa')
    simulation.advanceTo(1000)
    push('v2', 'sha256:bb')
    const rule = (countType: string, countNumber: number, more: object = {}) => ({
      rulePriority: 1,
      selection: { tagStatus: 'any', countType, countNumber, ...more },
      action: { type: 'expire' },
    })
    const lifecyclePolicyText = JSON.stringify({ rules: [rule('imageCountMoreThan', 1)] })
    expect(call('StartLifecyclePolicyPreview', { repositoryName: 'app', lifecyclePolicyText })).toMatchObject({
      status: 'IN_PROGRESS',
    })
    simulation.advanceTo(20_000)
    expect(call('GetLifecyclePolicyPreview', { repositoryName: 'app' })).toMatchObject({
      status: 'COMPLETE',
      previewResults: [{ imageTags: ['v1'], appliedRulePriority: 1, action: { type: 'EXPIRE' } }],
    })
    call('PutLifecyclePolicy', { repositoryName: 'app', lifecyclePolicyText })
    simulation.advanceTo(DAY)
    expect([pulls(world, 'v1'), pulls(world, 'v2')]).toEqual([false, true])
    const aged = JSON.stringify({ rules: [rule('sinceImagePushed', 10, { countUnit: 'days' })] })
    call('PutLifecyclePolicy', { repositoryName: 'app', lifecyclePolicyText: aged })
    simulation.advanceTo(9 * DAY)
    expect(pulls(world, 'v2')).toBe(true)
    simulation.advanceTo(11 * DAY)
    expect(pulls(world, 'v2')).toBe(false)
    expect(call('PutLifecyclePolicy', { repositoryName: 'app', lifecyclePolicyText: '{' })).toBe(
      "InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: Could not map policyString into LifecyclePolicy.'",
    )
  })
})

test('a password holds for twelve hours, in its region', () => {
  const { world, simulation } = lab()
  const { text } = password(world, region)
  expect(tokenProblem(world, region, text)).toBeUndefined()
  expect(tokenProblem(world, 'eu-west-1', text)).toBe('forged')
  expect(tokenProblem(world, region, 'x')).toBe('no token')
  simulation.advanceTo(DAY)
  expect(tokenProblem(world, region, text)).toBe('expired')
})
