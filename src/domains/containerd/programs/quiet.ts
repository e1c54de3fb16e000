import { type Call, fail, ok, type Program } from '../../../shell/program.ts'
import { put } from './place.ts'

/** Programs that change nothing that the lab models, and succeed without a word: owners, caches, certificates. */
export const quiet: readonly Program[] =
  'chown chgrp setcap ldconfig update-ca-certificates locale-gen dpkg-reconfigure update-alternatives strip sync passwd chpasswd usermod groupmod apt-key add-apt-repository apt-mark a2enmod a2ensite docker-php-ext-install docker-php-ext-configure docker-php-ext-enable rc-update'
    .split(' ')
    .map((name) => ({
      name,
      summary: 'succeeds without a trace: what it does is not modelled',
      usage: '[ARGUMENT]...',
      ownHelp: true,
      run: () => ok(),
    }))

/** Users and groups: lines in /etc/passwd and /etc/group. Models: BusyBox adduser and shadow's useradd, in brief. */
export const accounts: readonly Program[] = ['adduser', 'useradd', 'addgroup', 'groupadd'].map((name) => ({
  name,
  summary: name.includes('user') ? 'add a user' : 'add a group',
  usage: '[OPTIONS] NAME',
  ownHelp: true,
  run(call: Call) {
    const takes = /^-(u|g|G|d|h|s|c|k|-uid|-gid|-home|-shell|-gecos|-ingroup|-groups|-home-dir|-comment)$/
    const operands = call.argv.slice(1).filter((word, i, all) => !word.startsWith('-') && !takes.test(all[i - 1] ?? ''))
    const user = name.includes('user')
    const [account] = operands
    if (account === undefined) return fail(`${name}: no name was given`)
    const path = user && operands.length < 2 ? '/etc/passwd' : '/etc/group'
    const read = call.files.read(path)
    const text = 'text' in read ? read.text : ''
    if (user && operands.length < 2 && new RegExp(`^${account}:`, 'm').test(text))
      return fail(`${name}: user '${account}' in use`)
    const at = call.argv.findIndex((word) => word === '-u' || word === '-g' || word === '--uid' || word === '--gid')
    const id =
      at > 0 && /^\d+$/.test(call.argv[at + 1] ?? '')
        ? call.argv[at + 1]
        : String(1000 + text.split('\n').filter((line) => /:x:1\d\d\d:/.test(line)).length)
    const line =
      path === '/etc/passwd'
        ? `${account}:x:${id}:${id}:Linux User,,,:/home/${account}:/bin/sh\n`
        : `${account}:x:${id}:\n`
    put(call.files, path, { text: text + line, at: call.world.now })
    if (path === '/etc/passwd') put(call.files, `/home/${account}/.profile`, { text: '', at: call.world.now })
    return ok()
  },
}))
