/** One use of docker in a line: its command (`run`, `network inspect`), what follows it that is no flag, and its flags. */
export interface DockerCall {
  readonly verb: string
  readonly operands: readonly string[]
  readonly flags: Readonly<Record<string, readonly string[]>>
}

/** Every use of docker in a line, those of pipelines, lists and substitutions too. */
export function dockerCalls(line: string): readonly DockerCall[] {
  return simpleCommands(line.replaceAll(/\\\n/g, ' ')).flatMap((words) => {
    const at = words.findIndex((word) => word === 'docker' || word === 'docker-compose')
    if (at < 0 || words.slice(0, at).some((word) => !/^(?:sudo|time|watch|do|then|\w+=.*)$/.test(word))) return []
    const rest = words.slice(at + 1)
    return [readCall(words[at] === 'docker-compose' ? ['compose', ...rest] : rest)]
  })
}

const GROUPS = new Set([
  'container',
  'image',
  'network',
  'volume',
  'plugin',
  'compose',
  'system',
  'context',
  'buildx',
  'builder',
  'swarm',
  'node',
  'service',
  'stack',
  'config',
  'secret',
])
/** Flags that take the next word as their value. */
const VALUED = new Set(
  `p publish v volume e env env-file name network net network-alias mount m memory cpus restart entrypoint w workdir u user l label platform
  f filter format since until tail n last s signal t time timeout H host D log-level add-host dns hostname h ip link log-driver log-opt
  pids-limit security-opt ulimit device device-read-bps device-write-bps cap-add cap-drop health-cmd health-interval health-retries health-timeout
  health-start-period stop-signal stop-timeout tmpfs volumes-from cidfile detach-keys expose gpus ipc isolation runtime shm-size storage-opt
  sysctl userns uts pid driver d subnet gateway ip-range opt o alias a author c change message file tag build-arg target output project-name
  profile project-directory scale index replicas mode image args constraint placement-pref update-delay update-parallelism update-order
  update-failure-action update-monitor update-max-failure-ratio rollback-delay rollback-parallelism rollback-order rollback-failure-action
  rollback-monitor rollback-max-failure-ratio restart-condition restart-delay restart-max-attempts restart-window limit-cpu limit-memory
  reserve-cpu reserve-memory limit-pids replicas-max-per-node max-concurrent stop-grace-period endpoint-mode secret config host group
  secret-add secret-rm config-add config-rm mount-add mount-rm publish-add publish-rm network-add network-rm env-add env-rm label-add label-rm
  container-label container-label-add container-label-rm constraint-add constraint-rm placement-pref-add placement-pref-rm host-add host-rm
  builder buildkitd-flags buildkitd-config driver-opt node list call set
  dns-add dns-rm generic-resource credential-spec input availability role token advertise-addr listen-addr data-path-addr data-path-port
  default-addr-pool default-addr-pool-mask-length compose-file c cert-expiry dispatcher-heartbeat task-history-limit template-driver`
    .split(/\s+/)
    .filter((name) => name !== ''),
)
/** Letters that are switches in some commands and take values in others. */
const SWITCHES: Readonly<Record<string, string>> = {
  run: 'dit',
  exec: 'dit',
  create: 'it',
  logs: 'ft',
  rm: 'fvl',
  ps: 'ql',
  up: 'd',
  start: 'ai',
  rmi: 'f',
  prune: 'f',
}

function readCall(words: readonly string[]): DockerCall {
  const flags: Record<string, string[]> = {}
  const operands: string[] = []
  let verb = ''
  const put = (name: string, value: string): void => {
    flags[name] = [...(flags[name] ?? []), value]
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const last = verb.split(' ').at(-1) ?? ''
    const passes =
      (last === 'run' || last === 'exec' || last === 'create') &&
      !verb.startsWith('network') &&
      !verb.startsWith('volume') &&
      operands.length > 0
    if (!word.startsWith('-') || word === '-' || passes) {
      if (verb === '' || (GROUPS.has(verb) && operands.length === 0 && !verb.includes(' ')))
        verb = verb === '' ? word : `${verb} ${word}`
      else operands.push(word)
      continue
    }
    const [name = '', ...rest] = word.replace(/^--?/, '').split('=')
    if (rest.length > 0) put(name, rest.join('='))
    else if (word.startsWith('--'))
      put(name, VALUED.has(name) && !['detach', 'rm'].includes(name) ? (words[++at] ?? '') : 'true')
    else
      for (const [i, letter] of [...name].entries()) {
        if (!VALUED.has(letter) || SWITCHES[last]?.includes(letter)) put(letter, 'true')
        else {
          put(letter, name.slice(i + 1) || (words[++at] ?? ''))
          break
        }
      }
  }
  return { verb, operands, flags }
}

/** The simple commands of a line, each as words without quotes. */
function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  let word = ''
  let any = false
  let quote = ''
  const end = (): void => {
    if (any || word !== '') commands.at(-1)?.push(word)
    word = ''
    any = false
  }
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string
    if (quote !== '') {
      if (c === quote) quote = ''
      else word += c
    } else if (c === '"' || c === "'") {
      quote = c
      any = true
    } else if (/\s/.test(c) && c !== '\n') end()
    else if (/[\n;|&()`]/.test(c)) {
      end()
      if (word === '' && c !== '(') commands.push([])
    } else if (c === '#' && word === '') {
      while (i < line.length && line[i] !== '\n') i++
      i--
    } else word += c
  }
  end()
  return commands.filter((words) => words.length > 0)
}
