import type { Field } from './field.ts'
import { httpHeader, portName, portNumber } from './names.ts'

/** Models: validateLivenessProbe, validateReadinessProbe, validateStartupProbe. */
export function validateProbe(probe: Field, which: 'livenessProbe' | 'readinessProbe' | 'startupProbe'): void {
  if (!probe.present) return
  validateHandler(probe, ['exec', 'httpGet', 'tcpSocket', 'grpc'])
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ]) {
    probe.at(name).notNegative()
  }
  const grace = probe.at('terminationGracePeriodSeconds')
  if (grace.present && grace.number <= 0) grace.invalid('must be greater than 0')
  if (which === 'readinessProbe') {
    if (grace.present) grace.invalid('must not be set for readinessProbes')
  } else if (probe.at('successThreshold').number !== 1) probe.at('successThreshold').invalid('must be 1')
}

/** Models: validateLifecycle. `grace` is the pod's terminationGracePeriodSeconds, `os` its `spec.os`. */
export function validateLifecycle(lifecycle: Field, grace: Field, os: Field): void {
  if (!lifecycle.present) return
  for (const hook of ['postStart', 'preStop']) {
    if (lifecycle.at(hook).present)
      validateHandler(lifecycle.at(hook), ['exec', 'httpGet', 'tcpSocket', 'sleep'], grace)
  }
  const signal = lifecycle.at('stopSignal')
  if (!signal.present) return
  if (!os.present) signal.forbidden('may not be set for containers with empty `spec.os.name`')
  else if (os.at('name').text === 'windows' && !['SIGKILL', 'SIGTERM'].includes(signal.text)) {
    signal.notSupported(['SIGKILL', 'SIGTERM'])
  } else if (os.at('name').text === 'linux' && !linuxSignals.includes(signal.text)) signal.notSupported(linuxSignals)
}

/** A port given by number or by name. Models: ValidatePortNumOrName. */
export function validatePort(port: Field): void {
  if (typeof port.value === 'string') port.invalidAll(portName(port.text))
  else port.invalidAll(portNumber(port.number), port.number)
}

function validateHandler(handler: Field, kinds: readonly string[], grace?: Field): void {
  let handlers = 0
  for (const kind of kinds) {
    const action = handler.at(kind)
    if (!action.present) continue
    if (handlers++ > 0) {
      action.forbidden('may not specify more than 1 handler type')
      continue
    }
    if (kind === 'exec' && action.at('command').size === 0) action.at('command').required()
    if (kind === 'httpGet') validateHttpGet(action)
    if (kind === 'tcpSocket' || kind === 'grpc') validatePort(action.at('port'))
    if (kind === 'sleep' && grace?.present) {
      const seconds = action.at('seconds').number
      if (seconds < 0 || seconds > grace.number) {
        action.invalid(`must be non-negative and less than terminationGracePeriodSeconds (${grace.number})`, seconds)
      }
    }
  }
  if (handlers === 0) handler.required('must specify a handler type')
}

function validateHttpGet(action: Field): void {
  if (action.at('path').text === '') action.at('path').required()
  validatePort(action.at('port'))
  const scheme = action.at('scheme')
  if (!['HTTP', 'HTTPS'].includes(scheme.text)) scheme.notSupported(['HTTP', 'HTTPS'])
  for (const header of action.at('httpHeaders').items) {
    action.at('httpHeaders').invalidAll(httpHeader(header.at('name').text), header.at('name').text)
  }
}

const linuxSignals = (
  'SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR ' +
  'SIGQUIT SIGRTMAX SIGRTMAX-1 SIGRTMAX-10 SIGRTMAX-11 SIGRTMAX-12 SIGRTMAX-13 SIGRTMAX-14 SIGRTMAX-2 SIGRTMAX-3 SIGRTMAX-4 ' +
  'SIGRTMAX-5 SIGRTMAX-6 SIGRTMAX-7 SIGRTMAX-8 SIGRTMAX-9 SIGRTMIN SIGRTMIN+1 SIGRTMIN+10 SIGRTMIN+11 SIGRTMIN+12 SIGRTMIN+13 ' +
  'SIGRTMIN+14 SIGRTMIN+15 SIGRTMIN+2 SIGRTMIN+3 SIGRTMIN+4 SIGRTMIN+5 SIGRTMIN+6 SIGRTMIN+7 SIGRTMIN+8 SIGRTMIN+9 SIGSEGV ' +
  'SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ'
).split(' ')
