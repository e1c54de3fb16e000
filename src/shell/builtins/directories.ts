import { resolvePath } from '../files.ts'
import { withVar } from '../machine/shell.ts'
import { type Builtin, refuse } from './builtin.ts'

export const changeDirectory: Builtin = (run, argv) => {
  const args = argv.slice(1).filter((arg) => arg !== '--' && arg !== '-P' && arg !== '-L')
  if (args.length > 1) return refuse(run, argv, 'too many arguments')
  const { vars, cwd } = run.shell
  let to = args[0] ?? String(vars['HOME'] ?? '')
  if (args.length === 0 && to === '') return refuse(run, argv, 'HOME not set')
  if (to === '-') {
    const before = vars['OLDPWD']
    if (before === undefined) return refuse(run, argv, 'OLDPWD not set')
    to = String(before)
    run.write(1, `${to}\n`)
  }
  const path = resolvePath(cwd, to)
  const { files } = run.place
  if (!files.exists(path))
    return refuse(
      run,
      argv,
      run.shell.name === 'sh' ? `can't cd to ${to}: No such file or directory` : `${to}: No such file or directory`,
    )
  if (!files.isDirectory(path)) return refuse(run, argv, `${to}: Not a directory`)
  run.shell = withVar(withVar({ ...run.shell, cwd: path }, 'OLDPWD', cwd), 'PWD', path)
  return 0
}

export const printDirectory: Builtin = (run) => {
  run.write(1, `${run.shell.cwd}\n`)
  return 0
}
