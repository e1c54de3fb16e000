import type { Domain } from '../../kernel/index.ts'
import { graphView } from './graph.view.ts'
import { repositoryKind } from './repository/repository.kind.ts'
import './remote/exampleServer.ts'

/** Hosted git repositories. Working copies live in the files of sessions and containers. */
export const gitDomain: Domain = {
  name: 'git',
  kinds: [repositoryKind],
  controllers: [],
  derived: [],
  views: [graphView as never],
}
