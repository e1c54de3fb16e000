import type { Field } from './field.ts'
import { dnsSubdomain, posixId } from './names.ts'
import { relativePath } from './paths.ts'

/** A container's securityContext. Models: ValidateSecurityContext. */
export function validateContainerSecurity(context: Field, hostUsers: boolean): void {
  if (!context.present) return
  for (const name of ['runAsUser', 'runAsGroup']) {
    const id = context.at(name)
    if (id.present) id.invalidAll(posixId(id.number))
  }
  const mount = context.at('procMount')
  if (mount.present) {
    if (!['Default', 'Unmasked'].includes(mount.text)) mount.notSupported(['Default', 'Unmasked'])
    if (hostUsers && mount.text === 'Unmasked') mount.invalid('`hostUsers` must be false to use `Unmasked`')
  }
  validateSeccomp(context.at('seccompProfile'))
  if (context.at('allowPrivilegeEscalation').value === false) {
    if (context.at('privileged').true) {
      context.invalid('cannot set `allowPrivilegeEscalation` to false and `privileged` to true')
    }
    if (context.at('capabilities.add').texts.includes('CAP_SYS_ADMIN')) {
      context.invalid('cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN')
    }
  }
  validateWindowsOptions(context.at('windowsOptions'))
  validateAppArmor(context.at('appArmorProfile'))
}

/** A pod's securityContext. Models: validatePodSpecSecurityContext. */
export function validatePodSecurity(context: Field, spec: Field): void {
  if (!context.present) return
  for (const name of ['fsGroup', 'runAsUser', 'runAsGroup']) {
    const id = context.at(name)
    if (id.present) id.invalidAll(posixId(id.number))
  }
  for (const group of context.at('supplementalGroups').items) group.invalidAll(posixId(group.number))
  const share = spec.at('shareProcessNamespace')
  if (share.true && spec.at('hostPID').true) {
    share
      .as(`${context.path}.shareProcessNamespace`)
      .invalid('ShareProcessNamespace and HostPID cannot both be enabled')
  }
  validateSysctls(context.at('sysctls'), spec)
  choice(context.at('fsGroupChangePolicy'), ['Always', 'OnRootMismatch'])
  validateSeccomp(context.at('seccompProfile'))
  validateWindowsOptions(context.at('windowsOptions'))
  validateAppArmor(context.at('appArmorProfile'))
  choice(context.at('supplementalGroupsPolicy'), ['Merge', 'Strict'])
  choice(context.at('seLinuxChangePolicy'), ['MountOption', 'Recursive'])
}

function choice(field: Field, values: readonly string[]): void {
  if (field.present && !values.includes(field.text)) field.notSupported(values)
}

function validateSysctls(list: Field, spec: Field): void {
  const names = new Set<string>()
  const syntax = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$'
  for (const sysctl of list.items) {
    const name = sysctl.at('name')
    if (name.text === '') name.required()
    else if (name.text.length > 253 || !new RegExp(syntax).test(name.text)) {
      name.invalid(`must have at most 253 characters and match regex ${syntax}`)
    } else if (names.has(name.text)) name.duplicate()
    const dotted = name.text.replaceAll('/', '.')
    if (spec.at('hostNetwork').true && dotted.startsWith('net.'))
      name.invalid("may not be specified when 'hostNetwork' is true")
    const ipc = /^(kernel\.(shm|msg|sem)|fs\.mqueue\.)/.test(dotted)
    if (spec.at('hostIPC').true && ipc) name.invalid("may not be specified when 'hostIPC' is true")
    names.add(name.text)
  }
}

function validateSeccomp(profile: Field): void {
  if (!profile.present) return
  const type = profile.at('type')
  const file = profile.at('localhostProfile')
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined']
  if (type.text === '') type.required('type is required when seccompProfile is set')
  else if (!types.includes(type.text)) type.notSupported(types)
  if (type.text === 'Localhost') {
    if (!file.present) file.required('must be set when seccomp type is Localhost')
    else relativePath(file)
  } else if (file.present) file.invalid('can only be set when seccomp type is Localhost', profile.value)
}

function validateAppArmor(profile: Field): void {
  if (!profile.present) return
  const type = profile.at('type')
  const file = profile.at('localhostProfile')
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined']
  if (type.text === '') type.required('type is required when appArmorProfile is set')
  else if (!types.includes(type.text)) type.notSupported(types)
  else if (type.text === 'Localhost') {
    if (!file.present) file.required('must be set when AppArmor type is Localhost')
    else if (file.text.trim() !== file.text) file.invalid('must not be padded with whitespace')
    else if (file.text === '') file.required('must be set when AppArmor type is Localhost')
    if (file.text.length > 4095) file.tooLong(4095)
  } else if (file.present) file.invalid('can only be set when AppArmor type is Localhost')
}

function validateWindowsOptions(options: Field): void {
  if (!options.present) return
  const spec = options.at('gmsaCredentialSpecName')
  if (spec.present) spec.invalidAll(dnsSubdomain(spec.text), spec.text)
  const credential = options.at('gmsaCredentialSpec')
  if (credential.present && credential.text === '') credential.invalid('gmsaCredentialSpec cannot be an empty string')
  const user = options.at('runAsUserName')
  if (!user.present) return
  const parts = user.text.split('\\')
  if (user.text === '') user.invalid('runAsUserName cannot be an empty string')
  else if (parts.length > 2) user.invalid('runAsUserName cannot contain more than one backslash')
  else {
    const name = parts[parts.length - 1] ?? ''
    if (name === '') user.invalid("runAsUserName's User cannot be empty")
    else if (name.length > 104) user.invalid("runAsUserName's User length must not be longer than 104 characters")
    if (/^[. ]+$/.test(name)) user.invalid("runAsUserName's User cannot contain only periods or spaces")
    if (/["/\\:;|=,+*?<>@[\]]/.test(name)) {
      user.invalid('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]')
    }
  }
}
