import { Component, type ReactNode } from 'react'
import { Button } from '../../ui/index.ts'

/** Keeps a failure of one panel from taking the others along: says what broke and offers to draw the panel anew. */
export class Boundary extends Component<{ name: string; children: ReactNode }, { message: string | undefined }> {
  override state: { message: string | undefined } = { message: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.message === undefined) return this.props.children
    return (
      <div className="flex flex-col items-start gap-2 p-4" role="alert">
        <p className="m-0 font-strong text-14">{this.props.name} broke</p>
        <p className="mono m-0 text-12 text-muted">{this.state.message}</p>
        <p className="sub m-0">The world itself goes on and nothing is lost.</p>
        <Button size="sm" onClick={() => this.setState({ message: undefined })}>
          Draw it again
        </Button>
      </div>
    )
  }
}
