import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether there is a git binary to compare with. Tests that need it are skipped, visibly, where there is none. */
export const hasGit = spawnSync('git', ['--version']).status === 0

/** Makes real git write line by line, as at a terminal, so that both of its streams keep their order. */
const STDBUF = '/usr/libexec/coreutils/libstdbuf.so'

const ENV = {
  ...(existsSync(STDBUF) ? { LD_PRELOAD: STDBUF, _STDBUF_O: 'L' } : {}),
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_EDITOR: 'true',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
  TERM: 'dumb',
}

/** A directory with the real git in it. */
export class RealGit {
  readonly dir = mkdtempSync(join(tmpdir(), 'orrery-git-'))

  /** Runs git; answers both streams, standard output first, and the exit code. */
  run(
    args: readonly string[],
    env: { readonly [name: string]: string } = {},
  ): { out: string; err: string; code: number } {
    const done = spawnSync('git', args, {
      cwd: this.dir,
      env: { ...ENV, ...env },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    return { out: done.stdout, err: done.stderr, code: done.status ?? -1 }
  }

  /** Runs a shell script in the directory. */
  shell(script: string, env: { readonly [name: string]: string } = {}): string {
    return execFileSync('bash', ['-c', script], { cwd: this.dir, env: { ...ENV, ...env }, encoding: 'utf8' })
  }

  end(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}
