import type { Field } from './field.ts'
import { relativePath } from './paths.ts'
import type { PodAround } from './podAround.ts'

/** A container's volume mounts. Models: ValidateVolumeMounts. */
export function validateMounts(container: Field, around: PodAround): void {
  const list = container.at('volumeMounts')
  const devices = new Map(
    container.at('volumeDevices').items.map((item) => [item.at('name').text, item.at('devicePath').text]),
  )
  const paths = new Set<string>()
  for (const mount of list.items) {
    const name = mount.at('name')
    if (name.text === '') name.required()
    if (!around.volumes.has(name.text)) name.notFound(name.text)
    const path = mount.at('mountPath')
    if (path.text === '') path.required()
    if (paths.has(path.text)) path.invalid('must be unique', path.text)
    paths.add(path.text)
    if (devices.has(name.text)) name.invalid('must not already exist in volumeDevices')
    if ([...devices.values()].includes(path.text)) path.invalid('must not already exist as a path in volumeDevices')
    const sub = mount.at('subPath')
    const expression = mount.at('subPathExpr')
    if (sub.text !== '') relativePath(sub.as(`${list.path}.subPath`))
    if (expression.text !== '') {
      if (sub.text !== '') expression.invalid('subPathExpr and subPath are mutually exclusive')
      relativePath(expression.as(`${list.path}.subPathExpr`))
    }
    validatePropagation(mount, list.path, container)
  }
}

function validatePropagation(mount: Field, path: string, container: Field): void {
  const mode = mount.at('mountPropagation').as(`${path}.mountPropagation`)
  if (mode.present) {
    if (!['Bidirectional', 'HostToContainer', 'None'].includes(mode.text)) {
      mode.notSupported(['Bidirectional', 'HostToContainer', 'None'])
    }
    if (mode.text === 'Bidirectional' && !container.at('securityContext.privileged').true) {
      mode.forbidden('Bidirectional mount propagation is available only to privileged containers')
    }
  }
  const only = mount.at('recursiveReadOnly').as(`${path}.recursiveReadOnly`)
  if (!only.present || only.text === 'Disabled') return
  if (only.text !== 'Enabled' && only.text !== 'IfPossible') {
    only.notSupported(['Disabled', 'Enabled', 'IfPossible'])
    return
  }
  if (!mount.at('readOnly').true) only.forbidden('may only be specified when readOnly is true')
  if (mode.present && mode.text !== 'None') {
    only.forbidden('may only be specified when mountPropagation is None or not specified')
  }
}

/** A container's block devices. Models: ValidateVolumeDevices. */
export function validateDevices(container: Field, around: PodAround): void {
  const list = container.at('volumeDevices')
  const mounts = new Map(
    container.at('volumeMounts').items.map((item) => [item.at('name').text, item.at('mountPath').text]),
  )
  const names = new Set<string>()
  const paths = new Set<string>()
  for (const device of list.items) {
    const name = device.at('name')
    const path = device.at('devicePath')
    const volume = around.volumes.get(name.text)
    if (name.text === '') name.required()
    if (names.has(name.text)) name.invalid('must be unique')
    if (volume && !volume.at('persistentVolumeClaim').present && !volume.at('ephemeral').present) {
      name.invalid('can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')
    }
    if (!volume) name.notFound(name.text)
    if (path.text === '') path.required()
    if (paths.has(path.text)) path.invalid('must be unique')
    if (path.text.split('/').includes('..')) path.invalid("can not contain backsteps ('..')")
    else paths.add(path.text)
    if (mounts.has(name.text)) name.invalid('must not already exist in volumeMounts')
    if ([...mounts.values()].includes(path.text)) path.invalid('must not already exist as a path in volumeMounts')
    names.add(name.text)
  }
}
