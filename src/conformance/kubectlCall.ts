/** One use of kubectl in a line: its verb, what follows it that is no flag, and its flags (a flag without value is `true`). */
export interface KubectlCall {
  readonly verb: string
  readonly operands: readonly string[]
  readonly flags: Readonly<Record<string, string>>
  readonly namespace: string | undefined
}

/** Every use of kubectl in a line, those of pipelines, lists and substitutions too. Words that have `$` in them stay as typed. */
export function kubectlCalls(line: string): readonly KubectlCall[] {
  return simpleCommands(line.replaceAll(/\\\n/g, ' ')).flatMap((words) => {
    const at = words.indexOf('kubectl')
    if (
      at < 0 ||
      words.slice(0, at).some((word) => !/^(?:sudo|time|watch|do|then|\w+=.*|-[^-].*|--\w.*|\d+)$/.test(word))
    )
      return []
    return [readCall(words.slice(at + 1))]
  })
}

/** Flags that take the next word as their value. */
const VALUED: ReadonlySet<string> = new Set(
  `n namespace l selector o output c container f filename L label-columns p patch type replicas port target-port name for timeout
  image context tail since since-time to-revision revision field-selector sort-by as as-group k kustomize min max cpu-percent template
  grace-period kubeconfig user s server token cluster address v protocol external-ip limits requests from-file from-literal
  from-env-file for-condition request-timeout subresource target field-manager overrides restart pod-selector chunk-size env`
    .split(/\s+/)
    .filter((name) => name !== ''),
)

/** Short names of flags. */
const LONG: Readonly<Record<string, string>> = {
  n: 'namespace',
  l: 'selector',
  o: 'output',
  c: 'container',
  f: 'filename',
  L: 'label-columns',
  A: 'all-namespaces',
  k: 'kustomize',
  p: 'patch',
  w: 'watch',
}

function readCall(words: readonly string[]): KubectlCall {
  const operands: string[] = []
  const flags: Record<string, string> = {}
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--') break
    const [, long, eq, text = ''] = /^--([\w-]+)(=)?([\s\S]*)$/.exec(word) ?? []
    const [, short = '', rest = ''] = /^-([A-Za-z])=?([\s\S]*)$/.exec(word) ?? []
    if (long !== undefined) {
      if (eq) flags[long] = text
      else flags[long] = VALUED.has(long) ? (words[++i] ?? '') : 'true'
    } else if (short !== '') {
      const name = LONG[short] ?? short
      const value = VALUED.has(short) ? (rest === '' ? (words[++i] ?? '') : rest) : 'true'
      flags[name] = flags[name] !== undefined && name === 'label-columns' ? `${flags[name]},${value}` : value
    } else operands.push(word)
  }
  const [verb = '', ...others] = operands
  return { verb, operands: others, flags, namespace: flags.namespace }
}

/** The words of each simple command, quotes taken off; operators, substitutions and new lines part them. */
function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  const word = /\$\(|[|;&()\n`]+|<<?-?|>>?|(?:"(?:\\[\s\S]|[^"])*"|'[^']*'|\\[\s\S]|\$(?!\()|[^\s|;&()`<>"'$\\])+/g
  for (const [text] of line.matchAll(word)) {
    if (/^(?:\$\(|[|;&()\n`]+)$/.test(text)) commands.push([])
    else commands.at(-1)?.push(text.replaceAll(/"((?:\\[\s\S]|[^"])*)"|'([^']*)'/g, (_, a = '', b = '') => `${a}${b}`))
  }
  return commands.filter((words) => words.length > 0)
}
